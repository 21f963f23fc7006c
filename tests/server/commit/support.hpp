// SPDX-License-Identifier: Apache-2.0
#pragma once
// Jobs for the committer's tests: one made of functions, and one that buys.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commit/committer.hpp"
#include "server/store/support.hpp"

namespace tandem::commit {

using store::kTea;

/// A job made of functions; those that are missing do nothing.
class TestJob : public Job {
 public:
  std::function<void(Needs&)> needs;
  std::function<void(const WorkingSet&, Needs&)> ledgers;
  std::function<Result<void>(Scope&)> decides;
  bool goes_ahead = false;
  int decided = 0;

  [[nodiscard]] bool may_go_ahead() const override { return goes_ahead; }
  void declare(Needs& all) override {
    if (needs) needs(all);
  }
  void declare_ledgers(const WorkingSet& set, Needs& all) override {
    if (ledgers) ledgers(set, all);
  }
  Result<void> decide(Scope& scope) override {
    ++decided;
    if (!decides) return {};
    return decides(scope);
  }
};

inline std::shared_ptr<TestJob> job_on(const std::string& order_id,
                                       std::function<Result<void>(Scope&)> decides) {
  auto job = std::make_shared<TestJob>();
  job->needs = [=](Needs& needs) { needs.order(order_id); };
  job->decides = std::move(decides);
  return job;
}

inline NewEvent event(std::string bytes) {
  NewEvent made;
  made.bytes = std::move(bytes);
  made.head[0] = 1;
  return made;
}

/// Makes an order that holds some tea, if there is enough.
class BuyJob : public Job {
 public:
  BuyJob(std::string order_id, std::int64_t quantity, store::LedgerKey key = kTea)
      : order_id_(std::move(order_id)), quantity_(quantity), key_(std::move(key)) {}

  [[nodiscard]] bool may_go_ahead() const override { return true; }
  void declare(Needs& needs) override {
    needs.order({.ref = order_id_, .command_ids = {}, .may_be_new = true});
    needs.new_order();
  }
  void declare_ledgers(const WorkingSet&, Needs& needs) override { needs.ledger(key_); }
  Result<void> decide(Scope& scope) override {
    if (scope.order(order_id_) != nullptr) return reject(Reason::already_placed);
    const std::int64_t available = scope.ledger(key_).available();
    if (available < quantity_) return reject(Reason::insufficient_stock, key_.key, available);
    const std::int64_t order_no = scope.create_order(order_id_, {}).order_no();
    const std::int64_t n = scope.append(order_no, {event("stock_held")});
    scope.move({.key = key_,
                .movement = "hold",
                .cause = {.order_no = order_no, .n = n},
                .hold = HoldTarget{quantity_, scope.now_ms() + 900'000}});
    return {};
  }

 private:
  std::string order_id_;
  std::int64_t quantity_;
  store::LedgerKey key_;
};

/// Puts goods on the shelf, with their entry.
inline std::shared_ptr<Job> restock(std::int64_t quantity, store::LedgerKey key = kTea) {
  auto job = std::make_shared<TestJob>();
  job->decides = [=](Scope& scope) -> Result<void> {
    scope.move({.key = key,
                .movement = "adjust",
                .change = {.on_hand = quantity},
                .cause = {.actor = "ada", .reason = "received"}});
    return {};
  };
  return job;
}

inline std::vector<Outcome> run_all(store::Store& store,
                                    const std::vector<std::shared_ptr<Job>>& jobs,
                                    CommitCounts* counts = nullptr) {
  CommitCounts ignored;
  std::vector<Job*> pointers;
  for (const auto& job : jobs) pointers.push_back(job.get());
  return run_batch(store, pointers, counts != nullptr ? *counts : ignored);
}

/// The reason a job was not committed for; nothing when it was.
inline std::optional<Reason> reason(const Outcome& outcome) {
  const Rejection* told = rejection(outcome);
  if (told == nullptr) return std::nullopt;
  return told->reason;
}

}  // namespace tandem::commit
