// SPDX-License-Identifier: Apache-2.0
#pragma once
// Queries that batches (in their write transaction) and reads (in their own) have in common.
// A Place says on which connection and for which shop.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/row_mapping.hpp"
#include "store/sqlite/connection.hpp"
#include "store/writes.hpp"

namespace tandem::store::sqlite {

struct Place {
  Connection& connection;
  std::int64_t shop;
  std::int64_t now_ms = 0;
};

template <class T>
using Maybe = Stored<std::optional<T>>;
template <class T>
using List = Stored<std::vector<T>>;

/// All rows of a bound statement, each made by `read`.
template <class Read>
[[nodiscard]] auto all_rows(Statement& statement, Read read) -> List<decltype(read(statement))> {
  std::vector<decltype(read(statement))> rows;
  for (;;) {
    auto row = statement.next();
    if (!row) return fail(std::move(row.error()));
    if (!*row) return rows;
    rows.push_back(read(statement));
  }
}

/// The first row of a bound statement, if any.
template <class Read>
[[nodiscard]] auto one_row(Statement& statement, Read read) -> Maybe<decltype(read(statement))> {
  using Row = decltype(read(statement));
  auto row = statement.next();
  if (!row) return fail(std::move(row.error()));
  if (!*row) return std::optional<Row>{};
  return std::optional<Row>(read(statement));
}

[[nodiscard]] Maybe<OrderHead> find_order(const Place& place, const OrderRef& ref);
[[nodiscard]] List<Event> find_events(const Place& place, std::int64_t order_no,
                                      std::int64_t after_n, std::int64_t count_max);
[[nodiscard]] List<Part> find_parts(const Place& place, std::int64_t order_no,
                                    std::int64_t after_n);
/// Grows with every change of offers, rules, settings or coupons.
[[nodiscard]] Stored<std::int64_t> find_catalog_version(const Place& place);
[[nodiscard]] Maybe<CommandRecord> find_command(const Place& place, std::int64_t order_no,
                                                std::string_view command_id);
[[nodiscard]] List<Hold> find_holds(const Place& place, std::int64_t order_no);
[[nodiscard]] List<Hold> find_holds_ended(const Place& place, std::span<const LedgerKey> keys,
                                          std::int64_t at_ms);
[[nodiscard]] Maybe<IdempotencyRow> find_idempotency(const Place& place, const IdempotencyKey& id);
[[nodiscard]] List<WaitingRow> find_waiting(const Place& place, std::string_view sku);
[[nodiscard]] List<ReservedRow> find_reserved(const Place& place, const LedgerKey& stock);
/// Zero with version 0 when there is no such row.
[[nodiscard]] Stored<LedgerRow> find_ledger(const Place& place, const LedgerKey& key);

/// Gives `count` numbers in a row and answers the first.
[[nodiscard]] Stored<std::int64_t> take_serials(const Place& place, std::string_view name,
                                                std::int64_t count);

// The parts of Batch::write.
[[nodiscard]] Stored<void> write_orders(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_orders_removed(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_ledgers(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_effects(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_catalog(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_customers(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_staff(const Place& place, const Writes& writes);
[[nodiscard]] Stored<void> write_hooks(const Place& place, const Writes& writes);

/// Runs one statement for each row. `bind` hands the values over, `key` names the row when it
/// fails. With `unchanged`, a row that changes nothing is that fault.
template <class Row, class Bind, class Key>
[[nodiscard]] Stored<void> each(const Place& place, const char* sql, const std::vector<Row>& rows,
                                std::string_view table, Bind bind, Key key,
                                std::optional<Fault> unchanged = std::nullopt) {
  if (rows.empty()) return {};
  Statement statement = place.connection.prepare(sql);
  for (const Row& row : rows) {
    bind(statement, row);
    auto changed = statement.run();
    if (!changed) return fail(about(std::move(changed.error()), table, key(row)));
    if (unchanged && *changed == 0) {
      return fail({*unchanged, std::string(table), key(row), "the row is not as expected"});
    }
  }
  return {};
}

}  // namespace tandem::store::sqlite
