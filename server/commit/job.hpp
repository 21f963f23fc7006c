// SPDX-License-Identifier: Apache-2.0
#pragma once
// A job: one request's share of a batch.
//
// The committer asks every job of a batch what it needs (orders first, then the ledgers that the
// loaded orders name), loads that for all of them at once, and calls `decide` on each in order of
// arrival. A job that refuses writes nothing. After a constraint error the batch is run again one
// by one, so every method may be called more than once and must start anew each time. The calls
// may come from two threads, one after the other.
//
//   struct Place : commit::Job {
//     void declare(Needs& needs) override { needs.order(id_, {command_id_}); }
//     void declare_ledgers(const WorkingSet& set, Needs& needs) override { needs.ledger(tea_); }
//     Result<void> decide(Scope& scope) override { … scope.append(order, events) … }
//   };

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "store/failure.hpp"
#include "store/writes.hpp"
#include "tandem/base/result.hpp"

namespace tandem::commit {

class Scope;
class WorkingSet;

/// What a job needs; collected for the whole batch and loaded at once.
class Needs {
 public:
  /// An order, by number or by its client's id, with the records of these commands.
  /// Events up to `after_n` are known already and need not be loaded (another job may ask for
  /// more).
  void order(store::OrderRef ref, std::vector<std::string> command_ids = {},
             bool with_parts = false, std::int64_t after_n = 0) {
    order({std::move(ref), std::move(command_ids), with_parts, after_n});
  }
  void order(store::OrderRequest request) { orders_.push_back(std::move(request)); }
  /// A number for an order that may be created. One for each call.
  void new_order() { ++new_orders_; }
  void ledger(store::LedgerKey key) { ledgers_.push_back(std::move(key)); }
  void idempotency(store::IdempotencyKey id) { idempotency_.push_back(std::move(id)); }
  /// Webhooks that may wait for this reference.
  void webhooks(store::ProviderReference reference) { webhooks_.push_back(std::move(reference)); }
  /// Due effects to take (see Batch::take_outbox); the lease is the longest asked for.
  void outbox(std::int64_t count_max, std::int64_t lease_ms) {
    outbox_max_ += count_max;
    outbox_lease_ms_ = std::max(outbox_lease_ms_, lease_ms);
  }

 private:
  friend class Loader;
  std::vector<store::OrderRequest> orders_;
  std::vector<store::LedgerKey> ledgers_;
  std::vector<store::IdempotencyKey> idempotency_;
  std::vector<store::ProviderReference> webhooks_;
  std::int64_t new_orders_ = 0;
  std::int64_t outbox_max_ = 0;
  std::int64_t outbox_lease_ms_ = 0;
};

class Job {
 public:
  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  virtual ~Job() = default;

  /// Whether it may decide on a guess of what the database says, which its batch then confirms:
  /// what it decides follows from the scope alone, and it asks for no due effects or webhooks.
  [[nodiscard]] virtual bool may_go_ahead() const { return false; }

  /// Phase 1: orders, idempotency keys, numbers for new orders, due effects.
  virtual void declare(Needs& needs) = 0;

  /// Phase 2: the ledgers, known once the orders are.
  virtual void declare_ledgers(const WorkingSet& set, Needs& needs);

  /// Decides and collects writes. A refusal undoes what this job did in the working set.
  [[nodiscard]] virtual Result<void> decide(Scope& scope) = 0;
};

/// How a job ended. Only `committed` means that its writes are durable.
struct Committed {};
struct Refused {
  Rejection rejection{};
};
struct Failed {
  store::Failure failure{};
  Rejection rejection{};  // what to tell the client
};
using Outcome = std::variant<Committed, Refused, Failed>;

[[nodiscard]] inline bool is_committed(const Outcome& outcome) {
  return std::holds_alternative<Committed>(outcome);
}
/// What to tell the client when the job was not committed, else nothing.
[[nodiscard]] const Rejection* rejection(const Outcome& outcome);

/// Called once, on the writer's thread; it must be quick and only hand over.
using Done = std::function<void(const Outcome&)>;

}  // namespace tandem::commit
