// SPDX-License-Identifier: Apache-2.0
#pragma once
// Beginning and ending payment attempts: what an order asks of payment providers.
//
//   confirmation_minor(settings, quote) == 2672   // half of 53.43, half away from zero

#include <cstdint>

#include "tandem/order/decider.hpp"

namespace tandem {

[[nodiscard]] const PaymentMethod* find_payment_method(const Rules& rules,
                                                       const PaymentMethodId& id);

/// Whether the provider is connected and switched on.
[[nodiscard]] bool is_enabled(const Settings& settings, const ProviderId& provider);

/// The amount that confirms an order: its payable amount times `confirmation_ppm`, rounded half
/// away from zero; that amount itself confirms.
[[nodiscard]] std::int64_t confirmation_minor(const Settings& settings, const Quote& quote);

/// Whether money of this attempt pays what is agreed now, and not something that was.
[[nodiscard]] bool counts_for(const Order& order, const Attempt& attempt);

/// What is authorized or captured for what is agreed now, and not given back.
[[nodiscard]] std::int64_t secured_minor(const Order& order);

/// Whether the payments of a placed order reach the amount that confirms it.
[[nodiscard]] bool is_secured(const Decider& d);

/// Whoever asks: an order is paid in a few tries or by other means. Methods that a person settles
/// are free. Refuses: attempts_used_up.
[[nodiscard]] Result<void> check_attempts(const Decider& d, const PaymentMethod& method);

/// Confirms a placed order by the money that is there, and looks at what that money is too much
/// for.
void confirm_paid(Decider& d);

/// Begins an attempt to pay the placed order. Methods that a person settles are pending at once and
/// hold no stock; for others stock is held until the order is confirmed.
void start_attempt(Decider& d, const PaymentMethod& method, std::int64_t amount_minor);

/// Ends every attempt that could still bring money, because the order was changed or taken back:
/// the provider is asked to void it, and what was captured is given back.
void supersede_attempts(Decider& d);

/// Back to a quotation, lines untouched, what is held given back.
void reopen(Decider& d, ReopenCause cause);

/// Asks for all that can be refunded of an attempt, or for a person when the provider cannot.
void give_back(Decider& d, std::int64_t attempt);

/// A refund was paid out; returns that it was the last of are closed.
void end_refund(Decider& d, RefundWasSucceeded event);

/// Asks the provider to void what it authorized, or for a person when it cannot.
void give_up(Decider& d, std::int64_t attempt);

}  // namespace tandem
