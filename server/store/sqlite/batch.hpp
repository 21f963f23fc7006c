// SPDX-License-Identifier: Apache-2.0
#pragma once
// A batch on SQLite: one BEGIN IMMEDIATE … COMMIT on the writer's connection. SQLite has one
// writer at a time, so whatever a batch loads is locked by the transaction itself. The connection
// is used by one thread at a time: a load waits for the rows that are being written.

#include <functional>
#include <memory>
#include <mutex>

#include "store/sqlite/queries.hpp"
#include "store/store.hpp"

namespace tandem::store::sqlite {

class SqliteBatch final : public Batch {
 public:
  /// `ended(committed)` is called once, when the transaction is over.
  SqliteBatch(Place place, std::unique_lock<std::mutex> turn, std::function<void(bool)> ended)
      : place_(place), turn_(std::move(turn)), ended_(std::move(ended)) {}
  ~SqliteBatch() override;

  [[nodiscard]] std::int64_t now_ms() const override { return place_.now_ms; }
  [[nodiscard]] Stored<std::int64_t> catalog_version() override {
    const std::lock_guard lock(access_);
    return find_catalog_version(place_);
  }
  [[nodiscard]] List<std::optional<LoadedOrder>> load_orders(
      std::span<const OrderRequest> requests) override;
  [[nodiscard]] Stored<std::int64_t> reserve_order_nos(std::int64_t count) override;
  [[nodiscard]] List<LedgerRow> load_ledger(std::span<const LedgerKey> keys) override;
  [[nodiscard]] List<Hold> load_expired_holds(std::span<const LedgerKey> keys) override;
  [[nodiscard]] List<std::optional<IdempotencyRow>> load_idempotency(
      std::span<const IdempotencyKey> keys) override;
  [[nodiscard]] List<UnmatchedWebhook> load_webhooks(
      std::span<const ProviderReference> references) override;
  [[nodiscard]] List<WaitingRow> load_waiting(std::span<const std::string> skus) override;
  [[nodiscard]] List<ReservedRow> load_reserved(const LedgerKey& stock) override {
    const std::lock_guard lock(access_);
    return find_reserved(place_, stock);
  }
  [[nodiscard]] List<OutboxRow> take_outbox(std::int64_t count_max, std::int64_t lease_ms) override;
  [[nodiscard]] Stored<void> write(const Writes& writes) override;
  [[nodiscard]] Stored<void> commit() override;
  void rollback() override;

 private:
  [[nodiscard]] Maybe<LoadedOrder> load_order(const OrderRequest& request);
  void end(bool committed);

  Place place_;
  std::mutex access_;  // guards the connection while the batch is open
  std::unique_lock<std::mutex> turn_;  // the writer's connection is this batch's until it ends
  std::function<void(bool)> ended_;
  bool open_ = true;
};

}  // namespace tandem::store::sqlite
