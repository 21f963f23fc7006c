// SPDX-License-Identifier: Apache-2.0
// What an order asks of stock. Demand is summed per product over all lines before anything is
// checked, so two lines of one product can never both count on the same piece.
#include <map>

#include "tandem/delivery/shelves.hpp"
#include "tandem/delivery/steps.hpp"
#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

/// What the order asks of each product: its lines and, while it is a cart, the gifts that its quote
/// would add.
std::map<Sku, std::int64_t> demand_of(const Decider& d) {
  std::map<Sku, std::int64_t> demand;
  const bool placed = d.order().is_placed();
  for (const Line& line : d.order().lines) {
    if (line.gift && !placed) continue;  // the quote says which there are
    if (is_counted(d, line.kind, line.sku)) demand[line.sku] += line.quantity;
  }
  if (placed) return demand;
  const auto& quote = d.appraisal().quote;
  if (!quote) return demand;
  for (const QuoteLine& line : quote->lines) {
    const Offer* offer = line.gift ? d.offer(line.sku) : nullptr;
    if (offer != nullptr && is_counted(d, offer->kind, line.sku)) demand[line.sku] += line.quantity;
  }
  return demand;
}

std::optional<std::int64_t> available(const Decider& d, const Sku& sku) {
  const auto& availability = d.context().facts->availability;
  const auto known = availability.find(sku.value);
  if (known == availability.end()) return std::nullopt;
  return known->second;
}

}  // namespace

/// Only goods under a stock policy are counted; an offer that is gone counts as `deny`.
bool is_counted(const Decider& d, OfferKind kind, const Sku& sku) {
  if (kind != OfferKind::goods) return false;
  const Offer* offer = d.offer(sku);
  return offer == nullptr || offer->stock_policy != StockPolicy::untracked;
}

std::optional<std::int64_t> room_for(const Decider& d, const Sku& sku) {
  const Offer* offer = d.offer(sku);
  if (offer != nullptr) {
    if (offer->kind != OfferKind::goods) return std::nullopt;
    if (offer->stock_policy == StockPolicy::untracked) return std::nullopt;
  }
  const auto there = available(d, sku);
  if (!there) return std::nullopt;
  if (offer == nullptr || offer->stock_policy == StockPolicy::deny) {
    return std::max<std::int64_t>(0, *there);
  }
  if (!offer->backorder_limit) return std::nullopt;
  return std::max<std::int64_t>(0, *there + *offer->backorder_limit);
}

Result<void> check_stock(const Decider& d) {
  std::optional<Rejection> refusal;
  for (const auto& [sku, quantity] : demand_of(d)) {
    const auto room = room_for(d, sku);
    if (!room || quantity <= *room) continue;
    if (!refusal) {
      refusal = rejection(Reason::insufficient_stock, sku.value, *room);
    } else {
      refusal->also.push_back({.subject = sku.value, .limit = *room});
    }
  }
  if (refusal) return std::unexpected(*std::move(refusal));
  return {};
}

std::vector<StockTaken> stock_to_take(const Decider& d) {
  std::map<Sku, std::int64_t> left;
  std::map<Sku, std::int64_t> units;  // taken now
  std::vector<StockTaken> whole;
  for (const Line& line : d.order().lines) {
    if (!is_counted(d, line.kind, line.sku)) continue;
    const auto known = left.try_emplace(line.sku, available(d, line.sku).value_or(line.quantity));
    std::int64_t& there = known.first->second;
    const std::int64_t now = std::clamp<std::int64_t>(there, 0, line.quantity);
    there -= now;
    units[line.sku] += now;
    whole.push_back({.backordered = line.quantity - now,
                     .line = line.id,
                     .location = std::string(kMainLocation),
                     .quantity = now,
                     .sku = line.sku});
  }
  Shelves shelves(d);
  const std::string home = shelves.home_of(units);
  std::vector<StockTaken> taken;
  for (StockTaken& one : whole) {
    std::int64_t elsewhere = 0;
    for (Shelf& shelf : shelves.take(one.sku, one.quantity, home)) {
      if (shelf.location == kMainLocation) continue;
      elsewhere += shelf.free;
      taken.push_back({.backordered = 0,
                       .line = one.line,
                       .location = std::move(shelf.location),
                       .quantity = shelf.free,
                       .sku = one.sku});
    }
    one.quantity -= elsewhere;
    if (one.quantity > 0 || one.backordered > 0) taken.push_back(std::move(one));
  }
  return taken;
}

void hold_stock(Decider& d) {
  std::vector<StockTaken> taken = stock_to_take(d);
  if (taken.empty()) {
    if (d.order().hold) d.emit(HoldReleased{});
    return;
  }
  // A hold is on the whole quantity, what is promised beyond stock included.
  for (StockTaken& line : taken) {
    line.quantity += line.backordered;
    line.backordered = 0;
  }
  d.emit(StockHeld{.expires_ms = d.in_ms(d.settings().hold_ms), .lines = std::move(taken)});
}

/// Refuses: not_placed (nothing is held).
Result<void> renew_hold(Decider& d) {
  if (!d.order().hold) return reject(Reason::not_placed);
  d.emit(HoldRenewed{.expires_ms = d.in_ms(d.settings().hold_ms)});
  return {};
}

void expire_hold(Decider& d) {
  if (d.order().hold && d.order().hold->expires_ms <= d.now_ms()) d.emit(HoldExpired{});
}

/// Gives up units that open transfers have reserved at a place, the last transfer first; they are
/// promised from then on, and a person is asked.
Result<void> lose_stock(Decider& d, const LoseStock& command) {
  std::int64_t left = command.quantity;
  const std::vector<Transfer> transfers = d.order().transfers;
  for (auto transfer = transfers.rbegin(); transfer != transfers.rend() && left > 0; ++transfer) {
    if (!transfer->is_open() || transfer->location != command.location) continue;
    std::vector<StockTaken> lost;
    for (const TransferLine& moved : transfer->lines) {
      if (moved.sku != command.sku || !moved.tracked) continue;
      const std::int64_t quantity = std::min(left, moved.reserved);
      if (quantity <= 0) continue;
      left -= quantity;
      lost.push_back({.backordered = -quantity,
                      .line = moved.line,
                      .location = transfer->location,
                      .quantity = quantity,
                      .sku = moved.sku});
    }
    if (lost.empty()) continue;
    d.emit(StockReleased{.lines = std::move(lost), .transfer = transfer->number});
    judge_readiness(d, transfer->number);
  }
  if (left < command.quantity) need_person(d, PersonCause::stock_gone);
  return {};
}

}  // namespace tandem
