// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/decide.hpp"

#include "tandem/order/access.hpp"
#include "tandem/order/decider.hpp"
#include "tandem/payment/told.hpp"

namespace tandem {
namespace {

/// One method per command. A command without one does not compile.
class Dispatch {
 public:
  explicit Dispatch(Decider& d) : d_(d) {}

  Result<void> operator()(const AddLine& c) { return add_line(d_, c); }
  Result<void> operator()(const SetQuantity& c) { return set_quantity(d_, c); }
  Result<void> operator()(const RemoveLine& c) { return remove_line(d_, c); }
  Result<void> operator()(const SetContact& c) { return set_contact(d_, c); }
  Result<void> operator()(const AcceptTerms& c) { return accept_terms(d_, c); }
  Result<void> operator()(const SetAddress& c) { return set_address(d_, c); }
  Result<void> operator()(const ChooseShipping& c) { return choose_shipping(d_, c); }
  Result<void> operator()(const ChoosePayment& c) { return choose_payment(d_, c); }
  Result<void> operator()(const ApplyCoupon& c) { return apply_coupon(d_, c); }
  Result<void> operator()(const RemoveCoupon& c) { return remove_coupon(d_, c); }
  Result<void> operator()(const PlaceOrder& c) { return place_order(d_, c); }
  Result<void> operator()(const CancelOrder& c) { return cancel_order(d_, c); }
  Result<void> operator()(const RenewHold&) { return renew_hold(d_); }
  Result<void> operator()(const ConfirmOrder&) { return confirm_by_staff(d_); }
  Result<void> operator()(const ReopenOrder&) { return reopen_by_staff(d_); }
  Result<void> operator()(const PaymentPending& c) { return told(d_, c); }
  Result<void> operator()(const PaymentAuthorized& c) { return told(d_, c); }
  Result<void> operator()(const PaymentCaptured& c) { return told(d_, c); }
  Result<void> operator()(const PaymentFailed& c) { return told(d_, c); }
  Result<void> operator()(const PaymentCanceled& c) { return told(d_, c); }
  Result<void> operator()(const ExpireHold&) {
    expire_hold(d_);
    return {};
  }
  Result<void> operator()(const ExpireAttempt& c) { return expire_attempt(d_, c); }

 private:
  Decider& d_;
};

}  // namespace

Result<std::vector<NewEvent>> decide(const Order& order, const Command& command,
                                     const Context& context) {
  if (auto ok = check_access(command, context.actor); !ok) return std::unexpected(ok.error());
  Decider decider(order, context);
  if (auto ok = std::visit(Dispatch(decider), command); !ok) return std::unexpected(ok.error());
  return decider.take();
}

Result<void> check_place(const Order& order, const PlaceOrder& command, const Context& context) {
  if (auto ok = check_access(command, context.actor); !ok) return ok;
  if (auto quote = check_placing(Decider(order, context), command); !quote) {
    return std::unexpected(std::move(quote.error()));
  }
  return {};
}

Cart cart_of(const Order& order) {
  Cart cart;
  for (const Line& line : order.lines) {
    cart.lines.push_back({.configuration = line.configuration,
                          .quantity = line.quantity,
                          .quantity_exact = {},
                          .sku = line.sku});
  }
  for (const OrderCoupon& coupon : order.coupons) {
    if (coupon.state != CouponState::dropped) cart.coupons.push_back({coupon.code});
  }
  if (order.ship_to) {
    cart.ship_to = Destination{.country = order.ship_to->country,
                               .postcode = order.ship_to->postcode,
                               .region = order.ship_to->region};
  }
  cart.shipping_method = order.shipping_method;
  cart.payment_method = order.payment_method;
  return cart;
}

QuoteRequest quote_request(const Context& context, const Cart& cart) {
  return {.now_ms = context.now_ms,
          .rules = *context.rules,
          .offers = context.offers,
          .facts = *context.facts,
          .cart = cart};
}

Result<Quote> open_quote(const Order& order, const Context& context) {
  if (order.is_placed() && order.placed) return order.placed->quote;
  const Cart cart = cart_of(order);
  return quote(quote_request(context, cart));
}

Result<Quote> current_quote(const Order& order, const Context& context) {
  auto open = open_quote(order, context);
  if (!open || !open->quote_digest.empty()) return open;
  // An equal quote has an equal digest, and comparing is much quicker than hashing.
  if (context.shown != nullptr) {
    open->quote_digest = context.shown->quote_digest;
    if (*open == *context.shown) return open;
    open->quote_digest.clear();
  }
  return sealed(std::move(*open));
}

}  // namespace tandem
