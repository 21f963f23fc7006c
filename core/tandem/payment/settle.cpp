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

bool counts_for(const Order& order, const Attempt& attempt) {
  return !attempt.superseded && attempt.agreement == order.agreements;
}

Result<void> check_attempts(const Decider& d, const PaymentMethod& method) {
  if (is_by_hand(method.provider)) return {};
  const std::int64_t most = d.settings().attempts_max;
  const auto tried = std::ranges::count_if(
      d.order().attempts, [](const Attempt& attempt) { return !is_by_hand(attempt.provider); });
  if (tried >= most) return reject(Reason::attempts_used_up, {}, most);
  return {};
}

void start_attempt(Decider& d, const PaymentMethod& method, std::int64_t amount_minor) {
  const bool by_hand = is_by_hand(method.provider);
  if (d.order().state == OrderState::quotation_sent) {
    if (!by_hand) {
      hold_stock(d);
    } else if (d.order().hold) {
      d.emit(HoldReleased{});
    }
  }
  const auto number = static_cast<std::int64_t>(d.order().attempts.size()) + 1;
  const auto expires = by_hand ? d.settings().unpaid_expires_ms
                               : std::optional<std::int64_t>(d.settings().attempt_expires_ms);
  d.emit(PaymentStarted{.amount_minor = amount_minor,
                        .attempt = number,
                        .expires_ms = expires ? std::optional(d.in_ms(*expires)) : std::nullopt,
                        .method = method.id,
                        .provider = method.provider});
  if (by_hand) {
    d.emit(PaymentWasPending{.attempt = number, .occurred_ms = {}, .reference = {}});
  }
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
    need_person(d, PersonCause::refund_impossible);
    return;
  }
  d.emit(RefundRequested{.amount_minor = amount,
                         .attempt = number,
                         .lines = {},
                         .refund = static_cast<std::int64_t>(d.order().refunds.size()) + 1,
                         .return_ = {},
                         .shipping_minor = 0});
}

void give_up(Decider& d, std::int64_t number) {
  const Attempt& attempt = *d.order().find_attempt(number);
  const auto can = abilities(d.settings(), attempt.provider);
  if (can && can->enabled && can->void_) {
    d.emit(VoidRequested{.attempt = number});
  } else if (attempt.authorized_minor > 0) {
    need_person(d, PersonCause::void_impossible);
  }
}

}  // namespace tandem
