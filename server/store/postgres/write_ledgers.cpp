// SPDX-License-Identifier: Apache-2.0
// Guarded changes of counters, their entries and holds.
#include <array>

#include "store/postgres/plan.hpp"

namespace tandem::store::postgres {
namespace {

using Updates = std::vector<const LedgerUpdate*>;

// What stock would be short of after the change: above 0 only where a fact allows it.
#define TANDEM_SHORT \
  "(c.reserved + u.reserved + c.held + u.held + c.backordered + u.backordered" \
  " + c.safety_stock - c.on_hand - u.on_hand - c.backorder_max)"

// $2 to $14, the same for every kind of counter.
#define TANDEM_UPDATES \
  " FROM " TANDEM_LIST("$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16", \
                       "i, kind, key, part, version, on_hand, reserved, held, backordered, used," \
                       " balance, fact, free, limit_, is_new") " AS u"

/// The statements of one kind of counter.
struct Counters {
  bool (*holds)(LedgerKind kind);
  const char* insert;  // rows that may be missing
  const char* update;  // answers the numbers of the updates whose guard held
  const char* versions;
};

constexpr std::array kCounters{
    Counters{[](LedgerKind kind) { return kind == LedgerKind::stock; },
             "INSERT INTO stock (shop, sku, location) SELECT $1, u.key, u.part" TANDEM_UPDATES
             " WHERE u.is_new ORDER BY 2, 3 ON CONFLICT DO NOTHING",
             "UPDATE stock c SET on_hand = c.on_hand + u.on_hand,"
             " reserved = c.reserved + u.reserved, held = c.held + u.held,"
             " backordered = c.backordered + u.backordered, version = c.version + 1,"
             " shortfall = CASE WHEN u.fact THEN greatest(0, " TANDEM_SHORT
             ") ELSE least(c.shortfall, greatest(0, " TANDEM_SHORT ")) END" TANDEM_UPDATES
             " WHERE c.shop = u.shop AND c.sku = u.key AND c.location = u.part"
             " AND (u.version IS NULL OR c.version = u.version)"
             " AND (u.free OR " TANDEM_SHORT " <= 0) RETURNING u.i",
             "SELECT u.i, c.version" TANDEM_UPDATES
             " JOIN stock c ON c.shop = u.shop AND c.sku = u.key AND c.location = u.part"},
    Counters{[](LedgerKind kind) { return kind == LedgerKind::gift_card; },
             "INSERT INTO gift_cards (shop, key) SELECT $1, u.key" TANDEM_UPDATES
             " WHERE u.is_new ORDER BY 2 ON CONFLICT DO NOTHING",
             "UPDATE gift_cards c SET balance = c.balance + u.balance, held = c.held + u.held,"
             " version = c.version + 1" TANDEM_UPDATES " WHERE c.shop = u.shop AND c.key = u.key"
             " AND (u.version IS NULL OR c.version = u.version)"
             " AND (u.free OR c.balance + u.balance - c.held - u.held >= 0) RETURNING u.i",
             "SELECT u.i, c.version" TANDEM_UPDATES
             " JOIN gift_cards c ON c.shop = u.shop AND c.key = u.key"},
    Counters{
        [](LedgerKind kind) { return kind != LedgerKind::stock && kind != LedgerKind::gift_card; },
        "INSERT INTO uses (shop, kind, key, part) SELECT $1, u.kind, u.key, u.part" TANDEM_UPDATES
        " WHERE u.is_new ORDER BY 2, 3, 4 ON CONFLICT DO NOTHING",
        "UPDATE uses c SET used = c.used + u.used, held = c.held + u.held,"
        " version = c.version + 1" TANDEM_UPDATES
        " WHERE c.shop = u.shop AND c.kind = u.kind AND c.key = u.key AND c.part = u.part"
        " AND (u.version IS NULL OR c.version = u.version) AND (u.free OR u.limit_ IS NULL"
        " OR c.used + u.used + c.held + u.held <= u.limit_) RETURNING u.i",
        "SELECT u.i, c.version" TANDEM_UPDATES " JOIN uses c ON c.shop = u.shop"
        " AND c.kind = u.kind AND c.key = u.key AND c.part = u.part"},
};

Query with_updates(const char* sql, std::int64_t shop, const Updates& updates) {
  Query query(sql, shop);
  Params& params = query.params;
  const auto change = [&](std::int64_t Figures::* figure) {
    params.column(updates, [figure](const LedgerUpdate& u) { return u.change.*figure; });
  };
  params.ordinals(updates.size());
  params.column(updates, [](const LedgerUpdate& u) { return u.key.kind; });
  params.column(updates, [](const LedgerUpdate& u) -> const std::string& { return u.key.key; });
  params.column(updates, [](const LedgerUpdate& u) -> const std::string& { return u.key.part; });
  params.column(updates, &LedgerUpdate::expected_version);
  change(&Figures::on_hand);
  change(&Figures::reserved);
  change(&Figures::held);
  change(&Figures::backordered);
  change(&Figures::used);
  change(&Figures::balance);
  params.column(updates, [](const LedgerUpdate& u) { return u.guard == Guard::fact; });
  // A change that takes nothing needs no guard but the constraints.
  params.column(
      updates, [](const LedgerUpdate& u) { return u.guard == Guard::fact || left(u.change) >= 0; });
  params.column(updates, &LedgerUpdate::limit);
  params.column(updates, [](const LedgerUpdate& u) { return u.expected_version.value_or(0) == 0; });
  return query;
}

/// Why some of the updates changed nothing: the first one's fault.
Stored<void> blame(const Place& place, const Counters& counters, const Updates& updates,
                   const std::set<std::int64_t>& changed) {
  std::vector<std::int64_t> versions(updates.size(), 0);
  auto rows = place.connection.run(with_updates(counters.versions, place.shop, updates));
  if (!rows) return fail(std::move(rows.error()));
  while (rows->next()) {
    const auto i = static_cast<std::size_t>(rows->integer());
    versions[i] = rows->integer();
  }
  for (std::size_t i = 0; i < updates.size(); ++i) {
    if (changed.contains(static_cast<std::int64_t>(i))) continue;
    const LedgerUpdate& update = *updates[i];
    if (update.expected_version.value_or(versions[i]) != versions[i]) {
      return fail({Fault::stale, "ledger", name(update.key), "the counter has moved on"});
    }
    return fail({Fault::guard, "ledger", name(update.key), "not as much is left"});
  }
  return {};
}

void plan_updates(Plan& plan, const Counters& counters, const Updates& updates) {
  if (updates.empty()) return;
  const bool may_be_missing = std::ranges::any_of(
      updates, [](const LedgerUpdate* u) { return u->expected_version.value_or(0) == 0; });
  const std::string key = updates.size() == 1 ? name(updates.front()->key) : std::string();
  if (may_be_missing) {
    plan.add(with_updates(counters.insert, plan.shop(), updates), "ledger", key);
  }
  // The CHECKs say the same as the guard, for changes that the guard does not look at.
  plan.add(
      with_updates(counters.update, plan.shop(), updates), "ledger", key,
      [&plan, &counters, updates](Rows& answer) -> Stored<void> {
        std::set<std::int64_t> changed;
        while (answer.next()) changed.insert(answer.integer());
        if (changed.size() == updates.size()) return {};
        return blame(plan.place(), counters, updates, changed);
      },
      Fault::guard);
}

void plan_entries(Plan& plan, const Writes& writes) {
  const auto change = [](std::int64_t Figures::* figure) {
    return [figure](const LedgerEntry& e) { return e.change.*figure; };
  };
  plan.rows(
      "INSERT INTO ledger_entries (shop, " TANDEM_ENTRY_COLUMNS
      ")"
      " SELECT $1, e.order_no, CASE WHEN e.order_no = 0 THEN nextval('adjustment_no') ELSE e.n END,"
      " e.kind, e.key, e.part, e.movement, e.on_hand, e.reserved, e.held, e.backordered, e.used,"
      " e.balance, e.at_ms, nullif(e.actor, ''), nullif(e.reason, '')"
      " FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
      " AS e(" TANDEM_ENTRY_COLUMNS ")",
      "ledger_entries", writes.ledger_entries, [](const LedgerEntry& e) { return name(e.key); },
      [&](Params& params, const auto& rows) {
        params.column(rows, [](const LedgerEntry& e) { return e.cause.order_no; });
        params.column(rows, [](const LedgerEntry& e) { return e.cause.n; });
        params.column(rows, [](const LedgerEntry& e) { return e.key.kind; });
        params.column(rows, [](const LedgerEntry& e) -> const std::string& { return e.key.key; });
        params.column(rows, [](const LedgerEntry& e) -> const std::string& { return e.key.part; });
        params.column(rows, &LedgerEntry::movement);
        params.column(rows, change(&Figures::on_hand));
        params.column(rows, change(&Figures::reserved));
        params.column(rows, change(&Figures::held));
        params.column(rows, change(&Figures::backordered));
        params.column(rows, change(&Figures::used));
        params.column(rows, change(&Figures::balance));
        params.column(rows, &LedgerEntry::at_ms);
        params.column(rows,
                      [](const LedgerEntry& e) -> const std::string& { return e.cause.actor; });
        params.column(rows,
                      [](const LedgerEntry& e) -> const std::string& { return e.cause.reason; });
      });
}

void plan_holds(Plan& plan, const Writes& writes) {
  // The list may name a hold twice, released and set again: rounds keep the order.
  const auto hold_name = [](const Hold& h) {
    return std::to_string(h.order_no) + " " + name(h.key);
  };
  for (const auto& round : Plan::rounds_of(writes.holds, hold_name)) {
    std::vector<const Hold*> gone;
    std::vector<const Hold*> kept;
    for (const Hold* hold : round) (hold->quantity == 0 ? gone : kept).push_back(hold);
    const auto keys = [](Query& query, const std::vector<const Hold*>& holds) {
      query.params.column(holds, &Hold::order_no);
      query.params.column(holds, [](const Hold& h) { return h.key.kind; });
      query.params.column(holds, [](const Hold& h) -> const std::string& { return h.key.key; });
      query.params.column(holds, [](const Hold& h) -> const std::string& { return h.key.part; });
    };
    if (!gone.empty()) {
      Query remove(
          "DELETE FROM holds h USING " TANDEM_LIST("$2, $3, $4, $5", "order_no, kind, key, part")
          " AS g WHERE h.shop = g.shop AND h.order_no = g.order_no AND h.kind = g.kind"
          " AND h.key = g.key AND h.part = g.part",
          plan.shop());
      keys(remove, gone);
      plan.add(std::move(remove), "holds", name(gone.front()->key));
    }
    if (kept.empty()) continue;
    Query set(
        "INSERT INTO holds (shop, order_no, kind, key, part, quantity, expires_ms, n)"
        " SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (shop, order_no, kind, key, part) DO UPDATE SET"
        " quantity = excluded.quantity, expires_ms = excluded.expires_ms, n = excluded.n",
        plan.shop());
    keys(set, kept);
    set.params.column(kept, &Hold::quantity);
    set.params.column(kept, &Hold::expires_ms);
    set.params.column(kept, &Hold::n);
    plan.add(std::move(set), "holds", name(kept.front()->key));
  }
}

void plan_terms(Plan& plan, const Writes& writes) {
  // A higher safety stock or a lower ceiling is a fact, not a sale.
  plan.rounds(
      "INSERT INTO stock AS s (shop, sku, location, safety_stock, backorder_max, shortfall)"
      " SELECT $1, p.sku, p.location, p.safety_stock, p.backorder_max,"
      " greatest(0, p.safety_stock - p.backorder_max)"
      " FROM unnest($2, $3, $4, $5) AS p(sku, location, safety_stock, backorder_max)"
      " ORDER BY p.sku, p.location"
      " ON CONFLICT (shop, sku, location) DO UPDATE SET safety_stock = excluded.safety_stock,"
      " backorder_max = excluded.backorder_max, shortfall = greatest(0, s.reserved + s.held"
      " + s.backordered + excluded.safety_stock - s.on_hand - excluded.backorder_max)",
      "stock", writes.stock_policies, [](const StockPolicy& p) { return p.sku + "/" + p.location; },
      [](Params& params, const auto& rows) {
        params.column(rows, &StockPolicy::sku);
        params.column(rows, &StockPolicy::location);
        params.column(rows, &StockPolicy::safety_stock);
        params.column(rows, &StockPolicy::backorder_max);
      });
  for (const GiftCardTerms& terms : writes.gift_card_terms) {
    plan.add(Query("INSERT INTO gift_cards (shop, key, expires_ms) VALUES ($1, $2, $3)"
                   " ON CONFLICT (shop, key) DO UPDATE SET expires_ms = excluded.expires_ms",
                   plan.shop(), terms.code, terms.expires_ms),
             "gift_cards", {});
  }
}

}  // namespace

Stored<void> plan_ledgers(Plan& plan, const Writes& writes) {
  plan_terms(plan, writes);
  for (const LedgerUpdate& update : writes.ledger_updates) {
    if (fits(update)) continue;
    return fail({Fault::misuse, "ledger", name(update.key), "not a counter of this kind"});
  }
  const auto key = [](const LedgerUpdate& u) { return name(u.key); };
  for (const Updates& round : Plan::rounds_of(writes.ledger_updates, key)) {
    for (const Counters& counters : kCounters) {
      Updates of_kind;
      for (const LedgerUpdate* update : round) {
        if (counters.holds(update->key.kind)) of_kind.push_back(update);
      }
      plan_updates(plan, counters, of_kind);
    }
  }
  plan_entries(plan, writes);
  plan.rows(
      "INSERT INTO invoice_numbers (shop, series, number, order_no, n)"
      " SELECT $1, * FROM unnest($2, $3, $4, $5)",
      "invoice_numbers", writes.invoice_numbers,
      [](const InvoiceNumber& i) { return i.series + "/" + std::to_string(i.number); },
      [](Params& params, const auto& rows) {
        params.column(rows, &InvoiceNumber::series);
        params.column(rows, &InvoiceNumber::number);
        params.column(rows, &InvoiceNumber::order_no);
        params.column(rows, &InvoiceNumber::n);
      });
  plan_holds(plan, writes);
  return {};
}

}  // namespace tandem::store::postgres
