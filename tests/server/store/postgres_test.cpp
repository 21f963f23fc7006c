// SPDX-License-Identifier: Apache-2.0
// What is PostgreSQL's own: migrations, foreign and unsafe databases, lost connections, and several
// nodes on one database.
#include <array>
#include <latch>
#include <thread>

#include "server/store/support.hpp"
#include "store/migrations/migrations.hpp"
#include "store/postgres/migrate.hpp"

namespace tandem::store {
namespace {

/// A database of its own on the shared server.
class Postgres : public testing::Test {
 protected:
  PostgresOptions options(const std::string& name, bool empty = false) {
    PostgresOptions options;
    options.url = server_.new_database(folder_.name() + name, empty);
    options.unsafe = true;
    return options;
  }
  std::string run(const std::string& name, const std::string& sql) {
    return server_.run(folder_.name() + name, sql);
  }
  /// Ends all sessions of a database but the one that does it.
  void terminate(const std::string& name) {
    run(name,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  const TempFolder folder_;
  PostgresServer& server_ = PostgresServer::shared();
};

TEST_F(Postgres, AnEmptyDatabaseGetsTheNewestSchema) {
  auto store = ok(open_postgres(options("a", true)));
  EXPECT_EQ(ok(store->reads().schema_version()), schema_version_known());
  EXPECT_EQ(postgres_migrations().size(), sqlite_migrations().size());
}

TEST_F(Postgres, ANewerSchemaIsRefused) {
  PostgresOptions newer = options("a");
  newer.migrate = true;
  run("a", "INSERT INTO schema_migrations VALUES (99, 'later', 0)");
  const auto store = open_postgres(newer);
  EXPECT_EQ(fault(store), Fault::schema_newer);
  EXPECT_NE(store.error().message.find("newer program"), std::string::npos);
}

TEST_F(Postgres, AnOlderSchemaNeedsToBeAsked) {
  auto connection = ok(postgres::Connection::open(options("a", true).url));
  const std::vector<Migration> old{
      {1, "one",
       "CREATE TABLE schema_migrations (version bigint, name text, applied_ms bigint);"
       "CREATE TABLE a (x bigint)"}};
  std::vector<Migration> now = old;
  now.push_back({2, "two", "CREATE TABLE b (x bigint); INSERT INTO a VALUES (1)"});
  ok(postgres::migrate(*connection, old, false, 1));
  EXPECT_EQ(fault(postgres::migrate(*connection, now, false, 1)), Fault::schema_older);
  ok(postgres::migrate(*connection, now, true, 1));
  EXPECT_EQ(ok(postgres::schema_version(*connection)), 2);
  now.push_back({3, "three", "CREATE TABLE c (x bigint); CREATE TABLE c (x bigint)"});
  EXPECT_FALSE(postgres::migrate(*connection, now, true, 1));
  EXPECT_EQ(ok(postgres::schema_version(*connection)), 2);
}

std::int64_t number(Stored<postgres::Rows> rows) {
  return rows && rows->next() ? rows->integer() : -1;
}

TEST_F(Postgres, PlansAreKeptWhereNoPoolerStandsInBetween) {
  const std::string direct = options("a", true).url;
  const auto kept_by = [](const std::string& url) {
    auto connection = ok(postgres::Connection::open(url, postgres::Plans::kept));
    const postgres::Query twice("SELECT 2 * $1", std::int64_t{21});
    const postgres::Query wrong("SELECT 1 / $1", std::int64_t{0});
    const std::array failing{wrong, twice};
    std::size_t failed = 9;
    EXPECT_FALSE(connection->run(failing, &failed)) << "what comes behind a failure is not heard";
    EXPECT_EQ(failed, 0U);
    for (int i = 0; i < 3; ++i) {
      const std::array both{twice, twice};
      for (postgres::Rows& row : ok(connection->run(both))) {
        EXPECT_TRUE(row.next());
        EXPECT_EQ(row.integer(), 42);
      }
    }
    return number(connection->run(postgres::Query("SELECT count(*) FROM pg_prepared_statements")));
  };
  EXPECT_EQ(kept_by(direct), 3) << "the division, the product and this question";
  EXPECT_EQ(kept_by(server_.pooled_url(folder_.name() + "a")), 0);
}

TEST_F(Postgres, NodesThatStartTogetherMigrateOnce) {
  const PostgresOptions empty = options("a", true);
  std::latch start(4);
  std::vector<std::jthread> nodes;
  for (int node = 0; node < 4; ++node) {
    nodes.emplace_back([&] {
      start.arrive_and_wait();
      EXPECT_EQ(fault(open_postgres(empty)), std::nullopt);
    });
  }
  nodes.clear();
  EXPECT_EQ(run("a", "SELECT count(*) FROM schema_migrations"),
            std::to_string(schema_version_known()));
}

TEST_F(Postgres, ADatabaseOfSomethingElseIsRefusedAndLeftAlone) {
  const PostgresOptions theirs = options("a", true);
  run("a", "CREATE TABLE theirs (x bigint)");
  EXPECT_EQ(fault(open_postgres(theirs)), Fault::corrupt);
  EXPECT_EQ(run("a", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "1");
}

TEST_F(Postgres, WhatMayForgetIsRefusedUnlessAskedFor) {
  PostgresOptions forgetful = options("a");
  forgetful.unsafe = false;
  const auto store = open_postgres(forgetful);
  EXPECT_EQ(fault(store), Fault::unsafe);
  EXPECT_EQ(store.error().key, "fsync");
  EXPECT_NE(store.error().message.find("--unsafe"), std::string::npos);
}

TEST_F(Postgres, ASettingThatIsSwitchedOffLaterIsNoticed) {
  PostgresServer durable({.durable = true});
  auto store = ok(open_postgres({.url = durable.new_database("a")}));
  EXPECT_TRUE(store->begin_batch());
  durable.run("a", "ALTER DATABASE a SET synchronous_commit = off");
  durable.restart(SIGINT);
  const auto batch = store->begin_batch();
  EXPECT_EQ(fault(batch), Fault::unsafe);
  EXPECT_EQ(batch.error().key, "synchronous_commit");
}

TEST_F(Postgres, WhatIsNotThereIsSaid) {
  EXPECT_EQ(fault(open_postgres({.url = server_.url("none")})), Fault::read_only);
  EXPECT_EQ(fault(open_postgres({.url = "postgresql:///x?host=/nowhere"})), Fault::unreachable);
  EXPECT_EQ(fault(open_postgres({.url = "postgresql://x/y?nonsense=1"})), Fault::misuse);
}

TEST_F(Postgres, LostConnectionsAreReplaced) {
  auto store = ok(open_postgres(options("a")));
  EXPECT_EQ(ok(store->reads().catalog_version()), 0);
  terminate("a");
  EXPECT_EQ(ok(store->reads().catalog_version()), 0);
  {
    auto batch = ok(store->begin_batch());
    EXPECT_EQ(ok(batch->reserve_order_nos(1)), 1);
    terminate("a");
    EXPECT_EQ(fault(batch->reserve_order_nos(1)), Fault::unreachable);
    EXPECT_EQ(fault(batch->load_orders({})), Fault::unreachable);
  }
  EXPECT_TRUE(store->begin_batch());
}

TEST_F(Postgres, ACommitThatWasCutOffIsLookedUp) {
  auto store = ok(open_postgres(options("a")));
  Writes writes;
  writes.orders.push_back({1, "o1", Digest{}, 0});
  auto batch = ok(store->begin_batch());
  ok(batch->write(writes));
  terminate("a");
  EXPECT_EQ(fault(batch->commit()), Fault::unknown_outcome);
  EXPECT_FALSE(ok(batch->was_committed()));
  EXPECT_FALSE(ok(store->reads().order("o1")));
  batch = ok(store->begin_batch());
  ok(batch->write(writes));
  ok(batch->commit());
  EXPECT_EQ(fault(batch->was_committed()), Fault::misuse);
}

TEST_F(Postgres, NodesShareOneSeriesOfNumbersAndDoNotWaitForIt) {
  auto first = ok(open_postgres(options("a")));
  auto second = ok(open_postgres(options("a")));
  auto one = ok(first->begin_batch());
  auto two = ok(second->begin_batch());
  EXPECT_EQ(ok(one->reserve_order_nos(3)), 1);
  EXPECT_EQ(ok(two->reserve_order_nos(2)), 4);
}

TEST_F(Postgres, ALockedOrderIsWaitedForAndThenReported) {
  PostgresOptions impatient = options("a");
  impatient.busy_timeout_ms = 1;
  auto first = ok(open_postgres(impatient));
  auto second = ok(open_postgres(impatient));
  auto batch = ok(first->begin_batch());
  Writes writes;
  writes.orders.push_back({1, "o1", Digest{}, 0});
  ok(batch->write(writes));
  ok(batch->commit());
  const std::vector<OrderRequest> order{{"o1"}};
  auto one = ok(first->begin_batch());
  EXPECT_TRUE(ok(one->load_orders(order)).at(0));
  auto two = ok(second->begin_batch());
  EXPECT_EQ(fault(two->load_orders(order)), Fault::busy);
}

// The feed is in the order of transactions. One that began before another must not change an order
// behind it: the feed would tell the later change first.
TEST_F(Postgres, ABatchThatAnotherOneOvertookIsToBeRunAgain) {
  auto first = ok(open_postgres(options("a")));
  auto second = ok(open_postgres(options("a")));
  const auto change = [](std::int64_t order_no, std::int64_t version) {
    Writes writes;
    writes.heads.push_back({order_no, version, version + 1, Digest{}});
    return writes;
  };
  Writes made;
  for (const std::int64_t n : {1, 2}) {
    made.orders.push_back({n, "o" + std::to_string(n), Digest{}, 0});
  }
  auto making = ok(first->begin_batch());
  ok(making->write(made));
  ok(making->commit());

  auto overtaken = ok(second->begin_batch());
  ok(overtaken->load_orders(std::vector<OrderRequest>{{"o1"}}));
  auto overtaking = ok(first->begin_batch());
  ok(overtaking->load_orders(std::vector<OrderRequest>{{"o2"}}));
  ok(overtaking->write(change(2, 0)));
  ok(overtaking->commit());
  const auto loaded = overtaken->load_orders(std::vector<OrderRequest>{{"o2"}});
  ASSERT_EQ(fault(loaded), Fault::conflict);
  EXPECT_EQ(loaded.error().key, "2");
  overtaken->rollback();

  auto again = ok(second->begin_batch());
  EXPECT_EQ(ok(again->load_orders(std::vector<OrderRequest>{{"o2"}})).at(0)->head.version, 1);
  ok(again->write(change(2, 1)));
  ok(again->commit());
  EXPECT_EQ(ok(first->reads().feed_mismatches()), std::vector<std::int64_t>{});
}

TEST_F(Postgres, TheCatalogStaysWhileABatchUsesIt) {
  PostgresOptions impatient = options("a");
  impatient.busy_timeout_ms = 1;
  auto buyer = ok(open_postgres(impatient));
  auto editor = ok(open_postgres(impatient));
  Writes writes;
  writes.coupons = {{"HELLO", "welcome"}};
  auto using_it = ok(buyer->begin_batch());
  auto changing_it = ok(editor->begin_batch());
  EXPECT_EQ(fault(changing_it->write(writes)), Fault::busy);
  changing_it->rollback();
  using_it->rollback();
  changing_it = ok(editor->begin_batch());
  ok(changing_it->write(writes));
  ok(changing_it->commit());
  EXPECT_EQ(ok(ok(buyer->begin_batch())->catalog_version()), 1);
}

TEST_F(Postgres, IsCopiedIntoAFile) {
  auto store = ok(open_postgres(options("a")));
  ok(store->backup(folder_.file("copy")));
  EXPECT_GT(std::filesystem::file_size(folder_.file("copy")), 1'000U);
  EXPECT_EQ(fault(store->backup(folder_.file("none/copy"))), Fault::io);
}

}  // namespace
}  // namespace tandem::store
