// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the batches of this process left behind: heads and holds of orders, counters, numbers for
// new orders. It is what the database will most likely say next, and no more than that: the last
// batch may yet fail, and other writers are not seen.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "commit/working_set.hpp"
#include "store/rows.hpp"
#include "store/writes.hpp"

namespace tandem::commit {

class Remembered {
 public:
  /// Takes in what a batch decided, before it is written: `updates` are all changes of counters as
  /// they will be written, a statement each.
  void learn(const WorkingSet& set, std::span<const store::LedgerUpdate> updates);

  /// Head and holds alone; nothing when the order is not remembered.
  [[nodiscard]] std::optional<store::LoadedOrder> order(const store::OrderRef& ref) const;
  [[nodiscard]] std::optional<store::LedgerRow> ledger(const store::LedgerKey& key) const;
  /// When a batch last released what had ended of this counter; 0 when that is not known.
  [[nodiscard]] std::int64_t released_ms(const store::LedgerKey& key) const;

  /// Numbers in a row, reserved by a batch that was committed.
  void keep_order_nos(std::int64_t first, std::int64_t count);
  [[nodiscard]] std::int64_t order_nos_left() const;
  /// So many of them in a row, or nothing.
  [[nodiscard]] std::optional<std::int64_t> take_order_nos(std::int64_t count);

 private:
  using Orders = std::map<std::int64_t, store::LoadedOrder>;
  struct Counter {
    store::LedgerRow row;
    std::int64_t released_ms = 0;
  };
  void learn_order(const WorkingOrder& order, const WorkingSet& set);
  void forget(const store::OrderRef& ref);
  [[nodiscard]] Orders::const_iterator place(const store::OrderRef& ref) const;
  void make_room();

  mutable std::mutex mutex_;
  Orders orders_;
  std::map<std::string, std::int64_t, std::less<>> order_nos_;
  std::map<store::LedgerKey, Counter> ledgers_;
  std::int64_t next_order_no_ = 0;
  std::int64_t order_nos_left_ = 0;
};

}  // namespace tandem::commit
