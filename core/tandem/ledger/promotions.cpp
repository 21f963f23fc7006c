// SPDX-License-Identifier: Apache-2.0
#include "tandem/ledger/promotions.hpp"

namespace tandem {

std::optional<Reason> coupon_verdict(const Promotion& promotion, const PromotionFigures& figures,
                                     std::int64_t now_ms) {
  if (promotion.starts_ms && now_ms < *promotion.starts_ms) return Reason::coupon_not_started;
  if (promotion.ends_ms && now_ms >= *promotion.ends_ms) return Reason::coupon_expired;
  if (!promotion.limits) return std::nullopt;
  const UseLimits& limits = *promotion.limits;
  if (limits.uses && figures.uses >= *limits.uses) return Reason::coupon_used_up;
  if (limits.uses_per_customer && figures.uses_by_customer >= *limits.uses_per_customer) {
    return Reason::coupon_used_by_customer;
  }
  if (limits.uses && figures.uses + figures.held_by_others >= *limits.uses) {
    return Reason::coupon_held;
  }
  return std::nullopt;
}

}  // namespace tandem
