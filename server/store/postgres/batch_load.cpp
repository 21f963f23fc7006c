// SPDX-License-Identifier: Apache-2.0
// What a batch loads and locks.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "store/postgres/batch.hpp"

namespace tandem::store::postgres {
namespace {

/// How long a key is said to be taken that another node works with: until it is asked for again.
constexpr std::int64_t kInFlightMs = 1'000;

std::size_t place_of(Rows& row) { return static_cast<std::size_t>(row.integer()); }

/// Which orders' contents to load: $2 the request's number, $3 the order, $4 the known events.
struct Wanted {
  std::vector<std::int64_t> requests, order_nos, after;

  [[nodiscard]] bool empty() const { return requests.empty(); }
  [[nodiscard]] Query query(const char* sql, std::int64_t shop) const {
    Query query(sql, shop);
    const auto each = [](std::int64_t number) { return number; };
    query.params.column(requests, each);
    query.params.column(order_nos, each);
    query.params.column(after, each);
    return query;
  }
  void add(std::size_t request, std::int64_t order_no, std::int64_t after_n) {
    requests.push_back(static_cast<std::int64_t>(request));
    order_nos.push_back(order_no);
    after.push_back(after_n);
  }
};

Query commands_query(std::int64_t shop, std::span<const OrderRequest> requests,
                     const std::vector<std::optional<LoadedOrder>>& orders) {
  struct Asked {
    std::int64_t request, order_no;
    std::string_view id;
  };
  std::vector<Asked> asked;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!orders[i]) continue;
    for (const std::string& id : requests[i].command_ids) {
      asked.push_back({static_cast<std::int64_t>(i), orders[i]->head.order_no, id});
    }
  }
  Query query("SELECT k.i, " TANDEM_COMMAND_COLUMNS
              " FROM " TANDEM_LIST("$2, $3, $4", "i, at, id") " AS k"
              " JOIN commands c ON c.shop = k.shop AND c.order_no = k.at AND c.command_id = k.id",
              shop);
  query.params.column(asked, &Asked::request);
  query.params.column(asked, &Asked::order_no);
  query.params.column(asked, &Asked::id);
  return query;
}

}  // namespace

List<std::optional<LoadedOrder>> PostgresBatch::load_orders(
    std::span<const OrderRequest> requests) {
  std::vector<std::int64_t> order_nos;
  std::vector<std::string> order_ids;
  for (const OrderRequest& request : requests) {
    if (const auto* order_no = std::get_if<std::int64_t>(&request.ref)) {
      order_nos.push_back(*order_no);
    } else {
      order_ids.push_back(std::get<std::string>(request.ref));
    }
  }
  // The feed is in the order of the transactions' ids. One that got its id first, and then waited
  // for an order that a later one was changing, would tell its own change before that one.
  Query lock("SELECT (age(xmin) < age(pg_current_xact_id()::xid))::int, " TANDEM_HEAD_COLUMNS
             " FROM orders WHERE shop = $1 AND order_no = ANY($2 || ARRAY("
             "SELECT order_no FROM orders WHERE shop = $1 AND order_id = ANY($3)))"
             " ORDER BY order_no FOR UPDATE",
             place_.shop);
  lock.params.column(order_nos, [](std::int64_t order_no) { return order_no; });
  lock.params.column(order_ids, [](const std::string& id) -> const std::string& { return id; });
  std::optional<std::int64_t> overtaken;
  auto heads = find_all(place_, lock, [&](Rows& row) {
    const bool behind = row.integer() != 0;
    OrderHead head = read_head(row);
    if (behind) overtaken = head.order_no;
    return head;
  });
  if (!heads) return fail(std::move(heads.error()));
  if (overtaken) {
    return fail(
        {Fault::conflict, "orders", std::to_string(*overtaken), "a later batch changed it"});
  }
  std::map<OrderRef, const OrderHead*> found;
  for (const OrderHead& head : *heads) {
    found.emplace(head.order_no, &head);
    found.emplace(head.order_id, &head);
  }
  std::vector<std::optional<LoadedOrder>> orders(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto head = found.find(requests[i].ref);
    if (head != found.end()) orders[i] = LoadedOrder{.head = *head->second};
  }
  if (found.empty()) return orders;
  if (auto loaded = load_contents(requests, orders); !loaded) {
    return fail(std::move(loaded.error()));
  }
  return orders;
}

Stored<void> PostgresBatch::load_contents(std::span<const OrderRequest> requests,
                                          std::vector<std::optional<LoadedOrder>>& orders) {
  Wanted all;
  Wanted later;  // has events that are not known yet
  Wanted with_parts;
  bool asks_commands = false;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!orders[i]) continue;
    const OrderRequest& request = requests[i];
    const OrderHead& head = orders[i]->head;
    all.add(i, head.order_no, request.after_n);
    asks_commands = asks_commands || !request.command_ids.empty();
    if (head.version <= request.after_n) continue;
    later.add(i, head.order_no, request.after_n);
    if (request.with_parts) with_parts.add(i, head.order_no, request.after_n);
  }
  std::vector<Query> queries;
  std::vector<std::function<void(Rows&)>> fills;
  const auto ask = [&](Query query, auto list, auto read) {
    queries.push_back(std::move(query));
    fills.emplace_back([&orders, list, read](Rows& rows) {
      while (rows.next()) {
        LoadedOrder& order = *orders[place_of(rows)];
        (order.*list).push_back(read(rows));
      }
    });
  };
  // Each order's rows by its own walk of the index, whatever the planner believes of the tables.
  if (!later.empty()) {
    ask(later.query("SELECT k.i, " TANDEM_EVENT_COLUMNS
                    " FROM unnest($2, $3, $4) AS k(i, at, after_n)"
                    " CROSS JOIN LATERAL (SELECT " TANDEM_EVENT_COLUMNS " FROM events"
                    " WHERE shop = $1 AND order_no = k.at AND n > k.after_n ORDER BY n) AS e",
                    place_.shop),
        &LoadedOrder::events, read_event<Rows>);
  }
  if (!with_parts.empty()) {
    ask(with_parts.query("SELECT k.i, " TANDEM_PART_COLUMNS
                         " FROM unnest($2, $3, $4) AS k(i, at, after_n)"
                         " CROSS JOIN LATERAL (SELECT " TANDEM_PART_COLUMNS " FROM parts"
                         " WHERE shop = $1 AND order_no = k.at AND n > k.after_n"
                         " ORDER BY n, name) AS p",
                         place_.shop),
        &LoadedOrder::parts, read_part<Rows>);
  }
  ask(all.query("SELECT k.i, " TANDEM_HOLD_COLUMNS " FROM unnest($2, $3, $4) AS k(i, at, after_n)"
                " CROSS JOIN LATERAL (SELECT " TANDEM_HOLD_COLUMNS " FROM holds"
                " WHERE shop = $1 AND order_no = k.at ORDER BY kind, key, part) AS h",
                place_.shop),
      &LoadedOrder::holds, read_hold<Rows>);
  if (asks_commands) {
    ask(commands_query(place_.shop, requests, orders), &LoadedOrder::commands, read_command<Rows>);
  }
  auto answers = place_.connection.run(queries);
  if (!answers) return fail(std::move(answers.error()));
  for (std::size_t i = 0; i < fills.size(); ++i) fills[i]((*answers)[i]);
  return {};
}

Stored<std::int64_t> PostgresBatch::reserve_order_nos(std::int64_t count) {
  // A sequence locks nothing until the commit; its numbers may be mixed with another node's.
  constexpr int kTriesMax = 100;
  for (int tries = 0; tries < kTriesMax; ++tries) {
    auto numbers =
        find_one(place_,
                 Query("SELECT min(n), max(n) FROM (SELECT nextval($1::text::regclass) AS n"
                       " FROM generate_series(1, $2)) AS taken",
                       order_sequence(place_.shop), count),
                 [](Rows& row) { return std::pair{row.integer(), row.integer()}; });
    if (!numbers) return fail(about(std::move(numbers.error()), "orders", "order_no"));
    const auto [first, last] = numbers->value_or(std::pair<std::int64_t, std::int64_t>());
    if (last - first + 1 == count) return first;
  }
  return fail({Fault::conflict, "orders", "order_no", "no numbers in a row"});
}

List<Hold> PostgresBatch::still_held(std::vector<Hold> known) {
  if (known.empty()) return known;
  Query find("SELECT " TANDEM_HOLD_COLUMNS
             " FROM " TANDEM_LIST("$2, $3, $4, $5", "at, kind_, key_, part_") " AS k"
             " JOIN holds h ON h.shop = k.shop AND order_no = k.at AND kind = k.kind_"
             " AND key = k.key_ AND part = k.part_",
             place_.shop);
  find.params.column(known, &Hold::order_no);
  find.params.column(known, [](const Hold& h) { return h.key.kind; });
  find.params.column(known, [](const Hold& h) -> const std::string& { return h.key.key; });
  find.params.column(known, [](const Hold& h) -> const std::string& { return h.key.part; });
  return find_all(place_, find, read_hold<Rows>);
}

/// A key that another node works with is not waited for: the other jobs of this batch would wait
/// too. It is answered as taken, and who asked tries again.
List<std::optional<IdempotencyRow>> PostgresBatch::load_idempotency(
    std::span<const IdempotencyKey> keys) {
  Query take(
      "SELECT k.i, pg_try_advisory_xact_lock(hashtextextended("
      "concat_ws(E'\\n', $1::text, k.scope_, k.key_), 0))"
      " FROM unnest($2, $3, $4) AS k(i, scope_, key_)",
      place_.shop);
  take.params.ordinals(keys.size());
  take.params.column(keys, &IdempotencyKey::scope);
  take.params.column(keys, &IdempotencyKey::key);
  auto taken = place_.connection.run(take);
  if (!taken) return fail(std::move(taken.error()));
  std::vector<std::optional<IdempotencyRow>> found(keys.size());
  while (taken->next()) {
    const std::size_t i = place_of(*taken);
    if (taken->integer() != 0) continue;
    found[i] = IdempotencyRow{.id = keys[i], .lease_until_ms = place_.now_ms + kInFlightMs};
  }
  // A statement of its own: it has to see what was committed before the locks were there.
  Query find("SELECT k.i, " TANDEM_IDEMPOTENCY_COLUMNS
             " FROM " TANDEM_LIST("$2, $3, $4", "i, scope_, key_") " AS k"
             " JOIN idempotency d ON d.shop = k.shop AND d.scope = k.scope_"
             " AND d.key = k.key_ ORDER BY d.scope, d.key",
             place_.shop);
  find.params.ordinals(keys.size());
  find.params.column(keys, &IdempotencyKey::scope);
  find.params.column(keys, &IdempotencyKey::key);
  auto rows = place_.connection.run(find);
  if (!rows) return fail(std::move(rows.error()));
  while (rows->next()) {
    const std::size_t i = place_of(*rows);
    found[i] = read_idempotency(*rows, keys[i]);
  }
  return found;
}

List<UnmatchedWebhook> PostgresBatch::load_webhooks(std::span<const ProviderReference> references) {
  Query find(
      "SELECT k.i, event_id, payload, received_ms"
      " FROM " TANDEM_LIST("$2, $3, $4", "i, provider_, reference_")
      " AS k JOIN webhooks w ON w.shop = k.shop"
      " AND w.provider = k.provider_ AND w.reference = k.reference_"
      " ORDER BY k.i, received_ms, event_id",
      place_.shop);
  find.params.ordinals(references.size());
  find.params.column(references, &ProviderReference::provider);
  find.params.column(references, &ProviderReference::reference);
  return find_all(place_, find, [&](Rows& row) {
    const ProviderReference& of = references[place_of(row)];
    return UnmatchedWebhook{of.provider, of.reference, row.text(), row.text(), row.integer()};
  });
}

List<WaitingRow> PostgresBatch::load_waiting(std::span<const std::string> skus) {
  Query find("SELECT " TANDEM_WAITING_COLUMNS
             " FROM " TANDEM_LIST("$2, $3", "i, sku_") " AS k"
             " JOIN waiting w ON w.shop = k.shop AND w.sku = k.sku_"
             " ORDER BY k.i, confirmed_ms, order_no, transfer",
             place_.shop);
  find.params.ordinals(skus.size());
  find.params.column(skus, [](const std::string& sku) -> const std::string& { return sku; });
  return find_all(place_, find, read_waiting<Rows>);
}

List<ReservedRow> PostgresBatch::load_reserved(const LedgerKey& stock) {
  const Query find(
      "SELECT coalesce(o.confirmed_ms, 0), o.order_no, sum(e.reserved)::bigint FROM order_rows o"
      " JOIN ledger_entries e ON e.shop = $1 AND e.order_no = o.order_no AND e.kind = 1"
      " AND e.key = $2 AND e.part = $3 WHERE o.shop = $1 AND o.delivery_state IN"
      " ('waiting', 'ready', 'started', 'partially_delivered')"
      " GROUP BY o.confirmed_ms, o.order_no HAVING sum(e.reserved) > 0 ORDER BY o.order_no",
      place_.shop, stock.key, stock.part);
  return find_all(place_, find, [](Rows& row) {
    return ReservedRow{row.integer(), row.integer(), row.integer()};
  });
}

List<OutboxRow> PostgresBatch::take_outbox(std::int64_t count_max, std::int64_t lease_ms) {
  // What another node is just taking is left to it.
  const Query take(
      "WITH due AS (SELECT outbox_no AS no_, due_ms AS was_due_ms FROM outbox WHERE shop = $1"
      " AND state = 0 AND due_ms <= $2 ORDER BY due_ms LIMIT $3 FOR UPDATE SKIP LOCKED)"
      " UPDATE outbox SET attempts = attempts + 1, due_ms = $4 FROM due"
      " WHERE shop = $1 AND outbox_no = due.no_ RETURNING due.was_due_ms, " TANDEM_OUTBOX_COLUMNS,
      place_.shop, place_.now_ms, count_max, place_.now_ms + lease_ms);
  using Taken = std::pair<std::int64_t, OutboxRow>;
  auto taken = find_all(place_, take, [](Rows& row) {
    const std::int64_t was_due_ms = row.integer();
    return Taken(was_due_ms, read_outbox(row));
  });
  if (!taken) return fail(std::move(taken.error()));
  std::ranges::sort(*taken, {},
                    [](const Taken& t) { return std::pair(t.first, t.second.outbox_no); });
  std::vector<OutboxRow> rows;
  for (Taken& one : *taken) rows.push_back(std::move(one.second));
  return rows;
}

}  // namespace tandem::store::postgres
