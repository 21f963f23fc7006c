// SPDX-License-Identifier: Apache-2.0
#pragma once
// What staff and customers ask of payments: begin one, capture, void, refund, or record money that
// was seen. Each asks the provider by an event; what the provider answers is told.hpp's.
//
//   refund_payment(d, {.amount_minor = 1000})   // of the oldest payment first

#include "tandem/order/decider.hpp"

namespace tandem {

/// Begins a payment of what is still due. Refuses, in this order: order_canceled, not_placed,
/// payment_in_progress, method_unknown, amount_not_positive, nothing_due, amount_exceeds_due,
/// payment_not_chosen, payment_method_unavailable, provider_disabled, insufficient_stock,
/// coupon_used_up, coupon_used_by_customer, gift_card_held, attempts_used_up.
Result<void> start_payment(Decider& d, const StartPayment& command);

/// Refuses, in this order: attempt_unknown, amount_not_positive, attempt_not_live,
/// attempt_not_authorized, already_captured, capture_exceeds_authorized, provider_disabled,
/// provider_cannot_capture (a part, and the provider only captures all).
Result<void> capture_payment(Decider& d, const CapturePayment& command);

/// Refuses, in this order: attempt_unknown, attempt_not_live, attempt_not_authorized,
/// already_captured, provider_disabled, provider_cannot_void.
Result<void> void_payment(Decider& d, const VoidPayment& command);

/// Money that was seen is never refused for being too much, too little or too late. Refuses, in
/// this order: not_placed (never placed), method_unknown, amount_not_positive.
Result<void> record_payment(Decider& d, const RecordPayment& command);

/// Refuses, in this order: attempt_unknown, return_unknown, line_unknown, quantity_not_positive,
/// quantity_above_limit, amount_not_positive, nothing_captured, return_not_received,
/// nothing_to_refund, refund_exceeds_captured, provider_disabled, provider_cannot_refund.
Result<void> refund_payment(Decider& d, const RefundPayment& command);

/// Money for this attempt was authorized, captured or recorded: confirms when it suffices, else
/// leaves it or turns it away.
void consider_confirming(Decider& d, std::int64_t attempt);

}  // namespace tandem
