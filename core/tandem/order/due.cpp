// SPDX-License-Identifier: Apache-2.0
// What falls due on an order by itself. Every due command ends what made it due.
#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/order/abandonment.hpp"
#include "tandem/order/effects.hpp"

namespace tandem {

std::optional<std::int64_t> unpaid_deadline(const Order& order) {
  if (order.state != OrderState::quotation_sent) return std::nullopt;
  std::optional<std::int64_t> deadline = order.expires_ms;
  for (const Attempt& attempt : order.attempts) {
    if (attempt.captured_minor > 0) return std::nullopt;
    if (attempt.superseded || !is_live(attempt.state)) continue;
    if (!is_by_hand(attempt.provider)) return std::nullopt;
    if (attempt.expires_ms) {
      deadline = deadline ? std::min(*deadline, *attempt.expires_ms) : attempt.expires_ms;
    }
  }
  return deadline;
}

std::vector<Due> due(const Order& order, const Settings& settings) {
  std::vector<Due> all;
  if (order.hold) all.push_back({order.hold->expires_ms, ExpireHold{}});
  if (const auto deadline = unpaid_deadline(order)) all.push_back({*deadline, ExpireOrder{}});
  for (const Attempt& attempt : order.attempts) {
    const bool waiting =
        attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
    const bool expires = attempt.expires_ms && !is_by_hand(attempt.provider);
    if (waiting && expires && !attempt.superseded) {
      all.push_back({*attempt.expires_ms, ExpireAttempt{.attempt = attempt.number}});
    }
  }
  if (const auto at_ms = reminder_due_ms(order, settings)) all.push_back({*at_ms, SendReminder{}});
  sort_stably(all, [](const Due& a, const Due& b) { return a.at_ms < b.at_ms; });
  return all;
}

}  // namespace tandem
