// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ids are distinct types, so that a sku can never be passed where a line id is meant.
// They compare by bytes, and so sort alike on every machine.
//
//   Sku sku{"TEA-100"};  sku.value == "TEA-100"

#include <compare>
#include <string>

namespace tandem {

template <class Tag>
struct Id {
  std::string value;

  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using Sku = Id<struct SkuTag>;
using LineId = Id<struct LineTag>;
using OrderId = Id<struct OrderTag>;
using CommandId = Id<struct CommandTag>;
using CustomerId = Id<struct CustomerTag>;
using PromotionId = Id<struct PromotionTag>;
using TaxId = Id<struct TaxTag>;
using ZoneId = Id<struct ZoneTag>;
using TaxClassId = Id<struct TaxClassTag>;
using ShippingMethodId = Id<struct ShippingMethodTag>;
using PaymentMethodId = Id<struct PaymentMethodTag>;
using ProviderId = Id<struct ProviderTag>;

}  // namespace tandem
