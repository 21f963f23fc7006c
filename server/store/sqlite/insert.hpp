// SPDX-License-Identifier: Apache-2.0
#pragma once
// Inserts many rows with few statements. A statement that takes some rows at once opens its tables
// once for all of them, and rows that ascend by key find their place without a search.
//
//   static const Insert insert("INSERT INTO feed (shop, order_no) VALUES", "(?, ?)");
//   return insert_all(place, insert, rows, "feed",
//                     [&](Statement& put, const Row& row) { put.add(place.shop, row.order_no); },
//                     [](const Row& row) { return std::to_string(row.order_no); });

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "store/sqlite/queries.hpp"

namespace tandem::store::sqlite {

/// The texts of one INSERT for the numbers of rows that it can take. A static: the addresses of its
/// texts are what prepared statements are found by.
class Insert {
 public:
  /// From the largest to 1: what is left of the rows is taken by the next smaller one.
  static constexpr std::array<std::size_t, 3> kRows{32, 8, 1};

  /// `row` is one row's values in parentheses, each of its own `?`. Write INSERT OR FAIL: what the
  /// rows before a bad one did then stands until the rollback that follows, and SQLite need not
  /// keep every page as it was before the statement.
  Insert(std::string_view into, std::string_view row, std::string_view behind = {}) {
    for (std::size_t size = 0; size < kRows.size(); ++size) {
      std::string& sql = sql_[size];
      sql.append(into);
      for (std::size_t i = 0; i < kRows[size]; ++i) sql.append(i == 0 ? " " : ", ").append(row);
      sql.append(behind);
    }
  }

  [[nodiscard]] const char* sql(std::size_t size) const { return sql_[size].c_str(); }

 private:
  std::array<std::string, kRows.size()> sql_;
};

/// An empty text as NULL.
[[nodiscard]] inline std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// Inserts all rows. `add` hands one row's values over, `key` names a row when it fails.
template <class Row, class Add, class Key>
[[nodiscard]] Stored<void> insert_all(const Place& place, const Insert& insert,
                                      const std::vector<Row>& rows, std::string_view table, Add add,
                                      Key key) {
  auto next = rows.begin();
  for (std::size_t size = 0; size < Insert::kRows.size(); ++size) {
    const auto at_once = static_cast<std::ptrdiff_t>(Insert::kRows[size]);
    if (rows.end() - next < at_once) continue;
    Statement statement = place.connection.prepare(insert.sql(size));
    for (; rows.end() - next >= at_once; next += at_once) {
      statement.begin();
      for (auto row = next; row != next + at_once; ++row) add(statement, *row);
      if (auto done = statement.run(); !done) {
        // The rows before the bad one were inserted.
        const auto good = std::min(statement.changes(), at_once - 1);
        return fail(about(std::move(done.error()), table, key(next[good])));
      }
    }
  }
  return {};
}

}  // namespace tandem::store::sqlite
