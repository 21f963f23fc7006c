// SPDX-License-Identifier: Apache-2.0
// The committer with threads and processes: its queue, its batches, its end, and races.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <latch>
#include <thread>

#include "commit/await.hpp"
#include "server/commit/support.hpp"

namespace tandem::commit {
namespace {

using store::ok;

class CommitterTest : public store::StoreTest {};
TANDEM_FOR_EACH_ENGINE(CommitterTest);

/// A job that keeps the writer's thread busy until it is let go.
struct Gate {
  std::promise<void> entered;
  std::promise<void> release;
  std::shared_ptr<Job> job() {
    auto made = std::make_shared<TestJob>();
    made->decides = [this](Scope&) -> Result<void> {
      entered.set_value();
      release.get_future().wait();
      return {};
    };
    return made;
  }
};

void ignore(const Outcome&) {}

TEST_P(CommitterTest, AnIdleOneAnswersAtOnce) {
  Committer committer(*store_, {});
  std::promise<bool> answered;
  committer.submit(restock(5),
                   [&](const Outcome& outcome) { answered.set_value(is_committed(outcome)); });
  EXPECT_TRUE(answered.get_future().get());
  EXPECT_EQ(ledger(kTea).figures.on_hand, 5);
}

TEST_P(CommitterTest, WhatWaitsBecomesOneBatch) {
  Gate gate;
  Committer committer(*store_, {.queue_max = 100, .batch_max = 10});
  committer.submit(gate.job(), ignore);
  gate.entered.get_future().wait();
  std::latch done(25);
  for (int i = 0; i < 25; ++i) {
    committer.submit(restock(1), [&](const Outcome&) { done.count_down(); });
  }
  const std::int64_t commits = store_->counts().commits;
  gate.release.set_value();
  done.wait();
  EXPECT_EQ(store_->counts().commits, commits + 3);
  committer.stop();
  EXPECT_EQ(committer.counts().batch_largest, 10U);
  EXPECT_EQ(committer.counts().jobs, 26);
}

TEST_P(CommitterTest, PastItsBoundAJobIsRefusedAtOnce) {
  Gate gate;
  Committer committer(*store_, {.queue_max = 2, .batch_max = 10});
  committer.submit(gate.job(), ignore);
  gate.entered.get_future().wait();
  std::optional<Reason> third;
  committer.submit(restock(1), ignore);
  committer.submit(restock(1), ignore);
  committer.submit(restock(1), [&](const Outcome& outcome) { third = reason(outcome); });
  EXPECT_EQ(third, Reason::overloaded);
  EXPECT_EQ(committer.queued(), 2U);
  gate.release.set_value();
  committer.stop();
  EXPECT_EQ(committer.counts().overloaded, 1);
  EXPECT_EQ(ledger(kTea).figures.on_hand, 2);
}

TEST_P(CommitterTest, WhatNobodyWaitsForGoesWithWhatIsWaitedFor) {
  Committer committer(*store_, {.soon = std::chrono::hours(1)});
  const std::int64_t commits = store_->counts().commits;
  committer.submit_soon(restock(2));
  committer.submit_soon(restock(3));
  std::promise<bool> answered;
  committer.submit(restock(5),
                   [&](const Outcome& outcome) { answered.set_value(is_committed(outcome)); });
  EXPECT_TRUE(answered.get_future().get());
  EXPECT_EQ(ledger(kTea).figures.on_hand, 10);
  EXPECT_EQ(store_->counts().commits, commits + 1);
}

TEST_P(CommitterTest, WhatNobodyWaitsForIsWrittenByItselfInTheEnd) {
  std::promise<void> written;
  Committer committer(
      *store_, {.soon = std::chrono::milliseconds(1),
                .observe = [&](std::size_t, std::chrono::nanoseconds) { written.set_value(); }});
  committer.submit_soon(restock(2));
  written.get_future().wait();
  EXPECT_EQ(ledger(kTea).figures.on_hand, 2);
}

TEST_P(CommitterTest, StoppingWritesWhatNobodyWaitsForToo) {
  Committer committer(*store_, {.soon = std::chrono::hours(1)});
  committer.submit_soon(restock(2));
  committer.stop();
  EXPECT_EQ(ledger(kTea).figures.on_hand, 2);
}

TEST_P(CommitterTest, StoppingFinishesWhatWaitsAndTakesNoMore) {
  Gate gate;
  Committer committer(*store_, {});
  committer.submit(gate.job(), ignore);
  gate.entered.get_future().wait();
  std::atomic<int> committed = 0;
  for (int i = 0; i < 5; ++i) {
    committer.submit(restock(1), [&](const Outcome& outcome) {
      if (is_committed(outcome)) ++committed;
    });
  }
  std::thread stopping([&] { committer.stop(); });
  gate.release.set_value();
  stopping.join();
  EXPECT_EQ(committed, 5);
  std::optional<Reason> late;
  committer.submit(restock(1), [&](const Outcome& outcome) { late = reason(outcome); });
  EXPECT_EQ(late, Reason::shutting_down);
  EXPECT_EQ(ledger(kTea).figures.on_hand, 5);
}

TEST_P(CommitterTest, ACoroutineResumesOnItsOwnExecutor) {
  boost::asio::io_context context;  // the committer still wakes it when the handler goes on
  Committer committer(*store_, {});
  bool committed = false;
  std::thread::id resumed_on;
  const auto handler = [&]() -> boost::asio::awaitable<void> {
    auto job = restock(3);
    const Outcome outcome = co_await run(committer, job);
    committed = is_committed(outcome);
    resumed_on = std::this_thread::get_id();
  };
  boost::asio::co_spawn(context, handler, boost::asio::detached);
  context.run();
  EXPECT_TRUE(committed);
  EXPECT_EQ(resumed_on, std::this_thread::get_id());
}

TEST_P(CommitterTest, ThreadsThatRaceSellExactlyWhatThereIs) {
  Committer committer(*store_, {});
  std::latch all(1 + 60);
  committer.submit(restock(20), [&](const Outcome&) { all.count_down(); });
  std::atomic<int> sold = 0;
  std::atomic<int> short_of = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 10; ++i) {
        const std::string id = std::to_string(thread) + "/" + std::to_string(i);
        committer.submit(std::make_shared<BuyJob>(id, 1), [&](const Outcome& outcome) {
          if (is_committed(outcome)) ++sold;
          if (reason(outcome) == Reason::insufficient_stock) ++short_of;
          all.count_down();
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  all.wait();
  EXPECT_EQ(sold, 20);
  EXPECT_EQ(short_of, 40);
  EXPECT_EQ(ledger(kTea).figures.held, 20);
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

/// A job whose batch is not written until it is let go: what comes meanwhile may be decided.
struct SlowWrite {
  std::promise<void> decided;
  std::promise<void> release;
  std::shared_ptr<Job> job() {
    auto made = std::make_shared<TestJob>();
    made->decides = [this](Scope& scope) -> Result<void> {
      scope.put_later([this](store::Writes&) {
        decided.set_value();
        release.get_future().wait();
      });
      return {};
    };
    return made;
  }
};

std::shared_ptr<TestJob> restock_ahead(std::promise<void>& decided) {
  auto job = std::make_shared<TestJob>();
  job->goes_ahead = true;
  job->decides = [&decided](Scope& scope) -> Result<void> {
    decided.set_value();
    scope.move({.key = kTea,
                .movement = "adjust",
                .change = {.on_hand = 5},
                .cause = {.actor = "ada", .reason = "received"}});
    return {};
  };
  return job;
}

TEST_P(CommitterTest, WhatComesWhileABatchIsWrittenIsDecidedMeanwhile) {
  SlowWrite slow;
  std::promise<void> decided;
  std::promise<bool> answered;
  Committer committer(*store_, {});
  committer.submit(slow.job(), ignore);
  slow.decided.get_future().wait();
  committer.submit(restock_ahead(decided),
                   [&](const Outcome& outcome) { answered.set_value(is_committed(outcome)); });
  decided.get_future().wait();
  EXPECT_EQ(ledger(kTea).figures.on_hand, 0);
  slow.release.set_value();
  EXPECT_TRUE(answered.get_future().get());
  EXPECT_EQ(ledger(kTea).figures.on_hand, 5);
  EXPECT_EQ(committer.counts().ahead, 1);
}

TEST_P(CommitterTest, StoppingFinishesWhatWasDecidedAhead) {
  SlowWrite slow;
  std::promise<void> decided;
  Committer committer(*store_, {});
  committer.submit(slow.job(), ignore);
  slow.decided.get_future().wait();
  committer.submit(restock_ahead(decided), ignore);
  decided.get_future().wait();
  std::thread stopping([&] { committer.stop(); });
  slow.release.set_value();
  stopping.join();
  EXPECT_EQ(ledger(kTea).figures.on_hand, 5);
}

TEST_P(CommitterTest, WhatCannotBeDecidedAheadKeepsItsTurn) {
  SlowWrite slow;
  std::string turns;  // of one thread at a time
  std::latch all(4);
  const auto done = [&](const Outcome&) { all.count_down(); };
  const auto job = [&](char name, bool goes_ahead) {
    auto made = std::make_shared<TestJob>();
    made->goes_ahead = goes_ahead;
    made->decides = [&turns, name](Scope& scope) -> Result<void> {
      turns += name;
      scope.writes().facts.push_back({store::Digest{static_cast<std::uint8_t>(name)}, "fact"});
      return {};
    };
    return made;
  };
  Committer committer(*store_, {});
  committer.submit(slow.job(), done);
  slow.decided.get_future().wait();
  committer.submit(job('a', true), done);
  committer.submit(job('b', false), done);
  committer.submit(job('c', true), done);
  slow.release.set_value();
  all.wait();
  EXPECT_EQ(turns, "abc");
}

struct Tally {
  std::int64_t sold = 0;
  std::int64_t short_of = 0;
};

/// One process of its own: its store, its committer, its share of the buyers.
[[noreturn]] void buy_in_a_process(const store::Engine& engine, const store::TempFolder& folder,
                                   int process, int buyers, int start, int tally_pipe) {
  char go = 0;
  if (::read(start, &go, 1) < 0) ::_exit(1);
  const auto store = engine.open(folder, {}, 1);
  if (store == nullptr) ::_exit(1);
  Tally tally;
  {
    Committer committer(*store, {.queue_max = 100, .batch_max = 4});
    for (int i = 0; i < buyers; ++i) {
      const std::string id = std::to_string(process) + "/" + std::to_string(i);
      committer.submit(std::make_shared<BuyJob>(id, 1), [&](const Outcome& outcome) {
        if (is_committed(outcome)) ++tally.sold;
        if (reason(outcome) == Reason::insufficient_stock) ++tally.short_of;
      });
    }
  }
  const bool told = ::write(tally_pipe, &tally, sizeof tally) == sizeof tally;
  ::_exit(told ? 0 : 1);
}

class CommitterProcesses : public testing::TestWithParam<store::Engine> {};
TANDEM_FOR_EACH_ENGINE(CommitterProcesses);

TEST_P(CommitterProcesses, ThatRaceSellExactlyWhatThereIs) {
  constexpr int kProcesses = 4;
  constexpr int kBuyers = 15;
  const store::TempFolder folder;
  {
    const auto store = GetParam().open(folder, {}, 1);
    EXPECT_TRUE(is_committed(run_all(*store, {restock(20)})[0]));
  }
  std::array<int, 2> start{};
  std::array<int, 2> tallies{};
  ASSERT_EQ(::pipe(start.data()), 0);
  ASSERT_EQ(::pipe(tallies.data()), 0);
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(start[1]);
      buy_in_a_process(GetParam(), folder, process, kBuyers, start[0], tallies[1]);
    }
    children.push_back(child);
  }
  ::close(start[1]);  // all of them go
  ::close(start[0]);
  ::close(tallies[1]);
  Tally sum;
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    Tally tally;
    ASSERT_EQ(::read(tallies[0], &tally, sizeof tally), static_cast<ssize_t>(sizeof tally));
    sum.sold += tally.sold;
    sum.short_of += tally.short_of;
  }
  ::close(tallies[0]);
  EXPECT_EQ(sum.sold, 20);
  EXPECT_EQ(sum.short_of, 40);
  const auto store = GetParam().open(folder, {}, 1);
  const auto row = ok(store->reads().ledger(std::vector{kTea})).at(0);
  EXPECT_EQ(row.figures, (store::Figures{.on_hand = 20, .held = 20}));
  EXPECT_TRUE(ok(store->reads().ledger_mismatches()).empty());
}

}  // namespace
}  // namespace tandem::commit
