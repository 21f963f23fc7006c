// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ledger of gift cards: an account per code. A hold sets an amount aside while its order is
// being paid; a claim takes it from the balance; a release or a canceled order gives it back.
//
//   gift_card_verdict({.balance_minor = 5000, .held_by_others_minor = 5000}, now) is gift_card_held

#include <algorithm>
#include <cstdint>
#include <optional>

#include "tandem/base/reason.hpp"

namespace tandem {

struct GiftCardFigures {
  std::int64_t balance_minor = 0;  // what is left, holds included
  std::int64_t held_by_others_minor =
      0;  // by orders that are placed but not confirmed, not this one
  std::optional<std::int64_t> expires_ms;

  /// What an order may use of it.
  [[nodiscard]] std::int64_t usable_minor(std::int64_t now_ms) const {
    if (expires_ms && now_ms >= *expires_ms) return 0;
    return std::max<std::int64_t>(0, balance_minor - held_by_others_minor);
  }
};

/// Why a card may not be used now, if so. In this order: gift_card_expired, gift_card_empty,
/// gift_card_held (something is left, all of it held by other orders).
[[nodiscard]] inline std::optional<Reason> gift_card_verdict(const GiftCardFigures& card,
                                                             std::int64_t now_ms) {
  if (card.expires_ms && now_ms >= *card.expires_ms) return Reason::gift_card_expired;
  if (card.balance_minor <= 0) return Reason::gift_card_empty;
  if (card.usable_minor(now_ms) == 0) return Reason::gift_card_held;
  return std::nullopt;
}

}  // namespace tandem
