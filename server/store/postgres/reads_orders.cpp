// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "store/order_page.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {
namespace {

// Each filter has its own index. The planner sees the values, so one statement serves them all, but
// a NULL is told from the row's values only where it stands.
#define TANDEM_ROWS_WHERE \
  "SELECT " TANDEM_ROW_COLUMNS \
  " FROM order_rows WHERE shop = $1" \
  " AND ($2 IS NULL OR order_state = $2) AND ($3 IS NULL OR payment_state = $3)" \
  " AND ($4 IS NULL OR customer = $4) AND ($5 IS NULL OR contact_hash = $5)" \
  " AND ($6 IS NULL OR needs_person = $6) AND order_no < $7 ORDER BY order_no DESC LIMIT $8"

/// Adds to a page what a table keeps of its orders. The statement asks for those after $2, up to
/// $3.
template <class Read>
Stored<void> add_to(OrderPage& page, const Place& place, const char* sql, std::int64_t after_no,
                    Read read) {
  auto rows = find_all(place, Query(sql, place.shop, after_no, page.last_no()), read);
  if (!rows) return fail(std::move(rows.error()));
  page.add(*std::move(rows));
  return {};
}

#define TANDEM_OF_PAGE " WHERE shop = $1 AND order_no > $2 AND order_no <= $3 ORDER BY order_no"

}  // namespace

Found<OrderHead> PostgresReads::order(const OrderRef& ref) {
  return pool_.run([&](const Place& place) { return find_order(place, ref); });
}

Found<OrderRow> PostgresReads::order_row(std::int64_t order_no) {
  const Query find("SELECT " TANDEM_WHOLE_ROW_COLUMNS
                   " FROM order_rows WHERE shop = $1 AND order_no = $2",
                   options_.shop, order_no);
  return pool_.one(find, read_whole_row<Rows>);
}

List<OrderRow> PostgresReads::order_rows(const OrderQuery& query) {
  const Query find(TANDEM_ROWS_WHERE, options_.shop, query.order_state, query.payment_state,
                   query.customer, query.contact_hash, query.needs_person,
                   query.before_order_no.value_or(std::numeric_limits<std::int64_t>::max()),
                   query.count_max);
  return pool_.all(find, read_order_row<Rows>);
}

List<std::int64_t> PostgresReads::orders_due(std::int64_t now_ms,
                                             std::optional<std::int64_t> idle_since_ms,
                                             std::int64_t count_max) {
  // A cart is due as late after its last command as now is after the moment that counts.
  const Query find(
      "SELECT order_no FROM (SELECT order_no, next_due_ms AS at_ms FROM order_rows"
      " WHERE shop = $1 AND next_due_ms IS NOT NULL AND next_due_ms <= $2"
      " UNION ALL SELECT order_no, idle_since_ms + $2 - $3 FROM order_rows"
      " WHERE shop = $1 AND idle_since_ms IS NOT NULL AND idle_since_ms <= $3) AS due"
      " GROUP BY order_no ORDER BY min(at_ms), order_no LIMIT $4",
      options_.shop, now_ms, idle_since_ms, count_max);
  return pool_.all(find, [](Rows& row) { return row.integer(); });
}

List<LeftOrder> PostgresReads::orders_left(std::int64_t after_no, std::int64_t count_max) {
  // Those that were opened without a command have no row; they are looked for up to where the
  // others were found, so that a search walks the orders once.
  const Query find(
      "WITH begun AS (SELECT r.order_no, r.version, o.created_ms, r.updated_ms"
      " FROM order_rows r JOIN orders o ON o.shop = r.shop AND o.order_no = r.order_no"
      " WHERE r.shop = $1 AND r.order_no > $2"
      " AND (r.order_state = 'quotation' OR r.order_state = 'canceled')"
      " AND r.customer IS NULL AND r.contact_hash IS NULL AND r.placed_ms IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM outbox w"
      " WHERE w.shop = r.shop AND w.order_no = r.order_no AND w.state = 0)"
      " ORDER BY r.order_no LIMIT $3)"
      " SELECT order_no, version, created_ms, updated_ms FROM (SELECT * FROM begun UNION ALL"
      " SELECT order_no, version, created_ms, created_ms FROM orders"
      " WHERE shop = $1 AND version = 0 AND order_no > $2 AND order_no <= (SELECT CASE"
      " WHEN count(*) < $3 THEN 9223372036854775807 ELSE max(order_no) END FROM begun)) AS a"
      " ORDER BY order_no LIMIT $3",
      options_.shop, after_no, count_max);
  return pool_.all(find, [](Rows& row) {
    return LeftOrder{row.integer(), row.integer(), row.integer(), row.integer()};
  });
}

Stored<HistoryRow> PostgresReads::history(const CustomerKey& customer, std::int64_t but_order_no) {
  const Query find(
      "WITH same AS (SELECT order_no FROM order_rows WHERE shop = $1 AND customer = $2"
      " UNION SELECT order_no FROM order_rows WHERE shop = $1 AND contact_hash = $3"
      " UNION SELECT order_no FROM order_rows WHERE shop = $1 AND contact_hash = $4"
      " UNION SELECT r.order_no FROM customers c JOIN order_rows r ON r.shop = $1"
      " AND r.customer = c.id WHERE c.shop = $1 AND c.contact_hash IN ($3, $4))"
      " SELECT max(bought_ms), max(reminded_ms), max(active_ms),"
      " coalesce(bool_or(unsubscribed), false) FROM order_rows"
      " WHERE shop = $1 AND order_no IN (SELECT order_no FROM same) AND order_no <> $5",
      options_.shop, customer.customer, customer.contact_hash, customer.account_hash, but_order_no);
  auto row = pool_.one(find, [](Rows& found) {
    return HistoryRow{found.optional_integer(), found.optional_integer(), found.optional_integer(),
                      found.integer() != 0};
  });
  if (!row) return fail(std::move(row.error()));
  return row->value_or(HistoryRow{});
}

Stored<std::int64_t> PostgresReads::orders_placed(std::string_view customer,
                                                  std::int64_t but_order_no) {
  const Query find(
      "SELECT count(*) FROM order_rows WHERE shop = $1 AND customer = $2 AND order_no <> $3"
      " AND order_state IN ('quotation_sent', 'order')",
      options_.shop, customer, but_order_no);
  auto count = pool_.one(find, [](Rows& row) { return row.integer(); });
  if (!count) return fail(std::move(count.error()));
  return count->value_or(0);
}

List<WaitingRow> PostgresReads::waiting() {
  const Query find("SELECT " TANDEM_WAITING_COLUMNS
                   " FROM waiting WHERE shop = $1"
                   " ORDER BY sku, confirmed_ms, order_no, transfer",
                   options_.shop);
  return pool_.all(find, read_waiting<Rows>);
}

List<Event> PostgresReads::events(std::int64_t order_no, std::int64_t after_n,
                                  std::int64_t count_max) {
  const Query find("SELECT " TANDEM_EVENT_COLUMNS
                   " FROM events WHERE shop = $1"
                   " AND order_no = $2 AND n > $3 ORDER BY n LIMIT $4",
                   options_.shop, order_no, after_n, count_max);
  return pool_.all(find, read_event<Rows>);
}

List<Part> PostgresReads::parts(std::int64_t order_no) {
  const Query find("SELECT " TANDEM_PART_COLUMNS
                   " FROM parts WHERE shop = $1"
                   " AND order_no = $2 ORDER BY n, name",
                   options_.shop, order_no);
  return pool_.all(find, read_part<Rows>);
}

List<WholeOrder> PostgresReads::whole_orders(std::int64_t after_no, std::int64_t count_max) {
  return pool_.run_at_one_moment([&](const Place& place) -> List<WholeOrder> {
    const Query find("SELECT " TANDEM_HEAD_COLUMNS
                     " FROM orders WHERE shop = $1 AND order_no > $2 ORDER BY order_no LIMIT $3",
                     place.shop, after_no, count_max);
    auto heads = find_all(place, find, read_head<Rows>);
    if (!heads) return fail(std::move(heads.error()));
    OrderPage page(*std::move(heads), count_max);
    auto done =
        add_to(page, place, "SELECT " TANDEM_WHOLE_ROW_COLUMNS " FROM order_rows" TANDEM_OF_PAGE,
               after_no, read_whole_row<Rows>);
    if (!done) return fail(std::move(done.error()));
    done = add_to(page, place,
                  "SELECT order_no, " TANDEM_EVENT_COLUMNS " FROM events" TANDEM_OF_PAGE ", n",
                  after_no, [](Rows& row) { return read_of_order(row, read_event<Rows>); });
    if (!done) return fail(std::move(done.error()));
    done = add_to(page, place,
                  "SELECT order_no, " TANDEM_PART_COLUMNS " FROM parts" TANDEM_OF_PAGE ", n, name",
                  after_no, [](Rows& row) { return read_of_order(row, read_part<Rows>); });
    if (!done) return fail(std::move(done.error()));
    return page.take();
  });
}

Found<CommandRecord> PostgresReads::command(std::int64_t order_no, std::string_view command_id) {
  const Query find("SELECT " TANDEM_COMMAND_COLUMNS
                   " FROM commands"
                   " WHERE shop = $1 AND order_no = $2 AND command_id = $3",
                   options_.shop, order_no, command_id);
  return pool_.one(find, read_command<Rows>);
}

Found<std::int64_t> PostgresReads::order_of_reference(std::string_view provider,
                                                      std::string_view reference) {
  const Query find(
      "SELECT order_no FROM provider_references"
      " WHERE shop = $1 AND provider = $2 AND reference = $3",
      options_.shop, provider, reference);
  return pool_.one(find, [](Rows& row) { return row.integer(); });
}

List<KeptWebhook> PostgresReads::kept_webhooks(std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    const Query find(
        "SELECT w.provider, w.reference, w.event_id, w.payload, w.received_ms, r.order_no"
        " FROM webhooks w JOIN provider_references r"
        " ON r.shop = w.shop AND r.provider = w.provider AND r.reference = w.reference"
        " WHERE w.shop = $1 ORDER BY w.received_ms, w.event_id LIMIT $2",
        place.shop, count_max);
    return find_all(place, find, [](Rows& row) {
      return KeptWebhook{{row.text(), row.text(), row.text(), row.text(), row.integer()},
                         row.integer()};
    });
  });
}

Found<Bytes> PostgresReads::fact(const Digest& digest) {
  const Query find("SELECT bytes FROM facts WHERE shop = $1 AND digest = $2", options_.shop,
                   digest);
  return pool_.one(find, [](Rows& row) { return row.text(); });
}

Found<IdempotencyRow> PostgresReads::idempotency(const IdempotencyKey& id) {
  const Query find("SELECT " TANDEM_IDEMPOTENCY_COLUMNS
                   " FROM idempotency"
                   " WHERE shop = $1 AND scope = $2 AND key = $3",
                   options_.shop, id.scope, id.key);
  return pool_.one(find, [&](Rows& row) { return read_idempotency(row, id); });
}

List<OutboxRow> PostgresReads::outbox_due(std::int64_t now_ms, std::int64_t count_max) {
  const Query find("SELECT " TANDEM_OUTBOX_COLUMNS
                   " FROM outbox WHERE shop = $1 AND state = 0"
                   " AND due_ms <= $2 ORDER BY due_ms, outbox_no LIMIT $3",
                   options_.shop, now_ms, count_max);
  return pool_.all(find, read_outbox<Rows>);
}

List<OutboxRow> PostgresReads::outbox_commands(std::int64_t count_max) {
  const Query find("SELECT " TANDEM_OUTBOX_COLUMNS
                   " FROM outbox WHERE shop = $1 AND state = 0"
                   " AND kind = 'command' ORDER BY outbox_no LIMIT $2",
                   options_.shop, count_max);
  return pool_.all(find, read_outbox<Rows>);
}

List<OutboxRow> PostgresReads::outbox_of(std::int64_t order_no) {
  const Query find("SELECT " TANDEM_OUTBOX_COLUMNS
                   " FROM outbox WHERE shop = $1"
                   " AND order_no = $2 ORDER BY outbox_no",
                   options_.shop, order_no);
  return pool_.all(find, read_outbox<Rows>);
}

List<OutboxRow> PostgresReads::outbox_dead(std::int64_t after_no, std::int64_t count_max) {
  const Query find("SELECT " TANDEM_OUTBOX_COLUMNS
                   " FROM outbox WHERE shop = $1 AND state = 2"
                   " AND outbox_no > $2 ORDER BY outbox_no LIMIT $3",
                   options_.shop, after_no, count_max);
  return pool_.all(find, read_outbox<Rows>);
}

}  // namespace tandem::store::postgres
