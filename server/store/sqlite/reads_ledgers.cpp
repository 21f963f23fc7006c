// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {
namespace {

const char* keys_statement(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::stock:
      return "SELECT ?2, sku, location FROM stock WHERE shop = ?1"
             " AND (sku, location) > (?3, ?4) ORDER BY sku, location LIMIT ?5";
    case LedgerKind::gift_card:
      return "SELECT ?2, key, '' FROM gift_cards WHERE shop = ?1"
             " AND (key, '') > (?3, ?4) ORDER BY key LIMIT ?5";
    default:
      return "SELECT kind, key, part FROM uses WHERE shop = ?1 AND kind = ?2"
             " AND (key, part) > (?3, ?4) ORDER BY key, part LIMIT ?5";
  }
}

List<LedgerKey> all_keys(const Place& place) {
  auto find = place.connection.prepare(
      "SELECT 1, sku, location FROM stock WHERE shop = ?1"
      " UNION SELECT kind, key, part FROM uses WHERE shop = ?1"
      " UNION SELECT 5, key, '' FROM gift_cards WHERE shop = ?1"
      " UNION SELECT kind, key, part FROM ledger_entries WHERE shop = ?1"
      " UNION SELECT kind, key, part FROM holds WHERE shop = ?1 ORDER BY 1, 2, 3");
  find.bind(place.shop);
  return all_rows(find, read_key<Statement>);
}

struct Sum {
  Figures entries;
  std::int64_t holds = 0;
};

Stored<std::map<LedgerKey, Sum>> all_sums(const Place& place) {
  std::map<LedgerKey, Sum> sums;
  auto entries = place.connection.prepare(
      "SELECT kind, key, part, sum(on_hand), sum(reserved), sum(held), sum(backordered),"
      " sum(used), sum(balance) FROM ledger_entries WHERE shop = ?1 GROUP BY kind, key, part");
  entries.bind(place.shop);
  auto read = all_rows(entries, [&](Statement& row) {
    const LedgerKey key = read_key(row);
    sums[key].entries = read_figures(row);
    return true;
  });
  if (!read) return fail(std::move(read.error()));
  auto holds = place.connection.prepare(
      "SELECT kind, key, part, sum(quantity) FROM holds WHERE shop = ?1"
      " GROUP BY kind, key, part");
  holds.bind(place.shop);
  read = all_rows(holds, [&](Statement& row) {
    const LedgerKey key = read_key(row);
    sums[key].holds = row.integer();
    return true;
  });
  if (!read) return fail(std::move(read.error()));
  return sums;
}

}  // namespace

List<LedgerRow> SqliteReads::ledger(std::span<const LedgerKey> keys) {
  return pool_.run([&](const Place& place) -> List<LedgerRow> {
    std::vector<LedgerRow> rows;
    for (const LedgerKey& key : keys) {
      auto row = find_ledger(place, key);
      if (!row) return fail(std::move(row.error()));
      rows.push_back(std::move(*row));
    }
    return rows;
  });
}

List<LedgerRow> SqliteReads::ledger_rows(LedgerKind kind, const LedgerKey& after,
                                         std::int64_t count_max) {
  return pool_.run([&](const Place& place) -> List<LedgerRow> {
    auto find = place.connection.prepare(keys_statement(kind));
    find.bind(place.shop, kind, after.key, after.part, count_max);
    auto keys = all_rows(find, read_key<Statement>);
    if (!keys) return fail(std::move(keys.error()));
    std::vector<LedgerRow> rows;
    for (const LedgerKey& key : *keys) {
      auto row = find_ledger(place, key);
      if (!row) return fail(std::move(row.error()));
      rows.push_back(std::move(*row));
    }
    return rows;
  });
}

List<Hold> SqliteReads::holds(std::int64_t order_no) {
  return pool_.run([&](const Place& place) { return find_holds(place, order_no); });
}

List<Hold> SqliteReads::holds_ended(std::span<const LedgerKey> keys, std::int64_t at_ms) {
  return pool_.run([&](const Place& place) { return find_holds_ended(place, keys, at_ms); });
}

List<LedgerEntry> SqliteReads::entries(std::int64_t order_no) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_ENTRY_COLUMNS
                                         " FROM ledger_entries WHERE shop = ?1 AND order_no = ?2 "
                                         "ORDER BY n, kind, key, part, movement");
    find.bind(place.shop, order_no);
    return all_rows(find, read_entry<Statement>);
  });
}

List<LedgerEntry> SqliteReads::stock_entries(const LedgerKey& stock, const EntryPlace& before,
                                             std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT " TANDEM_ENTRY_COLUMNS
        " FROM ledger_entries WHERE shop = ?1 AND kind = 1 AND on_hand <> 0"
        " AND key = ?2 AND part = ?3 AND (at_ms, order_no, n, movement) < (?4, ?5, ?6, ?7)"
        " ORDER BY at_ms DESC, order_no DESC, n DESC, movement DESC LIMIT ?8");
    find.bind(place.shop, stock.key, stock.part, before.at_ms, before.order_no, before.n,
              before.movement, count_max);
    return all_rows(find, read_entry<Statement>);
  });
}

List<InvoiceNumber> SqliteReads::invoice_numbers() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT series, number, order_no, n FROM invoice_numbers WHERE shop = ?1"
        " ORDER BY series, number");
    find.bind(place.shop);
    return all_rows(find, [](Statement& row) {
      return InvoiceNumber{row.text(), row.integer(), row.integer(), row.integer()};
    });
  });
}

List<std::string> SqliteReads::locations_but(std::string_view location) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT DISTINCT location FROM stock WHERE shop = ?1 AND location <> ?2 ORDER BY location");
    find.bind(place.shop, location);
    return all_rows(find, [](Statement& row) { return row.text(); });
  });
}

List<LedgerMismatch> SqliteReads::ledger_mismatches() {
  return pool_.run([&](const Place& place) -> List<LedgerMismatch> {
    auto keys = all_keys(place);
    if (!keys) return fail(std::move(keys.error()));
    auto sums = all_sums(place);
    if (!sums) return fail(std::move(sums.error()));
    std::vector<LedgerMismatch> wrong;
    for (const LedgerKey& key : *keys) {
      auto row = find_ledger(place, key);
      if (!row) return fail(std::move(row.error()));
      const Sum& sum = (*sums)[key];
      if (row->figures == sum.entries && row->figures.held == sum.holds) continue;
      wrong.push_back({key, row->figures, sum.entries, sum.holds});
    }
    return wrong;
  });
}

}  // namespace tandem::store::sqlite
