// SPDX-License-Identifier: Apache-2.0
#pragma once
// One attempt to pay an order: its states, what leads from one to the next, and its amounts.
// Facts of a provider may come late and in any order; what no row names changes nothing.
//
//   next(kAttemptTransitions, AttemptState::captured, AttemptFact::fails) == std::nullopt

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/base/transitions.hpp"

namespace tandem {

TANDEM_ENUM(AttemptState, created, pending, authorized, captured, failed, canceled, voided)

// The last three tell of something else than the attempt's state: no row names them.
TANDEM_ENUM(AttemptFact, pends, authorizes, captures, fails, cancels, voids, capture_fails,
            void_fails, charges_back)

inline constexpr std::array kAttemptTransitions{
    Transition{AttemptState::created, AttemptFact::pends, AttemptState::pending},
    Transition{AttemptState::created, AttemptFact::authorizes, AttemptState::authorized},
    Transition{AttemptState::created, AttemptFact::captures, AttemptState::captured},
    Transition{AttemptState::created, AttemptFact::fails, AttemptState::failed},
    Transition{AttemptState::created, AttemptFact::cancels, AttemptState::canceled},
    Transition{AttemptState::pending, AttemptFact::authorizes, AttemptState::authorized},
    Transition{AttemptState::pending, AttemptFact::captures, AttemptState::captured},
    Transition{AttemptState::pending, AttemptFact::fails, AttemptState::failed},
    Transition{AttemptState::pending, AttemptFact::cancels, AttemptState::canceled},
    Transition{AttemptState::authorized, AttemptFact::captures, AttemptState::captured},
    Transition{AttemptState::authorized, AttemptFact::fails, AttemptState::failed},
    // What was authorized and is given up is voided, whichever word the provider has for it.
    Transition{AttemptState::authorized, AttemptFact::cancels, AttemptState::voided},
    Transition{AttemptState::authorized, AttemptFact::voids, AttemptState::voided},
    // Several captures add up.
    Transition{AttemptState::captured, AttemptFact::captures, AttemptState::captured},
    // Money that arrives after all: it is never refused, its end is decided (see late money).
    Transition{AttemptState::failed, AttemptFact::authorizes, AttemptState::authorized},
    Transition{AttemptState::failed, AttemptFact::captures, AttemptState::captured},
    Transition{AttemptState::canceled, AttemptFact::authorizes, AttemptState::authorized},
    Transition{AttemptState::canceled, AttemptFact::captures, AttemptState::captured},
    Transition{AttemptState::voided, AttemptFact::captures, AttemptState::captured},
};
static_assert(every_state_reachable(kAttemptTransitions, AttemptState::created));
static_assert(final_states_are(kAttemptTransitions, {AttemptState::captured}));
static_assert(rows_are_unambiguous(kAttemptTransitions));

/// An attempt that may still bring money without being asked again.
[[nodiscard]] constexpr bool is_live(AttemptState state) {
  return state == AttemptState::created || state == AttemptState::pending ||
         state == AttemptState::authorized;
}

/// A fact that a provider told, by the provider's id. Some give all facts of one payment one id, so
/// only the same fact under the same id is no news.
struct ToldFact {
  AttemptFact fact{};
  std::string reference;

  friend bool operator==(const ToldFact&, const ToldFact&) = default;
};

struct Attempt {
  std::int64_t number = 0;
  PaymentMethodId method;
  ProviderId provider;
  AttemptState state = AttemptState::created;
  std::int64_t amount_minor = 0;
  std::int64_t authorized_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t refunding_minor = 0;  // asked of the provider, not answered yet
  std::int64_t capturing_minor = 0;  // asked of the provider, not answered yet
  std::int64_t charged_back_minor = 0;
  std::optional<std::int64_t> expires_ms;
  std::optional<std::string> reason;
  std::vector<ToldFact> told;
  std::int64_t occurred_ms = 0;  // of the newest fact that says when it came about
  bool voiding = false;  // asked of the provider, not answered yet
  bool superseded = false;
  bool rest_lost = false;  // the authorization ended after a part of it was captured
  std::int64_t agreement = 0;  // which of the order's agreements it pays

  [[nodiscard]] std::int64_t refundable_minor() const {
    return std::max<std::int64_t>(
        0, captured_minor - refunded_minor - refunding_minor - charged_back_minor);
  }
  /// What may still be captured of what was authorized.
  [[nodiscard]] std::int64_t capturable_minor() const {
    if (rest_lost) return 0;
    return std::max<std::int64_t>(0, authorized_minor - captured_minor - capturing_minor);
  }
};

/// Whether the provider told this fact under this id before.
[[nodiscard]] inline bool was_told(const Attempt& attempt, AttemptFact fact,
                                   const std::optional<std::string>& reference) {
  return reference &&
         std::ranges::find(attempt.told, ToldFact{fact, *reference}) != attempt.told.end();
}

}  // namespace tandem
