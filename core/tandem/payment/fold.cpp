// SPDX-License-Identifier: Apache-2.0
// How the events of payments and refunds change an order.
#include <algorithm>

#include "tandem/order/fold.hpp"

namespace tandem {

/// Remembers that a fact was told, so that telling it again is no news.
Attempt* Fold::note(std::int64_t number, const std::optional<std::string>& reference,
                    const std::optional<std::int64_t>& occurred_ms) {
  Attempt* attempt = order_.find_attempt(number);
  if (attempt == nullptr) return nullptr;
  if (reference) attempt->references.push_back(*reference);
  if (occurred_ms) attempt->occurred_ms = std::max(attempt->occurred_ms, *occurred_ms);
  return attempt;
}

Attempt* Fold::tell(std::int64_t number, AttemptFact fact,
                    const std::optional<std::string>& reference,
                    const std::optional<std::int64_t>& occurred_ms) {
  Attempt* attempt = note(number, reference, occurred_ms);
  if (attempt != nullptr) step(attempt->state, kAttemptTransitions, fact);
  return attempt;
}

void Fold::operator()(const PaymentStarted& e) {
  Attempt& attempt = order_.attempts.emplace_back();
  attempt.number = e.attempt;
  attempt.method = e.method;
  attempt.provider = e.provider;
  attempt.amount_minor = e.amount_minor;
  attempt.expires_ms = e.expires_ms;
  attempt.agreement = order_.agreements;
}

void Fold::operator()(const PaymentSuperseded& e) {
  if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->superseded = true;
}

void Fold::operator()(const PaymentWasPending& e) {
  tell(e.attempt, AttemptFact::pends, e.reference, e.occurred_ms);
}

void Fold::operator()(const PaymentWasAuthorized& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::authorizes, e.reference, e.occurred_ms);
  if (attempt != nullptr) attempt->authorized_minor += e.amount_minor;
}

void Fold::operator()(const CaptureRequested& e) {
  if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->capturing_minor += e.amount_minor;
}

void Fold::operator()(const PaymentWasCaptured& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::captures, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->captured_minor += e.amount_minor;
  attempt->capturing_minor = std::max<std::int64_t>(0, attempt->capturing_minor - e.amount_minor);
}

void Fold::operator()(const CaptureWasFailed& e) {
  Attempt* attempt = note(e.attempt, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->capturing_minor = 0;
  attempt->reason = e.reason;
}

void Fold::operator()(const PaymentWasFailed& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::fails, e.reference, e.occurred_ms);
  if (attempt != nullptr) attempt->reason = e.reason;
}

void Fold::operator()(const PaymentWasCanceled& e) {
  tell(e.attempt, AttemptFact::cancels, e.reference, e.occurred_ms);
}

void Fold::operator()(const VoidRequested& e) {
  if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->voiding = true;
}

void Fold::operator()(const PaymentWasVoided& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::voids, e.reference, e.occurred_ms);
  if (attempt != nullptr) attempt->voiding = false;
}

void Fold::operator()(const VoidWasFailed& e) {
  Attempt* attempt = note(e.attempt, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->voiding = false;
  attempt->reason = e.reason;
}

void Fold::operator()(const PaymentRecorded& e) {
  Attempt* attempt = order_.find_attempt(e.attempt);
  if (attempt == nullptr) {
    attempt = &order_.attempts.emplace_back();
    attempt->number = e.attempt;
    attempt->method = e.method;
    attempt->provider = e.provider;
    attempt->amount_minor = e.amount_minor;
  }
  if (e.reference) attempt->references.push_back(*e.reference);
  step(attempt->state, kAttemptTransitions, AttemptFact::captures);
  attempt->captured_minor += e.amount_minor;
  attempt->agreement = order_.agreements;
}

void Fold::operator()(const RefundRequested& e) {
  order_.refunds.push_back({.number = e.refund,
                            .attempt = e.attempt,
                            .of_return = e.return_,
                            .amount_minor = e.amount_minor,
                            .lines = e.lines,
                            .shipping_minor = e.shipping_minor,
                            .reason = parts_.reason});
  if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->refunding_minor += e.amount_minor;
}

void Fold::settle(std::int64_t number, RefundFact fact) {
  Refund* refund = order_.find_refund(number);
  if (refund == nullptr || refund->state != RefundState::pending) return;
  step(refund->state, kRefundTransitions, fact);
  Attempt* attempt = order_.find_attempt(refund->attempt);
  if (attempt == nullptr) return;
  attempt->refunding_minor -= refund->amount_minor;
  if (fact == RefundFact::succeeds) attempt->refunded_minor += refund->amount_minor;
}

void Fold::operator()(const RefundWasSucceeded& e) { settle(e.refund, RefundFact::succeeds); }

void Fold::operator()(const RefundWasFailed& e) {
  settle(e.refund, RefundFact::fails);
  if (Refund* refund = order_.find_refund(e.refund)) refund->reason = e.reason;
}

void Fold::operator()(const PaymentWasChargedBack& e) {
  Attempt* attempt = note(e.attempt, e.reference, e.occurred_ms);
  if (attempt != nullptr) attempt->charged_back_minor += e.amount_minor;
}

}  // namespace tandem
