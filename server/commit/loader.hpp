// SPDX-License-Identifier: Apache-2.0
#pragma once
// Fills a working set from a batch: one load for each kind of row, whatever the number of jobs.

#include <vector>

#include "commit/job.hpp"
#include "commit/working_set.hpp"
#include "store/store.hpp"

namespace tandem::commit {

class Loader {
 public:
  Loader(WorkingSet& set, store::Batch& batch) : set_(set), batch_(batch) {}

  /// Phase 1: orders, numbers for new ones, idempotency rows, webhooks, due effects.
  [[nodiscard]] store::Stored<void> load_orders(Needs& needs);
  /// Phase 2: counters and holds. Expired holds of these ledgers are released: the set shows the
  /// lower counters, and what has to be written waits in its `released_`.
  [[nodiscard]] store::Stored<void> load_ledgers(Needs& needs);
  /// True when loading has changed something itself (effects were taken).
  [[nodiscard]] bool has_taken() const { return has_taken_; }

 private:
  [[nodiscard]] store::Stored<void> load_rest(Needs& needs);
  void add_order(store::LoadedOrder order);
  void release(const store::Hold& hold);

  WorkingSet& set_;
  store::Batch& batch_;
  bool has_taken_ = false;
};

}  // namespace tandem::commit
