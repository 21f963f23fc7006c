// SPDX-License-Identifier: Apache-2.0
#include "commit/scope.hpp"

#include <algorithm>
#include <utility>

#include "commit/loader.hpp"

namespace tandem::commit {

const WorkingOrder* Scope::order(const store::OrderRef& ref) {
  if (const WorkingOrder* known = set_.order(ref)) return known;
  if (set_.absent_.contains(ref)) return nullptr;
  Needs needs;
  needs.order(ref, {}, true);
  auto loaded = Loader(set_, batch_).load_orders(needs);
  if (!loaded) failure_ = std::move(loaded.error());
  return set_.order(ref);
}

const WorkingOrder& Scope::create_order(std::string order_id, const store::Digest& secret_hash) {
  if (set_.order_nos_left_ == 0) {
    auto first = batch_.reserve_order_nos(1);
    if (!first) failure_ = first.error();
    set_.next_order_no_ = first.value_or(-1);
    set_.order_nos_left_ = 1;
  }
  --set_.order_nos_left_;
  const std::int64_t order_no = set_.next_order_no_++;
  writes_.orders.push_back({order_no, order_id, secret_hash, now_ms()});
  created_.push_back(order_no);
  WorkingOrder order;
  order.is_new = true;
  order.loaded.head.order_no = order_no;
  order.loaded.head.order_id = order_id;
  order.loaded.head.secret_hash = secret_hash;
  order.loaded.head.created_ms = now_ms();
  set_.order_nos_.insert_or_assign(std::move(order_id), order_no);
  return set_.orders_.insert_or_assign(order_no, std::move(order)).first->second;
}

WorkingOrder* Scope::touch_order(std::int64_t order_no) {
  const auto found = set_.orders_.find(order_no);
  if (found == set_.orders_.end()) {
    failure_ = store::Failure{store::Fault::misuse, "orders", std::to_string(order_no),
                              "the order was not loaded"};
    return nullptr;
  }
  WorkingOrder& order = found->second;
  orders_before_.try_emplace(
      order_no, OrderBefore{order.loaded.head, order.folded, order.loaded.events.size(),
                            order.loaded.parts.size(), order.loaded.commands.size()});
  return &order;
}

std::int64_t Scope::append(std::int64_t order_no, std::vector<NewEvent> events) {
  WorkingOrder* order = touch_order(order_no);
  if (order == nullptr) return 0;
  store::LoadedOrder& loaded = order->loaded;
  const std::int64_t before = loaded.head.version;
  if (events.empty()) return before + 1;
  for (NewEvent& event : events) {
    const std::int64_t n = ++loaded.head.version;
    loaded.head.head = event.head;
    for (store::Part& part : event.parts) {
      part.n = n;
      loaded.parts.push_back(part);
      writes_.parts.push_back({order_no, std::move(part)});
    }
    loaded.events.push_back({n, event.bytes, event.command_id});
    writes_.events.push_back({order_no, {n, std::move(event.bytes), std::move(event.command_id)}});
  }
  order->folded = nullptr;  // it was of the version before
  writes_.heads.push_back({order_no, before, loaded.head.version, loaded.head.head});
  return before + 1;
}

void Scope::erase_parts(std::int64_t order_no, const std::string& name) {
  WorkingOrder* order = touch_order(order_no);
  if (order == nullptr) return;
  OrderBefore& before = orders_before_.at(order_no);
  if (!before.unerased) before.unerased = order->loaded.parts;
  std::erase_if(order->loaded.parts, [&](const store::Part& part) { return part.name == name; });
  writes_.parts_erased.push_back({order_no, order->loaded.head.version, name});
}

void Scope::put_stock_of(std::int64_t order_no, StockOfOrder stock, bool writes) {
  const auto known = set_.stock_of_orders_.find(order_no);
  stock_of_orders_before_.try_emplace(
      order_no, known == set_.stock_of_orders_.end() ? std::nullopt : std::optional(known->second));
  if (writes) writes_.waiting.push_back({order_no, stock.waiting});
  set_.stock_of_orders_.insert_or_assign(order_no, std::move(stock));
}

void Scope::put_stock_policy(store::StockPolicy policy) {
  const store::LedgerKey key{store::LedgerKind::stock, policy.sku, policy.location};
  (void)ledger(key);
  store::LedgerRow& row = set_.ledgers_.at(key);
  ledgers_before_.try_emplace(key, row);
  row.exists = true;
  row.safety_stock = policy.safety_stock;
  row.backorder_max = policy.backorder_max;
  writes_.stock_policies.push_back(std::move(policy));
}

std::vector<store::WaitingRow> Scope::waiting_for(std::span<const std::string> skus) {
  auto stored = batch_.load_waiting(skus);
  if (!stored) {
    failure_ = std::move(stored.error());
    return {};
  }
  std::vector<store::WaitingRow> waiting = *std::move(stored);
  std::erase_if(waiting, [&](const store::WaitingRow& row) {
    return set_.stock_of_orders_.contains(row.order_no);
  });
  for (const auto& [order_no, stock] : set_.stock_of_orders_) {
    for (const store::WaitingRow& row : stock.waiting) {
      if (std::ranges::find(skus, row.sku) != skus.end()) waiting.push_back(row);
    }
  }
  return waiting;
}

std::vector<store::ReservedRow> Scope::reserved_of(const store::LedgerKey& stock) {
  auto stored = batch_.load_reserved(stock);
  if (!stored) {
    failure_ = std::move(stored.error());
    return {};
  }
  std::vector<store::ReservedRow> reserved = *std::move(stored);
  std::erase_if(reserved, [&](const store::ReservedRow& row) {
    return set_.stock_of_orders_.contains(row.order_no);
  });
  for (const auto& [order_no, of_order] : set_.stock_of_orders_) {
    const auto found = of_order.reserved.find({stock.key, stock.part});
    if (found == of_order.reserved.end() || found->second <= 0) continue;
    reserved.push_back({of_order.confirmed_ms, order_no, found->second});
  }
  return reserved;
}

void Scope::put_command(std::int64_t order_no, store::CommandRecord record) {
  WorkingOrder* order = touch_order(order_no);
  if (order == nullptr) return;
  order->loaded.commands.push_back(record);
  writes_.commands.push_back({order_no, std::move(record)});
}

const store::LedgerRow& Scope::ledger(const store::LedgerKey& key) {
  if (const store::LedgerRow* row = set_.ledger(key)) return *row;
  load_ledger_late(key);
  return set_.ledgers_.try_emplace(key, store::LedgerRow{.key = key}).first->second;
}

void Scope::load_ledger_late(const store::LedgerKey& key) {
  Needs needs;
  needs.ledger(key);
  auto loaded = Loader(set_, batch_).load_ledgers(needs);
  if (!loaded) failure_ = std::move(loaded.error());
}

const store::Hold* Scope::hold(const store::LedgerKey& key, std::int64_t order_no) {
  (void)ledger(key);
  return set_.hold(key, order_no);
}

void Scope::move(Movement movement) {
  (void)ledger(movement.key);
  store::LedgerRow& row = set_.ledgers_.at(movement.key);
  ledgers_before_.try_emplace(movement.key, row);
  if (movement.hold) {
    if (order(movement.cause.order_no) == nullptr) {
      failure_ =
          store::Failure{store::Fault::misuse, "holds", movement.key.key, "only an order can hold"};
      return;
    }
    const WorkingSet::HoldKey key{movement.key, movement.cause.order_no};
    const store::Hold* before = set_.hold(movement.key, movement.cause.order_no);
    holds_before_.try_emplace(key, before ? std::optional(*before) : std::nullopt);
    movement.change.held = movement.hold->quantity - (before ? before->quantity : 0);
    const store::Hold hold{movement.key, movement.cause.order_no, movement.hold->quantity,
                           movement.hold->expires_ms, movement.cause.n};
    if (before != nullptr || hold.quantity > 0) writes_.holds.push_back(hold);
    if (hold.quantity > 0) {
      set_.holds_.insert_or_assign(key, hold);
    } else {
      set_.holds_.erase(key);
    }
  }
  if (movement.change == store::Figures{}) return;
  row.figures += movement.change;
  writes_.ledger_updates.push_back(
      {movement.key, movement.change, movement.guard, movement.limit, row.version});
  writes_.ledger_entries.push_back({std::move(movement.key), std::move(movement.movement),
                                    movement.change, std::move(movement.cause), now_ms()});
}

void Scope::put_idempotency(store::IdempotencyRow row) {
  const store::IdempotencyRow* before = set_.idempotency(row.id);
  idempotency_before_.try_emplace(row.id, before ? std::optional(*before) : std::nullopt);
  set_.idempotency_.insert_or_assign(row.id, row);
  writes_.idempotency.push_back(std::move(row));
}

std::vector<store::OutboxRow> Scope::take_outbox(std::int64_t count_max) {
  std::vector<store::OutboxRow> rows;
  while (!set_.taken_.empty() && static_cast<std::int64_t>(rows.size()) < count_max) {
    rows.push_back(std::move(set_.taken_.front()));
    set_.taken_.erase(set_.taken_.begin());
  }
  return rows;
}

void Scope::undo() {
  for (const auto& [order_no, before] : orders_before_) {
    WorkingOrder& order = set_.orders_.at(order_no);
    order.loaded.head = before.head;
    order.folded = before.folded;
    order.loaded.events.resize(before.events);
    if (before.unerased) order.loaded.parts = *before.unerased;
    order.loaded.parts.resize(before.parts);
    order.loaded.commands.resize(before.commands);
  }
  for (const std::int64_t order_no : created_) {
    const auto order = set_.orders_.find(order_no);
    set_.order_nos_.erase(order->second.loaded.head.order_id);
    set_.orders_.erase(order);
  }
  for (const auto& [key, row] : ledgers_before_) set_.ledgers_.insert_or_assign(key, row);
  const auto restore = [](auto& map, const auto& before) {
    for (const auto& [key, value] : before) {
      if (value) {
        map.insert_or_assign(key, *value);
      } else {
        map.erase(key);
      }
    }
  };
  restore(set_.holds_, holds_before_);
  restore(set_.stock_of_orders_, stock_of_orders_before_);
  restore(set_.idempotency_, idempotency_before_);
  orders_before_.clear();
  created_.clear();
  ledgers_before_.clear();
  holds_before_.clear();
  stock_of_orders_before_.clear();
  idempotency_before_.clear();
  later_.clear();
  writes_ = {};
}

}  // namespace tandem::commit
