// SPDX-License-Identifier: Apache-2.0
#pragma once
// One job's hand on the working set: it sees the running state, changes it, and collects writes.
//
// If the job refuses, everything it did is undone and nothing of it is written. Orders and ledgers
// that were not declared are loaded late: right, but a round trip each and without lock order.
//
//   scope.move({.key = tea, .movement = "hold", .cause = {order_no, n},
//               .hold = HoldTarget{3, scope.now_ms() + 900'000}});
//   scope.move({.key = tea, .movement = "claim", .change = {.reserved = 3},
//               .cause = {order_no, n}, .hold = HoldTarget{}});

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "commit/working_set.hpp"
#include "store/store.hpp"

namespace tandem::commit {

/// Adds rows that nothing else of a batch depends on.
using Later = std::function<void(store::Writes&)>;

/// An event to append; its number and those of its parts are given by append().
struct NewEvent {
  store::Bytes bytes{};
  store::Digest head{};  // the chain's digest with this event
  std::string command_id{};
  std::vector<store::Part> parts{};
};

/// What the causing order holds of the ledger from now on; quantity 0: nothing.
struct HoldTarget {
  std::int64_t quantity = 0;
  std::int64_t expires_ms = 0;
};

/// One movement on one ledger: an entry, the change of its counter, and the order's hold.
/// `change.held` is worked out from `hold`; leave it 0.
struct Movement {
  store::LedgerKey key{};
  std::string movement{};
  store::Figures change{};
  store::Cause cause{};
  std::optional<HoldTarget> hold{};
  store::Guard guard = store::Guard::sale;
  std::optional<std::int64_t> limit{};  // limits' kinds: how many uses the rules allow
};

class Scope {
 public:
  Scope(WorkingSet& set, store::Batch& batch) : set_(set), batch_(batch) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  [[nodiscard]] std::int64_t now_ms() const { return set_.now_ms(); }

  /// Null when there is no such order.
  [[nodiscard]] const WorkingOrder* order(const store::OrderRef& ref);
  /// A new order at version 0. Its id must not exist: ask order() first.
  const WorkingOrder& create_order(std::string order_id, const store::Digest& secret_hash);
  /// Appends events and moves the order's version and head; answers the first event's number.
  std::int64_t append(std::int64_t order_no, std::vector<NewEvent> events);
  /// Keeps the application's decoded order at the version the order has now.
  template <class T>
  void keep_folded(std::int64_t order_no, std::shared_ptr<const T> folded) {
    set_.keep_folded(order_no, std::move(folded));
  }
  /// Deletes the parts of this name of all events so far.
  void erase_parts(std::int64_t order_no, const std::string& name);
  /// What the order has reserved and waits for from now on; `writes` the rows that wait when they
  /// have changed.
  void put_stock_of(std::int64_t order_no, StockOfOrder stock, bool writes);
  /// How much of a stock item may be sold from now on.
  void put_stock_policy(store::StockPolicy policy);
  /// The transfers that wait for any of these products now.
  [[nodiscard]] std::vector<store::WaitingRow> waiting_for(std::span<const std::string> skus);
  /// The orders that have some of a product reserved at a place now.
  [[nodiscard]] std::vector<store::ReservedRow> reserved_of(const store::LedgerKey& stock);
  /// Replaces the order's row for lists and reads.
  void put_row(store::OrderRow row) { writes_.order_rows.push_back(std::move(row)); }
  /// Work whose rows nobody asks for before they are written: it is done by then, perhaps while the
  /// next job decides, on another thread. It owns what it works with.
  void put_later(Later later) { later_.push_back(std::move(later)); }
  /// Remembers a command's answer. (order, command id) is unique.
  void put_command(std::int64_t order_no, store::CommandRecord record);

  /// The counter row as it stands now; zero when the ledger has no row yet.
  [[nodiscard]] const store::LedgerRow& ledger(const store::LedgerKey& key);
  /// What an order holds, live now; null when nothing.
  [[nodiscard]] const store::Hold* hold(const store::LedgerKey& key, std::int64_t order_no);
  /// Does one movement. The caller has checked ledger(): a broken guard fails this job.
  void move(Movement movement);

  [[nodiscard]] const store::IdempotencyRow* idempotency(const store::IdempotencyKey& id) const {
    return set_.idempotency(id);
  }
  void put_idempotency(store::IdempotencyRow row);
  [[nodiscard]] const WorkingSet& set() const { return set_; }
  /// Due effects that were declared and taken in this batch, each given out once.
  [[nodiscard]] std::vector<store::OutboxRow> take_outbox(std::int64_t count_max);

  /// Takes back all that this job did so far: what it writes from here on is all of it.
  void start_over() { undo(); }

  /// Everything else: facts, outbox rows, references, parts to erase, catalog, …
  [[nodiscard]] store::Writes& writes() { return writes_; }

  /// A late load that failed: the whole batch fails.
  [[nodiscard]] const std::optional<store::Failure>& failure() const { return failure_; }

 private:
  friend class Decision;
  struct OrderBefore {
    store::OrderHead head;
    std::shared_ptr<const void> folded;
    std::size_t events = 0, parts = 0, commands = 0;
    std::optional<std::vector<store::Part>> unerased{};  // all of them, once some were erased
  };

  /// For change: remembers how the order was. Null (and a failure) when it was not loaded.
  [[nodiscard]] WorkingOrder* touch_order(std::int64_t order_no);
  void load_ledger_late(const store::LedgerKey& key);
  void undo();

  WorkingSet& set_;
  store::Batch& batch_;
  store::Writes writes_;
  std::vector<Later> later_;
  std::optional<store::Failure> failure_;
  std::map<std::int64_t, OrderBefore> orders_before_;
  std::vector<std::int64_t> created_;
  std::map<std::int64_t, std::optional<StockOfOrder>> stock_of_orders_before_;
  std::map<store::LedgerKey, store::LedgerRow> ledgers_before_;
  std::map<WorkingSet::HoldKey, std::optional<store::Hold>> holds_before_;
  std::map<store::IdempotencyKey, std::optional<store::IdempotencyRow>> idempotency_before_;
};

}  // namespace tandem::commit
