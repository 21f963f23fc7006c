// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ids of the catalog that base/ids.hpp does not name.
//
//   CouponCode code{"HELLO"};   GroupId group{"trade"};

#include "tandem/base/ids.hpp"

namespace tandem {

using CategoryId = Id<struct CategoryTag>;
using GiftCardId = Id<struct GiftCardTag>;
using FeeId = Id<struct FeeTag>;
using ShipmentId = Id<struct ShipmentTag>;
using CouponCode = Id<struct CouponCodeTag>;
using ChannelId = Id<struct ChannelTag>;
using GroupId = Id<struct GroupTag>;

}  // namespace tandem
