// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

#include "commit/committer.hpp"
#include "commit/early_writer.hpp"
#include "commit/loader.hpp"

namespace tandem::commit {
namespace {

// So many jobs are decided until what they came to is made and written beside the next ones. A
// batch that is no larger is not worth waking another thread.
constexpr std::size_t kEarlyJobs = 8;

store::Failure thrown(const char* what) {
  return {store::Fault::misuse, {}, {}, std::string("a job threw: ") + what};
}

/// Calls a job's own code; what a library in it may throw fails that job alone.
template <class Call>
std::optional<store::Failure> guarded(Call call) {
  try {
    call();
    return std::nullopt;
  } catch (const std::exception& error) {
    return thrown(error.what());
  } catch (...) {
    return thrown("something");
  }
}

}  // namespace

/// One transaction over some jobs.
class BatchRun {
 public:
  BatchRun(store::Store& store, std::span<Job* const> jobs, std::span<Outcome> outcomes,
           CommitCounts& counts)
      : store_(store), jobs_(jobs), outcomes_(outcomes), counts_(counts) {}

  /// Fills the outcomes; a failure means that nothing was written and no outcome counts.
  [[nodiscard]] store::Stored<void> run() {
    ++counts_.batches;
    skipped_.assign(jobs_.size(), false);
    auto begun = store_.begin_batch();
    if (!begun) return std::unexpected(std::move(begun.error()));
    batch_ = std::move(*begun);
    if (auto loaded = load(*batch_); !loaded) return loaded;
    if (jobs_.size() > kEarlyJobs) early_.emplace(*batch_, store_.is_shared());
    auto decided = decide(*batch_);
    store::Stored<store::Writes> made;
    if (early_) made = early_->finish();
    if (!decided) return decided;
    if (!made) return std::unexpected(std::move(made.error()));
    const bool wrote_early = early_ && early_->has_written();
    if (writes_.empty() && made->empty() && !has_taken_ && !wrote_early) {
      batch_->rollback();  // nothing to make durable; expired holds wait for the next write
      return {};
    }
    store::Writes all = std::move(set_.released_);
    all.append(*std::move(made));
    all.append(std::move(writes_));
    all.settle();
    if (auto written = batch_->write(all); !written) return written;
    if (auto committed = batch_->commit(); !committed) return committed;
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

 private:
  /// Collects what the jobs need; `ask` is one of the two phases.
  template <class Ask>
  Needs collect(Ask ask) {
    Needs needs;
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      if (skipped_[i]) continue;
      if (auto failure = guarded([&] { ask(*jobs_[i], needs); })) fail(i, std::move(*failure));
    }
    return needs;
  }

  [[nodiscard]] store::Stored<void> load(store::Batch& batch) {
    Loader loader(set_, batch);
    Needs first = collect([](Job& job, Needs& needs) { job.declare(needs); });
    if (auto loaded = loader.load_orders(first); !loaded) return loaded;
    has_taken_ = loader.has_taken();
    Needs second = collect([this](Job& job, Needs& needs) { job.declare_ledgers(set_, needs); });
    return loader.load_ledgers(second);
  }

  [[nodiscard]] store::Stored<void> decide(store::Batch& batch) {
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      if (skipped_[i]) continue;
      Scope scope(set_, batch);
      Result<void> decision;
      auto failure = guarded([&] { decision = jobs_[i]->decide(scope); });
      if (!failure) failure = scope.failure();
      if (failure || !decision) scope.undo();
      if (failure && !store::is_callers(failure->fault)) {
        return std::unexpected(std::move(*failure));
      }
      if (failure) {
        fail(i, std::move(*failure));
      } else if (!decision) {
        outcomes_[i] = Refused{std::move(decision.error())};
      } else {
        outcomes_[i] = Committed{};
        writes_.append(std::move(scope.writes_));
        std::ranges::move(scope.later_, std::back_inserter(later_));
        if (early_ && ++decided_ % kEarlyJobs == 0 && i + 1 < jobs_.size()) write_early();
      }
    }
    return run_later(later_, writes_);
  }

  /// What was released goes first: an order may hold again what it held until now.
  void write_early() {
    if (writes_.empty()) return;
    store::Writes all = std::move(set_.released_);
    set_.released_ = {};
    all.append(std::move(writes_));
    writes_ = std::move(all);
    early_->take(writes_, later_);
  }

  void fail(std::size_t index, store::Failure failure) {
    skipped_[index] = true;
    Rejection told = store::rejection_of(failure);
    outcomes_[index] = Failed{std::move(failure), std::move(told)};
  }

  store::Store& store_;
  std::span<Job* const> jobs_;
  std::span<Outcome> outcomes_;
  CommitCounts& counts_;
  std::unique_ptr<store::Batch> batch_;
  WorkingSet set_;
  store::Writes writes_;
  std::vector<Later> later_;  // of the jobs whose lists are in writes_
  std::vector<bool> skipped_;
  std::size_t decided_ = 0;
  bool has_taken_ = false;
  std::optional<EarlyWriter> early_;  // last: it waits for who writes
};

namespace {

/// Tries until it is known how a batch ended, within the patience.
class Attempts {
 public:
  Attempts(store::Store& store, CommitCounts& counts, Patience patience)
      : store_(store), counts_(counts), patience_(patience) {}

  [[nodiscard]] store::Stored<void> run(std::span<Job* const> jobs, std::span<Outcome> outcomes) {
    for (int tries = 1;; ++tries) {
      BatchRun batch(store_, jobs, outcomes, counts_);
      auto done = batch.run();
      if (done) return done;
      if (done.error().fault == store::Fault::unknown_outcome) {
        const auto committed = look_up(batch);
        if (!committed) return done;  // unknown it stays
        if (*committed) return {};
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
};

}  // namespace

std::vector<Outcome> run_batch(store::Store& store, std::span<Job* const> jobs,
                               CommitCounts& counts, Patience patience) {
  Attempts attempts(store, counts, patience);
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
