// SPDX-License-Identifier: Apache-2.0
#pragma once
// The workbench of one decision: a copy of the order that each emitted event is applied to at once,
// so that every later step of the decision sees what the earlier ones led to.
//
//   d.emit(LineRemoved{.line = id});   d.order() no longer has the line

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tandem/order/decide.hpp"
#include "tandem/order/evolve.hpp"

namespace tandem {

class Decider {
 public:
  Decider(const Order& order, const Context& context);
  Decider(const Decider&) = delete;
  Decider& operator=(const Decider&) = delete;
  ~Decider();

  [[nodiscard]] const Order& order() const { return order_; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const Rules& rules() const { return context_.rules->rules(); }
  [[nodiscard]] const Settings& settings() const { return *context_.settings; }
  /// An order's time never goes back, whatever a clock says.
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  /// So much later: the last moment that can be written, where it would be behind that.
  [[nodiscard]] std::int64_t in_ms(std::int64_t duration_ms) const {
    return std::clamp(now_ms_ + duration_ms, -kIntegerMax, kIntegerMax);
  }
  [[nodiscard]] const Offer* offer(const Sku& sku) const {
    return find_offer(context_.offers, sku);
  }
  /// What the engine says of the cart as it is now. Valid until the cart changes.
  [[nodiscard]] const Appraisal& appraisal() const;
  /// The order's quote with its digest. Valid until the order changes.
  [[nodiscard]] Result<const Quote*> quote() const;

  void emit(Event event);
  void emit(Event event, Parts parts);

  [[nodiscard]] std::vector<NewEvent> take();

 private:
  [[nodiscard]] Appraiser& appraiser() const {
    return context_.appraiser != nullptr ? *context_.appraiser : own_;
  }

  /// Most steps of a decision ask about the cart, few change it.
  [[nodiscard]] const Cart& cart() const;

  Order order_;
  const Context& context_;
  mutable Appraiser own_;
  mutable std::optional<Cart> cart_;  // of order_, made when first asked for
  std::int64_t now_ms_;
  std::vector<NewEvent> events_;
};

// The steps of decisions, by the file they stand in. Each refuses in the order its comment names.

// cart.cpp
Result<void> add_line(Decider& d, const AddLine& command);
Result<void> set_quantity(Decider& d, const SetQuantity& command);
Result<void> remove_line(Decider& d, const RemoveLine& command);
/// Gives the line of this product and configuration `quantity` in all, or what is there of it.
/// Refuses as add_line, without looking at the order's state.
Result<void> put_line(Decider& d, const Sku& sku, const std::optional<std::string>& configuration,
                      std::int64_t quantity);

/// Lines that are named twice are one line.
std::vector<LineQuantity> joined(const std::vector<LineQuantity>& lines);

// merge.cpp
Result<void> merge_cart(Decider& d, const MergeCart& command);
Result<void> reorder(Decider& d, const Reorder& command);
Result<void> retire_cart(Decider& d);

// checkout.cpp
Result<void> set_contact(Decider& d, const SetContact& command);
Result<void> set_address(Decider& d, const SetAddress& command);
Result<void> choose_shipping(Decider& d, const ChooseShipping& command);
Result<void> choose_payment(Decider& d, const ChoosePayment& command);
Result<void> accept_terms(Decider& d, const AcceptTerms& command);
Result<void> attach_customer(Decider& d, const AttachCustomer& command);
/// Refuses, in this order: method_unknown, shipping_unavailable.
Result<void> check_shipping(const Decider& d, const ShippingMethodId& method);
/// Refuses, in this order: method_unknown, payment_method_unavailable.
Result<void> check_payment(const Decider& d, const PaymentMethodId& method);

// coupon.cpp
Result<void> apply_coupon(Decider& d, const ApplyCoupon& command);
Result<void> remove_coupon(Decider& d, const RemoveCoupon& command);
/// What the quote says against the code at this place in the cart, if anything.
std::optional<Reason> refusal_of_coupon(const Quote& quote, std::size_t index);

// gift_card.cpp
Result<void> apply_gift_card(Decider& d, const ApplyGiftCard& command);
Result<void> remove_gift_card(Decider& d, const RemoveGiftCard& command);

// editing.cpp: what every edit of a cart has in common
/// Whether lines and choices may be changed now: order_canceled, order_locked, not_a_quotation.
Result<void> check_editable(const Order& order);
/// Begins an edit: makes the order's first event, or reopens an order that is being paid.
void begin_edit(Decider& d);
/// Ends an edit: drops a shipping method that no longer fits, refuses totals out of range.
Result<void> finish_edit(Decider& d);

// place.cpp
Result<void> place_order(Decider& d, const PlaceOrder& command);
/// Everything that placing can be refused for; the quote that it would freeze.
Result<const Quote*> check_placing(const Decider& d, const PlaceOrder& command);
/// Whether what the frozen quote takes of promotions and gift cards may still be had, or what the
/// cart asks for where none is frozen; unless the order holds it already.
/// Refuses, in this order: coupon_used_up, coupon_used_by_customer (frozen), gift_card_held.
Result<void> check_uses(const Decider& d, const Quote* frozen);
/// Whether `expected` is the digest of this quote: quote_changed with each named fact.
Result<void> check_shown(const Decider& d, const Digest& expected, const Quote& now);
/// Freezes the current quote; the order is quotation_sent afterwards.
void freeze(Decider& d, Quote quote);

// freeze.cpp
/// What is kept with a quote when it is frozen.
Terms terms_of(const Decider& d, const Quote& quote);
/// The digests of the offers a quote was made from, in order of sku.
std::vector<Digest> facts_of(std::span<const Offer> offers, const Quote& quote);

// quotation.cpp
Result<void> send_quotation(Decider& d);
Result<void> expire_order(Decider& d);

// confirm.cpp
Result<void> confirm_by_staff(Decider& d);
/// Reserves stock, makes the delivery order and confirms. Stock must have been checked.
void confirm(Decider& d);
Result<void> reopen_by_staff(Decider& d);
Result<void> cancel_order(Decider& d, const CancelOrder& command);
/// The order is canceled: transfers and drafts too, stock is given back.
void cancel(Decider& d, CancelCause cause, const std::optional<std::string>& reason);

// revise.cpp
Result<void> revise_order(Decider& d, const ReviseOrder& command);

// staff.cpp
Result<void> assign(Decider& d, const Assign& command);
Result<void> lock_order(Decider& d);
Result<void> unlock_order(Decider& d);
Result<void> add_note(Decider& d, const AddNote& command);
Result<void> resolve_person(Decider& d, const ResolvePerson& command);
Result<void> erase_personal_data(Decider& d, const ErasePersonalData& command);
/// Asks a person to look at the order.
void need_person(Decider& d, PersonCause cause);

// abandonment.cpp
Result<void> unsubscribe(Decider& d);
Result<void> send_reminder(Decider& d);

// stock.cpp
/// How many of a product this order may have in all; nothing when there is no limit or none known.
std::optional<std::int64_t> room_for(const Decider& d, const Sku& sku);
/// Every product of which the order asks more than there is: insufficient_stock, `also` the others.
Result<void> check_stock(const Decider& d);
/// What each line takes when it is reserved now, and where; what is promised beyond stock, at the
/// main place.
std::vector<StockTaken> stock_to_take(const Decider& d);
/// Whether the stock of a line's product is counted.
bool is_counted(const Decider& d, OfferKind kind, const Sku& sku);
/// Sets stock aside while the customer pays.
void hold_stock(Decider& d);
Result<void> renew_hold(Decider& d);
void expire_hold(Decider& d);
Result<void> lose_stock(Decider& d, const LoseStock& command);

}  // namespace tandem
