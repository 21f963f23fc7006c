// SPDX-License-Identifier: Apache-2.0
#pragma once
// Makes and writes what the first jobs of a large batch came to while the next ones are decided.
//
// Only lists go ahead that add rows, or that replace an order's row or hold whole: no later job of
// the batch asks for them, and nothing has to be put together first. Heads and counters are written
// last, by the thread that decides. It is all one transaction still.
//
//   EarlyWriter early(batch, true);
//   early.take(writes, later);                    // as often as some jobs are decided
//   if (auto rows = early.finish(); !rows) …      // before anything else is written

#include <deque>
#include <vector>

#include "commit/scope.hpp"
#include "store/store.hpp"

namespace tandem::commit {

class EarlyWriter {
 public:
  /// `writes`: the batch lets itself be written to while another thread loads (see Batch::write).
  /// Without it rows are only made.
  EarlyWriter(store::Batch& batch, bool writes) : batch_(batch), writes_(writes) {}
  EarlyWriter(const EarlyWriter&) = delete;
  EarlyWriter& operator=(const EarlyWriter&) = delete;
  /// Waits as finish() does.
  ~EarlyWriter() { wait(); }

  /// Takes `later`, and the lists that may go ahead out of `writes`: in the background the rows are
  /// made and written, in the order in which they are taken.
  void take(store::Writes& writes, std::vector<Later>& later);

  /// Waits until all is done. Answers the rows that were made and are still to be written, or the
  /// first failure.
  [[nodiscard]] store::Stored<store::Writes> finish();

  /// Whether anything was written.
  [[nodiscard]] bool has_written() const { return writes_ && !taken_.empty(); }

 private:
  struct Taken {
    store::Writes rows{};
    std::vector<Later> later{};
  };
  void wait();

  store::Batch& batch_;
  const bool writes_;
  std::deque<Taken> taken_;  // they stay where they are until the batch is over
  store::Stored<void> done_{};  // the background's until wait()
};

/// Does the work and lets go of it. What it throws is the failure: one of the jobs is at fault.
[[nodiscard]] store::Stored<void> run_later(std::vector<Later>& later, store::Writes& to);

}  // namespace tandem::commit
