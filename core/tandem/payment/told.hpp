// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a payment provider tells of an attempt, and what the order makes of it. The browser's return
// and the webhook tell the same facts, in any order and number; a fact told twice, or one that no
// row of the attempt's table allows, changes nothing and is no error. Money is never refused:
// every amount that arrives ends confirmed, given back, or before a person with its reason.

#include "tandem/order/decider.hpp"

namespace tandem {

/// Each refuses, in this order: attempt_unknown, amount_not_positive (where there is an amount).
Result<void> told(Decider& d, const PaymentPending& fact);
Result<void> told(Decider& d, const PaymentAuthorized& fact);
Result<void> told(Decider& d, const PaymentCaptured& fact);
Result<void> told(Decider& d, const PaymentFailed& fact);
Result<void> told(Decider& d, const PaymentCanceled& fact);
Result<void> told(Decider& d, const PaymentVoided& fact);
Result<void> told(Decider& d, const CaptureFailed& fact);
Result<void> told(Decider& d, const VoidFailed& fact);
Result<void> told(Decider& d, const PaymentChargedBack& fact);

/// Each refuses: refund_unknown.
Result<void> told(Decider& d, const RefundSucceeded& fact);
Result<void> told(Decider& d, const RefundFailed& fact);

/// Ends an attempt that nobody answered in time. Refuses: attempt_unknown.
Result<void> expire_attempt(Decider& d, const ExpireAttempt& command);

}  // namespace tandem
