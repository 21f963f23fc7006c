// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/batch.hpp"

#include <limits>
#include <utility>

namespace tandem::store::sqlite {
namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

/// Loads one row for each key; the first failure is the answer.
template <class Row, class Key>
List<Row> load_each(std::span<const Key> keys, auto load) {
  std::vector<Row> rows;
  rows.reserve(keys.size());
  for (const Key& key : keys) {
    auto row = load(key);
    if (!row) return fail(std::move(row.error()));
    rows.push_back(std::move(*row));
  }
  return rows;
}

/// Moves a loaded list into place; answers what went wrong, if anything.
template <class T>
Stored<void> take(std::vector<T>& into, List<T>&& from) {
  if (!from) return fail(std::move(from.error()));
  into = std::move(*from);
  return {};
}

}  // namespace

SqliteBatch::~SqliteBatch() { rollback(); }

Maybe<LoadedOrder> SqliteBatch::load_order(const OrderRequest& request) {
  auto head = find_order(place_, request.ref);
  if (!head) return fail(std::move(head.error()));
  if (!*head) return std::optional<LoadedOrder>{};
  LoadedOrder order{.head = std::move(**head)};
  const std::int64_t order_no = order.head.order_no;
  const std::int64_t after = request.after_n;
  auto done = take(order.holds, find_holds(place_, order_no));
  const bool has_more = order.head.version > after;
  if (done && has_more) done = take(order.events, find_events(place_, order_no, after, kAll));
  if (done && has_more && request.with_parts) {
    done = take(order.parts, find_parts(place_, order_no, after));
  }
  if (!done) return fail(std::move(done.error()));
  for (const std::string& command_id : request.command_ids) {
    auto command = find_command(place_, order_no, command_id);
    if (!command) return fail(std::move(command.error()));
    if (*command) order.commands.push_back(std::move(**command));
  }
  return std::optional<LoadedOrder>(std::move(order));
}

List<std::optional<LoadedOrder>> SqliteBatch::load_orders(std::span<const OrderRequest> requests) {
  const std::lock_guard lock(access_);
  return load_each<std::optional<LoadedOrder>>(
      requests, [&](const OrderRequest& request) { return load_order(request); });
}

Stored<std::int64_t> SqliteBatch::reserve_order_nos(std::int64_t count) {
  const std::lock_guard lock(access_);
  return take_serials(place_, "order", count);
}

List<LedgerRow> SqliteBatch::load_ledger(std::span<const LedgerKey> keys) {
  const std::lock_guard lock(access_);
  return load_each<LedgerRow>(keys, [&](const LedgerKey& key) { return find_ledger(place_, key); });
}

List<Hold> SqliteBatch::load_expired_holds(std::span<const LedgerKey> keys) {
  const std::lock_guard lock(access_);
  return find_holds_ended(place_, keys, place_.now_ms);
}

List<std::optional<IdempotencyRow>> SqliteBatch::load_idempotency(
    std::span<const IdempotencyKey> keys) {
  const std::lock_guard lock(access_);
  return load_each<std::optional<IdempotencyRow>>(
      keys, [&](const IdempotencyKey& key) { return find_idempotency(place_, key); });
}

List<UnmatchedWebhook> SqliteBatch::load_webhooks(std::span<const ProviderReference> references) {
  const std::lock_guard lock(access_);
  std::vector<UnmatchedWebhook> webhooks;
  for (const ProviderReference& reference : references) {
    auto find = place_.connection.prepare(
        "SELECT event_id, payload, received_ms FROM webhooks"
        " WHERE shop = ?1 AND provider = ?2 AND reference = ?3 ORDER BY received_ms, event_id");
    find.bind(place_.shop, reference.provider, reference.reference);
    auto found = all_rows(find, [&](Statement& row) {
      return UnmatchedWebhook{reference.provider, reference.reference, row.text(), row.text(),
                              row.integer()};
    });
    if (!found) return fail(std::move(found.error()));
    for (UnmatchedWebhook& webhook : *found) webhooks.push_back(std::move(webhook));
  }
  return webhooks;
}

List<WaitingRow> SqliteBatch::load_waiting(std::span<const std::string> skus) {
  const std::lock_guard lock(access_);
  std::vector<WaitingRow> waiting;
  for (const std::string& sku : skus) {
    auto found = find_waiting(place_, sku);
    if (!found) return fail(std::move(found.error()));
    for (WaitingRow& row : *found) waiting.push_back(std::move(row));
  }
  return waiting;
}

List<OutboxRow> SqliteBatch::take_outbox(std::int64_t count_max, std::int64_t lease_ms) {
  const std::lock_guard lock(access_);
  auto find = place_.connection.prepare("SELECT " TANDEM_OUTBOX_COLUMNS
                                        " FROM outbox WHERE shop = ?1 AND state = 0"
                                        " AND due_ms <= ?2 ORDER BY due_ms LIMIT ?3");
  find.bind(place_.shop, place_.now_ms, count_max);
  auto rows = all_rows(find, read_outbox<Statement>);
  if (!rows) return rows;
  auto taken = each(
      place_,
      "UPDATE outbox SET attempts = attempts + 1, due_ms = ?3"
      " WHERE shop = ?1 AND outbox_no = ?2",
      *rows, "outbox",
      [&](Statement& put, const OutboxRow& row) {
        put.bind(place_.shop, row.outbox_no, place_.now_ms + lease_ms);
      },
      [](const OutboxRow& row) { return row.dedupe_key; });
  if (!taken) return fail(std::move(taken.error()));
  for (OutboxRow& row : *rows) {
    row.attempts += 1;
    row.due_ms = place_.now_ms + lease_ms;
  }
  return rows;
}

Stored<void> SqliteBatch::write(const Writes& writes) {
  const std::lock_guard lock(access_);
  if (!open_) return fail({Fault::misuse, {}, {}, "the batch is over"});
  if (!writes.catalog_read.empty()) {
    const auto version = find_catalog_version(place_);
    if (!version) return fail(version.error());
    if (auto ok = check_catalog_read(writes, *version); !ok) return ok;
  }
  if (auto done = write_orders(place_, writes); !done) return done;
  if (auto done = write_ledgers(place_, writes); !done) return done;
  if (auto done = write_effects(place_, writes); !done) return done;
  if (auto done = write_catalog(place_, writes); !done) return done;
  if (auto done = write_customers(place_, writes); !done) return done;
  if (auto done = write_staff(place_, writes); !done) return done;
  if (auto done = write_hooks(place_, writes); !done) return done;
  return write_orders_removed(place_, writes);
}

Stored<void> SqliteBatch::commit() {
  if (!open_) return fail({Fault::misuse, {}, {}, "the batch is over"});
  auto statement = place_.connection.prepare("COMMIT");
  statement.bind();
  auto done = statement.run();
  if (!done) {
    rollback();
    return fail(std::move(done.error()));
  }
  end(true);
  return {};
}

void SqliteBatch::rollback() {
  if (!open_) return;
  // Some errors have rolled back already; then there is nothing left to undo.
  if (sqlite3_get_autocommit(place_.connection.handle()) == 0) {
    (void)place_.connection.execute("ROLLBACK");
  }
  end(false);
}

void SqliteBatch::end(bool committed) {
  open_ = false;
  turn_.unlock();
  ended_(committed);
}

}  // namespace tandem::store::sqlite
