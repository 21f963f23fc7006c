// SPDX-License-Identifier: Apache-2.0
// Batches that are decided while the one before is written: they count when the database says what
// was guessed, and else the jobs decide again.
#include "commit/ahead.hpp"
#include "server/commit/support.hpp"

namespace tandem::commit {
namespace {

using store::ok;

using Jobs = std::vector<std::shared_ptr<Job>>;

std::vector<Job*> pointers(const Jobs& jobs) {
  std::vector<Job*> all;
  for (const auto& job : jobs) all.push_back(job.get());
  return all;
}

/// A change that has to be written, of what no test looks at.
std::shared_ptr<Job> touch_other() {
  return restock(1, {store::LedgerKind::stock, "OTHER", "main"});
}

class AheadTest : public store::StoreTest {
 protected:
  /// Runs a batch; `beside` is called once it is decided and before it is written.
  std::vector<Outcome> run(
      const Jobs& jobs, Ahead* ahead = nullptr, std::function<void()> beside = [] {}) {
    return run_batch(*store_, pointers(jobs), counts_, {},
                     {.ahead = ahead, .remembered = &remembered_, .decided = std::move(beside)});
  }
  /// Decides `jobs` while `first` is written, and then runs them.
  std::vector<Outcome> run_on(const Jobs& first, const Jobs& jobs) {
    std::optional<Ahead> ahead;
    run(first, nullptr, [&] { decide(ahead, jobs); });
    return run(jobs, &*ahead);
  }
  void decide(std::optional<Ahead>& ahead, const Jobs& jobs) {
    ahead.emplace(remembered_, reads());
    ASSERT_TRUE(ahead->begin());
    ASSERT_EQ(ahead->decide(pointers(jobs)), jobs.size());
  }
  /// Numbers for the orders of the batches that follow.
  void keep_numbers() {
    run(Jobs(20, touch_other()));
    ASSERT_GE(remembered_.order_nos_left(), 20);
  }

  Remembered remembered_;
  CommitCounts counts_;
};
TANDEM_FOR_EACH_ENGINE(AheadTest);

Jobs buyers(const std::string& name, int count) {
  Jobs jobs;
  for (int i = 0; i < count; ++i) {
    jobs.push_back(std::make_shared<BuyJob>(name + std::to_string(i), 1));
  }
  return jobs;
}

std::size_t committed(const std::vector<Outcome>& outcomes) {
  return static_cast<std::size_t>(std::ranges::count_if(outcomes, is_committed));
}

TEST_P(AheadTest, SellsExactlyWhatTheBatchBeforeLeaves) {
  keep_numbers();
  run({restock(20)});
  const auto outcomes = run_on(buyers("a", 12), buyers("b", 12));
  EXPECT_EQ(committed(outcomes), 8U);
  EXPECT_EQ(reason(outcomes[8]), Reason::insufficient_stock);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(counts_.guessed_wrong, 0);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 20, .held = 20}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(AheadTest, GoesOnWithOrdersThatTheBatchBeforeMade) {
  keep_numbers();
  run({restock(2)});
  std::vector<std::size_t> held;
  const auto renew = job_on("a0", [&](Scope& scope) -> Result<void> {
    const std::int64_t no = scope.order("a0")->order_no();
    held.push_back(static_cast<std::size_t>(scope.hold(kTea, no)->quantity));
    const std::int64_t n = scope.append(no, {event("claimed")});
    scope.move({.key = kTea,
                .movement = "claim",
                .change = {.reserved = 1},
                .cause = {.order_no = no, .n = n},
                .hold = HoldTarget{}});
    return {};
  });
  renew->needs = [](Needs& needs) {
    needs.order({.ref = std::string("a0"), .command_ids = {}, .after_n = 1});
  };
  renew->ledgers = [](const WorkingSet&, Needs& needs) { needs.ledger(kTea); };
  EXPECT_EQ(committed(run_on({std::make_shared<BuyJob>("a0", 1)}, {renew})), 1U);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(held, std::vector<std::size_t>{1});
  EXPECT_EQ(ok(reads().order("a0"))->version, 2);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 2, .reserved = 1}));
}

TEST_P(AheadTest, ReadsOrdersThatNobodyRemembers) {
  const std::int64_t order_no = add_order("old", 3);
  std::vector<std::int64_t> seen;
  const auto append = job_on("old", [&](Scope& scope) -> Result<void> {
    for (const store::Event& event : scope.order("old")->loaded.events) seen.push_back(event.n);
    scope.append(order_no, {event("more")});
    return {};
  });
  EXPECT_EQ(committed(run_on({restock(1)}, {append})), 1U);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(ok(reads().order("old"))->version, 4);
}

TEST_P(AheadTest, WhatAnotherWriterDidMeanwhileIsDecidedOnAgain) {
  keep_numbers();
  run({restock(20)});
  const Jobs late = buyers("b", 12);
  std::optional<Ahead> ahead;
  run(buyers("a", 2), nullptr, [&] { decide(ahead, late); });
  CommitCounts others;
  run_all(*store_, buyers("c", 15), &others);
  const auto outcomes = run(late, &*ahead);
  EXPECT_EQ(committed(outcomes), 3U);
  EXPECT_EQ(counts_.ahead, 0);
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 20, .held = 20}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(AheadTest, AnOrderThatMovedOnMeanwhileIsDecidedOnAgain) {
  const std::int64_t order_no = add_order("old", 1);
  const auto append = job_on("old", [&](Scope& scope) -> Result<void> {
    scope.append(order_no, {event("at " + std::to_string(scope.order("old")->version() + 1))});
    return {};
  });
  std::optional<Ahead> ahead;
  run({restock(1)}, nullptr, [&] { decide(ahead, {append}); });
  run({job_on("old", [&](Scope& scope) -> Result<void> {
    scope.append(order_no, {event("before")});
    return {};
  })});
  EXPECT_EQ(committed(run({append}, &*ahead)), 1U);
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(append->decided, 2);
  EXPECT_EQ(ok(reads().events(order_no, 2, 9)).at(0).bytes, "at 3");
}

TEST_P(AheadTest, AnOrderThatWasRemovedIsForgottenOnceItIsAskedFor) {
  const std::int64_t order_no = add_order("left", 1);
  const auto look = job_on("left", [](Scope& scope) -> Result<void> {
    if (scope.order("left") == nullptr) return reject(Reason::order_unknown);
    return {};
  });
  run({touch_other(), look});
  store::Writes removal;
  removal.orders_removed.push_back({.order_no = order_no, .version = 1});
  ok(commit(removal));
  look->needs = [](Needs& needs) {
    needs.order({.ref = std::string("left"), .command_ids = {}, .after_n = 1});
  };
  EXPECT_EQ(reason(run_on({touch_other()}, {look})[0]), Reason::order_unknown);
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(reason(run_on({touch_other()}, {look})[0]), Reason::order_unknown);
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(counts_.ahead, 1);
}

TEST_P(AheadTest, ABatchThatFailsTakesWhatWasDecidedOnItAlong) {
  keep_numbers();
  run({restock(3)});
  const auto culprit = std::make_shared<TestJob>();
  culprit->decides = [](Scope& scope) -> Result<void> {
    scope.move({.key = kTea,
                .movement = "claim",
                .change = {.reserved = 99},
                .cause = {.order_no = 1, .n = 1}});
    return {};
  };
  const auto outcomes = run_on({culprit}, buyers("b", 5));
  EXPECT_EQ(counts_.failed, 1);
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(committed(outcomes), 3U);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 3, .held = 3}));
}

TEST_P(AheadTest, AHoldThatHasEndedIsReleasedFirst) {
  keep_numbers();
  run({restock(1)});
  run({std::make_shared<BuyJob>("a", 1)});
  now_ms_ += 900'000;
  EXPECT_EQ(committed(run_on({touch_other()}, buyers("b", 1))), 1U);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 1, .held = 1}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(AheadTest, AHoldThatTheBatchBeforeReleasesIsReleasedOnce) {
  keep_numbers();
  run({restock(2)});
  run({std::make_shared<BuyJob>("a", 2)});
  now_ms_ += 900'000;
  EXPECT_EQ(committed(run_on(buyers("b", 1), buyers("c", 2))), 1U);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 2, .held = 2}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(AheadTest, AHoldThatEndsBetweenStillCountsUntilTheNextBatch) {
  keep_numbers();
  run({restock(1)});
  run({std::make_shared<BuyJob>("a", 1)});
  const Jobs late = buyers("b", 1);
  std::optional<Ahead> ahead;
  run({touch_other()}, nullptr, [&] { decide(ahead, late); });
  now_ms_ += 900'000;
  EXPECT_EQ(reason(run(late, &*ahead)[0]), Reason::insufficient_stock);
  EXPECT_EQ(committed(run(buyers("c", 1))), 1U);
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 1, .held = 1}));
}

TEST_P(AheadTest, AKeyThatWasAnsweredBeforeIsNotAnsweredAnew) {
  const store::IdempotencyKey key{"ada", "k1"};
  const auto keyed = std::make_shared<TestJob>();
  std::vector<bool> known;
  keyed->needs = [&](Needs& needs) { needs.idempotency(key); };
  keyed->decides = [&](Scope& scope) -> Result<void> {
    known.push_back(scope.idempotency(key) != nullptr);
    if (!known.back()) scope.put_idempotency({.id = key, .status = 200});
    return {};
  };
  run({keyed});
  run_on({restock(1)}, {keyed});
  EXPECT_EQ(counts_.guessed_wrong, 1);
  EXPECT_EQ(known, (std::vector{false, false, true}));
}

TEST_P(AheadTest, StopsAtAJobThatAsksForWhatOnlyABatchHas) {
  const auto asks = std::make_shared<TestJob>();
  asks->decides = [](Scope& scope) -> Result<void> {
    (void)scope.waiting_for(std::vector<std::string>{"TEA-100"});
    return {};
  };
  const Jobs jobs{restock(1), asks, restock(1)};
  Ahead ahead(remembered_, reads());
  ASSERT_TRUE(ahead.begin());
  EXPECT_EQ(ahead.decide(pointers(jobs)), 1U);
  EXPECT_EQ(committed(run({jobs[0]}, &ahead)), 1U);
  EXPECT_EQ(committed(run({jobs[1], jobs[2]})), 2U);
  EXPECT_EQ(counts_.ahead, 1);
  EXPECT_EQ(ledger(kTea).figures.on_hand, 2);
}

TEST_P(AheadTest, WithoutNumbersForNewOrdersNoneIsMade) {
  run({restock(5)});
  Ahead ahead(remembered_, reads());
  ASSERT_TRUE(ahead.begin());
  EXPECT_EQ(ahead.decide(pointers(buyers("a", 1))), 0U);
}

}  // namespace
}  // namespace tandem::commit
