// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "commit/ahead.hpp"
#include "commit/committer.hpp"
#include "commit/decision.hpp"

namespace tandem::commit {

/// One transaction over some jobs.
class BatchRun {
 public:
  BatchRun(store::Store& store, std::span<Job* const> jobs, CommitCounts& counts,
           const Pipeline& pipeline)
      : store_(store), jobs_(jobs), counts_(counts), pipeline_(pipeline) {}

  /// A failure means that nothing was written and no outcome counts.
  [[nodiscard]] store::Stored<void> run() {
    ++counts_.batches;
    auto begun = store_.begin_batch();
    if (!begun) return std::unexpected(std::move(begun.error()));
    batch_ = std::move(*begun);
    if (auto decided = decide(); !decided) return decided;
    if (decision_->is_empty() && !(early_ && early_->has_taken())) {
      batch_->rollback();  // nothing to make durable; expired holds wait for the next write
      learn_unchanged();
      return {};
    }
    auto order_nos = let_go_on();
    auto made = make_rows();
    if (!order_nos) return std::unexpected(std::move(order_nos.error()));
    if (!made) return std::unexpected(std::move(made.error()));
    const store::Writes all = decision_->take_writes(*std::move(made));
    if (auto written = batch_->write(all); !written) return written;
    if (auto committed = batch_->commit(); !committed) return committed;
    if (*order_nos > 0) pipeline_.remembered->keep_order_nos(*order_nos, size());
    ++counts_.commits;
    return {};
  }

  /// Lets go of whatever is still locked.
  void end() {
    if (batch_ != nullptr) batch_->rollback();
  }

  /// After a commit of unknown outcome: whether it took place. If so, the outcomes count.
  [[nodiscard]] store::Stored<bool> was_committed() {
    auto committed = batch_->was_committed();
    if (committed && *committed) ++counts_.commits;
    return committed;
  }

  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return decision_->outcomes(); }

 private:
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(jobs_.size()); }

  [[nodiscard]] store::Stored<void> decide() {
    auto confirmed = confirm_ahead();
    if (!confirmed) return std::unexpected(std::move(confirmed.error()));
    if (*confirmed) {
      decision_ = &pipeline_.ahead->decision();
      return {};
    }
    own_.add(jobs_);
    if (auto loaded = own_.load(*batch_); !loaded) return loaded;
    if (jobs_.size() > kFewJobs) early_.emplace(*batch_, store_.is_shared());
    return own_.decide(*batch_, early_ ? &*early_ : nullptr);
  }

  [[nodiscard]] store::Stored<bool> confirm_ahead() {
    if (pipeline_.ahead == nullptr) return false;
    auto confirmed = pipeline_.ahead->is_confirmed_by(*batch_);
    if (confirmed) ++(*confirmed ? counts_.ahead : counts_.guessed_wrong);
    return confirmed;
  }

  /// What was loaded is worth knowing, too: a guess may have been wrong.
  void learn_unchanged() {
    const bool is_all = decision_->settle().empty();  // nothing was released that stays as it is
    if (pipeline_.remembered && is_all) pipeline_.remembered->learn(decision_->set(), {});
  }

  /// Everything is decided: the next batch may be decided on top of it. Answers the first number
  /// for orders of that batch, 0 when there are enough.
  [[nodiscard]] store::Stored<std::int64_t> let_go_on() {
    const auto updates = decision_->settle();
    if (pipeline_.remembered == nullptr) return 0;
    pipeline_.remembered->learn(decision_->set(), updates);
    const bool wants_more =
        jobs_.size() > kFewJobs && pipeline_.remembered->order_nos_left() < size();
    pipeline_.decided();
    return wants_more ? batch_->reserve_order_nos(size()) : 0;
  }

  /// Answers the rows that were made early and are still to be written.
  [[nodiscard]] store::Stored<store::Writes> make_rows() {
    auto made = decision_->make_rows();
    auto early = early_ ? early_->finish() : store::Writes();
    if (!made) return std::unexpected(std::move(made.error()));
    return early;
  }

  store::Store& store_;
  std::span<Job* const> jobs_;
  CommitCounts& counts_;
  const Pipeline& pipeline_;
  std::unique_ptr<store::Batch> batch_;
  Decision own_;
  Decision* decision_ = &own_;
  std::optional<EarlyWriter> early_;  // last: it waits for who writes
};

namespace {

/// Tries until it is known how a batch ended, within the patience.
class Attempts {
 public:
  Attempts(store::Store& store, CommitCounts& counts, Patience patience, const Pipeline& pipeline)
      : store_(store), counts_(counts), patience_(patience), pipeline_(pipeline) {}

  [[nodiscard]] store::Stored<void> run(std::span<Job* const> jobs, std::span<Outcome> outcomes) {
    for (int tries = 1;; ++tries) {
      BatchRun batch(store_, jobs, counts_, pipeline_);
      auto done = batch.run();
      pipeline_.ahead = nullptr;  // what was decided ahead counts at once or not at all
      if (done) return take(batch, outcomes);
      if (done.error().fault == store::Fault::unknown_outcome) {
        const auto committed = look_up(batch);
        if (!committed) return done;  // unknown it stays
        if (*committed) return take(batch, outcomes);
      } else if (!may_pass(done.error().fault, jobs.size(), tries)) {
        return done;
      }
      if (tries >= patience_.tries_max) return done;
      batch.end();
      ++counts_.retries;
      pause(tries);
    }
  }

 private:
  [[nodiscard]] static store::Stored<void> take(const BatchRun& batch,
                                                std::span<Outcome> outcomes) {
    std::ranges::copy(batch.outcomes(), outcomes.begin());
    return {};
  }

  /// What a job alone could not lock, because it was not there, may have been made by another node.
  [[nodiscard]] bool may_pass(store::Fault fault, std::size_t jobs, int tries) const {
    constexpr int kRacesMax = 3;
    if (store::may_pass_again(fault)) return true;
    const bool raced = fault == store::Fault::constraint || fault == store::Fault::stale ||
                       fault == store::Fault::guard;
    return raced && store_.is_shared() && jobs == 1 && tries < kRacesMax;
  }

  [[nodiscard]] store::Stored<bool> look_up(BatchRun& batch) const {
    ++counts_.looked_up;
    for (int tries = 1;; ++tries) {
      auto committed = batch.was_committed();
      if (committed || tries >= patience_.tries_max) return committed;
      pause(tries);
    }
  }

  void pause(int tries) const {
    constexpr std::int64_t kLongestMs = 1'000;
    const std::int64_t grown = patience_.pause_ms << std::min(tries - 1, 16);
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(grown, kLongestMs)));
  }

  store::Store& store_;
  CommitCounts& counts_;
  const Patience patience_;
  Pipeline pipeline_;
};

}  // namespace

std::vector<Outcome> run_batch(store::Store& store, std::span<Job* const> jobs,
                               CommitCounts& counts, Patience patience, const Pipeline& pipeline) {
  Attempts attempts(store, counts, patience, pipeline);
  std::vector<Outcome> outcomes(jobs.size());
  const auto fail_all = [](std::span<Outcome> some, const store::Failure& failure) {
    std::ranges::fill(some, Outcome(Failed{failure, store::rejection_of(failure)}));
  };
  auto done = attempts.run(jobs, outcomes);
  if (!done && jobs.size() > 1 && store::is_callers(done.error().fault)) {
    // One of them is at fault: alone, each shows whether it is the one.
    ++counts.reruns;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const std::span one = std::span(outcomes).subspan(i, 1);
      auto alone = attempts.run(jobs.subspan(i, 1), one);
      if (!alone) fail_all(one, alone.error());
    }
  } else if (!done) {
    fail_all(outcomes, done.error());
  }
  counts.jobs += static_cast<std::int64_t>(jobs.size());
  counts.batch_largest = std::max(counts.batch_largest, jobs.size());
  for (const Outcome& outcome : outcomes) {
    if (std::holds_alternative<Refused>(outcome)) ++counts.refused;
    if (std::holds_alternative<Failed>(outcome)) ++counts.failed;
  }
  return outcomes;
}

}  // namespace tandem::commit
