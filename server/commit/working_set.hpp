// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the jobs of one batch see: orders, counters and holds as they are in the database plus
// everything that earlier jobs of the same batch did. Jobs change it through their Scope only.
//
// The application keeps its own decoded order beside the bytes (`folded`), so that a stream is
// folded once in a batch, however many jobs change it.

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/writes.hpp"

namespace tandem::commit {

/// An order as it stands now; `loaded.head`, `.events`, `.parts` and `.commands` are running,
/// `loaded.holds` is what was loaded (see WorkingSet::hold).
struct WorkingOrder {
  store::LoadedOrder loaded{};
  bool is_new = false;
  std::shared_ptr<const void> folded{};  // the application's decoded order at loaded.head.version

  [[nodiscard]] std::int64_t order_no() const { return loaded.head.order_no; }
  [[nodiscard]] std::int64_t version() const { return loaded.head.version; }
  /// The record of a command that was answered before, if its id was declared.
  [[nodiscard]] const store::CommandRecord* command(std::string_view command_id) const;
  /// The application's own value, null until it was set. T must be what was set.
  template <class T>
  [[nodiscard]] const T* folded_as() const {
    return static_cast<const T*>(folded.get());
  }
};

/// What an order has reserved and waits for, as far as the store does not know it yet.
struct StockOfOrder {
  std::int64_t confirmed_ms = 0;
  std::vector<store::WaitingRow> waiting{};
  std::map<std::pair<std::string, std::string>, std::int64_t> reserved{};  // by sku and place
};

class WorkingSet {
 public:
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  /// What offers, rules, settings and coupons this batch decides with: see Reads::catalog_version.
  [[nodiscard]] std::int64_t catalog_version() const { return catalog_version_; }
  /// Null when the order does not exist or was not declared.
  [[nodiscard]] const WorkingOrder* order(const store::OrderRef& ref) const;
  /// Null when the ledger was not declared.
  [[nodiscard]] const store::LedgerRow* ledger(const store::LedgerKey& key) const;
  /// What an order holds of a declared ledger, live now; null when nothing.
  [[nodiscard]] const store::Hold* hold(const store::LedgerKey& key, std::int64_t order_no) const;
  [[nodiscard]] const store::IdempotencyRow* idempotency(const store::IdempotencyKey& id) const;
  /// The webhooks that wait for a declared reference.
  [[nodiscard]] std::vector<const store::UnmatchedWebhook*> webhooks(
      std::string_view provider, std::string_view reference) const;
  /// Keeps the application's decoded order at the version the order has now.
  void keep_folded(std::int64_t order_no, std::shared_ptr<const void> folded) const;

 private:
  friend class Decision;
  friend class Loader;
  friend class Remembered;
  friend class Scope;
  using HoldKey = std::pair<store::LedgerKey, std::int64_t>;

  std::int64_t now_ms_ = 0;
  std::int64_t catalog_version_ = 0;
  // Keeping a folded order changes nothing that a job can decide on: hence mutable.
  mutable std::map<std::int64_t, WorkingOrder> orders_;
  std::map<std::string, std::int64_t, std::less<>> order_nos_;
  std::map<store::LedgerKey, store::LedgerRow> ledgers_;
  std::map<HoldKey, store::Hold> holds_;
  std::vector<store::Hold> holds_apart_;  // of loaded orders, whose ledgers are not loaded
  std::map<store::IdempotencyKey, store::IdempotencyRow> idempotency_;
  std::map<std::int64_t, StockOfOrder> stock_of_orders_;  // that changed in this batch
  std::vector<store::UnmatchedWebhook> webhooks_;
  std::vector<store::OutboxRow> taken_;  // due effects not yet given to a job
  std::set<store::OrderRef> absent_;  // asked for and not there
  store::Writes released_;  // expired holds of the loaded ledgers
  std::int64_t next_order_no_ = 0;
  std::int64_t order_nos_left_ = 0;
};

}  // namespace tandem::commit
