// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/queries.hpp"

namespace tandem::store::sqlite {
Maybe<OrderHead> find_order(const Place& place, const OrderRef& ref) {
  if (const auto* order_no = std::get_if<std::int64_t>(&ref)) {
    auto find = place.connection.prepare("SELECT " TANDEM_HEAD_COLUMNS
                                         " FROM orders WHERE shop = ?1 AND order_no = ?2");
    find.bind(place.shop, *order_no);
    return one_row(find, read_head<Statement>);
  }
  auto find = place.connection.prepare("SELECT " TANDEM_HEAD_COLUMNS
                                       " FROM orders WHERE shop = ?1 AND order_id = ?2");
  find.bind(place.shop, std::get<std::string>(ref));
  return one_row(find, read_head<Statement>);
}

List<Event> find_events(const Place& place, std::int64_t order_no, std::int64_t after_n,
                        std::int64_t count_max) {
  auto find = place.connection.prepare("SELECT " TANDEM_EVENT_COLUMNS
                                       " FROM events WHERE shop = ?1 AND order_no = ?2 AND n > ?3"
                                       " ORDER BY n LIMIT ?4");
  find.bind(place.shop, order_no, after_n, count_max);
  return all_rows(find, read_event<Statement>);
}

List<Part> find_parts(const Place& place, std::int64_t order_no, std::int64_t after_n) {
  auto find = place.connection.prepare("SELECT " TANDEM_PART_COLUMNS
                                       " FROM parts WHERE shop = ?1 AND order_no = ?2 AND n > ?3"
                                       " ORDER BY n, name");
  find.bind(place.shop, order_no, after_n);
  return all_rows(find, read_part<Statement>);
}

Maybe<CommandRecord> find_command(const Place& place, std::int64_t order_no,
                                  std::string_view command_id) {
  auto find = place.connection.prepare("SELECT " TANDEM_COMMAND_COLUMNS
                                       " FROM commands"
                                       " WHERE shop = ?1 AND order_no = ?2 AND command_id = ?3");
  find.bind(place.shop, order_no, command_id);
  return one_row(find, read_command<Statement>);
}

List<Hold> find_holds(const Place& place, std::int64_t order_no) {
  auto find =
      place.connection.prepare("SELECT " TANDEM_HOLD_COLUMNS
                               " FROM holds"
                               " WHERE shop = ?1 AND order_no = ?2 ORDER BY kind, key, part");
  find.bind(place.shop, order_no);
  return all_rows(find, read_hold<Statement>);
}

List<Hold> find_holds_ended(const Place& place, std::span<const LedgerKey> keys,
                            std::int64_t at_ms) {
  std::vector<Hold> holds;
  for (const LedgerKey& key : keys) {
    auto find = place.connection.prepare("SELECT " TANDEM_HOLD_COLUMNS
                                         " FROM holds WHERE shop = ?1"
                                         " AND kind = ?2 AND key = ?3 AND part = ?4"
                                         " AND expires_ms <= ?5 ORDER BY expires_ms, order_no");
    find.bind(place.shop, key.kind, key.key, key.part, at_ms);
    auto found = all_rows(find, read_hold<Statement>);
    if (!found) return fail(std::move(found.error()));
    for (Hold& hold : *found) holds.push_back(std::move(hold));
  }
  return holds;
}

Maybe<IdempotencyRow> find_idempotency(const Place& place, const IdempotencyKey& id) {
  auto find = place.connection.prepare("SELECT " TANDEM_IDEMPOTENCY_COLUMNS
                                       " FROM idempotency"
                                       " WHERE shop = ?1 AND scope = ?2 AND key = ?3");
  find.bind(place.shop, id.scope, id.key);
  return one_row(find, [&](Statement& row) { return read_idempotency(row, id); });
}

List<WaitingRow> find_waiting(const Place& place, std::string_view sku) {
  auto find = place.connection.prepare("SELECT " TANDEM_WAITING_COLUMNS
                                       " FROM waiting WHERE shop = ?1 AND sku = ?2"
                                       " ORDER BY confirmed_ms, order_no, transfer");
  find.bind(place.shop, sku);
  return all_rows(find, read_waiting<Statement>);
}

List<ReservedRow> find_reserved(const Place& place, const LedgerKey& stock) {
  // The planner would begin with every movement that the shop ever made.
  auto find = place.connection.prepare(
      "SELECT ifnull(o.confirmed_ms, 0), o.order_no, sum(e.reserved)"
      " FROM order_rows o INDEXED BY order_rows_to_deliver"
      " JOIN ledger_entries e ON e.shop = ?1 AND e.order_no = o.order_no AND e.kind = 1"
      " AND e.key = ?2 AND e.part = ?3 WHERE o.shop = ?1 AND (o.delivery_state = 'waiting'"
      " OR o.delivery_state = 'ready' OR o.delivery_state = 'started'"
      " OR o.delivery_state = 'partially_delivered')"
      " GROUP BY o.order_no HAVING sum(e.reserved) > 0 ORDER BY o.order_no");
  find.bind(place.shop, stock.key, stock.part);
  return all_rows(find, [](Statement& row) {
    return ReservedRow{row.integer(), row.integer(), row.integer()};
  });
}

Stored<std::int64_t> find_catalog_version(const Place& place) {
  auto find =
      place.connection.prepare("SELECT last FROM serials WHERE shop = ?1 AND name = 'catalog'");
  find.bind(place.shop);
  auto last = one_row(find, [](Statement& row) { return row.integer(); });
  if (!last) return fail(about(std::move(last.error()), "serials", "catalog"));
  return last->value_or(0);
}

Stored<std::int64_t> take_serials(const Place& place, std::string_view name, std::int64_t count) {
  auto take = place.connection.prepare(
      "INSERT INTO serials (shop, name, last) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (shop, name) DO UPDATE SET last = last + excluded.last RETURNING last");
  take.bind(place.shop, name, count);
  auto last = one_row(take, [](Statement& row) { return row.integer(); });
  if (!last) return fail(about(std::move(last.error()), "serials", std::string(name)));
  return last->value_or(count) - count + 1;
}

}  // namespace tandem::store::sqlite
