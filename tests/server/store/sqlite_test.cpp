// SPDX-License-Identifier: Apache-2.0
// What is SQLite's own: migrations, foreign files, full and read-only databases, killed writers.
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <random>

#include "server/store/support.hpp"
#include "store/sqlite/migrate.hpp"

namespace tandem::store {
namespace {

SqliteOptions options_for(const TempFolder& folder, const std::string& file = "shop.db") {
  SqliteOptions options;
  options.path = folder.file(file);
  return options;
}

void run_sql(const std::string& path, const std::string& sql) {
  auto connection = ok(sqlite::Connection::open(path, {}));
  ok(connection->execute(sql));
}

TEST(SqliteMigrations, AnEmptyFileGetsTheNewestSchema) {
  const TempFolder folder;
  auto store = ok(open_sqlite(options_for(folder)));
  EXPECT_EQ(ok(store->reads().schema_version()), schema_version_known());
}

TEST(SqliteMigrations, ANewerSchemaIsRefusedAndLeftAlone) {
  const TempFolder folder;
  ok(open_sqlite(options_for(folder)));
  const std::string newer = std::to_string(schema_version_known() + 1);
  run_sql(folder.file("shop.db"),
          "INSERT INTO schema_migrations VALUES (" + newer + ", 'later', 0)");
  SqliteOptions options = options_for(folder);
  options.migrate = true;
  const auto store = open_sqlite(options);
  EXPECT_EQ(fault(store), Fault::schema_newer);
  EXPECT_NE(store.error().message.find("newer program"), std::string::npos);
}

TEST(SqliteMigrations, AnOlderSchemaNeedsToBeAsked) {
  const TempFolder folder;
  auto connection = ok(sqlite::Connection::open(folder.file("a.db"), {}));
  const std::vector<Migration> old{
      {1, "one",
       "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT, applied_ms INT);"
       "CREATE TABLE a (x)"}};
  std::vector<Migration> now = old;
  now.push_back({2, "two", "CREATE TABLE b (x); INSERT INTO a VALUES (1)"});
  ok(sqlite::migrate(*connection, old, false));
  EXPECT_EQ(fault(sqlite::migrate(*connection, now, false)), Fault::schema_older);
  ok(sqlite::migrate(*connection, now, true));
  EXPECT_EQ(ok(sqlite::schema_version(*connection)), 2);
  ok(sqlite::migrate(*connection, now, false));
  EXPECT_EQ(fault(sqlite::migrate(*connection, old, true)), Fault::schema_newer);
}

TEST(SqliteMigrations, AFailingStepLeavesTheOldSchema) {
  const TempFolder folder;
  auto connection = ok(sqlite::Connection::open(folder.file("a.db"), {}));
  const std::vector<Migration> broken{
      {1, "one",
       "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT, applied_ms INT)"},
      {2, "two", "CREATE TABLE b (x); CREATE TABLE b (x)"}};
  EXPECT_FALSE(sqlite::migrate(*connection, broken, true));
  EXPECT_EQ(ok(sqlite::schema_version(*connection)), 0);
}

TEST(SqliteFile, OfSomethingElseIsRefusedAndLeftAlone) {
  const TempFolder folder;
  run_sql(folder.file("shop.db"), "CREATE TABLE theirs (x)");
  EXPECT_EQ(fault(open_sqlite(options_for(folder))), Fault::corrupt);
  std::ofstream(folder.file("text.db")) << std::string(5'000, 'x');
  EXPECT_EQ(fault(open_sqlite(options_for(folder, "text.db"))), Fault::corrupt);
  EXPECT_EQ(fault(open_sqlite(options_for(folder, "none/shop.db"))), Fault::read_only);
}

TEST(SqliteFile, AFullDatabaseKeepsWhatItHas) {
  const TempFolder folder;
  SqliteOptions options = options_for(folder);
  options.pages_max = 200;
  auto store = ok(open_sqlite(options));
  const auto add_image = [&](const std::string& path, std::size_t size) {
    auto batch = ok(store->begin_batch());
    Writes writes;
    writes.images = {{path, "image/png", std::string(size, 'x')}};
    if (auto written = batch->write(writes); !written) return fault(written);
    return fault(batch->commit());
  };
  EXPECT_EQ(add_image("small", 10), std::nullopt);
  EXPECT_EQ(add_image("large", 1'000'000), Fault::full);
  EXPECT_EQ(add_image("next", 10), std::nullopt);
  EXPECT_TRUE(ok(store->reads().image("small")));
  EXPECT_FALSE(ok(store->reads().image("large")));
}

TEST(SqliteFile, AnotherWriterIsWaitedForAndThenReported) {
  const TempFolder folder;
  SqliteOptions options = options_for(folder);
  options.busy_timeout_ms = 1;
  auto first = ok(open_sqlite(options));
  auto second = ok(open_sqlite(options));
  auto held = ok(first->begin_batch());
  EXPECT_EQ(fault(second->begin_batch()), Fault::busy);
  held->rollback();
  EXPECT_TRUE(second->begin_batch());
}

TEST(SqliteFile, IsCopiedWhileItIsUsed) {
  const TempFolder folder;
  auto store = ok(open_sqlite(options_for(folder)));
  auto batch = ok(store->begin_batch());
  Writes writes;
  writes.orders.push_back({1, "o1", Digest{}, 0});
  ok(batch->write(writes));
  ok(store->backup(folder.file("before.db")));
  ok(batch->commit());
  ok(store->backup(folder.file("after.db")));
  EXPECT_FALSE(ok(ok(open_sqlite(options_for(folder, "before.db")))->reads().order("o1")));
  EXPECT_TRUE(ok(ok(open_sqlite(options_for(folder, "after.db")))->reads().order("o1")));
}

constexpr std::int64_t kOrdersPerBatch = 16;

Writes writes_of(std::int64_t first_no) {
  Writes writes;
  for (std::int64_t no = first_no; no < first_no + kOrdersPerBatch; ++no) {
    writes.orders.push_back({no, "o" + std::to_string(no), Digest{}, 0});
    writes.heads.push_back({no, 0, 3, Digest{}});
    for (std::int64_t n = 1; n <= 3; ++n) {
      writes.events.push_back({no, {n, std::string(250, 'e'), ""}});
    }
    OrderRow row;
    row.order_no = no;
    row.version = 3;
    row.view = std::string(1'500, 'v');
    writes.order_rows.push_back(row);
    writes.ledger_updates.push_back({kTea, {.on_hand = 1}});
    writes.ledger_entries.push_back({kTea, "restock", {.on_hand = 1}, {.order_no = no, .n = 1}});
  }
  writes.settle();
  return writes;
}

/// Commits batch after batch and tells the pipe the last order number of each.
[[noreturn]] void write_until_killed(const std::string& path, int pipe) {
  SqliteOptions options;
  options.path = path;
  options.checkpoint_pages = 50;
  auto store = open_sqlite(options);
  while (store) {
    auto batch = (*store)->begin_batch();
    const std::int64_t first = (*batch)->reserve_order_nos(kOrdersPerBatch).value_or(0);
    if (!(*batch)->write(writes_of(first)) || !(*batch)->commit()) break;
    const std::int64_t last = first + kOrdersPerBatch - 1;
    if (::write(pipe, &last, sizeof last) != sizeof last) break;
  }
  ::_exit(1);
}

TEST(SqliteKilled, EveryAcknowledgedCommitIsThereAndNothingHalf) {
  const TempFolder folder;
  const std::string path = folder.file("shop.db");
  ok(open_sqlite(options_for(folder)));
  std::mt19937 random(20'260'101);
  for (int round = 0; round < 3; ++round) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) write_until_killed(path, ends[1]);
    ::close(ends[1]);
    std::int64_t acknowledged = 0;
    const int acknowledgements = std::uniform_int_distribution(1, 60)(random);
    for (int i = 0; i < acknowledgements; ++i) {
      ASSERT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged),
                static_cast<ssize_t>(sizeof acknowledged));
    }
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    // What it still told after the last one read here was acknowledged, too.
    while (::read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) continue;
    ::close(ends[0]);

    auto store = ok(open_sqlite(options_for(folder)));
    Reads& reads = store->reads();
    const auto newest = ok(reads.order_rows({.count_max = 1})).at(0).order_no;
    EXPECT_GE(newest, acknowledged);
    EXPECT_EQ(newest % kOrdersPerBatch, 0);
    for (std::int64_t no = 1; no <= newest; ++no) {
      ASSERT_EQ(ok(reads.order(no)).value_or(OrderHead{}).version, 3) << no;
      ASSERT_EQ(ok(reads.events(no, 0, 10)).size(), 3U) << no;
      ASSERT_TRUE(ok(reads.order_row(no))) << no;
    }
    EXPECT_FALSE(ok(reads.order(newest + 1)));
    EXPECT_TRUE(ok(reads.ledger_mismatches()).empty());
    EXPECT_EQ(ok(reads.ledger(std::vector{kTea})).at(0).figures.on_hand, newest);
    auto check = ok(sqlite::Connection::open(path, {.read_only = true}));
    auto integrity = check->prepare("PRAGMA integrity_check");
    integrity.bind();
    ASSERT_TRUE(ok(integrity.next()));
    EXPECT_EQ(integrity.text(), "ok");
  }
}

TEST(SqliteStore, EmptiesItsLogAlsoWhileTheWriterNeverPauses) {
  const TempFolder folder;
  SqliteOptions options = options_for(folder);
  options.checkpoint_pages = 50;
  auto store = ok(open_sqlite(options));
  for (int i = 0; i < 400; ++i) {
    auto batch = ok(store->begin_batch());
    ok(batch->write(writes_of(ok(batch->reserve_order_nos(kOrdersPerBatch)))));
    ok(batch->commit());
  }
  // Four times the threshold and one batch; what was written is ten times as much.
  EXPECT_LT(std::filesystem::file_size(folder.file("shop.db-wal")), 300U * 8'192U);
}

TEST(SqliteStore, NamesTheRowAmongManyThatFailed) {
  const TempFolder folder;
  auto store = ok(open_sqlite(options_for(folder)));
  Writes writes;
  for (std::int64_t n = 1; n <= 50; ++n) writes.events.push_back({7, {n, "bytes", ""}});
  for (const std::size_t bad : {20U, 33U, 49U}) {
    Writes again = writes;
    again.events[bad].row.n = 1;
    auto batch = ok(store->begin_batch());
    const auto done = batch->write(again);
    ASSERT_EQ(fault(done), Fault::constraint);
    EXPECT_EQ(done.error().key, "7/1");
    again.events[bad].row.n = 0;
    batch.reset();
    batch = ok(store->begin_batch());
    EXPECT_EQ(batch->write(again).error().key, "7/0");
  }
}

}  // namespace
}  // namespace tandem::store
