// SPDX-License-Identifier: Apache-2.0
#pragma once
// Queries that batches (in their transaction) and reads have in common, and the texts of those that
// a batch sends together with others. A Place says on which connection and for which shop.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/postgres/connection.hpp"
#include "store/row_mapping.hpp"
#include "store/writes.hpp"

namespace tandem::store::postgres {

struct Place {
  Connection& connection;
  std::int64_t shop;
  std::int64_t now_ms = 0;
};

template <class T>
using Maybe = Stored<std::optional<T>>;
template <class T>
using List = Stored<std::vector<T>>;

/// A list that a statement joins to a table, with the shop ($1) as one more column. OFFSET 0 hides
/// from the planner that all rows have the same one: it knows nothing yet of a table that nobody
/// has analyzed, takes a shop's rows for few, and would read them all to find some by their keys.
#define TANDEM_LIST(arrays, columns) \
  "(SELECT $1 AS shop, list.* FROM unnest(" arrays ") AS list(" columns ") OFFSET 0)"

/// Runs one query and reads all its rows.
template <class Read>
[[nodiscard]] auto find_all(const Place& place, const Query& query, Read read)
    -> List<decltype(read(std::declval<Rows&>()))> {
  auto rows = place.connection.run(query);
  if (!rows) return fail(std::move(rows.error()));
  return all_rows(std::move(*rows), read);
}

/// Runs one query and reads its first row, if any.
template <class Read>
[[nodiscard]] auto find_one(const Place& place, const Query& query, Read read)
    -> Maybe<decltype(read(std::declval<Rows&>()))> {
  auto rows = place.connection.run(query);
  if (!rows) return fail(std::move(rows.error()));
  return one_row(std::move(*rows), read);
}

[[nodiscard]] Maybe<OrderHead> find_order(const Place& place, const OrderRef& ref);
[[nodiscard]] Stored<std::int64_t> find_catalog_version(const Place& place);
/// In the keys' order, zero with version 0 where there is no such row. With `locked` the rows are
/// locked, by kind and key.
[[nodiscard]] List<LedgerRow> find_ledger(const Place& place, std::span<const LedgerKey> keys,
                                          bool locked);

/// By key as they are given, then by their end.
[[nodiscard]] List<Hold> find_holds_ended(const Place& place, std::span<const LedgerKey> keys,
                                          std::int64_t at_ms);

/// The advisory lock that every batch shares and that who changes the catalog holds alone, until
/// the end of the transaction: what a batch has read of the catalog stays true.
[[nodiscard]] std::int64_t catalog_lock(std::int64_t shop);

/// The sequence of a shop's order numbers, quoted.
[[nodiscard]] std::string order_sequence(std::int64_t shop);

}  // namespace tandem::store::postgres
