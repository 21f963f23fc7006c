// SPDX-License-Identifier: Apache-2.0
#pragma once
// Carts that were left. A quotation whose customer is known is abandoned when nothing was done to
// it for the shop's delay; a reminder goes at most once per customer and episode, and for every
// cart that gets none the reason is kept.
//
//   abandonment(order, facts).reason == SkipReason::bought_since

#include <cstdint>
#include <optional>

#include "tandem/order/context.hpp"
#include "tandem/order/order.hpp"

namespace tandem {

TANDEM_ENUM(ReminderState, none, due, sent, skipped)

struct Abandonment {
  bool is = false;
  ReminderState reminder = ReminderState::none;
  std::optional<SkipReason> reason;  // why no mail goes, or went
};

/// What the judgement needs beside the order.
struct AbandonmentFacts {
  const CustomerHistory& history;
  const Settings& settings;
  std::int64_t now_ms = 0;
  bool sold_out = false;       // nothing of some line's product is left
  bool nothing_priced = false;  // no line has a price
};

/// A pure function of its arguments.
[[nodiscard]] Abandonment abandonment(const Order& order, const AbandonmentFacts& facts);

/// The delay that counts: an hour when the shop set none.
[[nodiscard]] std::int64_t reminder_delay_ms(const Settings& settings);

/// When a cart is to be judged; nothing when it was judged in this episode, is no cart of a known
/// customer, or the shop sends no reminders.
[[nodiscard]] std::optional<std::int64_t> reminder_due_ms(const Order& order,
                                                          const Settings& settings);

/// The same facts from a decision's context.
[[nodiscard]] AbandonmentFacts abandonment_facts(const Order& order, const Context& context);

}  // namespace tandem
