// SPDX-License-Identifier: Apache-2.0
#include "tandem/delivery/create.hpp"

#include <algorithm>

namespace tandem {
namespace {

/// Goods that nobody counts are always there.
std::int64_t at_hand(const Decider& d, const Line& line) {
  const Offer* offer = d.offer(line.sku);
  if (offer != nullptr && offer->stock_policy == StockPolicy::untracked) return line.quantity;
  return line.reserved;
}

}  // namespace

void create_delivery(Decider& d) {
  TransferCreated transfer{
      .backorder_of = {},
      .lines = {},
      .location = std::string(kMainLocation),
      .step = d.settings().delivery_steps == 1 ? TransferStep::ship : TransferStep::pick,
      .transfer = static_cast<std::int64_t>(d.order().transfers.size()) + 1};
  std::int64_t demanded = 0;
  std::int64_t reserved = 0;
  for (const Line& line : d.order().lines) {
    if (line.kind != OfferKind::goods) continue;
    transfer.lines.push_back({.demanded = line.quantity,
                              .line = line.id,
                              .reserved = at_hand(d, line),
                              .sku = line.sku});
    demanded += transfer.lines.back().demanded;
    reserved += transfer.lines.back().reserved;
  }
  if (transfer.lines.empty()) return;
  const std::int64_t number = transfer.transfer;
  d.emit(std::move(transfer));
  const bool some_suffice = d.settings().shipping_policy == ShippingPolicy::as_available;
  if (reserved == demanded || (some_suffice && reserved > 0)) {
    d.emit(TransferReady{.transfer = number});
  }
}

void cancel_deliveries(Decider& d) {
  const std::vector<Transfer> transfers = d.order().transfers;
  for (const Transfer& transfer : transfers) {
    if (transfer.is_open()) d.emit(TransferCanceled{.transfer = transfer.number});
  }
}

}  // namespace tandem
