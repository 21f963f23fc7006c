// SPDX-License-Identifier: Apache-2.0
#pragma once
// The delivery order: made when an order is confirmed, canceled with it.
//
//   confirm(d) calls create_delivery(d): one transfer, of the first step

#include "tandem/order/decider.hpp"

namespace tandem {

/// Makes the first transfer of a confirmed order, for its goods; services and digital goods are not
/// moved. It is ready when all is reserved, or anything is and the shop ships as available.
void create_delivery(Decider& d);

/// Cancels every transfer that is not done.
void cancel_deliveries(Decider& d);

}  // namespace tandem
