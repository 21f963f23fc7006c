// SPDX-License-Identifier: Apache-2.0
#pragma once
// A return: goods that a customer announced to send back, and its states. Three figures are kept
// apart for every line: what was asked, what was approved, what arrived.
//
// requested: waits for staff. in_transit: approved. received: something arrived.
// closed, rejected, canceled: final.

#include <array>
#include <cstdint>
#include <vector>

#include "tandem/base/transitions.hpp"
#include "tandem/order/words.hpp"
#include "tandem/returns/words.hpp"

namespace tandem {

TANDEM_ENUM(ReturnState, requested, in_transit, received, closed, rejected, canceled)

TANDEM_ENUM(ReturnAction, approve, reject, receive, close, cancel)

inline constexpr std::array kReturnTransitions{
    Transition{ReturnState::requested, ReturnAction::approve, ReturnState::in_transit},
    Transition{ReturnState::requested, ReturnAction::reject, ReturnState::rejected},
    Transition{ReturnState::requested, ReturnAction::cancel, ReturnState::canceled},
    Transition{ReturnState::in_transit, ReturnAction::receive, ReturnState::received},
    Transition{ReturnState::in_transit, ReturnAction::cancel, ReturnState::canceled},
    // Parcels arrive one after the other.
    Transition{ReturnState::received, ReturnAction::receive, ReturnState::received},
    Transition{ReturnState::received, ReturnAction::close, ReturnState::closed},
};
static_assert(every_state_reachable(kReturnTransitions, ReturnState::requested));
static_assert(final_states_are(kReturnTransitions, {ReturnState::closed, ReturnState::rejected,
                                                    ReturnState::canceled}));
static_assert(rows_are_unambiguous(kReturnTransitions));

struct ReturnLine {
  LineId line;
  std::int64_t requested = 0;
  std::int64_t approved = 0;
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t restocked = 0;
  std::int64_t exchanged = 0;  // replaced by other goods instead of refunded

  [[nodiscard]] std::int64_t awaited() const { return approved - accepted - rejected; }
};

struct Return {
  std::int64_t number = 0;
  ReturnState state = ReturnState::requested;
  std::vector<ReturnLine> lines;

  [[nodiscard]] bool is_open() const {
    return state == ReturnState::requested || state == ReturnState::in_transit ||
           state == ReturnState::received;
  }
  /// Units that this return still claims of a line: announced, or come back.
  [[nodiscard]] std::int64_t claimed(const ReturnLine& line) const {
    if (state == ReturnState::requested) return line.requested;
    if (state == ReturnState::in_transit || state == ReturnState::received) {
      return line.approved - line.rejected;
    }
    return state == ReturnState::closed ? line.accepted : 0;
  }
};

}  // namespace tandem
