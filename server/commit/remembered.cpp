// SPDX-License-Identifier: Apache-2.0
#include "commit/remembered.hpp"

#include <utility>

namespace tandem::commit {
namespace {

// Past so many, everything is forgotten: it is learned again as it is loaded.
constexpr std::size_t kOrdersMax = 4'096;
constexpr std::size_t kLedgersMax = 16'384;

}  // namespace

void Remembered::learn(const WorkingSet& set, std::span<const store::LedgerUpdate> updates) {
  const std::lock_guard lock(mutex_);
  make_room();
  for (const store::OrderRef& ref : set.absent_) {
    if (set.order(ref) == nullptr) forget(ref);
  }
  for (const auto& [order_no, order] : set.orders_) learn_order(order, set);
  for (const auto& [key, row] : set.ledgers_) {
    ledgers_.insert_or_assign(key, Counter{row, set.now_ms()});
  }
  for (const store::LedgerUpdate& update : updates) {
    const auto row = ledgers_.find(update.key);
    if (row == ledgers_.end()) continue;
    row->second.row.exists = true;
    ++row->second.row.version;
  }
  for (const auto& [key, hold] : set.holds_) {
    if (set.orders_.contains(hold.order_no)) orders_.at(hold.order_no).holds.push_back(hold);
  }
}

/// Of the holds that were loaded with it those stay whose counters no job asked for.
void Remembered::learn_order(const WorkingOrder& order, const WorkingSet& set) {
  store::LoadedOrder known{.head = order.loaded.head};
  for (const store::Hold& hold : order.loaded.holds) {
    if (set.ledger(hold.key) == nullptr) known.holds.push_back(hold);
  }
  order_nos_.insert_or_assign(known.head.order_id, known.head.order_no);
  orders_.insert_or_assign(known.head.order_no, std::move(known));
}

/// An order that was removed.
void Remembered::forget(const store::OrderRef& ref) {
  const auto order = place(ref);
  if (order == orders_.end()) return;
  order_nos_.erase(order->second.head.order_id);
  orders_.erase(order);
}

Remembered::Orders::const_iterator Remembered::place(const store::OrderRef& ref) const {
  if (const auto* order_no = std::get_if<std::int64_t>(&ref)) return orders_.find(*order_no);
  const auto named = order_nos_.find(std::get<std::string>(ref));
  return named == order_nos_.end() ? orders_.end() : orders_.find(named->second);
}

void Remembered::make_room() {
  if (orders_.size() > kOrdersMax) {
    orders_.clear();
    order_nos_.clear();
  }
  if (ledgers_.size() > kLedgersMax) ledgers_.clear();
}

std::optional<store::LoadedOrder> Remembered::order(const store::OrderRef& ref) const {
  const std::lock_guard lock(mutex_);
  const auto order = place(ref);
  return order == orders_.end() ? std::nullopt : std::optional(order->second);
}

std::optional<store::LedgerRow> Remembered::ledger(const store::LedgerKey& key) const {
  const std::lock_guard lock(mutex_);
  const auto row = ledgers_.find(key);
  return row == ledgers_.end() ? std::nullopt : std::optional(row->second.row);
}

std::int64_t Remembered::released_ms(const store::LedgerKey& key) const {
  const std::lock_guard lock(mutex_);
  const auto row = ledgers_.find(key);
  return row == ledgers_.end() ? 0 : row->second.released_ms;
}

void Remembered::keep_order_nos(std::int64_t first, std::int64_t count) {
  const std::lock_guard lock(mutex_);
  const bool follow = first == next_order_no_ + order_nos_left_;
  next_order_no_ = follow ? next_order_no_ : first;
  order_nos_left_ = count + (follow ? order_nos_left_ : 0);
}

std::int64_t Remembered::order_nos_left() const {
  const std::lock_guard lock(mutex_);
  return order_nos_left_;
}

std::optional<std::int64_t> Remembered::take_order_nos(std::int64_t count) {
  const std::lock_guard lock(mutex_);
  if (count > order_nos_left_) return std::nullopt;
  order_nos_left_ -= count;
  return std::exchange(next_order_no_, next_order_no_ + count);
}

}  // namespace tandem::commit
