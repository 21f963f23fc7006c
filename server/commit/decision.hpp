// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the jobs of a batch need, decide and leave to be written: everything of a batch but its
// transaction.
//
//   Decision decision;
//   decision.add(jobs);
//   if (auto loaded = decision.load(batch); !loaded) …
//   if (auto decided = decision.decide(batch, nullptr); !decided) …
//   batch.write(decision.take_writes({}));

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "commit/early_writer.hpp"
#include "commit/job.hpp"
#include "commit/scope.hpp"
#include "commit/working_set.hpp"
#include "store/store.hpp"

namespace tandem::commit {

/// No more jobs than these are not worth waking another thread, be it to decide them or to write
/// what they came to.
inline constexpr std::size_t kFewJobs = 8;

class Decision {
 public:
  /// More jobs, behind those that are there.
  void add(std::span<Job* const> jobs);

  /// Loads what the jobs that were added last ask for, in both phases.
  [[nodiscard]] store::Stored<void> load(store::Batch& batch);

  /// Has these jobs decide one after the other. `early`, if any, writes beside it. A failure means
  /// that those from decided() on have not decided.
  [[nodiscard]] store::Stored<void> decide(store::Batch& batch, EarlyWriter* early);

  [[nodiscard]] std::size_t decided() const { return decided_; }
  /// Takes out the jobs from decided() on.
  void drop_undecided();

  /// True when nothing that was not written early has to be made durable. Expired holds alone wait
  /// for the next write.
  [[nodiscard]] bool is_empty() const { return writes_.empty() && later_.empty() && !has_taken_; }

  /// Puts together what the jobs change in common, and what has expired. Answers all changes of
  /// counters as they will be written.
  std::span<const store::LedgerUpdate> settle();
  /// Makes the rows that were left for later.
  [[nodiscard]] store::Stored<void> make_rows() { return run_later(later_, writes_); }
  /// All that is still to be written, behind the rows that were made early.
  [[nodiscard]] store::Writes take_writes(store::Writes early);

  [[nodiscard]] const WorkingSet& set() const { return set_; }
  /// In the jobs' order.
  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }

 private:
  template <class Ask>
  [[nodiscard]] Needs collect(Ask ask);
  [[nodiscard]] store::Stored<void> decide_one(std::size_t index, store::Batch& batch);
  void put_released_first();
  void fail(std::size_t index, store::Failure failure);

  std::vector<Job*> jobs_;
  std::vector<Outcome> outcomes_;
  std::vector<bool> skipped_;  // failed before they could decide
  std::size_t decided_ = 0;
  WorkingSet set_;
  store::Writes writes_;
  std::vector<Later> later_;  // of the jobs whose lists are in writes_
  bool has_taken_ = false;
};

}  // namespace tandem::commit
