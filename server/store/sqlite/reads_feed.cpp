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

List<std::int64_t> SqliteReads::feed_mismatches() {
  return pool_.run([](const Place& place) {
    auto find = place.connection.prepare(
        "WITH told AS (SELECT order_no, version, from_version <>"
        " lag(version, 1, 0) OVER (PARTITION BY order_no ORDER BY n) AS broken"
        " FROM feed WHERE shop = ?1),"
        " last AS (SELECT order_no, max(version) AS version, max(broken) AS broken"
        " FROM told GROUP BY order_no)"
        " SELECT l.order_no FROM last l LEFT JOIN orders o"
        " ON o.shop = ?1 AND o.order_no = l.order_no"
        " WHERE o.version <> l.version OR (o.version IS NOT NULL AND l.broken)"
        " OR (o.version IS NULL AND l.order_no >"
        " (SELECT last FROM serials WHERE shop = ?1 AND name = 'order'))"
        " UNION SELECT order_no FROM orders WHERE shop = ?1 AND version > 0"
        " AND order_no NOT IN (SELECT order_no FROM feed WHERE shop = ?1) ORDER BY 1");
    find.bind(place.shop);
    return all_rows(find, [](Statement& row) { return row.integer(); });
  });
}

}  // namespace tandem::store::sqlite
