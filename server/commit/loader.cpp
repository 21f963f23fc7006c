// SPDX-License-Identifier: Apache-2.0
#include "commit/loader.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace tandem::commit {

using store::fail;

namespace {

/// One request for each order, asking for all that any job asked for.
std::vector<store::OrderRequest> merged(std::vector<store::OrderRequest>& requests) {
  std::ranges::stable_sort(requests, {}, &store::OrderRequest::ref);
  std::vector<store::OrderRequest> merged;
  for (store::OrderRequest& request : requests) {
    if (merged.empty() || merged.back().ref != request.ref) {
      merged.push_back(std::move(request));
      continue;
    }
    store::OrderRequest& first = merged.back();
    first.with_parts = first.with_parts || request.with_parts;
    first.after_n = std::min(first.after_n, request.after_n);
    first.may_be_new = first.may_be_new && request.may_be_new;
    first.command_ids.insert(first.command_ids.end(), request.command_ids.begin(),
                             request.command_ids.end());
  }
  for (store::OrderRequest& request : merged) {
    std::ranges::sort(request.command_ids);
    const auto repeated = std::ranges::unique(request.command_ids);
    request.command_ids.erase(repeated.begin(), repeated.end());
  }
  return merged;
}

void sort_and_unique(auto& list) {
  std::ranges::sort(list);
  const auto repeated = std::ranges::unique(list);
  list.erase(repeated.begin(), repeated.end());
}

}  // namespace

void Loader::add_order(store::LoadedOrder order) {
  const std::int64_t order_no = order.head.order_no;
  set_.order_nos_.emplace(order.head.order_id, order_no);
  const auto known = set_.orders_.find(order_no);
  if (known == set_.orders_.end()) {
    for (const store::Hold& hold : order.holds) {
      if (set_.ledger(hold.key) == nullptr) {
        set_.holds_apart_.push_back(hold);
      } else if (hold.expires_ms > set_.now_ms_) {  // those that ended the ledger has released
        set_.holds_.insert_or_assign({hold.key, order_no}, hold);
      }
    }
    set_.orders_.emplace(order_no, WorkingOrder{.loaded = std::move(order)});
    return;
  }
  // Asked for by number and by id: the same order twice.
  store::LoadedOrder& first = known->second.loaded;
  if (order.events.size() > first.events.size()) first.events = std::move(order.events);
  if (order.parts.size() > first.parts.size()) first.parts = std::move(order.parts);
  for (store::CommandRecord& command : order.commands) {
    if (known->second.command(command.command_id) == nullptr) {
      first.commands.push_back(std::move(command));
    }
  }
}

store::Stored<void> Loader::load_orders(Needs& needs) {
  set_.now_ms_ = batch_.now_ms();
  auto catalog_version = batch_.catalog_version();
  if (!catalog_version) return fail(std::move(catalog_version.error()));
  set_.catalog_version_ = *catalog_version;
  const auto requests = merged(needs.orders_);
  if (!requests.empty()) {
    auto orders = batch_.load_orders(requests);
    if (!orders) return fail(std::move(orders.error()));
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if ((*orders)[i]) {
        add_order(std::move(*(*orders)[i]));
      } else {
        set_.absent_.insert(requests[i].ref);
      }
    }
  }
  if (needs.new_orders_ > 0) {
    auto first = batch_.reserve_order_nos(needs.new_orders_);
    if (!first) return fail(std::move(first.error()));
    set_.next_order_no_ = *first;
    set_.order_nos_left_ = needs.new_orders_;
  }
  return load_rest(needs);
}

store::Stored<void> Loader::load_rest(Needs& needs) {
  sort_and_unique(needs.idempotency_);
  if (!needs.idempotency_.empty()) {
    auto rows = batch_.load_idempotency(needs.idempotency_);
    if (!rows) return fail(std::move(rows.error()));
    for (auto& row : *rows) {
      if (row) set_.idempotency_.insert_or_assign(row->id, *row);
    }
  }
  if (!needs.webhooks_.empty()) {
    auto webhooks = batch_.load_webhooks(needs.webhooks_);
    if (!webhooks) return fail(std::move(webhooks.error()));
    set_.webhooks_ = std::move(*webhooks);
  }
  if (needs.outbox_max_ > 0) {
    auto taken = batch_.take_outbox(needs.outbox_max_, needs.outbox_lease_ms_);
    if (!taken) return fail(std::move(taken.error()));
    has_taken_ = !taken->empty();
    set_.taken_ = std::move(*taken);
  }
  return {};
}

store::Stored<void> Loader::load_ledgers(Needs& needs) {
  sort_and_unique(needs.ledgers_);
  std::erase_if(needs.ledgers_,
                [&](const store::LedgerKey& key) { return set_.ledger(key) != nullptr; });
  if (needs.ledgers_.empty()) return {};
  auto rows = batch_.load_ledger(needs.ledgers_);
  if (!rows) return fail(std::move(rows.error()));
  for (store::LedgerRow& row : *rows) set_.ledgers_.insert_or_assign(row.key, row);
  const auto known = std::ranges::partition(set_.holds_apart_, [&](const store::Hold& hold) {
    return !std::ranges::binary_search(needs.ledgers_, hold.key);
  });
  auto held = batch_.still_held({known.begin(), known.end()});
  if (!held) return fail(std::move(held.error()));
  for (const store::Hold& hold : *held) {
    set_.holds_.insert_or_assign({hold.key, hold.order_no}, hold);
  }
  set_.holds_apart_.erase(known.begin(), known.end());
  // Where nothing is held, no hold can have ended.
  std::erase_if(needs.ledgers_, [&](const store::LedgerKey& key) {
    return set_.ledgers_.at(key).figures.held == 0;
  });
  if (needs.ledgers_.empty()) return {};
  auto expired = batch_.load_expired_holds(needs.ledgers_);
  if (!expired) return fail(std::move(expired.error()));
  for (const store::Hold& hold : *expired) release(hold);
  return {};
}

void Loader::release(const store::Hold& hold) {
  store::Writes& writes = set_.released_;
  const store::Figures change{.held = -hold.quantity};
  set_.ledgers_.at(hold.key).figures += change;
  set_.holds_.erase({hold.key, hold.order_no});
  writes.ledger_updates.push_back({.key = hold.key, .change = change});
  writes.ledger_entries.push_back({.key = hold.key,
                                   .movement = "expire",
                                   .change = change,
                                   .cause = {.order_no = hold.order_no, .n = hold.n},
                                   .at_ms = set_.now_ms_});
  writes.holds.push_back({.key = hold.key, .order_no = hold.order_no});
}

}  // namespace tandem::commit
