// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/feed_base.hpp"
#include "store/postgres/queries.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {
namespace {

// All transactions before this one have ended, and what they wrote is seen by this statement. So
// whatever is still to come stands behind it.
#define TANDEM_FEED_HORIZON \
  "pg_snapshot_xmin(pg_current_snapshot())::text::bigint + " TANDEM_FEED_BASE

}  // namespace

List<FeedRow> PostgresReads::feed(const FeedPosition& after, std::int64_t count_max) {
  const Query find("SELECT " TANDEM_FEED_COLUMNS
                   " FROM feed WHERE shop = $1"
                   " AND (batch, n) > ($2, $3) AND batch < " TANDEM_FEED_HORIZON
                   " ORDER BY batch, n LIMIT $4",
                   options_.shop, after.batch, after.n, count_max);
  return pool_.all(find, read_feed<Rows>);
}

Stored<FeedPosition> PostgresReads::feed_end() {
  const Query find("SELECT " TANDEM_FEED_HORIZON, options_.shop);
  auto horizon = pool_.one(find, [](Rows& row) { return row.integer(); });
  if (!horizon) return fail(std::move(horizon.error()));
  return FeedPosition{horizon->value_or(0), 0};
}

List<std::int64_t> PostgresReads::feed_mismatches() {
  const std::string numbers = order_sequence(options_.shop);
  const Query find(
      "WITH told AS (SELECT order_no, version, from_version <>"
      " lag(version, 1, 0::bigint) OVER (PARTITION BY order_no ORDER BY batch, n) AS broken"
      " FROM feed WHERE shop = $1),"
      " last AS (SELECT order_no, max(version) AS version, bool_or(broken) AS broken"
      " FROM told GROUP BY order_no)"
      " SELECT l.order_no FROM last l LEFT JOIN orders o"
      " ON o.shop = $1 AND o.order_no = l.order_no"
      " WHERE o.version <> l.version OR (o.version IS NOT NULL AND l.broken)"
      " OR (o.version IS NULL AND l.order_no >"
      " coalesce(pg_sequence_last_value(to_regclass($2)), 0))"
      " UNION (SELECT order_no FROM orders WHERE shop = $1 AND version > 0"
      " EXCEPT SELECT order_no FROM feed WHERE shop = $1) ORDER BY 1",
      options_.shop, std::string_view(numbers));
  return pool_.all(find, [](Rows& row) { return row.integer(); });
}

Stored<void> raise_feed_base(Connection& connection, std::int64_t shop) {
  // A transaction that is seen has a lower id than the next one; in a copy of another cluster's
  // database they need not have. The step leaves room for what the original has committed since.
  auto raised = connection.run(
      Query("INSERT INTO feed_bases (shop, base)"
            " SELECT $1, max(batch) + (1::bigint << 32) FROM feed WHERE shop = $1"
            " HAVING max(batch) >="
            " pg_snapshot_xmax(pg_current_snapshot())::text::bigint + " TANDEM_FEED_BASE
            " ON CONFLICT (shop) DO UPDATE SET base = excluded.base",
            shop));
  if (!raised) return fail(std::move(raised.error()));
  return {};
}

}  // namespace tandem::store::postgres
