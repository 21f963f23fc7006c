// SPDX-License-Identifier: Apache-2.0
// How the events of a cart change it.
#include <algorithm>

#include "tandem/order/fold.hpp"

namespace tandem {

void Fold::operator()(const OrderCreated& e) {
  order_.created_ms = moment_.at_ms;
  order_.channel = e.channel;
  order_.currency = e.currency;
  order_.customer = e.customer;
  order_.team = e.team;
  order_.salesperson = e.salesperson;
}

/// A cart that is changed is no longer what was placed, nor has it the gifts of that. A new address
/// alone changes nothing of an order that stands.
void Fold::edited() {
  if (order_.is_placed()) return;
  order_.edited_since_placed = true;
  std::erase_if(order_.lines, [](const Line& line) { return line.gift.has_value(); });
}

/// A line that was taken off an order after it was billed comes again as billed.
Line& Fold::new_line(const LineId& id) {
  Line& line = order_.lines.emplace_back();
  line.id = id;
  count_billed(line);
  return line;
}

/// What was kept for later and is had now is kept no longer.
void Fold::forget_saved(const Line& line) {
  std::erase_if(order_.saved, [&](const SavedLine& saved) {
    return saved.sku == line.sku && saved.configuration == line.configuration;
  });
}

void Fold::operator()(const LineAdded& e) {
  edited();
  Line& line = new_line(e.line);
  line.sku = e.sku;
  line.configuration = e.configuration;
  line.kind = e.kind;
  line.quantity = e.quantity;
  line.unit_price_shown_minor = e.unit_price_minor;
  forget_saved(line);
}

void Fold::operator()(const QuantitySet& e) {
  if (Line* line = order_.find_line(e.line)) {
    if (e.quantity > line->quantity) forget_saved(*line);
    line->quantity = e.quantity;
    line->unit_price_shown_minor = e.unit_price_minor;
  }
  edited();
}

void Fold::operator()(const LineRemoved& e) {
  std::erase_if(order_.lines, [&](const Line& line) { return line.id == e.line; });
  edited();
}

void Fold::operator()(const CartMerged& e) {
  order_.saved.insert(order_.saved.end(), e.saved.begin(), e.saved.end());
}

void Fold::operator()(const ContactSet& e) {
  order_.has_contact = true;
  order_.contact = parts_.contact;
  std::erase(order_.erased, "contact");
  if (e.reminders) order_.reminders = e.reminders;
}

void Fold::operator()(const AddressSet& e) {
  Address address = parts_.address.value_or(Address{});
  std::erase(order_.erased, "address");
  address.country = e.country;
  address.region = e.region;
  (e.kind == AddressKind::ship_to ? order_.ship_to : order_.bill_to) = std::move(address);
  if (e.kind == AddressKind::ship_to) edited();
}

void Fold::operator()(const ShippingChosen& e) {
  order_.shipping_method = e.method;
  edited();
}

void Fold::operator()(const ShippingCleared&) {
  order_.shipping_method.reset();
  edited();
}

void Fold::operator()(const PaymentChosen& e) { order_.payment_method = e.method; }

void Fold::operator()(const CouponApplied& e) {
  std::erase_if(order_.coupons, [&](const OrderCoupon& c) { return c.code == e.code; });
  order_.coupons.push_back({.code = e.code, .promotion = e.promotion, .reason = {}});
  edited();
}

void Fold::operator()(const CouponRemoved& e) {
  std::erase_if(order_.coupons, [&](const OrderCoupon& c) { return c.code == e.code; });
  edited();
}

void Fold::operator()(const CouponDropped& e) {
  for (OrderCoupon& coupon : order_.coupons) {
    if (coupon.code != e.code) continue;
    coupon.state = CouponState::dropped;
    coupon.reason = e.reason;
  }
}

void Fold::operator()(const GiftCardApplied& e) {
  order_.gift_cards.push_back({.code = e.code});
  edited();
}

void Fold::operator()(const GiftCardRemoved& e) {
  std::erase_if(order_.gift_cards, [&](const OrderGiftCard& card) { return card.code == e.code; });
  edited();
}

void Fold::operator()(const TermsAccepted& e) { order_.terms_version = e.version; }

void Fold::operator()(const CustomerAttached& e) { order_.customer = e.customer; }

void Fold::operator()(const Unsubscribed&) { order_.unsubscribed = true; }

void Fold::operator()(const ReminderSent&) {
  order_.reminded = Reminded{.at_ms = moment_.at_ms, .skipped = {}};
}

void Fold::operator()(const ReminderSkipped& e) {
  order_.reminded = Reminded{.at_ms = moment_.at_ms, .skipped = e.reason};
}

}  // namespace tandem
