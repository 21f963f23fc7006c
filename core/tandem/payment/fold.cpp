// SPDX-License-Identifier: Apache-2.0
// How the events of payments and refunds change an order.
#include <algorithm>

#include "tandem/order/fold.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// An authorization that ends after a part of it was captured leaves nothing more to capture.
void lose_rest(Attempt& attempt) {
  if (attempt.state != AttemptState::captured) return;
  attempt.rest_lost = true;
  attempt.capturing_minor = 0;
}

/// What a refund pays for: of the return that it names, else of goods that came back and wait to be
/// paid for, those of the oldest return first.
std::vector<ReturnUnits> returns_settled(const Order& order, const RefundRequested& e) {
  std::vector<ReturnUnits> settled;
  for (const RefundLine& line : e.lines) {
    std::int64_t left = line.quantity;
    for (const Return& back : order.returns) {
      if (e.return_ && back.number != *e.return_) continue;
      const std::int64_t units =
          e.return_ ? left : std::min(left, unsettled(order, back, line.line_id));
      if (units <= 0) continue;
      settled.push_back({.of_return = back.number, .line = line.line_id, .quantity = units});
      left -= units;
    }
  }
  return settled;
}

}  // namespace

/// Remembers that a fact was told, so that telling it again is no news.
Attempt* Fold::note(std::int64_t number, AttemptFact fact,
                    const std::optional<std::string>& reference,
                    const std::optional<std::int64_t>& occurred_ms) {
  Attempt* attempt = order_.find_attempt(number);
  if (attempt == nullptr) return nullptr;
  if (reference) attempt->told.push_back({.fact = fact, .reference = *reference});
  if (occurred_ms) attempt->occurred_ms = std::max(attempt->occurred_ms, *occurred_ms);
  return attempt;
}

Attempt* Fold::tell(std::int64_t number, AttemptFact fact,
                    const std::optional<std::string>& reference,
                    const std::optional<std::int64_t>& occurred_ms) {
  Attempt* attempt = note(number, fact, reference, occurred_ms);
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
  Attempt* attempt = note(e.attempt, AttemptFact::capture_fails, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->capturing_minor = 0;
  attempt->reason = e.reason;
}

void Fold::operator()(const PaymentWasFailed& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::fails, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->reason = e.reason;
  lose_rest(*attempt);
}

void Fold::operator()(const PaymentWasCanceled& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::cancels, e.reference, e.occurred_ms);
  if (attempt != nullptr) lose_rest(*attempt);
}

void Fold::operator()(const VoidRequested& e) {
  if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->voiding = true;
}

void Fold::operator()(const PaymentWasVoided& e) {
  Attempt* attempt = tell(e.attempt, AttemptFact::voids, e.reference, e.occurred_ms);
  if (attempt == nullptr) return;
  attempt->voiding = false;
  lose_rest(*attempt);
}

void Fold::operator()(const VoidWasFailed& e) {
  Attempt* attempt = note(e.attempt, AttemptFact::void_fails, e.reference, e.occurred_ms);
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
  if (e.reference) {
    attempt->told.push_back({.fact = AttemptFact::captures, .reference = *e.reference});
  }
  step(attempt->state, kAttemptTransitions, AttemptFact::captures);
  attempt->captured_minor += e.amount_minor;
  attempt->agreement = order_.agreements;
}

void Fold::operator()(const RefundRequested& e) {
  std::vector<ReturnUnits> settles = returns_settled(order_, e);
  order_.refunds.push_back({.number = e.refund,
                            .attempt = e.attempt,
                            .gift_card = e.gift_card,
                            .of_return = e.return_,
                            .amount_minor = e.amount_minor,
                            .lines = e.lines,
                            .shipping_minor = e.shipping_minor,
                            .settles = std::move(settles),
                            .reason = parts_.reason});
  Attempt* attempt = e.attempt ? order_.find_attempt(*e.attempt) : nullptr;
  if (attempt != nullptr) attempt->refunding_minor += e.amount_minor;
}

void Fold::settle(std::int64_t number, RefundFact fact) {
  Refund* refund = order_.find_refund(number);
  if (refund == nullptr || refund->state != RefundState::pending) return;
  step(refund->state, kRefundTransitions, fact);
  Attempt* attempt = refund->attempt ? order_.find_attempt(*refund->attempt) : nullptr;
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
  Attempt* attempt = note(e.attempt, AttemptFact::charges_back, e.reference, e.occurred_ms);
  if (attempt != nullptr) attempt->charged_back_minor += e.amount_minor;
}

}  // namespace tandem
