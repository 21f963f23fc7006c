// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ledger of how often promotions were used. A use is held when an order is placed and claimed
// when it is confirmed; a reopened or canceled order gives it back.
//
//   coupon_verdict(promotion, {.uses = 999, .held_by_others = 1}, now) is coupon_held at 1,000 uses

#include <cstdint>
#include <optional>

#include "tandem/base/reason.hpp"
#include "tandem/catalog/rules.hpp"
#include "tandem/pricing/facts.hpp"

namespace tandem {

struct PromotionFigures {
  std::int64_t uses = 0;
  std::int64_t held_by_others = 0;  // by orders that are placed but not confirmed, not this one
  std::int64_t uses_by_customer = 0;
};

/// Why this promotion may not be used now, if so. In this order: coupon_not_started,
/// coupon_expired, coupon_used_up, coupon_used_by_customer, coupon_held.
[[nodiscard]] std::optional<Reason> coupon_verdict(const Promotion& promotion,
                                                   const PromotionFigures& figures,
                                                   std::int64_t now_ms);

/// Whether others have used up what a promotion gives, or hold the last of it.
[[nodiscard]] inline bool is_taken_by_others(const Verdict& verdict) {
  return verdict.refused == Reason::coupon_used_up || verdict.refused == Reason::coupon_held;
}

/// Whether the limits of a promotion leave no use of it for this order: no earlier promise changes
/// that.
[[nodiscard]] inline bool is_spent(const Verdict& verdict) {
  return is_taken_by_others(verdict) || verdict.refused == Reason::coupon_used_by_customer;
}

/// Tells which promotions without a code may not be used now. `figures_of` is asked for each that
/// has limits.
template <class FiguresOf>
void tell_promotions(QuoteFacts& facts, const Rules& rules, std::int64_t now_ms,
                     FiguresOf figures_of) {
  facts.promotions.clear();
  for (const Promotion& promotion : rules.promotions) {
    if (promotion.coupon || !promotion.limits) continue;
    const auto refused = coupon_verdict(promotion, figures_of(promotion), now_ms);
    if (refused) facts.promotions[promotion.id.value] = {refused};
  }
}

}  // namespace tandem
