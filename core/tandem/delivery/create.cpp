// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tandem/delivery/steps.hpp"

namespace tandem {
namespace {

bool is_ready(const Decider& d, const Transfer& transfer) {
  std::int64_t missing = 0;
  std::int64_t movable = 0;
  for (const TransferLine& line : transfer.lines) {
    missing += line.missing();
    movable += transfer.movable(line);
  }
  if (missing <= 0) return true;
  return d.settings().shipping_policy == ShippingPolicy::as_available && movable > 0;
}

}  // namespace

TransferStep first_step(const Decider& d) {
  return d.settings().delivery_steps == 1 ? TransferStep::ship : TransferStep::pick;
}

std::int64_t next_transfer(const Order& order) {
  return static_cast<std::int64_t>(order.transfers.size()) + 1;
}

void judge_readiness(Decider& d, std::int64_t number) {
  const Transfer& transfer = *d.order().find_transfer(number);
  const bool ready = is_ready(d, transfer);
  if (transfer.state == TransferState::waiting && ready) {
    d.emit(TransferReady{.transfer = number});
  } else if (transfer.state == TransferState::ready && !ready) {
    d.emit(TransferWaiting{.transfer = number});
  }
}

void create_delivery(Decider& d) {
  TransferCreated transfer{.exchange_of = {},
                           .lines = {},
                           .location = std::string(kMainLocation),
                           .step = first_step(d),
                           .transfer = next_transfer(d.order())};
  for (const Line& line : d.order().lines) {
    if (line.kind != OfferKind::goods) continue;
    // Goods that nobody counts are always there.
    transfer.lines.push_back({.demanded = line.quantity,
                              .line = line.id,
                              .reserved = line.tracked ? line.reserved : line.quantity,
                              .sku = line.sku});
  }
  if (transfer.lines.empty()) return;
  const std::int64_t number = transfer.transfer;
  d.emit(std::move(transfer));
  judge_readiness(d, number);
}

void cancel_deliveries(Decider& d) {
  const std::vector<Transfer> transfers = d.order().transfers;
  for (const Transfer& transfer : transfers) {
    if (transfer.is_open()) d.emit(TransferCanceled{.transfer = transfer.number});
  }
}

}  // namespace tandem
