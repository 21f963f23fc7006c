// SPDX-License-Identifier: Apache-2.0
// Codes on an order. What a code is worth and whether it may still be used are facts from the
// ledger; whether its conditions hold is the quote's to say.
#include <algorithm>

#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

const OrderCoupon* find_coupon(const Order& order, const std::string& code) {
  const auto found = std::ranges::find(order.coupons, code, &OrderCoupon::code);
  return found == order.coupons.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Reason> refusal_of_coupon(const Quote& quote, std::size_t index) {
  const std::string subject = "/cart/coupons/" + std::to_string(index);
  for (const QuoteMessage& message : quote.messages) {
    if (message.subject == subject) return reason_named(message.code);
  }
  return std::nullopt;
}

PromotionId published_under(const Rules& rules, std::string_view code) {
  for (const Promotion& promotion : rules.promotions) {
    if (promotion.public_code && fold_code(promotion.public_code->value) == code) {
      return promotion.id;
    }
  }
  return {};
}

/// Refuses, in this order: as check_editable, coupon_unknown, coupon_already_applied, what the
/// ledger says of the code, coupon_conditions_not_met, coupon_not_combinable.
Result<void> apply_coupon(Decider& d, const ApplyCoupon& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const std::string code = fold_code(command.code);
  const auto fact = d.context().facts->coupons.find(code);
  if (fact == d.context().facts->coupons.end()) return reject(Reason::coupon_unknown, code);
  if (fact->second.verdict.refused == Reason::coupon_unknown) {
    return reject(Reason::coupon_unknown, code);
  }
  const OrderCoupon* known = find_coupon(d.order(), code);
  if (known != nullptr && known->state != CouponState::dropped) {
    return reject(Reason::coupon_already_applied, code);
  }
  if (fact->second.verdict.refused) return reject(*fact->second.verdict.refused, code);

  begin_edit(d);
  d.emit(CouponApplied{.code = code, .promotion = fact->second.promotion});
  const auto& quote = d.appraisal().quote;
  if (!quote) return std::unexpected(quote.error());
  if (const auto reason = refusal_of_coupon(*quote, cart_of(d.order()).coupons.size() - 1)) {
    return reject(*reason, code);
  }
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, coupon_unknown (not on this order).
Result<void> remove_coupon(Decider& d, const RemoveCoupon& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const std::string code = fold_code(command.code);
  if (find_coupon(d.order(), code) == nullptr) return reject(Reason::coupon_unknown, code);
  begin_edit(d);
  d.emit(CouponRemoved{.code = code});
  return finish_edit(d);
}

}  // namespace tandem
