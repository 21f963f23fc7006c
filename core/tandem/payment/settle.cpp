// SPDX-License-Identifier: Apache-2.0
#include "tandem/payment/settle.hpp"

#include <algorithm>

namespace tandem {

const PaymentMethod* find_payment_method(const Rules& rules, const PaymentMethodId& id) {
  const auto found = std::ranges::find(rules.payment_methods, id, &PaymentMethod::id);
  return found == rules.payment_methods.end() ? nullptr : &*found;
}

bool is_enabled(const Settings& settings, const ProviderId& provider) {
  const auto can = abilities(settings, provider);
  return can && can->enabled;
}

std::int64_t confirmation_minor(const Settings& settings, const Quote& quote) {
  const Exact share =
      mul_div(Exact::minor(quote.totals.payable_minor), settings.confirmation_ppm, 1'000'000);
  return round_minor(share, Rounding::half_away);
}

void start_attempt(Decider& d) {
  const Order& order = d.order();
  const PaymentMethod* method = find_payment_method(d.rules(), *order.payment_method);
  const bool by_hand = is_by_hand(method->provider);
  const auto number = static_cast<std::int64_t>(order.attempts.size()) + 1;
  if (!by_hand) hold_stock(d);
  const auto expires = by_hand ? d.settings().unpaid_expires_ms
                               : std::optional<std::int64_t>(d.settings().attempt_expires_ms);
  d.emit(PaymentStarted{.amount_minor = d.order().placed->quote.totals.payable_minor,
                        .attempt = number,
                        .expires_ms = expires ? std::optional(d.now_ms() + *expires) : std::nullopt,
                        .method = method->id,
                        .provider = method->provider});
  if (by_hand) d.emit(PaymentWasPending{.attempt = number, .reference = {}});
}

void supersede_attempts(Decider& d) {
  const std::vector<Attempt> attempts = d.order().attempts;
  for (const Attempt& attempt : attempts) {
    if (attempt.superseded) continue;
    const bool live = is_live(attempt.state);
    if (!live && attempt.refundable_minor() == 0) continue;
    d.emit(PaymentSuperseded{.attempt = attempt.number});
    if (live && !is_by_hand(attempt.provider)) give_up(d, attempt.number);
    if (attempt.refundable_minor() > 0) give_back(d, attempt.number);
  }
}

void give_back(Decider& d, std::int64_t number) {
  const Attempt& attempt = *d.order().find_attempt(number);
  const auto can = abilities(d.settings(), attempt.provider);
  const std::int64_t amount = attempt.refundable_minor();
  const bool all = amount == attempt.captured_minor;
  if (!can || !can->enabled || can->refund == RefundAbility::none ||
      (can->refund == RefundAbility::full && !all)) {
    d.emit(PersonNeeded{.reason = PersonCause::refund_impossible});
    return;
  }
  d.emit(RefundRequested{.amount_minor = amount,
                         .attempt = number,
                         .refund = static_cast<std::int64_t>(d.order().refunds.size()) + 1});
}

void give_up(Decider& d, std::int64_t number) {
  const Attempt& attempt = *d.order().find_attempt(number);
  const auto can = abilities(d.settings(), attempt.provider);
  if (can && can->enabled && can->void_) {
    d.emit(VoidRequested{.attempt = number});
  } else if (attempt.authorized_minor > 0) {
    d.emit(PersonNeeded{.reason = PersonCause::void_impossible});
  }
}

}  // namespace tandem
