// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

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

void create_delivery(Decider& d, const std::vector<StockTaken>& taken) {
  const bool at_main = taken.empty() || std::ranges::any_of(taken, [](const StockTaken& one) {
                         return one.location == kMainLocation;
                       });
  const std::string home = at_main ? std::string(kMainLocation) : taken.front().location;
  std::map<std::string, std::vector<TransferDemand>> by_place;
  for (const Line& line : d.order().lines) {
    if (line.kind != OfferKind::goods) continue;
    bool anywhere = false;
    for (const StockTaken& one : taken) {
      if (one.line != line.id || !line.tracked) continue;
      anywhere = true;
      by_place[one.location].push_back({.demanded = one.quantity + one.backordered,
                                        .line = line.id,
                                        .reserved = one.quantity,
                                        .sku = line.sku});
    }
    // Goods that nobody counts are always there.
    if (anywhere) continue;
    by_place[home].push_back({.demanded = line.quantity,
                              .line = line.id,
                              .reserved = line.tracked ? line.reserved : line.quantity,
                              .sku = line.sku});
  }
  const auto create = [&](const std::string& place, std::vector<TransferDemand> lines) {
    const std::int64_t number = next_transfer(d.order());
    d.emit(TransferCreated{.exchange_of = {},
                           .lines = std::move(lines),
                           .location = place,
                           .split_of = {},
                           .step = first_step(d),
                           .transfer = number});
    judge_readiness(d, number);
  };
  if (auto first = by_place.extract(home); !first.empty()) create(home, std::move(first.mapped()));
  for (auto& [place, demands] : by_place) create(place, std::move(demands));
}

void cancel_deliveries(Decider& d) {
  const std::vector<Transfer> transfers = d.order().transfers;
  for (const Transfer& transfer : transfers) {
    if (transfer.is_open()) d.emit(TransferCanceled{.transfer = transfer.number});
  }
}

}  // namespace tandem
