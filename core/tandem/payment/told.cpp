// SPDX-License-Identifier: Apache-2.0
#include "tandem/payment/told.hpp"

#include <algorithm>

#include "tandem/payment/settle.hpp"

namespace tandem {
namespace {

/// Whether the fact is news: not told before, and allowed from the attempt's state.
bool is_news(const Attempt& attempt, AttemptFact fact,
             const std::optional<std::string>& reference) {
  if (reference && std::ranges::find(attempt.references, *reference) != attempt.references.end()) {
    return false;
  }
  return next(kAttemptTransitions, attempt.state, fact).has_value();
}

/// Authorized or captured on attempts that still count for the order.
std::int64_t secured_minor(const Order& order) {
  std::int64_t sum = 0;
  for (const Attempt& attempt : order.attempts) {
    if (attempt.superseded) continue;
    const bool authorized = attempt.state == AttemptState::authorized;
    sum += std::max(attempt.captured_minor, authorized ? attempt.authorized_minor : 0) -
           attempt.refunded_minor - attempt.refunding_minor;
  }
  return sum;
}

/// Whether money for this attempt still finds the order as it was placed.
bool is_as_placed(const Order& order, const Attempt& attempt) {
  if (!order.placed || attempt.superseded || order.state == OrderState::canceled) return false;
  return order.is_placed() || !order.edited_since_placed;
}

/// Ends money that the order has no use for.
void turn_away(Decider& d, std::int64_t number) {
  if (d.order().find_attempt(number)->refundable_minor() > 0) {
    give_back(d, number);
  } else {
    give_up(d, number);
  }
}

/// Back to a quotation, lines untouched, stock given back.
void reopen(Decider& d, ReopenCause cause) {
  if (d.order().hold) d.emit(HoldReleased{});
  d.emit(OrderReopened{.cause = cause});
}

/// Money is there but the goods are not: by policy promised, given back, or a person decides.
/// Answers whether the order may be confirmed all the same.
bool accept_without_stock(Decider& d, std::int64_t number) {
  switch (d.settings().late_money) {
    case LateMoney::backorder:
      return true;
    case LateMoney::refund:
      turn_away(d, number);
      if (d.order().state == OrderState::quotation_sent) reopen(d, ReopenCause::stock_gone);
      return false;
    case LateMoney::person:
      d.emit(PersonNeeded{.reason = PersonCause::stock_gone});
      return false;
  }
  return false;
}

/// Money was authorized or captured: confirm when it suffices, else leave it or turn it away.
void consider_confirming(Decider& d, std::int64_t number) {
  const Order& order = d.order();
  if (!is_as_placed(order, *order.find_attempt(number))) {
    turn_away(d, number);
    return;
  }
  if (order.state == OrderState::order) {
    if (secured_minor(order) > order.placed->quote.totals.payable_minor) {
      d.emit(PersonNeeded{.reason = PersonCause::money_unexpected});
    }
    return;
  }
  if (secured_minor(order) < confirmation_minor(d.settings(), order.placed->quote)) return;
  if (!check_stock(d) && !accept_without_stock(d, number)) return;
  confirm(d);
  if (secured_minor(d.order()) > d.order().placed->quote.totals.payable_minor) {
    d.emit(PersonNeeded{.reason = PersonCause::money_unexpected});
  }
}

/// After an attempt ended without money: the order is a cart again unless another attempt lives.
void consider_reopening(Decider& d, std::int64_t number, ReopenCause cause) {
  const Order& order = d.order();
  if (order.state == OrderState::order) {
    if (order.find_attempt(number)->authorized_minor > 0) {
      d.emit(PersonNeeded{.reason = PersonCause::payment_lost});
    }
    return;
  }
  if (order.state != OrderState::quotation_sent) return;
  const bool money_or_hope = std::ranges::any_of(order.attempts, [](const Attempt& attempt) {
    return !attempt.superseded && (is_live(attempt.state) || attempt.refundable_minor() > 0);
  });
  if (!money_or_hope) reopen(d, cause);
}

/// The attempt a fact is about, or attempt_unknown. A provider speaks only for its own attempts.
Result<const Attempt*> subject(const Decider& d, std::int64_t number) {
  const Attempt* attempt = d.order().find_attempt(number);
  const Actor& actor = d.context().actor;
  const bool foreign = attempt != nullptr && actor.kind == ActorClass::provider &&
                       actor.provider != attempt->provider;
  if (attempt == nullptr || foreign) {
    return reject(Reason::attempt_unknown, std::to_string(number));
  }
  return attempt;
}

Result<void> check_amount(std::int64_t amount_minor) {
  if (amount_minor <= 0) return reject(Reason::amount_not_positive, {}, 1);
  return {};
}

}  // namespace

Result<void> told(Decider& d, const PaymentPending& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news(**attempt, AttemptFact::pends, fact.reference)) return {};
  d.emit(PaymentWasPending{.attempt = fact.attempt, .reference = fact.reference});
  return {};
}

Result<void> told(Decider& d, const PaymentAuthorized& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (auto ok = check_amount(fact.amount_minor); !ok) return ok;
  if (!is_news(**attempt, AttemptFact::authorizes, fact.reference)) return {};
  d.emit(PaymentWasAuthorized{
      .amount_minor = fact.amount_minor, .attempt = fact.attempt, .reference = fact.reference});
  consider_confirming(d, fact.attempt);
  return {};
}

Result<void> told(Decider& d, const PaymentCaptured& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (auto ok = check_amount(fact.amount_minor); !ok) return ok;
  if (!is_news(**attempt, AttemptFact::captures, fact.reference)) return {};
  d.emit(PaymentWasCaptured{
      .amount_minor = fact.amount_minor, .attempt = fact.attempt, .reference = fact.reference});
  consider_confirming(d, fact.attempt);
  return {};
}

Result<void> told(Decider& d, const PaymentFailed& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news(**attempt, AttemptFact::fails, fact.reference)) return {};
  d.emit(PaymentWasFailed{
      .attempt = fact.attempt, .reason = fact.reason, .reference = fact.reference});
  consider_reopening(d, fact.attempt, ReopenCause::payment_failed);
  return {};
}

Result<void> told(Decider& d, const PaymentCanceled& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news(**attempt, AttemptFact::cancels, fact.reference)) return {};
  d.emit(PaymentWasCanceled{.attempt = fact.attempt, .reference = fact.reference});
  consider_reopening(d, fact.attempt, ReopenCause::payment_canceled);
  return {};
}

Result<void> expire_attempt(Decider& d, const ExpireAttempt& command) {
  const auto attempt = subject(d, command.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  const Attempt& a = **attempt;
  const bool waiting = a.state == AttemptState::created || a.state == AttemptState::pending;
  if (!waiting || !a.expires_ms || *a.expires_ms > d.now_ms()) return {};
  d.emit(PaymentWasCanceled{.attempt = command.attempt, .reference = {}});
  consider_reopening(d, command.attempt, ReopenCause::attempt_expired);
  return {};
}

}  // namespace tandem
