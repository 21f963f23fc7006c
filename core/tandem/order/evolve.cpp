// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/evolve.hpp"

#include <algorithm>

namespace tandem {
namespace {

/// One method per event: how it changes the order.
class Fold {
 public:
  Fold(Order& order, const Parts& parts, const EventMoment& moment)
      : order_(order), parts_(parts), moment_(moment) {}

  void operator()(const OrderCreated& e) {
    order_.created_ms = moment_.at_ms;
    order_.channel = e.channel;
    order_.currency = e.currency;
    order_.customer = e.customer;
    order_.team = e.team;
    order_.salesperson = e.salesperson;
  }
  void operator()(const LineAdded& e) {
    order_.lines.push_back({.id = e.line,
                            .sku = e.sku,
                            .configuration = e.configuration,
                            .kind = e.kind,
                            .quantity = e.quantity,
                            .unit_price_shown_minor = e.unit_price_minor});
    edited();
  }
  void operator()(const QuantitySet& e) {
    if (Line* line = order_.find_line(e.line)) {
      line->quantity = e.quantity;
      line->unit_price_shown_minor = e.unit_price_minor;
    }
    edited();
  }
  void operator()(const LineRemoved& e) {
    std::erase_if(order_.lines, [&](const Line& line) { return line.id == e.line; });
    edited();
  }
  void operator()(const StockClamped&) {}  // the quantity itself is in line_added or quantity_set
  void operator()(const ContactSet& e) {
    order_.has_contact = true;
    order_.contact = parts_.contact;
    if (e.reminders) order_.reminders = e.reminders;
  }
  void operator()(const AddressSet& e) {
    Address address = parts_.address.value_or(Address{});
    address.country = e.country;
    address.region = e.region;
    (e.kind == AddressKind::ship_to ? order_.ship_to : order_.bill_to) = std::move(address);
    if (e.kind == AddressKind::ship_to) edited();
  }
  void operator()(const ShippingChosen& e) {
    order_.shipping_method = e.method;
    edited();
  }
  void operator()(const ShippingCleared&) {
    order_.shipping_method.reset();
    edited();
  }
  void operator()(const PaymentChosen& e) { order_.payment_method = e.method; }
  void operator()(const CouponApplied& e) {
    order_.coupons.push_back({.code = e.code, .promotion = e.promotion, .reason = {}});
    edited();
  }
  void operator()(const CouponRemoved& e) {
    std::erase_if(order_.coupons, [&](const OrderCoupon& c) { return c.code == e.code; });
    edited();
  }
  void operator()(const TermsAccepted& e) { order_.terms_version = e.version; }

  void operator()(const OrderPlaced& e) {
    move(OrderAction::place);
    order_.placed = Placed{.quote = e.quote, .rules = e.rules, .at_ms = moment_.at_ms};
    order_.edited_since_placed = false;
    for (OrderCoupon& coupon : order_.coupons) {
      if (coupon.state == CouponState::applied) coupon.state = CouponState::held;
    }
  }
  void operator()(const OrderConfirmed&) {
    move(OrderAction::confirm);
    order_.confirmed_ms = moment_.at_ms;
    for (OrderCoupon& coupon : order_.coupons) {
      if (coupon.state != CouponState::dropped) coupon.state = CouponState::claimed;
    }
  }
  void operator()(const OrderReopened&) {
    move(OrderAction::reopen);
    order_.confirmed_ms.reset();
    for (OrderCoupon& coupon : order_.coupons) {
      if (coupon.state == CouponState::held) coupon.state = CouponState::applied;
    }
  }
  void operator()(const OrderCanceled&) { move(OrderAction::cancel); }
  void operator()(const OrderLocked&) { order_.locked = true; }
  void operator()(const OrderAssigned& e) {
    order_.team = e.team;
    order_.salesperson = e.salesperson;
  }

  void operator()(const StockHeld& e) {
    order_.hold = Hold{.expires_ms = e.expires_ms, .lines = e.lines};
  }
  void operator()(const HoldRenewed& e) {
    if (order_.hold) order_.hold->expires_ms = e.expires_ms;
  }
  void operator()(const HoldExpired&) { order_.hold.reset(); }
  void operator()(const HoldReleased&) { order_.hold.reset(); }
  void operator()(const StockReserved& e) {
    order_.hold.reset();  // the claim takes the hold's place
    for (const StockTaken& taken : e.lines) {
      if (Line* line = order_.find_line(taken.line)) {
        line->reserved += taken.quantity;
        line->backordered += taken.backordered;
      }
    }
  }
  void operator()(const StockReleased& e) {
    for (const StockTaken& taken : e.lines) {
      if (Line* line = order_.find_line(taken.line)) {
        line->reserved -= taken.quantity;
        line->backordered -= taken.backordered;
      }
    }
  }

  void operator()(const PaymentStarted& e) {
    order_.attempts.push_back({.number = e.attempt,
                               .method = e.method,
                               .provider = e.provider,
                               .amount_minor = e.amount_minor,
                               .expires_ms = e.expires_ms,
                               .reason = {},
                               .references = {}});
  }
  void operator()(const PaymentSuperseded& e) {
    if (Attempt* attempt = order_.find_attempt(e.attempt)) attempt->superseded = true;
  }
  void operator()(const PaymentWasPending& e) { tell(e.attempt, AttemptFact::pends, e.reference); }
  void operator()(const PaymentWasAuthorized& e) {
    if (Attempt* attempt = tell(e.attempt, AttemptFact::authorizes, e.reference)) {
      attempt->authorized_minor += e.amount_minor;
    }
  }
  void operator()(const PaymentWasCaptured& e) {
    if (Attempt* attempt = tell(e.attempt, AttemptFact::captures, e.reference)) {
      attempt->captured_minor += e.amount_minor;
    }
  }
  void operator()(const PaymentWasFailed& e) {
    if (Attempt* attempt = tell(e.attempt, AttemptFact::fails, e.reference)) {
      attempt->reason = e.reason;
    }
  }
  void operator()(const PaymentWasCanceled& e) {
    tell(e.attempt, AttemptFact::cancels, e.reference);
  }
  void operator()(const VoidRequested&) {}  // a wish; the provider's answer changes the attempt
  void operator()(const RefundRequested& e) {
    order_.refunds.push_back(
        {.number = e.refund, .attempt = e.attempt, .amount_minor = e.amount_minor});
    if (Attempt* attempt = order_.find_attempt(e.attempt)) {
      attempt->refunding_minor += e.amount_minor;
    }
  }
  void operator()(const PersonNeeded& e) {
    order_.needs_person = NeedsPerson{.reason = e.reason, .since_ms = moment_.at_ms};
  }

  void operator()(const TransferCreated& e) {
    Transfer transfer{.number = e.transfer,
                      .step = e.step,
                      .backorder_of = e.backorder_of,
                      .location = e.location,
                      .tracking = {},
                      .lines = {}};
    for (const TransferDemand& line : e.lines) {
      transfer.lines.push_back({.line = line.line,
                                .sku = line.sku,
                                .demanded = line.demanded,
                                .reserved = line.reserved});
    }
    order_.transfers.push_back(std::move(transfer));
  }
  void operator()(const TransferReady& e) { move(e.transfer, TransferAction::serve); }
  void operator()(const TransferCanceled& e) { move(e.transfer, TransferAction::cancel); }

 private:
  void edited() { order_.edited_since_placed = true; }

  void move(OrderAction action) {
    order_.state = next(kOrderTransitions, order_.state, action).value_or(order_.state);
  }

  void move(std::int64_t number, TransferAction action) {
    if (Transfer* transfer = order_.find_transfer(number)) {
      transfer->state =
          next(kTransferTransitions, transfer->state, action).value_or(transfer->state);
    }
  }

  Attempt* tell(std::int64_t number, AttemptFact fact,
                const std::optional<std::string>& reference) {
    Attempt* attempt = order_.find_attempt(number);
    if (attempt == nullptr) return nullptr;
    attempt->state = next(kAttemptTransitions, attempt->state, fact).value_or(attempt->state);
    if (reference) attempt->references.push_back(*reference);
    return attempt;
  }

  Order& order_;
  const Parts& parts_;
  const EventMoment& moment_;
};

template <class Container, class Key, class Projection>
auto* find_in(Container& container, const Key& key, Projection projection) {
  const auto found = std::ranges::find(container, key, projection);
  return found == container.end() ? nullptr : &*found;
}

}  // namespace

Line* Order::find_line(const LineId& id) { return find_in(lines, id, &Line::id); }
const Line* Order::find_line(const LineId& id) const { return find_in(lines, id, &Line::id); }
Attempt* Order::find_attempt(std::int64_t number) {
  return find_in(attempts, number, &Attempt::number);
}
const Attempt* Order::find_attempt(std::int64_t number) const {
  return find_in(attempts, number, &Attempt::number);
}
Transfer* Order::find_transfer(std::int64_t number) {
  return find_in(transfers, number, &Transfer::number);
}

void evolve(Order& order, const Event& event, const Parts& parts, const EventMoment& moment) {
  std::visit(Fold(order, parts, moment), event);
  order.version = moment.n;
  order.last_ms = moment.at_ms;
  if (moment.by == ActorClass::customer) order.last_customer_ms = moment.at_ms;
}

void evolve(Order& order, const Recorded& recorded) {
  const Record& record = recorded.record;
  evolve(order, record.event, recorded.disclosed,
         {.n = record.n, .at_ms = record.at_ms, .by = record.actor.kind});
}

Order fold(std::span<const Recorded> history) {
  Order order;
  for (const Recorded& recorded : history) evolve(order, recorded);
  return order;
}

}  // namespace tandem
