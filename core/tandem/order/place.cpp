// SPDX-License-Identifier: Apache-2.0
// Placing: the quote is frozen, stock is set aside, and the payment begins.
#include <algorithm>

#include "tandem/fields/writer.hpp"
#include "tandem/ledger/promotions.hpp"
#include "tandem/order/address_rules.hpp"
#include "tandem/order/changes.hpp"
#include "tandem/order/decider.hpp"
#include "tandem/payment/settle.hpp"

namespace tandem {
namespace {

bool has_goods(const Order& order) {
  return std::ranges::any_of(order.lines,
                             [](const Line& line) { return line.kind == OfferKind::goods; });
}

/// Refuses, in this order: order_canceled, order_locked, already_placed, already_confirmed.
Result<void> check_placeable(const Order& order) {
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  if (order.state == OrderState::quotation_sent) return reject(Reason::already_placed);
  if (order.state == OrderState::order) return reject(Reason::already_confirmed);
  return {};
}

/// Refuses, in this order: account_required, contact_missing, address_incomplete.
Result<void> check_customer(const Decider& d) {
  const Order& order = d.order();
  if (d.rules().policies.account == AccountPolicy::required && !order.customer) {
    return reject(Reason::account_required);
  }
  if (!order.has_contact) return reject(Reason::contact_missing, "email");
  if (!has_goods(order)) return {};
  if (!order.ship_to) return reject(Reason::address_incomplete, "ship_to");
  const auto missing = missing_address_fields(*order.ship_to);
  if (missing.empty()) return {};
  Rejection refusal = rejection(Reason::address_incomplete, missing.front());
  for (std::size_t i = 1; i < missing.size(); ++i) refusal.also.push_back({missing[i], {}});
  return std::unexpected(std::move(refusal));
}

/// Every line whose product is not for sale any more: offer_unavailable.
Result<void> check_offers(const Decider& d) {
  std::optional<Rejection> refusal;
  for (const Line& line : d.order().lines) {
    const Offer* offer = d.offer(line.sku);
    if (offer != nullptr && offer->active) continue;
    if (!refusal) {
      refusal = rejection(Reason::offer_unavailable, line.sku.value);
    } else {
      refusal->also.push_back({line.sku.value, {}});
    }
  }
  if (refusal) return std::unexpected(*std::move(refusal));
  return {};
}

/// Refuses, in this order: shipping_not_chosen, shipping_unavailable, payment_not_chosen,
/// payment_method_unavailable, terms_not_accepted.
Result<void> check_choices(const Decider& d, const Quote& quote) {
  const Order& order = d.order();
  if (has_goods(order) && !d.rules().shipping_methods.empty()) {
    if (!order.shipping_method) return reject(Reason::shipping_not_chosen);
    if (!check_shipping(d, *order.shipping_method)) {
      return reject(Reason::shipping_unavailable, order.shipping_method->value);
    }
  }
  if (quote.totals.payable_minor > 0) {
    if (!order.payment_method) return reject(Reason::payment_not_chosen);
    const PaymentMethod* method = find_payment_method(d.rules(), *order.payment_method);
    if (method == nullptr || !check_payment(d, method->id) ||
        !is_enabled(d.settings(), method->provider)) {
      return reject(Reason::payment_method_unavailable, order.payment_method->value);
    }
  }
  const auto& terms = d.rules().policies.terms_version;
  if (terms && order.terms_version != terms) return reject(Reason::terms_not_accepted, *terms);
  return {};
}

/// What a quote takes of a gift card.
std::int64_t taken_minor(const Quote* quote, const std::string& code) {
  if (quote == nullptr) return 0;
  for (const QuoteGiftCard& card : quote->gift_cards) {
    if (card.id.value == code) return card.amount_minor;
  }
  return 0;
}

Rejection rejection_of(const Verdict& verdict, std::string subject) {
  const bool taken = is_taken_by_others(verdict);
  return rejection(taken ? Reason::coupon_used_up : *verdict.refused, std::move(subject));
}

/// Refuses, by its code or its name, a promotion that has no use left for this order.
Result<void> check_promotion(const QuoteFacts& told, const PromotionId& promotion) {
  for (const auto& [code, coupon] : told.coupons) {
    if (coupon.promotion == promotion && is_spent(coupon.verdict)) {
      return std::unexpected(rejection_of(coupon.verdict, code));
    }
  }
  const auto verdict = told.promotions.find(promotion.value);
  if (verdict == told.promotions.end() || !is_spent(verdict->second)) return {};
  return std::unexpected(rejection_of(verdict->second, promotion.value));
}

/// What the frozen quote, or the cart where none is frozen, asks for of promotions. Refuses:
/// coupon_used_up, and for a frozen quote coupon_used_by_customer.
Result<void> check_promotions(const Decider& d, const Quote* frozen) {
  const QuoteFacts& told = *d.context().facts;
  if (frozen != nullptr) {
    for (const PromotionId& promotion : frozen->applied) {
      if (auto ok = check_promotion(told, promotion); !ok) return ok;
    }
    return {};
  }
  for (const OrderCoupon& coupon : d.order().coupons) {
    const auto fact = told.coupons.find(coupon.code);
    if (coupon.state == CouponState::dropped || fact == told.coupons.end()) continue;
    if (is_taken_by_others(fact->second.verdict)) {
      return std::unexpected(rejection_of(fact->second.verdict, coupon.code));
    }
  }
  return {};
}

/// Codes that the quote does not count are taken off, each with its reason.
void drop_coupons(Decider& d, const Quote& quote) {
  std::vector<CouponDropped> dropped;
  std::size_t index = 0;
  for (const OrderCoupon& coupon : d.order().coupons) {
    if (coupon.state == CouponState::dropped) continue;
    if (const auto reason = refusal_of_coupon(quote, index)) {
      dropped.push_back({.code = coupon.code, .reason = *reason});
    }
    ++index;
  }
  for (CouponDropped& event : dropped) d.emit(std::move(event));
}

}  // namespace

/// A use that is held for an order is one fewer for all others, so what is held or used up by then
/// is refused: coupon_used_up. Codes that fail for another reason are dropped, as the quote showed.
Result<void> check_uses(const Decider& d, const Quote* frozen) {
  if (d.order().holds_uses) return {};
  if (auto ok = check_promotions(d, frozen); !ok) return ok;
  for (const OrderGiftCard& card : d.order().gift_cards) {
    const auto known = d.context().gift_cards.find(card.code);
    if (known == d.context().gift_cards.end()) continue;
    if (gift_card_verdict(known->second, d.now_ms()) == Reason::gift_card_held) {
      return reject(Reason::gift_card_held, card.code);
    }
    if (known->second.usable_minor(d.now_ms()) < taken_minor(frozen, card.code)) {
      return reject(Reason::gift_card_held, card.code, known->second.usable_minor(d.now_ms()));
    }
  }
  return {};
}

/// The quote that was shown under this digest; nullptr when it is not known any more.
const Quote* shown_under(const Decider& d, const Digest& expected) {
  const Quote* shown = d.context().shown;
  return shown != nullptr && shown->quote_digest == hex(expected) ? shown : nullptr;
}

/// Whether the shop passes lower prices on without asking, and nothing else has changed.
bool passes_on(const Decider& d, const Digest& expected, const Quote& now) {
  if (d.rules().policies.price_drop != PriceDrop::pass_on) return false;
  const Quote* shown = shown_under(d, expected);
  return shown != nullptr && is_only_cheaper(*shown, now);
}

/// Refuses with quote_changed and each named fact when the quote is not the one that was shown.
Result<void> check_shown(const Decider& d, const Digest& expected, const Quote& now) {
  if (hex(expected) == now.quote_digest) return {};
  Rejection refusal = rejection(Reason::quote_changed, now.quote_digest);
  const Quote* shown = shown_under(d, expected);
  refusal.changes =
      shown != nullptr ? changes_between(*shown, now) : changes_since_shown(d.order(), now);
  return std::unexpected(std::move(refusal));
}

/// Refuses, in this order: version_stale, order_canceled, order_locked, already_placed,
/// already_confirmed, order_is_empty, account_required, contact_missing, address_incomplete,
/// minimum_order_not_reached, offer_unavailable, shipping_not_chosen, shipping_unavailable,
/// payment_not_chosen, payment_method_unavailable, terms_not_accepted, quote_changed,
/// insufficient_stock, coupon_used_up, gift_card_held, attempts_used_up.
Result<const Quote*> check_placing(const Decider& d, const PlaceOrder& command) {
  if (command.expected_version && *command.expected_version != d.order().version) {
    return reject(Reason::version_stale, {}, d.order().version);
  }
  const auto refused = [](auto& ok) { return std::unexpected(std::move(ok.error())); };
  if (auto ok = check_placeable(d.order()); !ok) return refused(ok);
  if (d.order().lines.empty()) return reject(Reason::order_is_empty);
  if (auto ok = check_customer(d); !ok) return refused(ok);
  const auto quote = d.quote();
  const std::int64_t minimum = d.rules().policies.minimum_order_minor;
  if (quote && (*quote)->totals.items_minor < minimum) {
    return reject(Reason::minimum_order_not_reached, {}, minimum);
  }
  if (auto ok = check_offers(d); !ok) return refused(ok);
  if (!quote) return quote;
  if (auto ok = check_choices(d, **quote); !ok) return refused(ok);
  if (!passes_on(d, command.expected_digest, **quote)) {
    if (auto ok = check_shown(d, command.expected_digest, **quote); !ok) return refused(ok);
  }
  if (auto ok = check_stock(d); !ok) return refused(ok);
  if (auto ok = check_uses(d, nullptr); !ok) return refused(ok);
  if ((*quote)->totals.payable_minor > 0) {
    const PaymentMethod* method = find_payment_method(d.rules(), *d.order().payment_method);
    if (auto ok = check_attempts(d, *method); !ok) return refused(ok);
  }
  return quote;
}

/// Refuses as check_placing.
Result<void> place_order(Decider& d, const PlaceOrder& command) {
  const auto quote = check_placing(d, command);
  if (!quote) return std::unexpected(quote.error());
  Quote frozen = **quote;  // what is emitted next may change the cart that it was made of
  drop_coupons(d, frozen);
  freeze(d, std::move(frozen));
  const std::int64_t payable = d.order().placed->quote.totals.payable_minor;
  if (payable <= 0) {
    confirm(d);
  } else if (is_secured(d)) {
    confirm_paid(d);  // by what was paid before it was taken back and placed again
  } else {
    const PaymentMethod& method = *find_payment_method(d.rules(), *d.order().payment_method);
    start_attempt(d, method, payable - secured_minor(d.order()));
  }
  return {};
}

}  // namespace tandem
