// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <exception>
#include <utility>

#include "commit/committer.hpp"
#include "commit/loader.hpp"

namespace tandem::commit {
namespace {

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
    auto batch = store_.begin_batch();
    if (!batch) return std::unexpected(std::move(batch.error()));
    if (auto loaded = load(**batch); !loaded) return loaded;
    if (auto decided = decide(**batch); !decided) return decided;
    if (writes_.empty() && !has_taken_) {
      (*batch)->rollback();  // nothing to make durable; expired holds wait for the next write
      return {};
    }
    store::Writes all = std::move(set_.released_);
    all.append(std::move(writes_));
    all.settle();
    if (auto written = (*batch)->write(all); !written) return written;
    if (auto committed = (*batch)->commit(); !committed) return committed;
    ++counts_.commits;
    return {};
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
        writes_.append(std::move(scope.writes()));
      }
    }
    return {};
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
  WorkingSet set_;
  store::Writes writes_;
  std::vector<bool> skipped_;
  bool has_taken_ = false;
};

std::vector<Outcome> run_batch(store::Store& store, std::span<Job* const> jobs,
                               CommitCounts& counts) {
  std::vector<Outcome> outcomes(jobs.size());
  const auto fail_all = [](std::span<Outcome> some, const store::Failure& failure) {
    std::ranges::fill(some, Outcome(Failed{failure, store::rejection_of(failure)}));
  };
  auto done = BatchRun(store, jobs, outcomes, counts).run();
  if (!done && jobs.size() > 1 && store::is_callers(done.error().fault)) {
    // One of them is at fault: alone, each shows whether it is the one.
    ++counts.reruns;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const std::span one = std::span(outcomes).subspan(i, 1);
      auto alone = BatchRun(store, jobs.subspan(i, 1), one, counts).run();
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
