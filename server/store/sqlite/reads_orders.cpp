// SPDX-License-Identifier: Apache-2.0
#include "store/order_page.hpp"
#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {
namespace {

// Each filter has its own index, so each is a statement of its own; the others only narrow it.
#define TANDEM_ROWS_WHERE(first) \
  "SELECT " TANDEM_ROW_COLUMNS " FROM order_rows WHERE shop = ?1 AND " first \
  " AND (?2 IS NULL OR order_state = ?2) AND (?3 IS NULL OR payment_state = ?3)" \
  " AND (?4 IS NULL OR customer = ?4) AND (?5 IS NULL OR contact_hash = ?5)" \
  " AND (?6 IS NULL OR needs_person = ?6) AND order_no < ?7 ORDER BY order_no DESC LIMIT ?8"

const char* rows_statement(const OrderQuery& query) {
  if (query.contact_hash) return TANDEM_ROWS_WHERE("contact_hash = ?5");
  if (query.customer) return TANDEM_ROWS_WHERE("customer = ?4");
  if (query.needs_person == true) return TANDEM_ROWS_WHERE("needs_person = 1");
  if (query.order_state) return TANDEM_ROWS_WHERE("order_state = ?2");
  return TANDEM_ROWS_WHERE("1");
}

/// Adds to a page what a table keeps of its orders. The statement asks for those after ?2, up to
/// ?3.
template <class Read>
Stored<void> add_to(OrderPage& page, const Place& place, const char* sql, std::int64_t after_no,
                    Read read) {
  auto find = place.connection.prepare(sql);
  find.bind(place.shop, after_no, page.last_no());
  auto rows = all_rows(find, read);
  if (!rows) return fail(std::move(rows.error()));
  page.add(*std::move(rows));
  return {};
}

#define TANDEM_OF_PAGE " WHERE shop = ?1 AND order_no > ?2 AND order_no <= ?3 ORDER BY order_no"

}  // namespace

Found<OrderHead> SqliteReads::order(const OrderRef& ref) {
  return pool_.run([&](const Place& place) { return find_order(place, ref); });
}

Found<OrderRow> SqliteReads::order_row(std::int64_t order_no) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_WHOLE_ROW_COLUMNS
                                         " FROM order_rows WHERE shop = ?1 AND order_no = ?2");
    find.bind(place.shop, order_no);
    return one_row(find, read_whole_row<Statement>);
  });
}

List<OrderRow> SqliteReads::order_rows(const OrderQuery& query) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(rows_statement(query));
    find.bind(place.shop, query.order_state, query.payment_state, query.customer,
              query.contact_hash, query.needs_person,
              query.before_order_no.value_or(std::numeric_limits<std::int64_t>::max()),
              query.count_max);
    return all_rows(find, read_order_row<Statement>);
  });
}

List<std::int64_t> SqliteReads::orders_due(std::int64_t now_ms,
                                           std::optional<std::int64_t> idle_since_ms,
                                           std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    // A cart is due as late after its last command as now is after the moment that counts.
    auto find = place.connection.prepare(
        "SELECT order_no FROM (SELECT order_no, next_due_ms AS at_ms FROM order_rows"
        " WHERE shop = ?1 AND next_due_ms IS NOT NULL AND next_due_ms <= ?2"
        " UNION ALL SELECT order_no, idle_since_ms + ?2 - ?3 FROM order_rows"
        " WHERE shop = ?1 AND idle_since_ms IS NOT NULL AND idle_since_ms <= ?3)"
        " GROUP BY order_no ORDER BY min(at_ms), order_no LIMIT ?4");
    find.bind(place.shop, now_ms, idle_since_ms, count_max);
    return all_rows(find, [](Statement& row) { return row.integer(); });
  });
}

List<LeftOrder> SqliteReads::orders_left(std::int64_t after_no, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    // Those that were opened without a command have no row; they are looked for up to where the
    // others were found, so that a search walks the orders once.
    auto find = place.connection.prepare(
        "WITH begun AS (SELECT r.order_no, r.version, o.created_ms, r.updated_ms"
        " FROM order_rows r JOIN orders o ON o.shop = r.shop AND o.order_no = r.order_no"
        " WHERE r.shop = ?1 AND r.order_no > ?2"
        " AND (r.order_state = 'quotation' OR r.order_state = 'canceled')"
        " AND r.customer IS NULL AND r.contact_hash IS NULL AND r.placed_ms IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM outbox w"
        " WHERE w.shop = r.shop AND w.order_no = r.order_no AND w.state = 0)"
        " ORDER BY r.order_no LIMIT ?3)"
        " SELECT order_no, version, created_ms, updated_ms FROM (SELECT * FROM begun UNION ALL"
        " SELECT order_no, version, created_ms, created_ms FROM orders"
        " WHERE shop = ?1 AND version = 0 AND order_no > ?2 AND order_no <= (SELECT CASE"
        " WHEN count(*) < ?3 THEN 9223372036854775807 ELSE max(order_no) END FROM begun)) AS a"
        " ORDER BY order_no LIMIT ?3");
    find.bind(place.shop, after_no, count_max);
    return all_rows(find, [](Statement& row) {
      return LeftOrder{row.integer(), row.integer(), row.integer(), row.integer()};
    });
  });
}

Stored<HistoryRow> SqliteReads::history(const CustomerKey& customer, std::int64_t but_order_no) {
  return pool_.run([&](const Place& place) -> Stored<HistoryRow> {
    auto find = place.connection.prepare(
        "WITH same AS (SELECT order_no FROM order_rows WHERE shop = ?1 AND customer = ?2"
        " UNION SELECT order_no FROM order_rows WHERE shop = ?1 AND contact_hash = ?3"
        " UNION SELECT order_no FROM order_rows WHERE shop = ?1 AND contact_hash = ?4"
        " UNION SELECT r.order_no FROM customers c JOIN order_rows r ON r.shop = ?1"
        " AND r.customer = c.id WHERE c.shop = ?1 AND c.contact_hash IN (?3, ?4))"
        " SELECT max(bought_ms), max(reminded_ms), max(active_ms), ifnull(max(unsubscribed), 0)"
        " FROM order_rows WHERE shop = ?1 AND order_no IN same AND order_no <> ?5");
    find.bind(place.shop, customer.customer, customer.contact_hash, customer.account_hash,
              but_order_no);
    auto row = one_row(find, [](Statement& found) {
      return HistoryRow{found.optional_integer(), found.optional_integer(),
                        found.optional_integer(), found.integer() != 0};
    });
    if (!row) return fail(std::move(row.error()));
    return row->value_or(HistoryRow{});
  });
}

Stored<std::int64_t> SqliteReads::orders_placed(std::string_view customer,
                                                std::int64_t but_order_no) {
  return pool_.run([&](const Place& place) -> Stored<std::int64_t> {
    auto find = place.connection.prepare(
        "SELECT count(*) FROM order_rows WHERE shop = ?1 AND customer = ?2 AND order_no <> ?3"
        " AND order_state IN ('quotation_sent', 'order')");
    find.bind(place.shop, customer, but_order_no);
    auto count = one_row(find, [](Statement& row) { return row.integer(); });
    if (!count) return fail(std::move(count.error()));
    return count->value_or(0);
  });
}

List<WaitingRow> SqliteReads::waiting() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_WAITING_COLUMNS
                                         " FROM waiting WHERE shop = ?1"
                                         " ORDER BY sku, confirmed_ms, order_no, transfer");
    find.bind(place.shop);
    return all_rows(find, read_waiting<Statement>);
  });
}

List<Event> SqliteReads::events(std::int64_t order_no, std::int64_t after_n,
                                std::int64_t count_max) {
  return pool_.run(
      [&](const Place& place) { return find_events(place, order_no, after_n, count_max); });
}

List<Part> SqliteReads::parts(std::int64_t order_no) {
  return pool_.run([&](const Place& place) { return find_parts(place, order_no, 0); });
}

List<WholeOrder> SqliteReads::whole_orders(std::int64_t after_no, std::int64_t count_max) {
  return pool_.run([&](const Place& place) -> List<WholeOrder> {
    auto find = place.connection.prepare("SELECT " TANDEM_HEAD_COLUMNS
                                         " FROM orders WHERE shop = ?1 AND order_no > ?2"
                                         " ORDER BY order_no LIMIT ?3");
    find.bind(place.shop, after_no, count_max);
    auto heads = all_rows(find, read_head<Statement>);
    if (!heads) return fail(std::move(heads.error()));
    OrderPage page(*std::move(heads), count_max);
    auto done =
        add_to(page, place, "SELECT " TANDEM_WHOLE_ROW_COLUMNS " FROM order_rows" TANDEM_OF_PAGE,
               after_no, read_whole_row<Statement>);
    if (!done) return fail(std::move(done.error()));
    done = add_to(
        page, place, "SELECT order_no, " TANDEM_EVENT_COLUMNS " FROM events" TANDEM_OF_PAGE ", n",
        after_no, [](Statement& row) { return read_of_order(row, read_event<Statement>); });
    if (!done) return fail(std::move(done.error()));
    done =
        add_to(page, place,
               "SELECT order_no, " TANDEM_PART_COLUMNS " FROM parts" TANDEM_OF_PAGE ", n, name",
               after_no, [](Statement& row) { return read_of_order(row, read_part<Statement>); });
    if (!done) return fail(std::move(done.error()));
    return page.take();
  });
}

Found<CommandRecord> SqliteReads::command(std::int64_t order_no, std::string_view command_id) {
  return pool_.run([&](const Place& place) { return find_command(place, order_no, command_id); });
}

Found<std::int64_t> SqliteReads::order_of_reference(std::string_view provider,
                                                    std::string_view reference) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT order_no FROM provider_references"
        " WHERE shop = ?1 AND provider = ?2 AND reference = ?3");
    find.bind(place.shop, provider, reference);
    return one_row(find, [](Statement& row) { return row.integer(); });
  });
}

List<KeptWebhook> SqliteReads::kept_webhooks(std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT w.provider, w.reference, w.event_id, w.payload, w.received_ms, r.order_no"
        " FROM webhooks w JOIN provider_references r"
        " ON r.shop = w.shop AND r.provider = w.provider AND r.reference = w.reference"
        " WHERE w.shop = ?1 ORDER BY w.received_ms, w.event_id LIMIT ?2");
    find.bind(place.shop, count_max);
    return all_rows(find, [](Statement& row) {
      return KeptWebhook{{row.text(), row.text(), row.text(), row.text(), row.integer()},
                         row.integer()};
    });
  });
}

Found<Bytes> SqliteReads::fact(const Digest& digest) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT bytes FROM facts WHERE shop = ?1 AND digest = ?2");
    find.bind(place.shop, digest);
    return one_row(find, [](Statement& row) { return row.text(); });
  });
}

Found<IdempotencyRow> SqliteReads::idempotency(const IdempotencyKey& id) {
  return pool_.run([&](const Place& place) { return find_idempotency(place, id); });
}

List<OutboxRow> SqliteReads::outbox_due(std::int64_t now_ms, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_OUTBOX_COLUMNS
                                         " FROM outbox WHERE shop = ?1 AND state = 0"
                                         " AND due_ms <= ?2 ORDER BY due_ms LIMIT ?3");
    find.bind(place.shop, now_ms, count_max);
    return all_rows(find, read_outbox<Statement>);
  });
}

List<OutboxRow> SqliteReads::outbox_commands(std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_OUTBOX_COLUMNS
                                         " FROM outbox WHERE shop = ?1 AND state = 0"
                                         " AND kind = 'command' ORDER BY outbox_no LIMIT ?2");
    find.bind(place.shop, count_max);
    return all_rows(find, read_outbox<Statement>);
  });
}

List<OutboxRow> SqliteReads::outbox_of(std::int64_t order_no) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_OUTBOX_COLUMNS
                                         " FROM outbox WHERE shop = ?1 AND order_no = ?2"
                                         " ORDER BY outbox_no");
    find.bind(place.shop, order_no);
    return all_rows(find, read_outbox<Statement>);
  });
}

List<OutboxRow> SqliteReads::outbox_dead(std::int64_t after_no, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_OUTBOX_COLUMNS
                                         " FROM outbox WHERE shop = ?1 AND state = 2"
                                         " AND outbox_no > ?2 ORDER BY outbox_no LIMIT ?3");
    find.bind(place.shop, after_no, count_max);
    return all_rows(find, read_outbox<Statement>);
  });
}

}  // namespace tandem::store::sqlite
