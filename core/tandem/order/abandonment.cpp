// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/abandonment.hpp"

#include <algorithm>

#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

bool is_cart_of_known(const Order& order) {
  return order.state == OrderState::quotation && !order.lines.empty() &&
         (order.has_contact || order.customer);
}

bool was_refused(const Order& order) {
  return std::ranges::any_of(
      order.attempts, [](const Attempt& attempt) { return attempt.state == AttemptState::failed; });
}

/// Why no reminder may go, the first that holds.
std::optional<SkipReason> refusal(const Order& order, const AbandonmentFacts& facts) {
  const CustomerHistory& history = facts.history;
  if (!facts.settings.abandoned.reminder) return SkipReason::switched_off;
  if (order.created_ms < facts.settings.abandoned.since_ms) return SkipReason::older_than_switch;
  if (!order.contact && !history.email) return SkipReason::no_address;
  if (!order.reminders.value_or(history.accepts_reminders)) return SkipReason::no_consent;
  if (order.unsubscribed || history.unsubscribed) return SkipReason::unsubscribed;
  if (was_refused(order)) return SkipReason::payment_failed;
  if (facts.nothing_priced) return SkipReason::nothing_priced;
  if (history.bought_ms && *history.bought_ms >= order.created_ms) return SkipReason::bought_since;
  if (history.reminded_ms && *history.reminded_ms >= order.last_customer_ms) {
    return SkipReason::reminded_already;
  }
  if (facts.sold_out) return SkipReason::sold_out;
  return std::nullopt;
}

bool is_sold_out(const Order& order, const Context& context) {
  return std::ranges::any_of(order.lines, [&](const Line& line) {
    const Offer* offer = find_offer(context.offers, line.sku);
    if (offer != nullptr && !offer->active) return true;
    const bool counted = line.kind == OfferKind::goods &&
                         (offer == nullptr || offer->stock_policy == StockPolicy::deny);
    if (!counted) return false;
    const auto known = context.facts->availability.find(line.sku.value);
    return known != context.facts->availability.end() && known->second <= 0;
  });
}

}  // namespace

std::int64_t reminder_delay_ms(const Settings& settings) {
  return settings.abandoned.delay_ms > 0 ? settings.abandoned.delay_ms : kHourMs;
}

Abandonment abandonment(const Order& order, const AbandonmentFacts& facts) {
  Abandonment result;
  const std::int64_t idle_since = order.last_customer_ms;
  result.is =
      is_cart_of_known(order) && facts.now_ms - idle_since >= reminder_delay_ms(facts.settings);
  if (order.reminded) {
    result.reminder = order.reminded->skipped ? ReminderState::skipped : ReminderState::sent;
    result.reason = order.reminded->skipped;
    return result;
  }
  if (!result.is) return result;
  result.reason = refusal(order, facts);
  if (!result.reason) result.reminder = ReminderState::due;
  return result;
}

std::optional<std::int64_t> reminder_due_ms(const Order& order, const Settings& settings) {
  if (!settings.abandoned.reminder || order.reminded || !is_cart_of_known(order)) {
    return std::nullopt;
  }
  return order.last_customer_ms + reminder_delay_ms(settings);
}

AbandonmentFacts abandonment_facts(const Order& order, const Context& context) {
  const bool priced = std::ranges::any_of(order.lines, [&](const Line& line) {
    const Offer* offer = find_offer(context.offers, line.sku);
    return offer != nullptr && !price_now(context, *offer, line.quantity).is_zero();
  });
  return {.history = context.history,
          .settings = *context.settings,
          .now_ms = context.now_ms,
          .sold_out = is_sold_out(order, context),
          .nothing_priced = !priced};
}

Result<void> unsubscribe(Decider& d) {
  if (!d.order().unsubscribed) d.emit(Unsubscribed{});
  return {};
}

/// Judged at most once in an episode; changes nothing before the cart is abandoned.
Result<void> send_reminder(Decider& d) {
  const Order& order = d.order();
  const Abandonment judged = abandonment(order, abandonment_facts(order, d.context()));
  if (!judged.is || order.reminded) return {};
  if (judged.reason) {
    d.emit(ReminderSkipped{.reason = *judged.reason});
  } else {
    d.emit(ReminderSent{});
  }
  return {};
}

}  // namespace tandem
