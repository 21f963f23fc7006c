// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/decide.hpp"

#include "tandem/delivery/steps.hpp"
#include "tandem/invoice/steps.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/decider.hpp"
#include "tandem/payment/steps.hpp"
#include "tandem/payment/told.hpp"
#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

/// One method per command. A command without one does not compile.
class LocalDispatch {
 public:
  explicit LocalDispatch(Decider& d) : d_(d) {}

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
  Result<void> operator()(const ApplyGiftCard& c) { return apply_gift_card(d_, c); }
  Result<void> operator()(const RemoveGiftCard& c) { return remove_gift_card(d_, c); }
  Result<void> operator()(const Unsubscribe&) { return unsubscribe(d_); }
  Result<void> operator()(const CancelOrder& c) { return cancel_order(d_, c); }
  Result<void> operator()(const RenewHold&) { return renew_hold(d_); }

 protected:
  Decider& d_;
};

class Dispatch : public LocalDispatch {
 public:
  using LocalDispatch::LocalDispatch;
  using LocalDispatch::operator();

  Result<void> operator()(const PlaceOrder& c) { return place_order(d_, c); }
  Result<void> operator()(const MergeCart& c) { return merge_cart(d_, c); }
  Result<void> operator()(const Reorder& c) { return reorder(d_, c); }
  Result<void> operator()(const AttachCustomer& c) { return attach_customer(d_, c); }
  Result<void> operator()(const RetireCart&) { return retire_cart(d_); }
  Result<void> operator()(const SendReminder&) { return send_reminder(d_); }

  Result<void> operator()(const SendQuotation&) { return send_quotation(d_); }
  Result<void> operator()(const ConfirmOrder&) { return confirm_by_staff(d_); }
  Result<void> operator()(const ReopenOrder&) { return reopen_by_staff(d_); }
  Result<void> operator()(const ReviseOrder& c) { return revise_order(d_, c); }
  Result<void> operator()(const Assign& c) { return assign(d_, c); }
  Result<void> operator()(const LockOrder&) { return lock_order(d_); }
  Result<void> operator()(const UnlockOrder&) { return unlock_order(d_); }
  Result<void> operator()(const AddNote& c) { return add_note(d_, c); }
  Result<void> operator()(const ResolvePerson& c) { return resolve_person(d_, c); }
  Result<void> operator()(const ErasePersonalData& c) { return erase_personal_data(d_, c); }
  Result<void> operator()(const ExpireOrder&) { return expire_order(d_); }
  Result<void> operator()(const LoseStock& c) { return lose_stock(d_, c); }
  Result<void> operator()(const ExpireHold&) {
    expire_hold(d_);
    return {};
  }

  Result<void> operator()(const StartPayment& c) { return start_payment(d_, c); }
  Result<void> operator()(const CapturePayment& c) { return capture_payment(d_, c); }
  Result<void> operator()(const VoidPayment& c) { return void_payment(d_, c); }
  Result<void> operator()(const RecordPayment& c) { return record_payment(d_, c); }
  Result<void> operator()(const RefundPayment& c) { return refund_payment(d_, c); }
  Result<void> operator()(const PaymentPending& c) { return told(d_, c); }
  Result<void> operator()(const PaymentAuthorized& c) { return told(d_, c); }
  Result<void> operator()(const PaymentCaptured& c) { return told(d_, c); }
  Result<void> operator()(const PaymentFailed& c) { return told(d_, c); }
  Result<void> operator()(const PaymentCanceled& c) { return told(d_, c); }
  Result<void> operator()(const PaymentVoided& c) { return told(d_, c); }
  Result<void> operator()(const CaptureFailed& c) { return told(d_, c); }
  Result<void> operator()(const VoidFailed& c) { return told(d_, c); }
  Result<void> operator()(const RefundSucceeded& c) { return told(d_, c); }
  Result<void> operator()(const RefundFailed& c) { return told(d_, c); }
  Result<void> operator()(const PaymentChargedBack& c) { return told(d_, c); }
  Result<void> operator()(const ExpireAttempt& c) { return expire_attempt(d_, c); }

  Result<void> operator()(const CompleteTransfer& c) { return complete_transfer(d_, c); }
  Result<void> operator()(const CheckAvailability& c) { return serve(d_, c.transfer); }
  Result<void> operator()(const ServeDelivery& c) { return serve(d_, c.transfer); }
  Result<void> operator()(const CancelTransfer& c) { return cancel_transfer(d_, c); }
  Result<void> operator()(const RecordDelivery& c) { return record_delivery(d_, c); }

  Result<void> operator()(const CreateInvoice& c) { return create_invoice(d_, c); }
  Result<void> operator()(const PostInvoice& c) { return post_invoice(d_, c); }
  Result<void> operator()(const CancelInvoice& c) { return cancel_invoice(d_, c); }
  Result<void> operator()(const CreateCreditNote& c) { return create_credit_note(d_, c); }

  Result<void> operator()(const RequestReturn& c) { return request_return(d_, c); }
  Result<void> operator()(const CancelReturn& c) { return cancel_return(d_, c); }
  Result<void> operator()(const ApproveReturn& c) { return approve_return(d_, c); }
  Result<void> operator()(const RejectReturn& c) { return reject_return(d_, c); }
  Result<void> operator()(const ReceiveReturn& c) { return receive_return(d_, c); }
  Result<void> operator()(const ExchangeReturn& c) { return exchange_return(d_, c); }
};

template <class Commands, class Dispatcher>
Result<std::vector<NewEvent>> decide_by(const Order& order, const Commands& command,
                                        const Context& context) {
  if (auto ok = check_access(command.index(), context.actor); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  Decider decider(order, context);
  if (auto ok = std::visit(Dispatcher(decider), command); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  return decider.take();
}

}  // namespace

Result<std::vector<NewEvent>> decide(const Order& order, const Command& command,
                                     const Context& context) {
  return decide_by<Command, Dispatch>(order, command, context);
}

Result<std::vector<NewEvent>> decide_locally(const Order& order, const LocalCommand& command,
                                             const Context& context) {
  return decide_by<LocalCommand, LocalDispatch>(order, command, context);
}

Result<void> check_place(const Order& order, const PlaceOrder& command, const Context& context) {
  if (auto ok = check_access(Command(command).index(), context.actor); !ok) return ok;
  const Decider decider(order, context);
  if (auto quote = check_placing(decider, command); !quote) {
    return std::unexpected(std::move(quote.error()));
  }
  return {};
}

Cart cart_of(const Order& order) {
  Cart cart;
  cart.lines.reserve(order.lines.size());
  for (const Line& line : order.lines) {
    if (line.gift) continue;  // its promotion adds it again
    cart.lines.push_back({.configuration = line.configuration,
                          .quantity = line.quantity,
                          .quantity_exact = {},
                          .sku = line.sku});
  }
  for (const OrderCoupon& coupon : order.coupons) {
    if (coupon.state != CouponState::dropped) cart.coupons.push_back({coupon.code});
  }
  for (const OrderGiftCard& card : order.gift_cards) {
    if (card.state != CouponState::dropped) cart.gift_cards.push_back({card.code});
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

Exact price_now(const Context& context, const Offer& offer, std::int64_t quantity) {
  return price_of(offer, {.group = context.facts->customer_group,
                          .now_ms = context.now_ms,
                          .quantity = Exact::minor(quantity)})
      .price;
}

namespace {

/// What the order was placed with, as long as that stands.
const Quote* standing_quote(const Order& order) {
  const bool stands =
      order.is_placed() || (order.state == OrderState::canceled && !order.edited_since_placed);
  return stands && order.placed ? &order.placed->quote : nullptr;
}

}  // namespace

Result<const Quote*> current_quote(const Order& order, const QuoteRequest& request,
                                   const Quote* shown, Appraiser& appraiser) {
  if (const Quote* standing = standing_quote(order)) return standing;
  const auto& quote = appraiser.sealed(request, shown);
  if (!quote) return std::unexpected(quote.error());
  return &*quote;
}

Result<Quote> current_quote(const Order& order, const Context& context) {
  if (const Quote* standing = standing_quote(order)) return *standing;
  Appraiser own;
  Appraiser& appraiser = context.appraiser != nullptr ? *context.appraiser : own;
  const Cart cart = cart_of(order);
  return appraiser.sealed(quote_request(context, cart), context.shown);
}

}  // namespace tandem
