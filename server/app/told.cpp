// SPDX-License-Identifier: Apache-2.0
#include "app/told.hpp"

namespace tandem::app {
namespace {

/// A word about an attempt, with what all of them say.
template <class Told>
Told about_attempt(const payment::Fact& fact) {
  Told told{.attempt = fact.attempt};
  told.occurred_ms = fact.occurred_ms;
  told.reference = fact.reference;
  if constexpr (requires { told.amount_minor; }) told.amount_minor = fact.amount_minor;
  if constexpr (requires { told.reason; }) told.reason = fact.reason;
  return told;
}

template <class Told>
Told about_refund(const payment::Fact& fact) {
  Told told;
  told.refund = fact.refund.value_or(0);
  told.occurred_ms = fact.occurred_ms;
  told.reference = fact.reference;
  if constexpr (requires { told.reason; }) told.reason = fact.reason;
  return told;
}

}  // namespace

Command command_of(const payment::Fact& fact) {
  switch (fact.event) {
    case payment::ProviderEvent::pending:
      return about_attempt<PaymentPending>(fact);
    case payment::ProviderEvent::authorized:
      return about_attempt<PaymentAuthorized>(fact);
    case payment::ProviderEvent::captured:
      return about_attempt<PaymentCaptured>(fact);
    case payment::ProviderEvent::failed:
      return about_attempt<PaymentFailed>(fact);
    case payment::ProviderEvent::canceled:
      return about_attempt<PaymentCanceled>(fact);
    case payment::ProviderEvent::voided:
      return about_attempt<PaymentVoided>(fact);
    case payment::ProviderEvent::capture_failed:
      return about_attempt<CaptureFailed>(fact);
    case payment::ProviderEvent::void_failed:
      return about_attempt<VoidFailed>(fact);
    case payment::ProviderEvent::refund_succeeded:
      return about_refund<RefundSucceeded>(fact);
    case payment::ProviderEvent::refund_failed:
      return about_refund<RefundFailed>(fact);
    case payment::ProviderEvent::charged_back:
      return about_attempt<PaymentChargedBack>(fact);
  }
  return about_attempt<PaymentPending>(fact);
}

Actor provider_actor(std::string_view provider) {
  Actor actor;
  actor.kind = ActorClass::provider;
  actor.provider = ProviderId{std::string(provider)};
  return actor;
}

payment::Intent intent_of(std::int64_t order_no, const Order& order, const Attempt& attempt,
                          const payment::Provider& provider, const Settings& settings) {
  const auto can = abilities(settings, attempt.provider);
  return {.id = payment::intent_id(order_no, attempt.number),
          .order_no = order_no,
          .attempt = attempt.number,
          .amount_minor = attempt.amount_minor,
          .currency = order.currency,
          .own_id = provider.own_id(attempt.told),
          .manual_capture = can && can->capture == CaptureMode::manual};
}

Command command_of(const payment::Told& told, std::int64_t attempt) {
  payment::Fact fact{.amount_minor = told.amount_minor,
                     .attempt = attempt,
                     .occurred_ms = told.occurred_ms,
                     .reason = told.reason,
                     .reference = told.reference};
  switch (told.standing) {
    case payment::Standing::pending:
      fact.event = payment::ProviderEvent::pending;
      break;
    case payment::Standing::authorized:
      fact.event = payment::ProviderEvent::authorized;
      break;
    case payment::Standing::captured:
      fact.event = payment::ProviderEvent::captured;
      break;
    case payment::Standing::failed:
      fact.event = payment::ProviderEvent::failed;
      break;
    case payment::Standing::canceled:
      fact.event = payment::ProviderEvent::canceled;
      break;
  }
  return command_of(fact);
}

}  // namespace tandem::app
