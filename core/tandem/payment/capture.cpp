// SPDX-License-Identifier: Apache-2.0
// Capturing and voiding what was authorized: three commands, cancel, void and refund, are never
// mixed up, and none of them is a state that somebody sets.
#include <algorithm>

#include "tandem/order/axes.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/payment/steps.hpp"

namespace tandem {
namespace {

/// Refuses, in this order: attempt_not_live, attempt_not_authorized, already_captured.
Result<void> check_authorized(const Attempt& attempt) {
  const std::string number = std::to_string(attempt.number);
  switch (attempt.state) {
    case AttemptState::failed:
    case AttemptState::canceled:
    case AttemptState::voided:
      return reject(Reason::attempt_not_live, number);
    case AttemptState::created:
    case AttemptState::pending:
      return reject(Reason::attempt_not_authorized, number);
    case AttemptState::authorized:
    case AttemptState::captured:
      break;
  }
  if (attempt.capturable_minor() == 0) return reject(Reason::already_captured, number);
  return {};
}

}  // namespace

Result<void> capture_payment(Decider& d, const CapturePayment& command) {
  const Attempt* attempt = d.order().find_attempt(command.attempt);
  if (attempt == nullptr) return reject(Reason::attempt_unknown, std::to_string(command.attempt));
  if (command.amount_minor && *command.amount_minor < 1) {
    return reject(Reason::amount_not_positive, {}, 1);
  }
  // What is asked for counts: a provider that was asked to void answers no capture any more.
  if (attempt->voiding) return reject(Reason::attempt_not_live, std::to_string(command.attempt));
  if (auto ok = check_authorized(*attempt); !ok) return ok;
  const std::int64_t left = attempt->capturable_minor();
  const auto can = abilities(d.settings(), attempt->provider);
  const bool in_parts = can && can->partial_capture;
  // A revision may have made the order cheaper than what was authorized.
  const std::int64_t due = money_of(d.order()).due_minor();
  const std::int64_t all = in_parts && due > 0 ? std::min(left, due) : left;
  const std::int64_t amount = command.amount_minor.value_or(all);
  if (amount > left) return reject(Reason::capture_exceeds_authorized, {}, left);
  if (!can || !can->enabled) return reject(Reason::provider_disabled, attempt->provider.value);
  if (!can->partial_capture && amount < attempt->authorized_minor) {
    return reject(Reason::provider_cannot_capture, attempt->provider.value);
  }
  d.emit(CaptureRequested{.amount_minor = amount, .attempt = command.attempt});
  return {};
}

Result<void> void_payment(Decider& d, const VoidPayment& command) {
  const Attempt* attempt = d.order().find_attempt(command.attempt);
  if (attempt == nullptr) return reject(Reason::attempt_unknown, std::to_string(command.attempt));
  if (auto ok = check_authorized(*attempt); !ok) return ok;
  if (attempt->state == AttemptState::captured) {
    return reject(Reason::already_captured, std::to_string(command.attempt));
  }
  const auto can = abilities(d.settings(), attempt->provider);
  if (!can || !can->enabled) return reject(Reason::provider_disabled, attempt->provider.value);
  if (!can->void_) return reject(Reason::provider_cannot_void, attempt->provider.value);
  if (!attempt->voiding) d.emit(VoidRequested{.attempt = command.attempt});
  return {};
}

}  // namespace tandem
