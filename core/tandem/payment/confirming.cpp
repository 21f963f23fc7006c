// SPDX-License-Identifier: Apache-2.0
// Money came: what becomes of the order. Every amount that arrives has one end: it confirms the
// order, counts toward it, is given back, or is put before a person with the reason.
#include <algorithm>

#include "tandem/invoice/steps.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/payment/steps.hpp"

namespace tandem {
namespace {

/// Whether money for this attempt still finds the order as it was placed.
bool is_as_placed(const Order& order, const Attempt& attempt) {
  if (!order.placed || order.state == OrderState::canceled) return false;
  if (!counts_for(order, attempt)) return false;
  return order.is_placed() || !order.edited_since_placed;
}

/// Ends money that the order has no use for. What a person saw, a person settles.
void turn_away(Decider& d, std::int64_t number) {
  if (d.order().find_attempt(number)->refundable_minor() > 0) {
    give_back(d, number);
  } else {
    give_up(d, number);
  }
}

/// Money is there but the goods are not: by policy promised, given back, or a person decides.
/// Answers whether the order may be confirmed all the same.
bool accept_without_stock(Decider& d, std::int64_t number) {
  switch (d.settings().late_money) {
    case LateMoney::backorder:
      return true;
    case LateMoney::refund:
      turn_away(d, number);
      if (d.order().state == OrderState::quotation_sent) reopen(d, ReopenCause::stock_gone);
      return false;
    case LateMoney::person:
      need_person(d, PersonCause::stock_gone);
      return false;
  }
  return false;
}

/// A confirmed order got money: too much asks a person; enough again settles a payment that was
/// lost.
void settle_confirmed(Decider& d) {
  const Order& order = d.order();
  const std::int64_t secured = secured_minor(order);
  if (secured > order.placed->quote.totals.payable_minor) {
    need_person(d, PersonCause::money_unexpected);
  } else if (order.needs_person && order.needs_person->reason == PersonCause::payment_lost &&
             secured >= confirmation_minor(d.settings(), order.placed->quote)) {
    d.emit(PersonResolved{});
  }
  invoice_automatically(d);
}

}  // namespace

std::int64_t secured_minor(const Order& order) {
  std::int64_t sum = 0;
  for (const Attempt& attempt : order.attempts) {
    if (!counts_for(order, attempt)) continue;
    const bool authorized = attempt.state == AttemptState::authorized;
    sum += std::max(attempt.captured_minor, authorized ? attempt.authorized_minor : 0) -
           attempt.refunded_minor - attempt.refunding_minor - attempt.charged_back_minor;
  }
  return sum;
}

bool is_secured(const Decider& d) {
  const Order& order = d.order();
  const std::int64_t secured = secured_minor(order);
  return secured > 0 && secured >= confirmation_minor(d.settings(), order.placed->quote);
}

void reopen(Decider& d, ReopenCause cause) {
  if (d.order().hold) d.emit(HoldReleased{});
  d.emit(OrderReopened{.cause = cause});
}

void consider_confirming(Decider& d, std::int64_t number) {
  const Order& order = d.order();
  if (!is_as_placed(order, *order.find_attempt(number))) {
    turn_away(d, number);
    return;
  }
  if (order.state != OrderState::order) {
    if (!is_secured(d)) {
      // A part counts toward what is placed; it does not pay for what was taken back.
      if (!order.is_placed()) turn_away(d, number);
      return;
    }
    // Others took the code, the card or a promotion's last use: it cannot be what was placed.
    if (!check_uses(d, &order.placed->quote)) {
      turn_away(d, number);
      if (d.order().state == OrderState::quotation_sent) reopen(d, ReopenCause::stock_gone);
      return;
    }
    if (!check_stock(d) && !accept_without_stock(d, number)) return;
    confirm(d);
  }
  settle_confirmed(d);
}

void confirm_paid(Decider& d) {
  confirm(d);
  settle_confirmed(d);
}

}  // namespace tandem
