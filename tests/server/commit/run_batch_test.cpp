// SPDX-License-Identifier: Apache-2.0
// The batching logic on one thread: what jobs of one batch see of each other, and who fails.
#include <stdexcept>

#include "server/commit/support.hpp"

namespace tandem::commit {
namespace {

using store::Fault;
using store::ok;

class RunBatch : public store::StoreTest {
 protected:
  std::vector<Outcome> run(const std::vector<std::shared_ptr<Job>>& jobs) {
    return run_all(*store_, jobs, &counts_);
  }
  CommitCounts counts_;
};
TANDEM_FOR_EACH_ENGINE(RunBatch);

TEST_P(RunBatch, SellsExactlyWhatThereIsInOneCommit) {
  run({restock(20)});
  const std::int64_t commits = store_->counts().commits;
  std::vector<std::shared_ptr<Job>> buyers;
  for (int i = 0; i < 60; ++i) {
    buyers.push_back(std::make_shared<BuyJob>("o" + std::to_string(i), 1));
  }
  const auto outcomes = run(buyers);
  EXPECT_EQ(store_->counts().commits, commits + 1);
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_EQ(is_committed(outcomes[i]), i < 20) << i;
    EXPECT_EQ(reason(outcomes[i]),
              i < 20 ? std::nullopt : std::optional(Reason::insufficient_stock));
  }
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 20, .held = 20}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
  EXPECT_EQ(counts_.refused, 40);
  EXPECT_EQ(counts_.reruns, 0);
}

TEST_P(RunBatch, ARefusedJobWritesNothingAndIsUndone) {
  run({restock(1)});
  auto refused = std::make_shared<TestJob>();
  refused->needs = [](Needs& needs) {
    needs.order("mine");
    needs.new_order();
  };
  refused->ledgers = [](const WorkingSet&, Needs& needs) { needs.ledger(kTea); };
  refused->decides = [](Scope& scope) -> Result<void> {
    const std::int64_t no = scope.create_order("mine", {}).order_no();
    scope.append(no, {event("a"), event("b")});
    scope.move({.key = kTea,
                .movement = "hold",
                .cause = {.order_no = no, .n = 1},
                .hold = HoldTarget{1, scope.now_ms() + 1}});
    scope.put_idempotency({.id = {"s", "k"}, .status = 200});
    scope.writes().facts.push_back({store::Digest{1}, "fact"});
    return reject(Reason::quote_changed);
  };
  auto look = std::make_shared<TestJob>();
  look->decides = [](Scope& scope) -> Result<void> {
    EXPECT_EQ(scope.order("mine"), nullptr);
    EXPECT_EQ(scope.ledger(kTea).figures.held, 0);
    EXPECT_EQ(scope.idempotency({"s", "k"}), nullptr);
    return {};
  };
  const auto outcomes = run({refused, look, std::make_shared<BuyJob>("other", 1)});
  EXPECT_EQ(reason(outcomes[0]), Reason::quote_changed);
  EXPECT_TRUE(is_committed(outcomes[2]));
  EXPECT_FALSE(ok(reads().order("mine")));
  EXPECT_FALSE(ok(reads().fact(store::Digest{1})));
  EXPECT_EQ(ledger(kTea).figures.held, 1);
}

TEST_P(RunBatch, ABatchOfRefusalsDoesNotTouchTheDisk) {
  const auto commits = store_->counts().commits;
  run({std::make_shared<BuyJob>("a", 1), std::make_shared<BuyJob>("b", 1)});
  EXPECT_EQ(store_->counts().commits, commits);
}

TEST_P(RunBatch, JobsOnOneOrderSeeEachOther) {
  add_order("o1", 2);
  int folds = 0;
  const auto step = [&folds](Scope& scope) -> Result<void> {
    const WorkingOrder& order = *scope.order("o1");
    if (order.folded == nullptr) {
      ++folds;
      auto folded = std::make_shared<std::size_t>(order.loaded.events.size());
      scope.keep_folded<std::size_t>(order.order_no(), folded);
    }
    EXPECT_EQ(*order.folded_as<std::size_t>(), static_cast<std::size_t>(order.version()));
    auto next = std::make_shared<std::size_t>(*order.folded_as<std::size_t>() + 1);
    scope.append(order.order_no(), {event("more")});
    scope.keep_folded<std::size_t>(order.order_no(), next);
    return {};
  };
  const auto refuse = [&step](Scope& scope) -> Result<void> {
    (void)step(scope);
    return reject(Reason::order_locked);
  };
  run({job_on("o1", step), job_on("o1", refuse), job_on("o1", step)});
  EXPECT_EQ(folds, 1);
  EXPECT_EQ(ok(reads().order("o1"))->version, 4);
  EXPECT_EQ(ok(reads().events(1, 0, 10)).size(), 4U);
}

TEST_P(RunBatch, OneOrderIdMakesOneOrder) {
  run({restock(5)});
  const auto outcomes =
      run({std::make_shared<BuyJob>("same", 1), std::make_shared<BuyJob>("same", 1)});
  EXPECT_TRUE(is_committed(outcomes[0]));
  EXPECT_EQ(reason(outcomes[1]), Reason::already_placed);
}

TEST_P(RunBatch, ACommandIsAnsweredOnce) {
  add_order("o1");
  const auto command = [](Scope& scope) -> Result<void> {
    const WorkingOrder& order = *scope.order("o1");
    if (order.command("c1") != nullptr) return reject(Reason::command_id_reused);
    scope.put_command(order.order_no(), {"c1", store::Digest{1}, 0, 0, "answer"});
    return {};
  };
  auto first = job_on("o1", command);
  first->needs = [](Needs& needs) { needs.order("o1", {"c1"}); };
  auto again = job_on("o1", command);
  again->needs = first->needs;
  const auto outcomes = run({first, again});
  EXPECT_TRUE(is_committed(outcomes[0]));
  EXPECT_EQ(reason(outcomes[1]), Reason::command_id_reused);
  EXPECT_EQ(reason(run({again})[0]), Reason::command_id_reused);
}

TEST_P(RunBatch, OnlyTheCulpritOfABrokenGuardFails) {
  run({restock(2)});
  auto culprit = std::make_shared<TestJob>();
  culprit->decides = [](Scope& scope) -> Result<void> {
    scope.move({.key = kTea,
                .movement = "claim",
                .change = {.reserved = 99},
                .cause = {.order_no = 1, .n = 1}});
    return {};
  };
  const auto outcomes =
      run({std::make_shared<BuyJob>("a", 1), culprit, std::make_shared<BuyJob>("b", 1)});
  // On running figures nothing was left for b; alone, after the culprit failed, there is.
  EXPECT_TRUE(is_committed(outcomes[0]));
  EXPECT_TRUE(is_committed(outcomes[2]));
  ASSERT_TRUE(std::holds_alternative<Failed>(outcomes[1]));
  EXPECT_EQ(std::get<Failed>(outcomes[1]).failure.fault, Fault::guard);
  EXPECT_EQ(reason(outcomes[1]), Reason::internal);
  // Alone it is tried again where another node could have made the counter meanwhile.
  EXPECT_EQ(culprit->decided, store_->is_shared() ? 4 : 2);
  EXPECT_EQ(counts_.reruns, 1);
  EXPECT_EQ(ledger(kTea).figures.held, 2);
}

TEST_P(RunBatch, OnlyTheCulpritOfABrokenConstraintFails) {
  add_order("o1");
  const auto repeat = job_on("o1", [](Scope& scope) -> Result<void> {
    scope.writes().events.push_back({1, {1, "a second event 1", ""}});
    return {};
  });
  const auto append = job_on("o1", [](Scope& scope) -> Result<void> {
    scope.append(scope.order("o1")->order_no(), {event("fine")});
    return {};
  });
  const auto outcomes = run({append, repeat, append});
  EXPECT_TRUE(is_committed(outcomes[0]));
  EXPECT_TRUE(is_committed(outcomes[2]));
  EXPECT_EQ(std::get<Failed>(outcomes[1]).failure.table, "events");
  EXPECT_EQ(ok(reads().order("o1"))->version, 3);
}

TEST_P(RunBatch, AJobThatThrowsFailsAlone) {
  run({restock(1)});
  auto throws = std::make_shared<TestJob>();
  throws->decides = [](Scope& scope) -> Result<void> {
    scope.writes().facts.push_back({store::Digest{1}, "fact"});
    throw std::runtime_error("in a library");
  };
  auto throws_early = std::make_shared<TestJob>();
  throws_early->needs = [](Needs&) { throw 1; };
  const auto outcomes = run({throws, throws_early, std::make_shared<BuyJob>("a", 1)});
  EXPECT_EQ(reason(outcomes[0]), Reason::internal);
  EXPECT_EQ(reason(outcomes[1]), Reason::internal);
  EXPECT_EQ(throws_early->decided, 0);
  EXPECT_TRUE(is_committed(outcomes[2]));
  EXPECT_FALSE(ok(reads().fact(store::Digest{1})));
}

TEST_P(RunBatch, ExpiredHoldsAreReleasedForOthers) {
  run({restock(1)});
  run({std::make_shared<BuyJob>("first", 1)});
  EXPECT_EQ(reason(run({std::make_shared<BuyJob>("second", 1)})[0]), Reason::insufficient_stock);
  now_ms_ += 900'000;
  EXPECT_TRUE(is_committed(run({std::make_shared<BuyJob>("second", 1)})[0]));
  EXPECT_TRUE(ok(reads().holds(1)).empty());
  EXPECT_EQ(ok(reads().entries(1)).front().movement, "expire");
  EXPECT_EQ(ledger(kTea).figures.held, 1);
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(RunBatch, AHoldIsRenewedAndClaimedByItsOrder) {
  run({restock(3)});
  run({std::make_shared<BuyJob>("o1", 2)});
  auto renew = job_on("o1", [](Scope& scope) -> Result<void> {
    const std::int64_t no = scope.order("o1")->order_no();
    EXPECT_EQ(scope.hold(kTea, no)->quantity, 2);
    const std::int64_t n = scope.append(no, {event("hold_renewed")});
    scope.move({.key = kTea,
                .movement = "renew",
                .cause = {.order_no = no, .n = n},
                .hold = HoldTarget{3, scope.now_ms() + 1'000'000}});
    return {};
  });
  auto claim = job_on("o1", [](Scope& scope) -> Result<void> {
    const std::int64_t no = scope.order("o1")->order_no();
    EXPECT_EQ(scope.hold(kTea, no)->quantity, 3);
    const std::int64_t n = scope.append(no, {event("stock_reserved")});
    scope.move({.key = kTea,
                .movement = "claim",
                .change = {.reserved = 3},
                .cause = {.order_no = no, .n = n},
                .hold = HoldTarget{}});
    EXPECT_EQ(scope.hold(kTea, no), nullptr);
    return {};
  });
  const auto outcomes = run({renew, claim});
  EXPECT_TRUE(is_committed(outcomes[0]));
  EXPECT_TRUE(is_committed(outcomes[1]));
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 3, .reserved = 3}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(RunBatch, WhatWasNotDeclaredIsLoadedLate) {
  run({restock(2)});
  run({std::make_shared<BuyJob>("o1", 2)});
  now_ms_ += 900'000;
  auto late = std::make_shared<TestJob>();
  late->decides = [](Scope& scope) -> Result<void> {
    EXPECT_EQ(scope.order("unknown"), nullptr);
    const WorkingOrder* order = scope.order("o1");
    if (order == nullptr) return reject(Reason::order_unknown);
    EXPECT_EQ(scope.hold(kTea, order->order_no()), nullptr);
    EXPECT_EQ(scope.ledger(kTea).available(), 2);
    scope.append(order->order_no(), {event("late")});
    const std::int64_t made = scope.create_order("o2", {}).order_no();
    scope.append(made, {event("new")});
    return {};
  };
  EXPECT_TRUE(is_committed(run({late})[0]));
  EXPECT_EQ(ok(reads().order("o1"))->version, 2);
  EXPECT_EQ(ok(reads().order("o2"))->version, 1);
  EXPECT_EQ(ledger(kTea).figures.held, 0);
}

TEST_P(RunBatch, EffectsAreTakenOnceAndTheirLeaseIsKept) {
  store::OutboxRow row;
  row.kind = "webhook";
  row.due_ms = kNow;
  row.dedupe_key = "a";
  store::Writes writes;
  writes.outbox = {row};
  ok(commit(writes));
  std::size_t taken = 0;
  const auto worker = [&taken] {
    auto job = std::make_shared<TestJob>();
    job->needs = [](Needs& needs) { needs.outbox(5, 1'000); };
    job->decides = [&taken](Scope& scope) -> Result<void> {
      taken += scope.take_outbox(5).size();
      return {};
    };
    return job;
  };
  run({worker(), worker()});
  run({worker()});
  EXPECT_EQ(taken, 1U);
  EXPECT_EQ(ok(reads().outbox_of(0)).at(0).due_ms, kNow + 1'000);
}

TEST_P(RunBatch, AnIdempotencyKeyIsSeenByTheNextJob) {
  std::vector<std::string> answers;
  const auto post = [&answers](const std::string& mine) {
    auto job = std::make_shared<TestJob>();
    job->needs = [](Needs& needs) { needs.idempotency({"ada", "k"}); };
    job->decides = [&answers, mine](Scope& scope) -> Result<void> {
      if (const auto* row = scope.idempotency({"ada", "k"})) {
        answers.push_back(row->response);
        return {};
      }
      scope.put_idempotency({.id = {"ada", "k"}, .status = 200, .response = mine});
      answers.push_back(mine);
      return {};
    };
    return job;
  };
  run({post("one"), post("two")});
  run({post("three")});
  EXPECT_EQ(answers, (std::vector<std::string>{"one", "one", "one"}));
}

}  // namespace
}  // namespace tandem::commit
