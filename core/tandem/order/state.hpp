// SPDX-License-Identifier: Apache-2.0
#pragma once
// The order's own states and what leads from one to the next. Payment, delivery, invoice and return
// are further axes, derived from facts (axes.hpp), never stored.
//
//   allows(OrderState::order, OrderAction::edit) == false

#include <array>

#include "tandem/base/transitions.hpp"

namespace tandem {

/// quotation: in the cart. quotation_sent: placed, payment not confirmed. order: confirmed.
TANDEM_ENUM(OrderState, quotation, quotation_sent, order, canceled)

TANDEM_ENUM(OrderAction, edit, place, send, confirm, reopen, cancel)

inline constexpr std::array kOrderTransitions{
    Transition{OrderState::quotation, OrderAction::edit, OrderState::quotation},
    Transition{OrderState::quotation, OrderAction::place, OrderState::quotation_sent},
    // A quotation that staff made goes to the customer.
    Transition{OrderState::quotation, OrderAction::send, OrderState::quotation_sent},
    Transition{OrderState::quotation, OrderAction::confirm, OrderState::order},
    Transition{OrderState::quotation, OrderAction::cancel, OrderState::canceled},
    // An edit while the payment runs reopens the order and supersedes the attempt.
    Transition{OrderState::quotation_sent, OrderAction::edit, OrderState::quotation},
    Transition{OrderState::quotation_sent, OrderAction::reopen, OrderState::quotation},
    Transition{OrderState::quotation_sent, OrderAction::confirm, OrderState::order},
    Transition{OrderState::quotation_sent, OrderAction::cancel, OrderState::canceled},
    Transition{OrderState::order, OrderAction::cancel, OrderState::canceled},
    Transition{OrderState::canceled, OrderAction::reopen, OrderState::quotation},
};
static_assert(every_state_reachable(kOrderTransitions, OrderState::quotation));
static_assert(final_states_are(kOrderTransitions, {}));
static_assert(rows_are_unambiguous(kOrderTransitions));

[[nodiscard]] constexpr bool allows(OrderState from, OrderAction action) {
  return next(kOrderTransitions, from, action).has_value();
}

}  // namespace tandem
