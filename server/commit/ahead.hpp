// SPDX-License-Identifier: Apache-2.0
#pragma once
// Decides a batch while the one before it is still being written.
//
// It decides on what the database will most likely say: what the batch before leaves behind, and
// for the rest what can be read now. The decision counts only when its own transaction then loads
// exactly that; else the jobs decide again. So a wrong guess costs time and nothing else.
//
//   Ahead ahead(remembered, store.reads());
//   if (ahead.begin() && ahead.decide(jobs) < jobs.size()) …  // the others decide in their batch
//   if (auto same = ahead.is_confirmed_by(batch); same && *same) …  ahead.decision() counts

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "commit/decision.hpp"
#include "commit/remembered.hpp"
#include "store/store.hpp"

namespace tandem::commit {

/// Answers what jobs load by guessing, and keeps what it said.
class GuessedBatch final : public store::Batch {
 public:
  GuessedBatch(Remembered& remembered, store::Reads& reads)
      : remembered_(remembered), reads_(reads) {}

  /// Asks for the time and for the catalog's version. First of all.
  [[nodiscard]] store::Stored<void> begin();
  /// Whether a batch that is under way loads the same. It has them loaded and locked by then.
  [[nodiscard]] store::Stored<bool> is_confirmed_by(store::Batch& batch) const;

  [[nodiscard]] std::int64_t now_ms() const override { return now_ms_; }
  [[nodiscard]] store::Stored<std::int64_t> catalog_version() override { return catalog_version_; }
  [[nodiscard]] store::Stored<std::vector<std::optional<store::LoadedOrder>>> load_orders(
      std::span<const store::OrderRequest> requests) override;
  [[nodiscard]] store::Stored<std::int64_t> reserve_order_nos(std::int64_t count) override;
  [[nodiscard]] store::Stored<std::vector<store::LedgerRow>> load_ledger(
      std::span<const store::LedgerKey> keys) override;
  [[nodiscard]] store::Stored<std::vector<store::Hold>> load_expired_holds(
      std::span<const store::LedgerKey> keys) override;
  [[nodiscard]] store::Stored<std::vector<std::optional<store::IdempotencyRow>>> load_idempotency(
      std::span<const store::IdempotencyKey> keys) override;
  [[nodiscard]] store::Stored<std::vector<store::Hold>> still_held(
      std::vector<store::Hold> known) override;

  // Not guessed: jobs that ask for these decide in the batch.
  [[nodiscard]] store::Stored<std::vector<store::UnmatchedWebhook>> load_webhooks(
      std::span<const store::ProviderReference> references) override;
  [[nodiscard]] store::Stored<std::vector<store::WaitingRow>> load_waiting(
      std::span<const std::string> skus) override;
  [[nodiscard]] store::Stored<std::vector<store::ReservedRow>> load_reserved(
      const store::LedgerKey& stock) override;
  [[nodiscard]] store::Stored<std::vector<store::OutboxRow>> take_outbox(
      std::int64_t count_max, std::int64_t lease_ms) override;
  [[nodiscard]] store::Stored<void> write(const store::Writes& writes) override;
  [[nodiscard]] store::Stored<void> commit() override;
  void rollback() override {}

 private:
  using Order = std::optional<store::LoadedOrder>;

  void keep(store::OrderRequest request, const Order& order);
  [[nodiscard]] store::Stored<Order> guess_order(const store::OrderRequest& request);
  [[nodiscard]] store::Stored<Order> read_order(const store::OrderRequest& request);
  [[nodiscard]] store::Stored<bool> orders_are_as_guessed(store::Batch& batch) const;
  [[nodiscard]] store::Stored<bool> ledgers_are_as_guessed(store::Batch& batch) const;

  Remembered& remembered_;
  store::Reads& reads_;
  std::int64_t now_ms_ = 0;
  std::int64_t catalog_version_ = 0;
  std::vector<store::OrderRequest> requests_;
  std::vector<Order> orders_;  // as they were answered to the requests, without events
  std::vector<store::IdempotencyKey> idempotency_;  // none of them is there
  std::map<store::LedgerKey, store::LedgerRow> ledgers_;
  std::vector<store::Hold> held_;
  std::vector<store::Hold> ended_;
};

class Ahead {
 public:
  Ahead(Remembered& remembered, store::Reads& reads) : guessed_(remembered, reads) {}

  /// False when nothing can be decided. First of all.
  [[nodiscard]] bool begin() { return guessed_.begin().has_value(); }
  /// Decides some more, which outlive it. Answers how many: the one behind them needs what cannot
  /// be guessed.
  [[nodiscard]] std::size_t decide(std::span<Job* const> jobs);

  [[nodiscard]] store::Stored<bool> is_confirmed_by(store::Batch& batch) const {
    return guessed_.is_confirmed_by(batch);
  }
  [[nodiscard]] Decision& decision() { return decision_; }

 private:
  GuessedBatch guessed_;
  Decision decision_;
};

}  // namespace tandem::commit
