// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/queries.hpp"

#include <array>

namespace tandem::store::postgres {
namespace {

/// Keys that one query loads, with their places in the list that was asked for.
struct KeysOfKind {
  const char* sql;
  const char* sql_locked;
  bool (*holds)(LedgerKind kind);
  void (*read)(Rows& row, LedgerRow& into);
};

#define TANDEM_FIND_STOCK \
  "SELECT k.i, " TANDEM_STOCK_COLUMNS \
  " FROM " TANDEM_LIST("$2, $3, $4, $5", "i, kind_, key_, part_") " AS k" \
  " JOIN stock s ON s.shop = k.shop AND s.sku = k.key_ AND s.location = k.part_" \
  " ORDER BY s.sku, s.location"
#define TANDEM_FIND_USES \
  "SELECT k.i, " TANDEM_USES_COLUMNS \
  " FROM " TANDEM_LIST("$2, $3, $4, $5", "i, kind_, key_, part_") " AS k" \
  " JOIN uses u ON u.shop = k.shop AND u.kind = k.kind_ AND u.key = k.key_ AND u.part = k.part_" \
  " ORDER BY u.kind, u.key, u.part"
#define TANDEM_FIND_GIFT_CARDS \
  "SELECT k.i, " TANDEM_GIFT_CARD_COLUMNS \
  " FROM " TANDEM_LIST("$2, $3, $4, $5", "i, kind_, key_, part_") " AS k" \
  " JOIN gift_cards g ON g.shop = k.shop AND g.key = k.key_ ORDER BY g.key"

// In the order of their locks: the invoice series, the hottest, come last.
constexpr std::array kKinds{
    KeysOfKind{TANDEM_FIND_STOCK, TANDEM_FIND_STOCK " FOR UPDATE OF s",
               [](LedgerKind kind) { return kind == LedgerKind::stock; }, read_stock<Rows>},
    KeysOfKind{TANDEM_FIND_USES, TANDEM_FIND_USES " FOR UPDATE OF u",
               [](LedgerKind kind) {
                 return kind == LedgerKind::promotion || kind == LedgerKind::customer_use ||
                        kind == LedgerKind::coupon;
               },
               read_uses<Rows>},
    KeysOfKind{TANDEM_FIND_GIFT_CARDS, TANDEM_FIND_GIFT_CARDS " FOR UPDATE OF g",
               [](LedgerKind kind) { return kind == LedgerKind::gift_card; }, read_gift_card<Rows>},
    KeysOfKind{TANDEM_FIND_USES, TANDEM_FIND_USES " FOR UPDATE OF u",
               [](LedgerKind kind) { return kind == LedgerKind::invoice; }, read_uses<Rows>},
};

}  // namespace

Maybe<OrderHead> find_order(const Place& place, const OrderRef& ref) {
  if (const auto* order_no = std::get_if<std::int64_t>(&ref)) {
    const Query find("SELECT " TANDEM_HEAD_COLUMNS " FROM orders WHERE shop = $1 AND order_no = $2",
                     place.shop, *order_no);
    return find_one(place, find, read_head<Rows>);
  }
  const Query find("SELECT " TANDEM_HEAD_COLUMNS " FROM orders WHERE shop = $1 AND order_id = $2",
                   place.shop, std::get<std::string>(ref));
  return find_one(place, find, read_head<Rows>);
}

Stored<std::int64_t> find_catalog_version(const Place& place) {
  const Query find("SELECT version FROM catalog_versions WHERE shop = $1", place.shop);
  auto version = find_one(place, find, [](Rows& row) { return row.integer(); });
  if (!version) return fail(std::move(version.error()));
  return version->value_or(0);
}

List<LedgerRow> find_ledger(const Place& place, std::span<const LedgerKey> keys, bool locked) {
  std::vector<LedgerRow> found;
  found.reserve(keys.size());
  for (const LedgerKey& key : keys) found.push_back({.key = key});
  std::vector<Query> queries;
  std::vector<const KeysOfKind*> kinds;
  for (const KeysOfKind& kind : kKinds) {
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (kind.holds(keys[i].kind)) places.push_back(static_cast<std::int64_t>(i));
    }
    if (places.empty()) continue;
    const auto at = [&](std::int64_t i) -> const LedgerKey& {
      return keys[static_cast<std::size_t>(i)];
    };
    Query query(locked ? kind.sql_locked : kind.sql, place.shop);
    query.params.column(places, [](std::int64_t i) { return i; });
    query.params.column(places, [&](std::int64_t i) { return at(i).kind; });
    query.params.column(places, [&](std::int64_t i) -> const std::string& { return at(i).key; });
    query.params.column(places, [&](std::int64_t i) -> const std::string& { return at(i).part; });
    queries.push_back(std::move(query));
    kinds.push_back(&kind);
  }
  if (queries.empty()) return found;
  auto answers = place.connection.run(queries);
  if (!answers) return fail(std::move(answers.error()));
  for (std::size_t q = 0; q < queries.size(); ++q) {
    Rows& rows = (*answers)[q];
    while (rows.next()) kinds[q]->read(rows, found[static_cast<std::size_t>(rows.integer())]);
  }
  return found;
}

List<Hold> find_holds_ended(const Place& place, std::span<const LedgerKey> keys,
                            std::int64_t at_ms) {
  Query find("SELECT " TANDEM_HOLD_COLUMNS
             " FROM " TANDEM_LIST("$2, $3, $4, $5", "i, kind_, key_, part_") " AS k"
             " JOIN holds h ON h.shop = k.shop AND kind = k.kind_ AND key = k.key_"
             " AND part = k.part_ AND expires_ms <= $6 AND quantity > 0"  // for the index
             " ORDER BY k.i, expires_ms, order_no",
             place.shop);
  find.params.ordinals(keys.size());
  find.params.column(keys, &LedgerKey::kind);
  find.params.column(keys, &LedgerKey::key);
  find.params.column(keys, &LedgerKey::part);
  find.params.add(at_ms);
  return find_all(place, find, read_hold<Rows>);
}

std::int64_t catalog_lock(std::int64_t shop) {
  constexpr std::int64_t kTandem = 0x54414e44;  // "TAND": others may use such locks as well
  return (kTandem << 32) ^ shop;
}

std::string order_sequence(std::int64_t shop) { return "\"order_no_" + std::to_string(shop) + '"'; }

}  // namespace tandem::store::postgres
