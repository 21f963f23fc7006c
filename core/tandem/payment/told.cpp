// SPDX-License-Identifier: Apache-2.0
#include "tandem/payment/told.hpp"

#include <algorithm>

#include "tandem/order/axes.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/payment/steps.hpp"

namespace tandem {
namespace {

/// Whether the fact is news: not told before, not older than what is known (money that was captured
/// is never too old), and allowed from the attempt's state.
template <class Fact>
bool is_news(const Attempt& attempt, AttemptFact kind, const Fact& fact) {
  if (was_told(attempt, kind, fact.reference)) return false;
  const bool old = fact.occurred_ms && *fact.occurred_ms < attempt.occurred_ms;
  if (old && kind != AttemptFact::captures) return false;
  return next(kAttemptTransitions, attempt.state, kind).has_value();
}

/// The same for an authorization's end, which is news too while a part of it waits to be captured.
template <class Fact>
bool is_news_of_end(const Attempt& attempt, AttemptFact kind, const Fact& fact) {
  const bool rest = attempt.state == AttemptState::captured && !attempt.rest_lost &&
                    attempt.authorized_minor > attempt.captured_minor;
  const bool old = fact.occurred_ms && *fact.occurred_ms < attempt.occurred_ms;
  if (rest) return !old && !was_told(attempt, kind, fact.reference);
  return is_news(attempt, kind, fact);
}

/// After an attempt ended without money: the order is a cart again unless another attempt lives.
void consider_reopening(Decider& d, std::int64_t number, ReopenCause cause) {
  const Order& order = d.order();
  const Attempt& ended = *order.find_attempt(number);
  if (order.state == OrderState::order) {
    // Of what was captured in part, only what is still due is lost.
    const bool lost = ended.state != AttemptState::captured || money_of(order).due_minor() > 0;
    if (ended.authorized_minor > 0 && !ended.superseded && lost) {
      need_person(d, PersonCause::payment_lost);
    }
    return;
  }
  if (order.state != OrderState::quotation_sent || ended.superseded) return;
  const bool money_or_hope = std::ranges::any_of(order.attempts, [&](const Attempt& attempt) {
    return counts_for(order, attempt) && (is_live(attempt.state) || attempt.refundable_minor() > 0);
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

/// The refund a fact is about, or refund_unknown.
Result<const Refund*> subject_refund(const Decider& d, std::int64_t number) {
  const Refund* refund = d.order().find_refund(number);
  if (refund == nullptr || !refund->attempt || !subject(d, *refund->attempt)) {
    return reject(Reason::refund_unknown, std::to_string(number));
  }
  return refund;
}

Result<void> check_amount(std::int64_t amount_minor) {
  if (amount_minor <= 0) return reject(Reason::amount_not_positive, {}, 1);
  return {};
}

}  // namespace

Result<void> told(Decider& d, const PaymentPending& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news(**attempt, AttemptFact::pends, fact)) return {};
  d.emit(PaymentWasPending{
      .attempt = fact.attempt, .occurred_ms = fact.occurred_ms, .reference = fact.reference});
  return {};
}

Result<void> told(Decider& d, const PaymentAuthorized& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (auto ok = check_amount(fact.amount_minor); !ok) return ok;
  if (!is_news(**attempt, AttemptFact::authorizes, fact)) return {};
  d.emit(PaymentWasAuthorized{.amount_minor = fact.amount_minor,
                              .attempt = fact.attempt,
                              .occurred_ms = fact.occurred_ms,
                              .reference = fact.reference});
  consider_confirming(d, fact.attempt);
  return {};
}

Result<void> told(Decider& d, const PaymentCaptured& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (auto ok = check_amount(fact.amount_minor); !ok) return ok;
  if (!is_news(**attempt, AttemptFact::captures, fact)) return {};
  d.emit(PaymentWasCaptured{.amount_minor = fact.amount_minor,
                            .attempt = fact.attempt,
                            .occurred_ms = fact.occurred_ms,
                            .reference = fact.reference});
  consider_confirming(d, fact.attempt);
  return {};
}

Result<void> told(Decider& d, const PaymentFailed& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news_of_end(**attempt, AttemptFact::fails, fact)) return {};
  d.emit(PaymentWasFailed{.attempt = fact.attempt,
                          .occurred_ms = fact.occurred_ms,
                          .reason = fact.reason,
                          .reference = fact.reference});
  consider_reopening(d, fact.attempt, ReopenCause::payment_failed);
  return {};
}

Result<void> told(Decider& d, const PaymentCanceled& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news_of_end(**attempt, AttemptFact::cancels, fact)) return {};
  d.emit(PaymentWasCanceled{
      .attempt = fact.attempt, .occurred_ms = fact.occurred_ms, .reference = fact.reference});
  consider_reopening(d, fact.attempt, ReopenCause::payment_canceled);
  return {};
}

Result<void> told(Decider& d, const PaymentVoided& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (!is_news_of_end(**attempt, AttemptFact::voids, fact)) return {};
  d.emit(PaymentWasVoided{
      .attempt = fact.attempt, .occurred_ms = fact.occurred_ms, .reference = fact.reference});
  consider_reopening(d, fact.attempt, ReopenCause::payment_voided);
  return {};
}

/// No news when nothing was asked.
Result<void> told(Decider& d, const CaptureFailed& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  const bool told = was_told(**attempt, AttemptFact::capture_fails, fact.reference);
  if (told || (*attempt)->capturing_minor == 0) return {};
  d.emit(CaptureWasFailed{.attempt = fact.attempt,
                          .occurred_ms = fact.occurred_ms,
                          .reason = fact.reason,
                          .reference = fact.reference});
  need_person(d, PersonCause::capture_failed);
  return {};
}

Result<void> told(Decider& d, const VoidFailed& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  const bool told = was_told(**attempt, AttemptFact::void_fails, fact.reference);
  if (told || !(*attempt)->voiding) return {};
  d.emit(VoidWasFailed{.attempt = fact.attempt,
                       .occurred_ms = fact.occurred_ms,
                       .reason = fact.reason,
                       .reference = fact.reference});
  need_person(d, PersonCause::void_failed);
  return {};
}

Result<void> told(Decider& d, const PaymentChargedBack& fact) {
  const auto attempt = subject(d, fact.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  if (auto ok = check_amount(fact.amount_minor); !ok) return ok;
  if (was_told(**attempt, AttemptFact::charges_back, fact.reference)) return {};
  d.emit(PaymentWasChargedBack{.amount_minor = fact.amount_minor,
                               .attempt = fact.attempt,
                               .occurred_ms = fact.occurred_ms,
                               .reference = fact.reference});
  need_person(d, PersonCause::charged_back);
  return {};
}

Result<void> told(Decider& d, const RefundSucceeded& fact) {
  const auto refund = subject_refund(d, fact.refund);
  if (!refund) return std::unexpected(refund.error());
  if ((*refund)->state != RefundState::pending) return {};
  end_refund(d,
             {.occurred_ms = fact.occurred_ms, .reference = fact.reference, .refund = fact.refund});
  return {};
}

Result<void> told(Decider& d, const RefundFailed& fact) {
  const auto refund = subject_refund(d, fact.refund);
  if (!refund) return std::unexpected(refund.error());
  if ((*refund)->state != RefundState::pending) return {};
  d.emit(RefundWasFailed{.occurred_ms = fact.occurred_ms,
                         .reason = fact.reason,
                         .reference = fact.reference,
                         .refund = fact.refund});
  need_person(d, PersonCause::refund_failed);
  return {};
}

Result<void> expire_attempt(Decider& d, const ExpireAttempt& command) {
  const auto attempt = subject(d, command.attempt);
  if (!attempt) return std::unexpected(attempt.error());
  const Attempt& a = **attempt;
  const bool waiting = a.state == AttemptState::created || a.state == AttemptState::pending;
  if (!waiting || !a.expires_ms || *a.expires_ms > d.now_ms()) return {};
  d.emit(PaymentWasCanceled{.attempt = command.attempt, .occurred_ms = {}, .reference = {}});
  consider_reopening(d, command.attempt, ReopenCause::attempt_expired);
  return {};
}

}  // namespace tandem
