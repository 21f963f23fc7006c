// SPDX-License-Identifier: Apache-2.0
#include "store/writes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace tandem::store {
namespace {

// The one list of the lists, so that none is forgotten when batches are put together.
auto lists(auto& w) {
  return std::tie(
      w.orders, w.heads, w.events, w.parts, w.parts_erased, w.commands, w.order_rows, w.waiting,
      w.stock_policies, w.gift_card_terms, w.ledger_updates, w.ledger_entries, w.holds,
      w.invoice_numbers, w.facts, w.idempotency, w.idempotency_ended, w.outbox, w.outbox_outcomes,
      w.references, w.webhooks, w.webhooks_matched, w.webhooks_ended, w.catalog_read, w.products,
      w.products_removed, w.offers, w.offers_removed, w.rules, w.settings, w.coupons,
      w.coupons_removed, w.customers, w.customers_removed, w.customer_sessions,
      w.customer_sessions_seen, w.customer_sessions_removed, w.customer_sessions_ended,
      w.customer_links, w.customer_links_used, w.customer_links_ended, w.customer_links_of,
      w.customer_addresses, w.customer_addresses_removed, w.images, w.images_removed, w.api_keys,
      w.staff_users, w.staff_sessions, w.staff_sessions_seen, w.staff_sessions_removed,
      w.staff_sessions_of, w.staff_sessions_ended, w.audit, w.hook_endpoints,
      w.hook_endpoints_removed, w.hook_messages, w.hook_claims, w.hook_outcomes, w.hook_replays,
      w.hook_messages_ended, w.orders_removed);
}

template <class T>
void move_behind(std::vector<T>& to, std::vector<T>& from) {
  if (to.empty()) {
    to = std::move(from);
  } else {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }
}

/// Keeps one row per key, in the keys' order: `join(first, later)` says how two become one, or
/// answers false when both have to stay.
template <class T>
void join_by(std::vector<T>& rows, auto key, auto join) {
  std::ranges::stable_sort(rows, {}, key);
  std::vector<T> kept;
  kept.reserve(rows.size());
  for (T& row : rows) {
    if (kept.empty() || key(kept.back()) != key(row) || !join(kept.back(), row)) {
      kept.push_back(std::move(row));
    }
  }
  rows = std::move(kept);
}

bool replace(auto& first, auto& later) {
  first = std::move(later);
  return true;
}

}  // namespace

void Writes::append(Writes&& more) {
  auto to = lists(*this);
  auto from = lists(more);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (move_behind(std::get<I>(to), std::get<I>(from)), ...);
  }(std::make_index_sequence<std::tuple_size_v<decltype(to)>>{});
}

bool Writes::empty() const {
  return std::apply([](const auto&... list) { return (list.empty() && ...); }, lists(*this));
}

void Writes::settle() {
  join_by(
      heads, [](const HeadUpdate& h) { return h.order_no; },
      [](HeadUpdate& first, const HeadUpdate& later) {
        if (later.from_version != first.to_version) return false;
        first.to_version = later.to_version;
        first.head = later.head;
        return true;
      });
  join_by(
      order_rows, [](const OrderRow& r) { return r.order_no; },
      [](OrderRow& first, OrderRow& later) { return replace(first, later); });
  join_by(
      waiting, [](const Of<std::vector<WaitingRow>>& w) { return w.order_no; },
      [](auto& first, auto& later) { return replace(first, later); });
  join_by(
      ledger_updates, [](const LedgerUpdate& u) -> const LedgerKey& { return u.key; },
      [](LedgerUpdate& first, const LedgerUpdate& later) {
        // A sale before a count was checked against what was there before the count.
        if (first.guard != later.guard || first.limit != later.limit) return false;
        first.change += later.change;
        if (!first.expected_version) first.expected_version = later.expected_version;
        return true;
      });
  for (std::size_t i = 1; i < ledger_updates.size(); ++i) {
    // The first change of a counter moves it on, so that the version that was loaded is gone.
    if (ledger_updates[i].key == ledger_updates[i - 1].key) {
      ledger_updates[i].expected_version.reset();
    }
  }
  join_by(
      holds, [](const Hold& h) { return std::tie(h.key, h.order_no); },
      [](Hold& first, Hold& later) { return replace(first, later); });
}

Stored<void> check_catalog_read(const Writes& writes, std::int64_t version) {
  const auto& read = writes.catalog_read;
  if (read.empty() || (read.size() == 1 && read.front() == version)) return {};
  return fail({Fault::stale, "catalog", std::to_string(version), "the catalog has moved on"});
}

bool changes_catalog(const Writes& w) {
  return !(w.products.empty() && w.products_removed.empty() && w.offers.empty() &&
           w.offers_removed.empty() && w.rules.empty() && w.settings.empty() && w.coupons.empty() &&
           w.coupons_removed.empty() && w.audit.empty() && w.hook_endpoints.empty() &&
           w.hook_endpoints_removed.empty());
}

}  // namespace tandem::store
