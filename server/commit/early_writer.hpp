// SPDX-License-Identifier: Apache-2.0
#pragma once
// Makes and writes what the first jobs of a large batch came to while the next ones are decided.
//
// Only lists go ahead that add rows, or that replace an order's row or hold whole: no later job of
// the batch asks for them, and nothing has to be put together first. Heads and counters are written
// last, by the thread that decides. It is all one transaction still.
//
// On a store that nodes share a write is a round trip of many statements: several takes are one.
// New orders and facts stay for the end there: two nodes that write the same ones wait for each
// other, which is no deadlock as long as each writes all of them in their order.
//
//   EarlyWriter early(batch, store.is_shared());
//   early.take(writes, later);                    // as often as some jobs are decided
//   if (auto rows = early.finish(); !rows) …      // before anything else is written

#include <deque>
#include <vector>

#include "commit/scope.hpp"
#include "store/store.hpp"

namespace tandem::commit {

class EarlyWriter {
 public:
  EarlyWriter(store::Batch& batch, bool is_shared) : batch_(batch), is_shared_(is_shared) {}
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

  /// Whether there was anything to take.
  [[nodiscard]] bool has_taken() const { return !taken_.empty(); }

 private:
  struct Taken {
    store::Writes rows{};
    std::vector<Later> later{};
  };
  void make(Taken& taken);
  void wait();

  store::Batch& batch_;
  const bool is_shared_;
  std::deque<Taken> taken_;  // they stay where they are until the batch is over
  // The background's until wait():
  store::Writes made_{};  // and not yet written
  std::size_t takes_ = 0;
  store::Stored<void> done_{};
};

/// Does the work and lets go of it. What it throws is the failure: one of the jobs is at fault.
[[nodiscard]] store::Stored<void> run_later(std::vector<Later>& later, store::Writes& to);

}  // namespace tandem::commit
