// SPDX-License-Identifier: Apache-2.0
#pragma once
// The worker's own jobs: they change no order, only what stands beside the orders.

#include <utility>
#include <vector>

#include "app/keyed.hpp"
#include "app/movements.hpp"
#include "app/webhooks.hpp"
#include "commit/scope.hpp"

namespace tandem::app {

inline constexpr std::int64_t kTakeMax = 64;

/// Takes due rows of the outbox for this process.
class TakeJob final : public commit::Job {
 public:
  void declare(commit::Needs& needs) override { needs.outbox(kTakeMax, kTaskLeaseMs); }
  Result<void> decide(commit::Scope& scope) override {
    rows = scope.take_outbox(kTakeMax);
    return {};
  }
  std::vector<store::OutboxRow> rows;
};

/// Forgets the answers under idempotency keys, and words of providers without an order, that were
/// kept long enough.
class ForgetKeysJob final : public commit::Job {
 public:
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    scope.writes().idempotency_ended.push_back(scope.now_ms() - kKeyKeptMs);
    scope.writes().webhooks_ended.push_back(scope.now_ms() - kWordKeptMs);
    return {};
  }
};

/// Removes quotations that were left, each if it is still at the version at which it was judged and
/// holds nothing: what it held and what has ended by now goes back to its ledger in this commit.
class RemoveLeftJob final : public commit::Job {
 public:
  explicit RemoveLeftJob(std::vector<store::OrderRemoved> left) : left_(std::move(left)) {}
  void declare(commit::Needs& needs) override;
  void declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) override;
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override;
  std::vector<std::int64_t> removed;  // by number

 private:
  const std::vector<store::OrderRemoved> left_;
};

/// Says how a row of the outbox ended, or when it is tried again.
class OutcomeJob final : public commit::Job {
 public:
  explicit OutcomeJob(store::OutboxOutcome outcome) : outcome_(std::move(outcome)) {}
  [[nodiscard]] bool may_go_ahead() const override { return true; }
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    store::OutboxOutcome outcome = outcome_;
    if (outcome.state == store::OutboxState::pending && outcome.due_ms < kNever) {
      outcome.due_ms += scope.now_ms();
    }
    scope.writes().outbox_outcomes.push_back(std::move(outcome));
    return {};
  }

 private:
  const store::OutboxOutcome outcome_;
};

}  // namespace tandem::app
