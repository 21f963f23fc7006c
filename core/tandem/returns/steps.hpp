// SPDX-License-Identifier: Apache-2.0
#pragma once
// Returns: asked for by the customer, judged by the shop's policy and by staff, received in parts,
// settled by money or by other goods.
//
//   request_return(d, {.lines = {{.line = {"MUG"}, .quantity = 1}}})

#include "tandem/order/decider.hpp"

namespace tandem {

/// Refuses, in this order: order_canceled, not_confirmed, line_unknown, quantity_not_positive,
/// nothing_to_return (no line named), not_shipped, quantity_exceeds_shipped, not_returnable,
/// return_window_closed, already_returned.
Result<void> request_return(Decider& d, const RequestReturn& command);

/// Refuses, in this order: return_unknown, return_closed (received, or ended).
Result<void> cancel_return(Decider& d, const CancelReturn& command);

/// Refuses, in this order: return_unknown, return_closed (not requested any more), line_unknown,
/// quantity_not_positive, quantity_above_limit (more than was requested).
Result<void> approve_return(Decider& d, const ApproveReturn& command);

/// Refuses, in this order: return_unknown, return_closed (not requested any more).
Result<void> reject_return(Decider& d, const RejectReturn& command);

/// Refuses, in this order: return_unknown, return_not_received (not approved yet), return_closed,
/// line_unknown, quantity_above_limit (more than is awaited), quantity_not_positive (nothing),
/// nothing_to_return (no line named).
Result<void> receive_return(Decider& d, const ReceiveReturn& command);

/// Refuses, in this order: return_unknown, return_not_received, return_closed, line_unknown,
/// offer_unknown, quantity_not_positive, quantity_above_limit (more than was accepted and not
/// settled), nothing_to_return, insufficient_stock.
Result<void> exchange_return(Decider& d, const ExchangeReturn& command);

/// Closes a return of which everything arrived and nothing is left to settle: what is exchanged has
/// gone out, what is refunded is paid.
void consider_closing(Decider& d, std::int64_t number);

}  // namespace tandem
