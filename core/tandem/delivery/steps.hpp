// SPDX-License-Identifier: Apache-2.0
#pragma once
// Delivery orders: made when an order is confirmed, worked off in one, two or three steps (ship;
// pick, ship; pick, pack, ship), each made when the one before is done. Goods leave the shop with
// the step that ships; until then they stay reserved.
//
//   confirm(d) calls create_delivery(d, taken): a transfer of the first step from each place

#include "tandem/order/decider.hpp"

namespace tandem {

/// Makes the first transfers of a confirmed order, one for each place that its goods were taken
/// from; services and digital goods are not moved. A transfer is ready when all is reserved, or
/// anything is and the shop ships as available.
void create_delivery(Decider& d, const std::vector<StockTaken>& taken);

/// Cancels every transfer that is not done.
void cancel_deliveries(Decider& d);

/// Makes an open transfer ready, or lets it wait again, as what is reserved for it says.
void judge_readiness(Decider& d, std::int64_t transfer);

/// The step that a delivery begins with.
[[nodiscard]] TransferStep first_step(const Decider& d);

/// The next transfer's number.
[[nodiscard]] std::int64_t next_transfer(const Order& order);

/// Moves goods. Refuses, in this order: not_confirmed, transfer_unknown, line_unknown,
/// quantity_not_positive (below 0), transfer_done, transfer_canceled, transfer_not_ready (also
/// while its payment is lost), nothing_to_transfer, transfer_not_ready (a part of a set would
/// stay), insufficient_on_hand.
Result<void> complete_transfer(Decider& d, const CompleteTransfer& command);

/// Reserves what has become free for what a transfer still misses; what lies at another place is
/// moved by a transfer of its own from there. Refuses, in this order:
/// transfer_unknown, transfer_done, transfer_canceled.
Result<void> serve(Decider& d, std::int64_t transfer);

/// What it would have moved is canceled, and what was reserved for it given back. Refuses, in this
/// order: transfer_unknown, transfer_done, transfer_canceled.
Result<void> cancel_transfer(Decider& d, const CancelTransfer& command);

/// Refuses, in this order: transfer_unknown, transfer_not_ready (it has not shipped anything).
Result<void> record_delivery(Decider& d, const RecordDelivery& command);

}  // namespace tandem
