// SPDX-License-Identifier: Apache-2.0
#pragma once
// A refund: money asked back from a provider for one payment, or put back on a gift card that paid,
// and its states.
//
// pending: asked. succeeded, failed: final; a failed refund gives its amount back to what may be
// refunded.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/transitions.hpp"
#include "tandem/order/words.hpp"
#include "tandem/payment/words.hpp"

namespace tandem {

TANDEM_ENUM(RefundState, pending, succeeded, failed)

TANDEM_ENUM(RefundFact, succeeds, fails)

inline constexpr std::array kRefundTransitions{
    Transition{RefundState::pending, RefundFact::succeeds, RefundState::succeeded},
    Transition{RefundState::pending, RefundFact::fails, RefundState::failed},
};
static_assert(every_state_reachable(kRefundTransitions, RefundState::pending));
static_assert(final_states_are(kRefundTransitions, {RefundState::succeeded, RefundState::failed}));
static_assert(rows_are_unambiguous(kRefundTransitions));

/// Units of a return that a refund pays for.
struct ReturnUnits {
  std::int64_t of_return = 0;
  LineId line;
  std::int64_t quantity = 0;
};

struct Refund {
  std::int64_t number = 0;
  std::optional<std::int64_t> attempt;  // one of the two
  std::optional<std::string> gift_card;  // folded code
  std::optional<std::int64_t> of_return;
  std::int64_t amount_minor = 0;
  std::vector<RefundLine> lines;
  std::int64_t shipping_minor = 0;
  std::vector<ReturnUnits> settles;
  RefundState state = RefundState::pending;
  std::optional<std::string> reason;  // why a person asked for it, or why it failed

  /// Money that is gone or on its way.
  [[nodiscard]] bool counts() const { return state != RefundState::failed; }
};

}  // namespace tandem
