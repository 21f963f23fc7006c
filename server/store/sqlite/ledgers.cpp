// SPDX-License-Identifier: Apache-2.0
// Counter rows, their guarded changes, entries and holds.
#include "store/sqlite/insert.hpp"

namespace tandem::store::sqlite {
namespace {

// What stock would be short of after the change: above 0 only where a fact allows it.
#define TANDEM_SHORT_AFTER \
  "(reserved + ?6 + held + ?7 + backordered + ?8 + safety_stock" \
  " - on_hand - ?5 - backorder_max)"
#define TANDEM_UPDATE_STOCK(shortfall, guard) \
  "UPDATE stock SET on_hand = on_hand + ?5, reserved = reserved + ?6, held = held + ?7," \
  " backordered = backordered + ?8, version = version + 1, shortfall = " shortfall \
  " WHERE shop = ?1 AND sku = ?2 AND location = ?3 AND (?4 IS NULL OR version = ?4)" guard

/// A fact sets what is short, a sale never raises it: one that takes leaves nothing short.
const char* stock_update(Guard guard, bool free) {
  if (guard == Guard::fact) return TANDEM_UPDATE_STOCK("max(0, " TANDEM_SHORT_AFTER ")", "");
  if (!free) return TANDEM_UPDATE_STOCK("0", " AND " TANDEM_SHORT_AFTER " <= 0");
  return TANDEM_UPDATE_STOCK(
      "iif(shortfall = 0, 0, min(shortfall, max(0, " TANDEM_SHORT_AFTER ")))", "");
}

/// Updates the row if its guard holds; answers the number of rows changed.
Stored<std::int64_t> update_row(const Place& place, const LedgerUpdate& u) {
  const Figures& c = u.change;
  // A change that takes nothing needs no guard but the constraints.
  const bool free = u.guard == Guard::fact || left(c) >= 0;
  if (u.key.kind == LedgerKind::stock) {
    auto update = place.connection.prepare(stock_update(u.guard, free));
    update.bind(place.shop, u.key.key, u.key.part, u.expected_version, c.on_hand, c.reserved,
                c.held, c.backordered);
    return update.run();
  }
  if (u.key.kind == LedgerKind::gift_card) {
    auto update = place.connection.prepare(
        "UPDATE gift_cards SET balance = balance + ?4, held = held + ?5, version = version + 1"
        " WHERE shop = ?1 AND key = ?2 AND (?3 IS NULL OR version = ?3)"
        " AND (?6 OR balance + ?4 - held - ?5 >= 0)");
    update.bind(place.shop, u.key.key, u.expected_version, c.balance, c.held, free);
    return update.run();
  }
  auto update = place.connection.prepare(
      "UPDATE uses SET used = used + ?6, held = held + ?7, version = version + 1"
      " WHERE shop = ?1 AND kind = ?2 AND key = ?3 AND part = ?4 AND (?5 IS NULL OR version = ?5)"
      " AND (?8 OR ?9 IS NULL OR used + ?6 + held + ?7 <= ?9)");
  update.bind(place.shop, u.key.kind, u.key.key, u.key.part, u.expected_version, c.used, c.held,
              free, u.limit);
  return update.run();
}

Stored<std::int64_t> insert_row(const Place& place, const LedgerKey& key) {
  if (key.kind == LedgerKind::stock) {
    auto insert = place.connection.prepare(
        "INSERT INTO stock (shop, sku, location) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    insert.bind(place.shop, key.key, key.part);
    return insert.run();
  }
  if (key.kind == LedgerKind::gift_card) {
    auto insert = place.connection.prepare(
        "INSERT INTO gift_cards (shop, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    insert.bind(place.shop, key.key);
    return insert.run();
  }
  auto insert = place.connection.prepare(
      "INSERT INTO uses (shop, kind, key, part) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
  insert.bind(place.shop, key.kind, key.key, key.part);
  return insert.run();
}

Stored<void> update_ledger(const Place& place, const LedgerUpdate& update) {
  if (!fits(update)) {
    return fail({Fault::misuse, "ledger", name(update.key), "not a counter of this kind"});
  }
  auto changed = update_row(place, update);
  if (changed && *changed == 0) {
    auto row = find_ledger(place, update.key);
    if (!row) return fail(std::move(row.error()));
    if (update.expected_version && *update.expected_version != row->version) {
      return fail({Fault::stale, "ledger", name(update.key), "the counter has moved on"});
    }
    auto inserted = insert_row(place, update.key);
    if (!inserted) return fail(std::move(inserted.error()));
    if (*inserted > 0) changed = update_row(place, update);
  }
  if (!changed) {
    Failure failure = about(std::move(changed.error()), "ledger", name(update.key));
    // The CHECKs say the same as the guard, for changes that the guard does not look at.
    if (failure.fault == Fault::constraint) failure.fault = Fault::guard;
    return fail(std::move(failure));
  }
  if (*changed == 0) {
    return fail({Fault::guard, "ledger", name(update.key), "not as much is left"});
  }
  return {};
}

Stored<void> write_entries(const Place& place, const Writes& writes) {
  std::int64_t adjustments = 0;
  for (const LedgerEntry& entry : writes.ledger_entries) {
    if (entry.cause.order_no == 0) ++adjustments;
  }
  std::int64_t next_adjustment = 0;
  if (adjustments > 0) {
    auto first = take_serials(place, "adjustment", adjustments);
    if (!first) return fail(std::move(first.error()));
    next_adjustment = *first;
  }
  static const Insert entries(
      "INSERT OR FAIL INTO ledger_entries (shop, order_no, n, kind, key, part, movement, on_hand,"
      " reserved, held, backordered, used, balance, at_ms, actor, reason) VALUES",
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  return insert_all(
      place, entries, writes.ledger_entries, "ledger_entries",
      [&](Statement& put, const LedgerEntry& e) {
        const std::int64_t n = e.cause.order_no == 0 ? next_adjustment++ : e.cause.n;
        put.add(place.shop, e.cause.order_no, n, e.key.kind, e.key.key, e.key.part, e.movement,
                e.change.on_hand, e.change.reserved, e.change.held, e.change.backordered,
                e.change.used, e.change.balance, e.at_ms, or_null(e.cause.actor),
                or_null(e.cause.reason));
      },
      [](const LedgerEntry& e) { return name(e.key); });
}

Stored<void> write_holds(const Place& place, const Writes& writes) {
  std::vector<Hold> kept;
  std::vector<Hold> gone;
  for (const Hold& hold : writes.holds) (hold.quantity == 0 ? gone : kept).push_back(hold);
  auto done = each(
      place,
      "DELETE FROM holds WHERE shop = ?1 AND order_no = ?2 AND kind = ?3 AND key = ?4"
      " AND part = ?5",
      gone, "holds",
      [&](Statement& put, const Hold& h) {
        put.bind(place.shop, h.order_no, h.key.kind, h.key.key, h.key.part);
      },
      [](const Hold& h) { return name(h.key); });
  if (!done) return done;
  static const Insert insert(
      "INSERT OR FAIL INTO holds (shop, order_no, kind, key, part, quantity, expires_ms, n) VALUES",
      "(?, ?, ?, ?, ?, ?, ?, ?)",
      " ON CONFLICT (shop, order_no, kind, key, part) DO UPDATE SET quantity = excluded.quantity,"
      " expires_ms = excluded.expires_ms, n = excluded.n");
  return insert_all(
      place, insert, kept, "holds",
      [&](Statement& put, const Hold& h) {
        put.add(place.shop, h.order_no, h.key.kind, h.key.key, h.key.part, h.quantity, h.expires_ms,
                h.n);
      },
      [](const Hold& h) { return name(h.key); });
}

}  // namespace

Stored<LedgerRow> find_ledger(const Place& place, const LedgerKey& key) {
  LedgerRow row{.key = key};
  if (key.kind == LedgerKind::stock) {
    auto find =
        place.connection.prepare("SELECT " TANDEM_STOCK_COLUMNS
                                 " FROM stock WHERE shop = ?1 AND sku = ?2 AND location = ?3");
    find.bind(place.shop, key.key, key.part);
    auto found = find.next();
    if (!found) return fail(std::move(found.error()));
    if (!*found) return row;
    read_stock(find, row);
    return row;
  }
  const bool gift_card = key.kind == LedgerKind::gift_card;
  auto find = place.connection.prepare(
      gift_card ? "SELECT " TANDEM_GIFT_CARD_COLUMNS " FROM gift_cards WHERE shop = ?1 AND key = ?2"
                : "SELECT " TANDEM_USES_COLUMNS
                  " FROM uses"
                  " WHERE shop = ?1 AND key = ?2 AND kind = ?3 AND part = ?4");
  if (gift_card) {
    find.bind(place.shop, key.key);
  } else {
    find.bind(place.shop, key.key, key.kind, key.part);
  }
  auto found = find.next();
  if (!found) return fail(std::move(found.error()));
  if (!*found) return row;
  if (gift_card) {
    read_gift_card(find, row);
  } else {
    read_uses(find, row);
  }
  return row;
}

Stored<void> write_ledgers(const Place& place, const Writes& writes) {
  // A higher safety stock or a lower ceiling is a fact, not a sale.
  auto done = each(
      place,
      "INSERT INTO stock (shop, sku, location, safety_stock, backorder_max, shortfall)"
      " VALUES (?1, ?2, ?3, ?4, ?5, max(0, ?4 - ?5)) ON CONFLICT (shop, sku, location)"
      " DO UPDATE SET safety_stock = ?4, backorder_max = ?5,"
      " shortfall = max(0, reserved + held + backordered + ?4 - on_hand - ?5)",
      writes.stock_policies, "stock",
      [&](Statement& put, const StockPolicy& p) {
        put.bind(place.shop, p.sku, p.location, p.safety_stock, p.backorder_max);
      },
      [](const StockPolicy& p) { return p.sku + "/" + p.location; });
  if (!done) return done;
  done = each(
      place,
      "INSERT INTO gift_cards (shop, key, expires_ms) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (shop, key) DO UPDATE SET expires_ms = excluded.expires_ms",
      writes.gift_card_terms, "gift_cards",
      [&](Statement& put, const GiftCardTerms& g) { put.bind(place.shop, g.code, g.expires_ms); },
      [](const GiftCardTerms&) { return std::string(); });
  if (!done) return done;
  for (const LedgerUpdate& update : writes.ledger_updates) {
    if (done = update_ledger(place, update); !done) return done;
  }
  if (done = write_entries(place, writes); !done) return done;
  done = each(
      place,
      "INSERT INTO invoice_numbers (shop, series, number, order_no, n)"
      " VALUES (?1, ?2, ?3, ?4, ?5)",
      writes.invoice_numbers, "invoice_numbers",
      [&](Statement& put, const InvoiceNumber& i) {
        put.bind(place.shop, i.series, i.number, i.order_no, i.n);
      },
      [](const InvoiceNumber& i) { return i.series + "/" + std::to_string(i.number); });
  if (!done) return done;
  return write_holds(place, writes);
}

}  // namespace tandem::store::sqlite
