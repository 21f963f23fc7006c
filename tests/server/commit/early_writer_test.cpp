// SPDX-License-Identifier: Apache-2.0
// Large batches, whose first jobs are written while the last ones are decided: nobody can tell.
#include <stdexcept>

#include "server/commit/support.hpp"

namespace tandem::commit {
namespace {

using store::Fault;
using store::ok;

constexpr int kJobs = 40;

class LargeBatch : public store::StoreTest {
 protected:
  std::vector<Outcome> run(const std::vector<std::shared_ptr<Job>>& jobs) {
    return run_all(*store_, jobs, &counts_);
  }
  CommitCounts counts_;
};
TANDEM_FOR_EACH_ENGINE(LargeBatch);

/// Appends an event and writes the order's row, as every change of an order does.
Result<void> change(Scope& scope, const std::string& order_id) {
  const std::int64_t order_no = scope.order(order_id)->order_no();
  scope.append(order_no, {event("more")});
  store::OrderRow row;
  row.order_no = order_no;
  row.version = scope.order(order_id)->version();
  row.view = "version " + std::to_string(row.version);
  scope.put_row(std::move(row));
  return {};
}

TEST_P(LargeBatch, LeavesTheLastRowOfAnOrderThatManyJobsChange) {
  add_order("o1");
  std::vector<std::shared_ptr<Job>> jobs;
  for (int i = 0; i < kJobs; ++i) {
    jobs.push_back(job_on("o1", [i](Scope& scope) -> Result<void> {
      (void)change(scope, "o1");
      if (i % 3 == 0) return reject(Reason::order_locked);
      return {};
    }));
  }
  run(jobs);
  const std::int64_t version = 1 + kJobs - (kJobs + 2) / 3;
  EXPECT_EQ(ok(reads().order("o1"))->version, version);
  EXPECT_EQ(ok(reads().events(1, 0, 100)).size(), static_cast<std::size_t>(version));
  const auto row = ok(reads().order_row(1));
  EXPECT_EQ(row->version, version);
  EXPECT_EQ(row->view, "version " + std::to_string(version));
  EXPECT_EQ(counts_.reruns, 0);
}

/// The same, but the row is made when it is to be written.
Result<void> change_later(Scope& scope, const std::string& order_id) {
  const std::int64_t order_no = scope.order(order_id)->order_no();
  scope.append(order_no, {event("more")});
  const std::int64_t version = scope.order(order_id)->version();
  scope.put_later([=](store::Writes& writes) {
    store::OrderRow& row = writes.order_rows.emplace_back();
    row.order_no = order_no;
    row.version = version;
    row.view = "version " + std::to_string(version);
  });
  return {};
}

TEST_P(LargeBatch, MakesRowsLaterInTheOrderOfTheirJobs) {
  add_order("o1");
  add_order("o2");
  std::vector<std::shared_ptr<Job>> jobs;
  for (int i = 0; i < kJobs; ++i) {
    jobs.push_back(job_on("o1", [i](Scope& scope) -> Result<void> {
      (void)change_later(scope, "o1");
      if (i % 3 == 0) return reject(Reason::order_locked);
      return {};
    }));
    jobs.push_back(job_on("o2", [](Scope& scope) { return change_later(scope, "o2"); }));
  }
  run(jobs);
  for (const std::int64_t order_no : {1, 2}) {
    const std::int64_t version = 1 + kJobs - (order_no == 1 ? (kJobs + 2) / 3 : 0);
    const auto row = ok(reads().order_row(order_no));
    EXPECT_EQ(row->version, version);
    EXPECT_EQ(row->view, "version " + std::to_string(version));
  }
  EXPECT_EQ(counts_.reruns, 0);
}

TEST_P(LargeBatch, OnlyTheJobFailsWhoseRowsCannotBeMade) {
  for (const int culprit : {0, 12, kJobs - 1}) {
    std::vector<std::shared_ptr<Job>> jobs;
    const std::string name = "t" + std::to_string(culprit) + "-";
    for (int i = 0; i < kJobs; ++i) {
      const std::string id = name + std::to_string(i);
      add_order(id);
      jobs.push_back(job_on(id, [=](Scope& scope) -> Result<void> {
        if (i == culprit) {
          scope.put_later([](store::Writes&) { throw std::runtime_error("no room"); });
        }
        return change_later(scope, id);
      }));
    }
    const auto outcomes = run(jobs);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      EXPECT_EQ(is_committed(outcomes[i]), i != static_cast<std::size_t>(culprit)) << i;
    }
    const Outcome& failed = outcomes[static_cast<std::size_t>(culprit)];
    EXPECT_EQ(std::get<Failed>(failed).failure.fault, Fault::misuse);
  }
}

TEST_P(LargeBatch, LoadsLateWhileItIsWritten) {
  std::vector<std::shared_ptr<Job>> jobs;
  for (int i = 0; i < kJobs; ++i) add_order("o" + std::to_string(i));
  for (int i = 0; i < kJobs; ++i) {
    auto job = std::make_shared<TestJob>();
    job->decides = [i](Scope& scope) { return change(scope, "o" + std::to_string(i)); };
    jobs.push_back(std::move(job));
  }
  for (const Outcome& outcome : run(jobs)) EXPECT_TRUE(is_committed(outcome));
  for (int i = 0; i < kJobs; ++i) EXPECT_EQ(ok(reads().order("o" + std::to_string(i)))->version, 2);
}

TEST_P(LargeBatch, OnlyTheCulpritFailsWhereverItStands) {
  for (const int culprit : {0, 12, kJobs - 1}) {
    const std::string name = "c" + std::to_string(culprit) + "-";
    const std::int64_t taken = add_order(name + "taken");
    std::vector<std::shared_ptr<Job>> jobs{restock(kJobs)};
    for (int i = 0; i < kJobs; ++i) {
      jobs.push_back(std::make_shared<BuyJob>(name + std::to_string(i), 1));
    }
    auto broken = std::make_shared<TestJob>();
    broken->decides = [taken](Scope& scope) -> Result<void> {
      scope.writes().events.push_back({taken, {1, "a second event 1", ""}});
      return {};
    };
    jobs.insert(jobs.begin() + 1 + culprit, broken);
    const std::int64_t reruns = counts_.reruns;
    const auto outcomes = run(jobs);
    EXPECT_EQ(counts_.reruns, reruns + 1);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      EXPECT_EQ(is_committed(outcomes[i]), i != static_cast<std::size_t>(culprit) + 1) << i;
    }
    EXPECT_EQ(std::get<Failed>(outcomes[static_cast<std::size_t>(culprit) + 1]).failure.fault,
              Fault::constraint);
  }
  EXPECT_EQ(ledger(kTea).figures, (store::Figures{.on_hand = 3 * kJobs, .held = 3 * kJobs}));
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

/// Holds some tea for an order, or lets it go.
std::shared_ptr<TestJob> hold_on(const std::string& order_id, std::int64_t quantity) {
  auto job = job_on(order_id, [=](Scope& scope) -> Result<void> {
    const std::int64_t order_no = scope.order(order_id)->order_no();
    const std::int64_t n = scope.append(order_no, {event("hold")});
    scope.move({.key = kTea,
                .movement = "hold",
                .cause = {.order_no = order_no, .n = n},
                .hold = HoldTarget{quantity, scope.now_ms() + 900'000}});
    return {};
  });
  job->ledgers = [](const WorkingSet&, Needs& needs) { needs.ledger(kTea); };
  return job;
}

TEST_P(LargeBatch, KeepsTheLastHoldOfEachOrder) {
  run({restock(1'000)});
  add_order("gone");
  add_order("kept");
  add_order("ended");
  run({hold_on("ended", 5)});
  now_ms_ += 900'000;
  std::vector<std::shared_ptr<Job>> jobs{hold_on("ended", 7)};  // anew, after it ended by itself
  for (int i = 0; i < kJobs; ++i) {
    jobs.push_back(hold_on("kept", i + 1));
    jobs.push_back(hold_on("gone", i % 2 == 0 ? i + 1 : 0));
  }
  for (const Outcome& outcome : run(jobs)) EXPECT_TRUE(is_committed(outcome));
  EXPECT_TRUE(ok(reads().holds(1)).empty());
  EXPECT_EQ(ok(reads().holds(2)).at(0).quantity, kJobs);
  EXPECT_EQ(ok(reads().holds(3)).at(0).quantity, 7);
  EXPECT_EQ(ledger(kTea).figures.held, kJobs + 7);
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(LargeBatch, OfRefusalsDoesNotTouchTheDisk) {
  const std::int64_t commits = store_->counts().commits;
  std::vector<std::shared_ptr<Job>> jobs;
  for (int i = 0; i < kJobs; ++i) {
    jobs.push_back(std::make_shared<BuyJob>("o" + std::to_string(i), 1));
  }
  for (const Outcome& outcome : run(jobs)) EXPECT_FALSE(is_committed(outcome));
  EXPECT_EQ(store_->counts().commits, commits);
}

}  // namespace
}  // namespace tandem::commit
