// SPDX-License-Identifier: Apache-2.0
// Quotations that somebody began and nobody came back to. They are looked for once an hour, a page
// in each round, and each page is removed in one commit. Nodes may do so side by side: of two that
// judge the same quotation the second finds it gone.
#include <algorithm>
#include <cstdlib>

#include "app/worker.hpp"
#include "app/worker_jobs.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kLeftMax = 100;
constexpr std::int64_t kLookForLeftEveryMs = 3'600'000;

/// Whether nobody is known who could want it, no money was ever asked for, and nothing of it has to
/// be kept.
bool is_nobodys(const Order& order) {
  const bool is_cart = order.state == OrderState::quotation || order.state == OrderState::canceled;
  return is_cart && !order.placed && !order.customer && !order.has_contact && !order.needs_person &&
         order.attempts.empty() && order.refunds.empty() && order.transfers.empty() &&
         order.invoices.empty() && order.returns.empty();
}

}  // namespace

void RemoveLeftJob::declare(commit::Needs& needs) {
  for (const store::OrderRemoved& one : left_) needs.order(one.order_no, {}, false, one.version);
}

void RemoveLeftJob::declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) {
  for (const store::OrderRemoved& one : left_) {
    const commit::WorkingOrder* order = set.order(one.order_no);
    if (order == nullptr) continue;
    for (const store::Hold& hold : order->loaded.holds) needs.ledger(hold.key);
  }
}

Result<void> RemoveLeftJob::decide(commit::Scope& scope) {
  removed.clear();
  for (const store::OrderRemoved& one : left_) {
    const commit::WorkingOrder* order = scope.order(one.order_no);
    if (order == nullptr || order->version() != one.version) continue;
    const bool holds = std::ranges::any_of(order->loaded.holds, [&](const store::Hold& hold) {
      return scope.hold(hold.key, one.order_no) != nullptr;
    });
    if (holds) continue;
    scope.writes().orders_removed.push_back(one);
    removed.push_back(one.order_no);
  }
  return {};
}

void Worker::remove_left() {
  if (options_.quotations_kept_ms == 0) return;
  const auto now_ms = reads_.now_ms();
  if (!now_ms) return;
  const bool goes_on = left_after_no_ > 0;
  if (!goes_on && std::abs(*now_ms - looked_for_left_ms_) < kLookForLeftEveryMs) return;
  const auto rows = reads_.orders_left(left_after_no_, kLeftMax);
  if (!rows) return;
  const std::int64_t before_ms = *now_ms - options_.quotations_kept_ms;
  // Numbers are given in the order of time: behind one that is young there is nothing to find.
  const bool ends =
      static_cast<std::int64_t>(rows->size()) < kLeftMax || rows->back().created_ms >= before_ms;
  left_after_no_ = ends ? 0 : rows->back().order_no;
  if (ends) looked_for_left_ms_ = *now_ms;
  remove_left_of(*rows, before_ms);
}

void Worker::remove_left_of(const std::vector<store::LeftOrder>& rows, std::int64_t before_ms) {
  std::vector<store::OrderRemoved> left;
  for (const store::LeftOrder& row : rows) {
    if (row.updated_ms >= before_ms) continue;
    const auto folded = load(row.order_no, row.version);
    if (!folded || folded->order.version != row.version || !is_nobodys(folded->order)) continue;
    left.push_back({.order_no = row.order_no, .version = row.version});
  }
  if (left.empty()) return;
  const auto job = std::make_shared<RemoveLeftJob>(std::move(left));
  if (!commit::is_committed(run(job))) return;
  for (const std::int64_t order_no : job->removed) memory_.forget(order_no);
  quotations_removed_ += static_cast<std::int64_t>(job->removed.size());
}

}  // namespace tandem::app
