// SPDX-License-Identifier: Apache-2.0
#pragma once
// What commits do for operators' endpoints: messages are left with an order's events; changes of
// endpoints, and sending once more, are jobs of their own.

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/hook_audit.hpp"
#include "commit/job.hpp"
#include "commit/scope.hpp"
#include "store/failure.hpp"
#include "store/reads.hpp"
#include "tandem/order/record.hpp"

namespace tandem::app {

/// Adds the names of events.
void note_events(std::vector<std::string_view>& names, std::span<const Recorded> events);

/// Leaves a message for each endpoint that wants to be told of what happened, in the commit at
/// hand.
void tell_hooks(std::span<const store::HookEndpoint> endpoints, const store::OrderRow& row,
                const std::string& order_id, std::span<const std::string_view> events,
                std::int64_t now_ms, store::Writes& writes);

/// Changes one endpoint, or makes one, and notes it in the audit.
class HookChangeJob final : public commit::Job {
 public:
  /// What becomes of the endpoint; none: it is removed. It is given what is there now.
  using Change = std::function<Result<std::optional<store::HookEndpoint>>(
      const std::vector<store::HookEndpoint>& all, const store::HookEndpoint* before,
      std::int64_t now_ms)>;

  HookChangeJob(store::Reads& reads, std::string id, std::string actor, Change change)
      : reads_(reads), id_(std::move(id)), actor_(std::move(actor)), change_(std::move(change)) {}

  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    const auto all = reads_.hook_endpoints();
    if (!all) return std::unexpected(store::rejection_of(all.error()));
    const auto found = std::ranges::find(*all, id_, &store::HookEndpoint::id);
    const store::HookEndpoint* before = found == all->end() ? nullptr : &*found;
    auto changed = change_(*all, before, scope.now_ms());
    if (!changed) return std::unexpected(std::move(changed.error()));
    after = *std::move(changed);
    if (before != nullptr && after && *before == *after) return {};
    store::Writes& writes = scope.writes();
    if (after) {
      after->version = before == nullptr ? 1 : before->version + 1;
      writes.hook_endpoints.push_back(*after);
    } else {
      writes.hook_endpoints_removed.push_back(id_);
    }
    writes.audit.push_back(hook_audit(actor_, scope.now_ms(), before, after ? &*after : nullptr));
    writes.catalog_read.push_back(scope.set().catalog_version());
    return {};
  }

  std::optional<store::HookEndpoint> after;

 private:
  store::Reads& reads_;
  const std::string id_;
  const std::string actor_;
  const Change change_;
};

/// Sends once more what has ended.
class HookReplayJob final : public commit::Job {
 public:
  explicit HookReplayJob(store::HookReplay replay) : replay_(std::move(replay)) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    store::HookReplay replay = replay_;
    replay.due_ms = scope.now_ms();
    scope.writes().hook_replays.push_back(std::move(replay));
    return {};
  }

 private:
  const store::HookReplay replay_;
};

}  // namespace tandem::app
