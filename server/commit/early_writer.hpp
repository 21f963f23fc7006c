// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes what the first jobs of a large batch came to while the next ones are decided.
//
// Only lists go ahead that add rows, or that replace an order's row or hold whole: no later job of
// the batch asks for them, and nothing has to be put together first. Heads and counters are written
// last, by the thread that decides. It is all one transaction still.
//
//   EarlyWriter early(batch);
//   early.take(writes);                           // as often as some jobs are decided
//   if (auto done = early.finish(); !done) …      // before anything else is written

#include <deque>

#include "store/store.hpp"

namespace tandem::commit {

class EarlyWriter {
 public:
  /// The batch lets itself be written to while another thread loads: see Batch::write.
  explicit EarlyWriter(store::Batch& batch) : batch_(batch) {}
  EarlyWriter(const EarlyWriter&) = delete;
  EarlyWriter& operator=(const EarlyWriter&) = delete;
  /// Waits as finish() does.
  ~EarlyWriter() { (void)finish(); }

  /// Takes the lists that may go ahead out of `writes` and has them written in the background, in
  /// the order in which they are taken.
  void take(store::Writes& writes);

  /// Waits until all is written; answers the first failure.
  [[nodiscard]] store::Stored<void> finish();

  [[nodiscard]] bool has_taken() const { return !taken_.empty(); }

 private:
  store::Batch& batch_;
  std::deque<store::Writes> taken_;  // they stay where they are until the batch is over
  store::Stored<void> done_{};  // the background's until finish()
};

}  // namespace tandem::commit
