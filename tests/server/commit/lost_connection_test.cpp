// SPDX-License-Identifier: Apache-2.0
// The committer on a PostgreSQL that goes away: between statements, during the commit, altogether.
// Whatever happens, each job is done once.
#include <latch>

#include "server/commit/cutting_proxy.hpp"
#include "server/commit/support.hpp"

namespace tandem::commit {
namespace {

using store::ok;

class LostConnection : public testing::Test {
 protected:
  LostConnection() : database_(folder_.name()) {
    server_.new_database(database_);
    store_ = store::open_test_url(server_.url(database_), {}, 1);
    EXPECT_TRUE(is_committed(run_all(*store_, {restock(20)})[0]));
  }
  void terminate_all() {
    server_.run(database_,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
  std::int64_t held() { return ok(store_->reads().ledger(std::vector{kTea})).at(0).figures.held; }

  const store::TempFolder folder_;
  const std::string database_;
  store::PostgresServer& server_ = store::PostgresServer::shared();
  std::unique_ptr<store::Store> store_;
  CommitCounts counts_;
};

TEST_F(LostConnection, BetweenStatementsTheBatchIsRunAgain) {
  auto cut = std::make_shared<TestJob>();
  cut->decides = [this, &job = *cut](Scope&) -> Result<void> {
    if (job.decided == 1) terminate_all();
    return {};
  };
  const auto outcomes = run_all(
      *store_, {std::make_shared<BuyJob>("a", 2), cut, std::make_shared<BuyJob>("b", 3)}, &counts_);
  for (const Outcome& outcome : outcomes) EXPECT_TRUE(is_committed(outcome));
  EXPECT_EQ(cut->decided, 2);
  EXPECT_EQ(counts_.retries, 1);
  EXPECT_EQ(counts_.looked_up, 0);
  EXPECT_EQ(held(), 5);
}

TEST_F(LostConnection, DuringTheCommitItsOutcomeIsLookedUp) {
  using Cut = CuttingProxy::Cut;
  const auto socket = [](const std::string& folder) { return folder + "/.s.PGSQL.5432"; };
  const store::TempFolder proxied;
  CuttingProxy proxy(socket(server_.folder()), socket(proxied.file("")));
  auto store = store::open_test_url(
      "postgresql://tandem@/" + database_ + "?host=" + proxied.file(""), {}, 1);
  for (const auto& [cut, order_id, retries] :
       {std::tuple(Cut::after_commit, "done", 0), std::tuple(Cut::before_commit, "not done", 1)}) {
    CommitCounts counts;
    proxy.cut(cut);
    const auto outcomes = run_all(
        *store, {std::make_shared<BuyJob>(order_id, 1), std::make_shared<BuyJob>("none", 99)},
        &counts);
    EXPECT_TRUE(is_committed(outcomes[0])) << order_id;
    EXPECT_EQ(reason(outcomes[1]), Reason::insufficient_stock);
    EXPECT_EQ(counts.looked_up, 1);
    EXPECT_EQ(counts.retries, retries);
    EXPECT_EQ(counts.commits, 1);
    EXPECT_EQ(ok(store_->reads().order(std::string(order_id)))->version, 1);
  }
  EXPECT_EQ(held(), 2);
  EXPECT_EQ(store->counts().commits, 2);
  store.reset();  // before the proxy
}

TEST_F(LostConnection, ADatabaseThatStaysAwayIsSaidToBeOverloaded) {
  store::PostgresServer server;
  auto store = store::open_test_url(server.new_database("a"), {}, 1);
  server.stop(SIGQUIT);
  std::vector<Job*> jobs;
  BuyJob buyer("a", 1);
  jobs.push_back(&buyer);
  const auto outcomes = run_batch(*store, jobs, counts_, {.tries_max = 2, .pause_ms = 1});
  ASSERT_TRUE(std::holds_alternative<Failed>(outcomes[0]));
  EXPECT_EQ(std::get<Failed>(outcomes[0]).failure.fault, store::Fault::unreachable);
  EXPECT_EQ(reason(outcomes[0]), Reason::overloaded);
  server.start();
  EXPECT_TRUE(is_committed(run_all(*store, {restock(1)})[0]));
}

/// Buys one piece after the other until it is told to stop; answers how many were committed.
std::int64_t buy_until(store::Store& store, const std::atomic<bool>& stop, int node,
                       std::atomic<std::int64_t>& bought) {
  std::int64_t committed = 0;
  for (int i = 0; !stop; ++i) {
    CommitCounts counts;
    const std::string id = std::to_string(node) + "/" + std::to_string(i);
    BuyJob first(id, 1);
    BuyJob second(id + "+", 1);
    std::vector<Job*> jobs{&first, &second};
    for (const Outcome& outcome : run_batch(store, jobs, counts, {.tries_max = 60})) {
      EXPECT_TRUE(is_committed(outcome)) << static_cast<int>(reason(outcome).value_or(Reason{}));
      ++committed;
      ++bought;
    }
    bought.notify_all();
  }
  return committed;
}

TEST_F(LostConnection, AServerThatIsKilledTakesNothingAndNothingTwice) {
  store::PostgresServer server({.durable = true});
  const std::string url = server.new_database("a");
  auto store = store::open_test_url(url, {}, 1);
  ASSERT_TRUE(is_committed(run_all(*store, {restock(1'000'000)})[0]));
  std::atomic<bool> stop = false;
  std::atomic<std::int64_t> bought = 0;
  std::atomic<std::int64_t> committed = 0;
  std::vector<std::jthread> nodes;
  for (int node = 0; node < 2; ++node) {
    nodes.emplace_back([&, node] {
      auto own = store::open_test_url(url, {}, 1);
      committed += buy_until(*own, stop, node, bought);
    });
  }
  for (int round = 1; round <= 3; ++round) {
    for (std::int64_t seen = bought; seen < round * 20; seen = bought) bought.wait(seen);
    server.restart(SIGQUIT);
  }
  for (std::int64_t seen = bought; seen < 80; seen = bought) bought.wait(seen);
  stop = true;
  nodes.clear();
  EXPECT_EQ(ok(store->reads().ledger(std::vector{kTea})).at(0).figures.held, committed);
  EXPECT_EQ(server.run("a", "SELECT count(*) FROM orders"), std::to_string(committed));
  EXPECT_TRUE(ok(store->reads().ledger_mismatches()).empty());
}

TEST_F(LostConnection, NodesThatMakeTheSameOrderMakeItOnce) {
  constexpr int kNodes = 4;
  constexpr int kOrders = 10;
  std::latch start(kNodes);
  std::atomic<int> made = 0;
  std::atomic<int> known = 0;
  std::vector<std::jthread> nodes;
  for (int node = 0; node < kNodes; ++node) {
    nodes.emplace_back([&] {
      auto own = store::open_test_url(server_.url(database_), {}, 1);
      start.arrive_and_wait();
      for (int i = 0; i < kOrders; ++i) {
        const Outcome outcome =
            run_all(*own, {std::make_shared<BuyJob>("same" + std::to_string(i), 1)})[0];
        if (is_committed(outcome)) ++made;
        if (reason(outcome) == Reason::already_placed) ++known;
      }
    });
  }
  nodes.clear();
  EXPECT_EQ(made, kOrders);
  EXPECT_EQ(known, (kNodes - 1) * kOrders);
  EXPECT_EQ(held(), kOrders);
}

}  // namespace
}  // namespace tandem::commit
