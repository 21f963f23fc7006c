// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {

// One writer: rows become visible in the order of their numbers.

List<FeedRow> SqliteReads::feed(const FeedPosition& after, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_FEED_COLUMNS
                                         " FROM feed"
                                         " WHERE shop = ?1 AND n > ?2 ORDER BY n LIMIT ?3");
    find.bind(place.shop, after.n, count_max);
    return all_rows(find, read_feed<Statement>);
  });
}

Stored<FeedPosition> SqliteReads::feed_end() {
  return pool_.run([](const Place& place) -> Stored<FeedPosition> {
    auto find = place.connection.prepare("SELECT max(n) FROM feed");
    find.bind();
    auto last = one_row(find, [](Statement& row) { return row.integer(); });
    if (!last) return fail(std::move(last.error()));
    return FeedPosition{0, last->value_or(0)};
  });
}

}  // namespace tandem::store::sqlite
