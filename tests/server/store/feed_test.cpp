// SPDX-License-Identifier: Apache-2.0
// The feed of all orders' commits: complete, in one order, and nothing before what was read.
#include "server/store/support.hpp"
#include "store/migrations/migrations.hpp"
#include "store/postgres/migrate.hpp"

namespace tandem::store {
namespace {

/// "order:version" of each row behind a place, read in pages of two.
std::vector<std::string> names(Reads& reads, FeedPosition after = {}) {
  std::vector<std::string> found;
  for (;;) {
    const auto rows = ok(reads.feed(after, 2));
    for (const FeedRow& row : rows) {
      EXPECT_LT(after, row.at);
      after = row.at;
      found.push_back(std::to_string(row.order_no) + ":" + std::to_string(row.version));
    }
    if (rows.size() < 2) return found;
  }
}
using Names = std::vector<std::string>;

class StoreFeed : public StoreTest {
 protected:
  void append_to(std::int64_t order_no, std::int64_t version, std::int64_t count) {
    Writes writes;
    append(writes, order_no, version, count);
    ok(commit(writes));
  }
};
TANDEM_FOR_EACH_ENGINE(StoreFeed);

TEST_P(StoreFeed, IsEmptyAtFirst) {
  EXPECT_EQ(names(reads()), Names{});
  EXPECT_EQ(names(reads(), ok(reads().feed_end())), Names{});
}

TEST_P(StoreFeed, TellsCommitsInTheirOrderWhateverOrderTheyAreOf) {
  const std::int64_t first = add_order("a", 2);
  const std::int64_t second = add_order("b");
  append_to(second, 1, 3);
  const FeedPosition end = ok(reads().feed_end());
  append_to(first, 2, 1);
  EXPECT_EQ(names(reads()), (Names{"1:2", "2:1", "2:4", "1:3"}));
  EXPECT_EQ(names(reads(), end), Names{"1:3"});
  const auto row = ok(reads().feed(end, 1)).at(0);
  EXPECT_EQ(row.from_version, 2);
}

TEST_P(StoreFeed, IsTheShopsOwnAndLeavesOutWhatWasNotCommitted) {
  add_order("a");
  {
    auto batch = ok(store_->begin_batch());
    Writes writes;
    append(writes, 1, 1, 1);
    ok(batch->write(writes));
  }
  const auto other = GetParam().open(folder_, [this] { return now_ms_; }, 2);
  EXPECT_EQ(names(other->reads()), Names{});
  append_to(1, 1, 2);
  EXPECT_EQ(names(reads()), (Names{"1:1", "1:3"}));
}

class PostgresFeed : public testing::Test {
 protected:
  std::unique_ptr<Store> open() { return open_test_postgres(folder_, nullptr, 1); }
  std::string run(const std::string& sql) {
    return PostgresServer::shared().run(folder_.name(), sql);
  }
  static void begin_order(Batch& batch, const std::string& id) {
    const std::int64_t order_no = ok(batch.reserve_order_nos(1));
    Writes writes;
    writes.orders.push_back({order_no, id, Digest{}, 0});
    writes.events.push_back({order_no, {1, "{}", ""}});
    writes.heads.push_back({order_no, 0, 1, Digest{}});
    ok(batch.write(writes));
  }

  const TempFolder folder_;
};

TEST_F(PostgresFeed, WaitsForWhatBeganEarlierAndThenTellsItFirst) {
  auto one = open();
  auto two = open();
  auto slow = ok(one->begin_batch());
  begin_order(*slow, "slow");
  auto quick = ok(two->begin_batch());
  begin_order(*quick, "quick");
  const FeedPosition end = ok(two->reads().feed_end());
  ok(quick->commit());
  EXPECT_EQ(names(two->reads()), Names{});
  EXPECT_EQ(ok(two->reads().feed_end()), end);
  ok(slow->commit());
  EXPECT_EQ(names(two->reads()), (Names{"1:1", "2:1"}));
  EXPECT_EQ(names(two->reads(), end), (Names{"1:1", "2:1"}));
}

TEST_F(PostgresFeed, GoesOnWhereACopyIsRestoredWhoseTransactionsBeginLowAgain) {
  auto store = open();
  auto batch = ok(store->begin_batch());
  begin_order(*batch, "before");
  ok(batch->commit());
  store.reset();
  run("UPDATE feed SET batch = batch + 1000000000");  // as a cluster that is much older
  store = open();
  EXPECT_EQ(names(store->reads()), Names{"1:1"});
  const FeedPosition last = ok(store->reads().feed({}, 9)).at(0).at;
  batch = ok(store->begin_batch());
  begin_order(*batch, "after");
  ok(batch->commit());
  EXPECT_EQ(names(store->reads(), last), Names{"2:1"});
  const std::string base = run("SELECT base FROM feed_bases");
  store = open();
  EXPECT_EQ(run("SELECT base FROM feed_bases"), base) << "once is enough";
}

TEST_F(PostgresFeed, KnowsTheOrdersFromBeforeItWasMade) {
  const std::string url = PostgresServer::shared().new_database(folder_.name(), true);
  auto connection = ok(postgres::Connection::open(url));
  ok(postgres::migrate(*connection, postgres_migrations().first(1), false, 1));
  run("INSERT INTO orders VALUES (1, 1, 'a', decode(repeat('00', 32), 'hex'), 5,"
      " decode(repeat('00', 32), 'hex'), 0)");
  ok(postgres::migrate(*connection, postgres_migrations(), true, 1));
  EXPECT_EQ(names(open()->reads()), Names{"1:5"});
}

}  // namespace
}  // namespace tandem::store
