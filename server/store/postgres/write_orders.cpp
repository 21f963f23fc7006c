// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "store/postgres/feed_base.hpp"
#include "store/postgres/plan.hpp"

namespace tandem::store::postgres {
namespace {

std::string no(std::int64_t order_no) { return std::to_string(order_no); }

/// A member of the row inside an Of.
template <class Row, class Member>
auto inner(Member Row::* member) {
  return [member](const Of<Row>& of) -> const Member& { return of.row.*member; };
}

template <class Row>
auto inner_blob(Bytes Row::* member) {
  return [member](const Of<Row>& of) { return Blob{of.row.*member}; };
}

/// A new order as the batch leaves it: with its first events it is one row version, not two.
struct FirstHead {
  const NewOrder* order = nullptr;
  std::int64_t version = 0;
  Digest head{};
};

/// New orders with the first move of each; all other moves are answered in `later`.
std::vector<FirstHead> first_heads(const Writes& writes, std::vector<HeadUpdate>& later) {
  std::vector<FirstHead> firsts;
  std::map<std::int64_t, std::size_t> places;
  for (const NewOrder& order : writes.orders) {
    places.emplace(order.order_no, firsts.size());
    firsts.push_back({.order = &order});
  }
  for (const HeadUpdate& update : writes.heads) {
    const auto place = places.find(update.order_no);
    if (place == places.end() || update.from_version != 0) {
      later.push_back(update);
      continue;
    }
    FirstHead& first = firsts[place->second];
    first.version = update.to_version;
    first.head = update.head;
    places.erase(place);
  }
  return firsts;
}

void plan_heads(Plan& plan, const Writes& writes) {
  std::vector<HeadUpdate> later;
  plan.rows(
      "INSERT INTO orders (shop, order_no, order_id, secret_hash, version, head, created_ms)"
      " SELECT $1, n.* FROM unnest($2, $3, $4, $5, $6, $7)"
      " AS n(order_no, order_id, secret_hash, version, head, created_ms) ORDER BY n.order_no",
      "orders", first_heads(writes, later), [](const FirstHead& f) { return f.order->order_id; },
      [](Params& params, const auto& rows) {
        params.column(rows, [](const FirstHead& f) { return f.order->order_no; });
        params.column(rows,
                      [](const FirstHead& f) -> const std::string& { return f.order->order_id; });
        params.column(rows, [](const FirstHead& f) { return f.order->secret_hash; });
        params.column(rows, &FirstHead::version);
        params.column(rows, &FirstHead::head);
        params.column(rows, [](const FirstHead& f) { return f.order->created_ms; });
      });
  plan.rounds(
      "UPDATE orders o SET version = h.to_version, head = h.head"
      " FROM " TANDEM_LIST("$2, $3, $4, $5", "order_no, from_version, to_version, head")
      " AS h WHERE o.shop = h.shop AND o.order_no = h.order_no AND o.version = h.from_version"
      " RETURNING o.order_no::text",
      "orders", later, [](const HeadUpdate& h) { return no(h.order_no); },
      [](Params& params, const auto& rows) {
        params.column(rows, &HeadUpdate::order_no);
        params.column(rows, &HeadUpdate::from_version);
        params.column(rows, &HeadUpdate::to_version);
        params.column(rows, &HeadUpdate::head);
      },
      Fault::stale);
  plan.rows(
      "INSERT INTO feed (shop, batch, order_no, from_version, version)"
      " SELECT $1, pg_current_xact_id()::text::bigint + " TANDEM_FEED_BASE
      ", * FROM unnest($2, $3, $4)",
      "feed", writes.heads, [](const HeadUpdate& h) { return no(h.order_no); },
      [](Params& params, const auto& rows) {
        params.column(rows, &HeadUpdate::order_no);
        params.column(rows, &HeadUpdate::from_version);
        params.column(rows, &HeadUpdate::to_version);
      });
}

void plan_events(Plan& plan, const Writes& writes) {
  plan.rows(
      "INSERT INTO events (shop, order_no, n, command_id, bytes)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5)",
      "events", writes.events,
      [](const Of<Event>& e) { return no(e.order_no) + "/" + no(e.row.n); },
      [](Params& params, const auto& rows) {
        params.column(rows, &Of<Event>::order_no);
        params.column(rows, inner(&Event::n));
        params.column(rows, inner(&Event::command_id));
        params.column(rows, inner_blob(&Event::bytes));
      });
  plan.rows(
      "INSERT INTO parts (shop, order_no, n, name, salt, bytes)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5, $6)",
      "parts", writes.parts,
      [](const Of<Part>& p) { return no(p.order_no) + "/" + no(p.row.n) + "/" + p.row.name; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Of<Part>::order_no);
        params.column(rows, inner(&Part::n));
        params.column(rows, inner(&Part::name));
        params.column(rows, inner(&Part::salt));
        params.column(rows, inner_blob(&Part::bytes));
      });
  plan.rows(
      "DELETE FROM parts p USING " TANDEM_LIST("$2, $3, $4", "order_no, up_to_n, name")
      " AS e WHERE p.shop = e.shop AND p.order_no = e.order_no AND p.n <= e.up_to_n"
      " AND p.name = e.name",
      "parts", writes.parts_erased,
      [](const PartsErased& p) { return no(p.order_no) + "/" + p.name; },
      [](Params& params, const auto& rows) {
        params.column(rows, &PartsErased::order_no);
        params.column(rows, &PartsErased::up_to_n);
        params.column(rows, &PartsErased::name);
      });
  plan.rows(
      "INSERT INTO commands (shop, order_no, command_id, digest, first_n, last_n, answer)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7)",
      "commands", writes.commands,
      [](const Of<CommandRecord>& c) { return no(c.order_no) + "/" + c.row.command_id; },
      [](Params& params, const auto& rows) {
        params.column(rows, &Of<CommandRecord>::order_no);
        params.column(rows, inner(&CommandRecord::command_id));
        params.column(rows, inner(&CommandRecord::digest));
        params.column(rows, inner(&CommandRecord::first_n));
        params.column(rows, inner(&CommandRecord::last_n));
        params.column(rows, inner_blob(&CommandRecord::answer));
      });
}

void plan_waiting(Plan& plan, const Writes& writes) {
  using WaitingOf = Of<std::vector<WaitingRow>>;
  // An order that stands here twice ends with its last rows.
  for (const auto& round :
       Plan::rounds_of(writes.waiting, [](const WaitingOf& w) { return no(w.order_no); })) {
    Query remove("DELETE FROM waiting WHERE shop = $1 AND order_no = ANY($2)", plan.shop());
    remove.params.column(round, &WaitingOf::order_no);
    plan.add(std::move(remove), "waiting", no(round.front()->order_no));
    std::vector<const WaitingRow*> rows;
    for (const WaitingOf* of : round) {
      for (const WaitingRow& row : of->row) rows.push_back(&row);
    }
    if (rows.empty()) continue;
    Query insert(
        "INSERT INTO waiting (shop, sku, confirmed_ms, order_no, transfer)"
        " SELECT $1, * FROM unnest($2, $3, $4, $5)",
        plan.shop());
    insert.params.column(rows, &WaitingRow::sku);
    insert.params.column(rows, &WaitingRow::confirmed_ms);
    insert.params.column(rows, &WaitingRow::order_no);
    insert.params.column(rows, &WaitingRow::transfer);
    plan.add(std::move(insert), "waiting", no(rows.front()->order_no));
  }
}

void order_row_columns(Params& params, const std::vector<const OrderRow*>& rows) {
  params.column(rows, &OrderRow::order_no);
  params.column(rows, &OrderRow::version);
  params.column(rows, &OrderRow::order_state);
  params.column(rows, &OrderRow::payment_state);
  params.column(rows, &OrderRow::delivery_state);
  params.column(rows, &OrderRow::invoice_state);
  params.column(rows, &OrderRow::return_state);
  params.column(rows, &OrderRow::needs_person);
  params.column(rows, &OrderRow::placed_ms);
  params.column(rows, &OrderRow::confirmed_ms);
  params.column(rows, &OrderRow::idle_since_ms);
  params.column(rows, &OrderRow::bought_ms);
  params.column(rows, &OrderRow::reminded_ms);
  params.column(rows, &OrderRow::active_ms);
  params.column(rows, &OrderRow::unsubscribed);
  params.column(rows, &OrderRow::next_due_ms);
  params.column(rows, &OrderRow::updated_ms);
  params.column(rows, &OrderRow::total_minor);
  params.column(rows, &OrderRow::currency);
  params.column(rows, &OrderRow::customer);
  params.column(rows, &OrderRow::contact_hash);
  params.column(rows, [](const OrderRow& row) { return Blob{row.view}; });
  params.column(rows, [](const OrderRow& row) { return Blob{row.staff_view}; });
}

}  // namespace

void plan_orders(Plan& plan, const Writes& writes) {
  plan_heads(plan, writes);
  plan_events(plan, writes);
  plan_waiting(plan, writes);
  plan.rounds(
      "INSERT INTO order_rows (shop, " TANDEM_ROW_COLUMNS
      ", view, staff_view)"
      " SELECT $1, r.order_no, r.version, r.order_state, r.payment_state, r.delivery_state,"
      " r.invoice_state, r.return_state, r.needs_person, r.placed_ms, r.confirmed_ms,"
      " r.idle_since_ms, r.bought_ms, r.reminded_ms, r.active_ms, r.unsubscribed, r.next_due_ms,"
      " r.updated_ms, r.total_minor, r.currency, nullif(r.customer, ''), r.contact_hash, r.view,"
      " nullif(r.staff_view, '') FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
      " $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)"
      " AS r(" TANDEM_ROW_COLUMNS
      ", view, staff_view) ORDER BY r.order_no"
      " ON CONFLICT (shop, order_no) DO UPDATE SET version = excluded.version,"
      " order_state = excluded.order_state, payment_state = excluded.payment_state,"
      " delivery_state = excluded.delivery_state, invoice_state = excluded.invoice_state,"
      " return_state = excluded.return_state, needs_person = excluded.needs_person,"
      " placed_ms = excluded.placed_ms, confirmed_ms = excluded.confirmed_ms,"
      " idle_since_ms = excluded.idle_since_ms, bought_ms = excluded.bought_ms,"
      " reminded_ms = excluded.reminded_ms, active_ms = excluded.active_ms,"
      " unsubscribed = excluded.unsubscribed, next_due_ms = excluded.next_due_ms,"
      " updated_ms = excluded.updated_ms, total_minor = excluded.total_minor,"
      " currency = excluded.currency, customer = excluded.customer,"
      " contact_hash = excluded.contact_hash, view = excluded.view,"
      " staff_view = excluded.staff_view",
      "order_rows", writes.order_rows, [](const OrderRow& r) { return no(r.order_no); },
      order_row_columns);
}

void plan_orders_removed(Plan& plan, const Writes& writes) {
  const auto key = [](const OrderRemoved& r) { return no(r.order_no); };
  plan.rounds(
      "DELETE FROM orders o USING " TANDEM_LIST("$2, $3", "order_no, version")
      " AS r WHERE o.shop = r.shop AND o.order_no = r.order_no AND o.version = r.version"
      " RETURNING o.order_no::text",
      "orders", writes.orders_removed, key,
      [](Params& params, const auto& rows) {
        params.column(rows, &OrderRemoved::order_no);
        params.column(rows, &OrderRemoved::version);
      },
      Fault::stale);
  for (const char* rest : {"DELETE FROM events WHERE shop = $1 AND order_no = ANY($2)",
                           "DELETE FROM parts WHERE shop = $1 AND order_no = ANY($2)",
                           "DELETE FROM commands WHERE shop = $1 AND order_no = ANY($2)",
                           "DELETE FROM order_rows WHERE shop = $1 AND order_no = ANY($2)",
                           "DELETE FROM outbox WHERE shop = $1 AND order_no = ANY($2)"}) {
    plan.rows(rest, "orders", writes.orders_removed, key, [](Params& params, const auto& rows) {
      params.column(rows, &OrderRemoved::order_no);
    });
  }
}

}  // namespace tandem::store::postgres
