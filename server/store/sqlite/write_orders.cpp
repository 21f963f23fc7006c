// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/insert.hpp"

namespace tandem::store::sqlite {
namespace {

std::string no(std::int64_t order_no) { return std::to_string(order_no); }

Stored<void> write_heads(const Place& place, const Writes& writes) {
  static const Insert orders(
      "INSERT OR FAIL INTO orders (shop, order_no, order_id, secret_hash, version, head,"
      " created_ms) VALUES",
      "(?, ?, ?, ?, 0, zeroblob(32), ?)");
  auto done = insert_all(
      place, orders, writes.orders, "orders",
      [&](Statement& put, const NewOrder& o) {
        put.add(place.shop, o.order_no, o.order_id, o.secret_hash, o.created_ms);
      },
      [](const NewOrder& o) { return o.order_id; });
  if (!done) return done;
  done = each(
      place,
      "UPDATE orders SET version = ?4, head = ?5"
      " WHERE shop = ?1 AND order_no = ?2 AND version = ?3",
      writes.heads, "orders",
      [&](Statement& put, const HeadUpdate& h) {
        put.bind(place.shop, h.order_no, h.from_version, h.to_version, h.head);
      },
      [](const HeadUpdate& h) { return no(h.order_no); }, Fault::stale);
  if (!done) return done;
  static const Insert feed(
      "INSERT OR FAIL INTO feed (shop, order_no, from_version, version) VALUES", "(?, ?, ?, ?)");
  return insert_all(
      place, feed, writes.heads, "feed",
      [&](Statement& put, const HeadUpdate& h) {
        put.add(place.shop, h.order_no, h.from_version, h.to_version);
      },
      [](const HeadUpdate& h) { return no(h.order_no); });
}

Stored<void> write_streams(const Place& place, const Writes& writes) {
  static const Insert events(
      "INSERT OR FAIL INTO events (shop, order_no, n, command_id, bytes) VALUES",
      "(?, ?, ?, ?, ?)");
  auto done = insert_all(
      place, events, writes.events, "events",
      [&](Statement& put, const Of<Event>& e) {
        put.add(place.shop, e.order_no, e.row.n, e.row.command_id, Blob{e.row.bytes});
      },
      [](const Of<Event>& e) { return no(e.order_no) + "/" + no(e.row.n); });
  if (!done) return done;
  static const Insert parts(
      "INSERT OR FAIL INTO parts (shop, order_no, n, name, salt, bytes) VALUES",
      "(?, ?, ?, ?, ?, ?)");
  done = insert_all(
      place, parts, writes.parts, "parts",
      [&](Statement& put, const Of<Part>& p) {
        put.add(place.shop, p.order_no, p.row.n, p.row.name, p.row.salt, Blob{p.row.bytes});
      },
      [](const Of<Part>& p) { return no(p.order_no) + "/" + no(p.row.n) + "/" + p.row.name; });
  if (!done) return done;
  done = each(
      place, "DELETE FROM parts WHERE shop = ?1 AND order_no = ?2 AND n <= ?3 AND name = ?4",
      writes.parts_erased, "parts",
      [&](Statement& put, const PartsErased& p) {
        put.bind(place.shop, p.order_no, p.up_to_n, p.name);
      },
      [](const PartsErased& p) { return no(p.order_no) + "/" + p.name; });
  if (!done) return done;
  static const Insert commands(
      "INSERT OR FAIL INTO commands (shop, order_no, command_id, digest, first_n, last_n, answer)"
      " VALUES",
      "(?, ?, ?, ?, ?, ?, ?)");
  return insert_all(
      place, commands, writes.commands, "commands",
      [&](Statement& put, const Of<CommandRecord>& c) {
        put.add(place.shop, c.order_no, c.row.command_id, c.row.digest, c.row.first_n, c.row.last_n,
                Blob{c.row.answer});
      },
      [](const Of<CommandRecord>& c) { return no(c.order_no) + "/" + c.row.command_id; });
}

Stored<void> write_waiting(const Place& place, const Writes& writes) {
  auto done = each(
      place, "DELETE FROM waiting WHERE shop = ?1 AND order_no = ?2", writes.waiting, "waiting",
      [&](Statement& put, const auto& w) { put.bind(place.shop, w.order_no); },
      [](const auto& w) { return no(w.order_no); });
  for (const auto& of_order : writes.waiting) {
    if (!done) return done;
    done = each(
        place,
        "INSERT INTO waiting (shop, sku, confirmed_ms, order_no, transfer)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        of_order.row, "waiting",
        [&](Statement& put, const WaitingRow& w) {
          put.bind(place.shop, w.sku, w.confirmed_ms, w.order_no, w.transfer);
        },
        [](const WaitingRow& w) { return no(w.order_no); });
  }
  return done;
}

}  // namespace

Stored<void> write_orders(const Place& place, const Writes& writes) {
  if (auto done = write_heads(place, writes); !done) return done;
  if (auto done = write_streams(place, writes); !done) return done;
  if (auto done = write_waiting(place, writes); !done) return done;
  static const Insert rows(
      "INSERT OR FAIL INTO order_rows (shop, order_no, version, order_state, payment_state,"
      " delivery_state, invoice_state, return_state, needs_person, placed_ms, next_due_ms,"
      " updated_ms, total_minor, currency, customer, contact_hash, view, staff_view, confirmed_ms,"
      " idle_since_ms, bought_ms, reminded_ms, active_ms, unsubscribed) VALUES",
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      " ON CONFLICT (shop, order_no) DO UPDATE SET version = excluded.version,"
      " order_state = excluded.order_state, payment_state = excluded.payment_state,"
      " delivery_state = excluded.delivery_state, invoice_state = excluded.invoice_state,"
      " return_state = excluded.return_state, needs_person = excluded.needs_person,"
      " placed_ms = excluded.placed_ms, next_due_ms = excluded.next_due_ms,"
      " updated_ms = excluded.updated_ms, total_minor = excluded.total_minor,"
      " currency = excluded.currency, customer = excluded.customer,"
      " contact_hash = excluded.contact_hash, view = excluded.view,"
      " staff_view = excluded.staff_view, confirmed_ms = excluded.confirmed_ms,"
      " idle_since_ms = excluded.idle_since_ms, bought_ms = excluded.bought_ms,"
      " reminded_ms = excluded.reminded_ms, active_ms = excluded.active_ms,"
      " unsubscribed = excluded.unsubscribed");
  const auto staff_view = [](const OrderRow& r) {
    return r.staff_view.empty() ? std::nullopt : std::optional(Blob{r.staff_view});
  };
  return insert_all(
      place, rows, writes.order_rows, "order_rows",
      [&](Statement& put, const OrderRow& r) {
        put.add(place.shop, r.order_no, r.version, r.order_state, r.payment_state, r.delivery_state,
                r.invoice_state, r.return_state, r.needs_person, r.placed_ms, r.next_due_ms,
                r.updated_ms, r.total_minor, r.currency, or_null(r.customer), r.contact_hash,
                Blob{r.view}, staff_view(r), r.confirmed_ms, r.idle_since_ms, r.bought_ms,
                r.reminded_ms, r.active_ms, r.unsubscribed);
      },
      [](const OrderRow& r) { return no(r.order_no); });
}

Stored<void> write_orders_removed(const Place& place, const Writes& writes) {
  auto done = each(
      place, "DELETE FROM orders WHERE shop = ?1 AND order_no = ?2 AND version = ?3",
      writes.orders_removed, "orders",
      [&](Statement& put, const OrderRemoved& r) { put.bind(place.shop, r.order_no, r.version); },
      [](const OrderRemoved& r) { return no(r.order_no); }, Fault::stale);
  for (const char* rest : {"DELETE FROM events WHERE shop = ?1 AND order_no = ?2",
                           "DELETE FROM parts WHERE shop = ?1 AND order_no = ?2",
                           "DELETE FROM commands WHERE shop = ?1 AND order_no = ?2",
                           "DELETE FROM order_rows WHERE shop = ?1 AND order_no = ?2",
                           "DELETE FROM outbox WHERE shop = ?1 AND order_no = ?2"}) {
    if (!done) return done;
    done = each(
        place, rest, writes.orders_removed, "orders",
        [&](Statement& put, const OrderRemoved& r) { put.bind(place.shop, r.order_no); },
        [](const OrderRemoved& r) { return no(r.order_no); });
  }
  return done;
}

}  // namespace tandem::store::sqlite
