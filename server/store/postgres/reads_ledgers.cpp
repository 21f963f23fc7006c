// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>

#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {
namespace {

const char* keys_statement(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::stock:
      return "SELECT $2, sku, location FROM stock WHERE shop = $1"
             " AND (sku, location) > ($3, $4) ORDER BY sku, location LIMIT $5";
    case LedgerKind::gift_card:
      return "SELECT $2, key, '' FROM gift_cards WHERE shop = $1"
             " AND (key, '') > ($3, $4) ORDER BY key LIMIT $5";
    default:
      return "SELECT kind, key, part FROM uses WHERE shop = $1 AND kind = $2"
             " AND (key, part) > ($3, $4) ORDER BY key, part LIMIT $5";
  }
}

struct Sum {
  Figures entries;
  std::int64_t holds = 0;
};

/// All ledgers that have a counter, an entry or a hold.
Stored<std::map<LedgerKey, Sum>> all_sums(const Place& place) {
  const std::array queries{
      Query("SELECT 1, sku, location FROM stock WHERE shop = $1"
            " UNION ALL SELECT kind, key, part FROM uses WHERE shop = $1"
            " UNION ALL SELECT 5, key, '' FROM gift_cards WHERE shop = $1",
            place.shop),
      Query("SELECT kind, key, part, sum(on_hand)::bigint, sum(reserved)::bigint,"
            " sum(held)::bigint, sum(backordered)::bigint, sum(used)::bigint,"
            " sum(balance)::bigint FROM ledger_entries WHERE shop = $1 GROUP BY kind, key, part",
            place.shop),
      Query("SELECT kind, key, part, sum(quantity)::bigint FROM holds WHERE shop = $1"
            " GROUP BY kind, key, part",
            place.shop)};
  auto answers = place.connection.run(queries);
  if (!answers) return fail(std::move(answers.error()));
  std::map<LedgerKey, Sum> sums;
  Rows& counters = (*answers)[0];
  Rows& entries = (*answers)[1];
  Rows& holds = (*answers)[2];
  while (counters.next()) sums[read_key(counters)];
  while (entries.next()) {
    const LedgerKey key = read_key(entries);
    sums[key].entries = read_figures(entries);
  }
  while (holds.next()) {
    const LedgerKey key = read_key(holds);
    sums[key].holds = holds.integer();
  }
  return sums;
}

}  // namespace

List<LedgerRow> PostgresReads::ledger(std::span<const LedgerKey> keys) {
  return pool_.run_at_one_moment(
      [&](const Place& place) { return find_ledger(place, keys, false); });
}

List<LedgerRow> PostgresReads::ledger_rows(LedgerKind kind, const LedgerKey& after,
                                           std::int64_t count_max) {
  return pool_.run_at_one_moment([&](const Place& place) -> List<LedgerRow> {
    const Query find(keys_statement(kind), place.shop, kind, after.key, after.part, count_max);
    auto keys = find_all(place, find, read_key<Rows>);
    if (!keys) return fail(std::move(keys.error()));
    return find_ledger(place, *keys, false);
  });
}

List<Hold> PostgresReads::holds(std::int64_t order_no) {
  const Query find("SELECT " TANDEM_HOLD_COLUMNS
                   " FROM holds WHERE shop = $1 AND order_no = $2"
                   " ORDER BY kind, key, part",
                   options_.shop, order_no);
  return pool_.all(find, read_hold<Rows>);
}

List<Hold> PostgresReads::holds_ended(std::span<const LedgerKey> keys, std::int64_t at_ms) {
  return pool_.run([&](const Place& place) { return find_holds_ended(place, keys, at_ms); });
}

List<LedgerEntry> PostgresReads::entries(std::int64_t order_no) {
  const Query find("SELECT " TANDEM_ENTRY_COLUMNS
                   " FROM ledger_entries WHERE shop = $1"
                   " AND order_no = $2 ORDER BY n, kind, key, part, movement",
                   options_.shop, order_no);
  return pool_.all(find, read_entry<Rows>);
}

List<LedgerEntry> PostgresReads::stock_entries(const LedgerKey& stock, const EntryPlace& before,
                                               std::int64_t count_max) {
  const Query find(
      "SELECT " TANDEM_ENTRY_COLUMNS
      " FROM ledger_entries WHERE shop = $1 AND kind = 1 AND on_hand <> 0"
      " AND key = $2 AND part = $3 AND (at_ms, order_no, n, movement) < ($4, $5, $6, $7)"
      " ORDER BY at_ms DESC, order_no DESC, n DESC, movement DESC LIMIT $8",
      options_.shop, stock.key, stock.part, before.at_ms, before.order_no, before.n,
      before.movement, count_max);
  return pool_.all(find, read_entry<Rows>);
}

List<InvoiceNumber> PostgresReads::invoice_numbers() {
  const Query find(
      "SELECT series, number, order_no, n FROM invoice_numbers WHERE shop = $1"
      " ORDER BY series, number",
      options_.shop);
  return pool_.all(find, [](Rows& row) {
    return InvoiceNumber{row.text(), row.integer(), row.integer(), row.integer()};
  });
}

List<std::string> PostgresReads::locations_but(std::string_view location) {
  const Query find(
      "SELECT DISTINCT location FROM stock WHERE shop = $1 AND location <> $2"
      " ORDER BY location",
      options_.shop, location);
  return pool_.all(find, [](Rows& row) { return row.text(); });
}

List<LedgerMismatch> PostgresReads::ledger_mismatches() {
  return pool_.run_at_one_moment([&](const Place& place) -> List<LedgerMismatch> {
    auto sums = all_sums(place);
    if (!sums) return fail(std::move(sums.error()));
    std::vector<LedgerKey> keys;
    for (const auto& [key, sum] : *sums) keys.push_back(key);
    auto rows = find_ledger(place, keys, false);
    if (!rows) return fail(std::move(rows.error()));
    std::vector<LedgerMismatch> wrong;
    for (const LedgerRow& row : *rows) {
      const Sum& sum = sums->at(row.key);
      if (row.figures == sum.entries && row.figures.held == sum.holds) continue;
      wrong.push_back({row.key, row.figures, sum.entries, sum.holds});
    }
    return wrong;
  });
}

}  // namespace tandem::store::postgres
