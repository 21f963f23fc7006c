// SPDX-License-Identifier: Apache-2.0
#pragma once
// A batch on PostgreSQL: one READ COMMITTED transaction on the writer's connection. Rows are locked
// as they are loaded, by kind and key; what is read after a lock is therefore true until the end.

#include <functional>
#include <memory>
#include <mutex>

#include "store/postgres/queries.hpp"
#include "store/store.hpp"

namespace tandem::store::postgres {

/// How a batch ended; `unknown` when its connection was lost during the commit.
enum class End : std::uint8_t { committed, rolled_back, unknown };

/// How a batch is known to the database, and how its store learns of its end.
struct BatchPlace {
  Connection* connection;
  std::int64_t shop;
  std::int64_t now_ms;
  std::int64_t catalog_version;
  std::string writer;  // the store's row in `writers`
  std::int64_t number;  // the batch's, in that row
};

class PostgresBatch final : public Batch {
 public:
  /// `ended(how)` is called once, when the transaction is over; `look` tells whether the
  /// batch of this number was committed.
  PostgresBatch(BatchPlace place, std::unique_lock<std::mutex> turn, std::function<void(End)> ended,
                std::function<Stored<bool>(std::int64_t)> look)
      : at_(std::move(place)),
        place_{*at_.connection, at_.shop, at_.now_ms},
        turn_(std::move(turn)),
        ended_(std::move(ended)),
        look_(std::move(look)) {}
  ~PostgresBatch() override { rollback(); }

  [[nodiscard]] std::int64_t now_ms() const override { return place_.now_ms; }
  [[nodiscard]] Stored<std::int64_t> catalog_version() override { return at_.catalog_version; }
  [[nodiscard]] List<std::optional<LoadedOrder>> load_orders(
      std::span<const OrderRequest> requests) override;
  [[nodiscard]] Stored<std::int64_t> reserve_order_nos(std::int64_t count) override;
  [[nodiscard]] List<LedgerRow> load_ledger(std::span<const LedgerKey> keys) override {
    return find_ledger(place_, keys, true);
  }
  [[nodiscard]] List<Hold> load_expired_holds(std::span<const LedgerKey> keys) override {
    return find_holds_ended(place_, keys, place_.now_ms);
  }
  [[nodiscard]] List<Hold> still_held(std::vector<Hold> known) override;
  [[nodiscard]] List<std::optional<IdempotencyRow>> load_idempotency(
      std::span<const IdempotencyKey> keys) override;
  [[nodiscard]] List<UnmatchedWebhook> load_webhooks(
      std::span<const ProviderReference> references) override;
  [[nodiscard]] List<WaitingRow> load_waiting(std::span<const std::string> skus) override;
  [[nodiscard]] List<ReservedRow> load_reserved(const LedgerKey& stock) override;
  [[nodiscard]] List<OutboxRow> take_outbox(std::int64_t count_max, std::int64_t lease_ms) override;
  [[nodiscard]] Stored<void> write(const Writes& writes) override;
  [[nodiscard]] Stored<void> commit() override;
  [[nodiscard]] Stored<bool> was_committed() override;
  void rollback() override;

 private:
  [[nodiscard]] Stored<void> load_contents(std::span<const OrderRequest> requests,
                                           std::vector<std::optional<LoadedOrder>>& orders);
  [[nodiscard]] Stored<void> sign();
  void end(End how);

  const BatchPlace at_;
  const Place place_;
  std::unique_lock<std::mutex> turn_;  // the writer's connection is this batch's until it ends
  std::function<void(End)> ended_;
  std::function<Stored<bool>(std::int64_t)> look_;
  bool open_ = true;
  bool signed_ = false;
};

}  // namespace tandem::store::postgres
