// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/axes.hpp"

#include <algorithm>

namespace tandem {
namespace {

bool any_attempt(const Order& order, AttemptState state) {
  return std::ranges::any_of(order.attempts, [&](const Attempt& attempt) {
    return !attempt.superseded && attempt.state == state;
  });
}

PaymentAxis axis_of_last_ended(const Order& order) {
  for (auto attempt = order.attempts.rbegin(); attempt != order.attempts.rend(); ++attempt) {
    if (attempt->state == AttemptState::voided) return PaymentAxis::voided;
    if (attempt->state == AttemptState::failed) return PaymentAxis::failed;
    if (attempt->state == AttemptState::canceled) return PaymentAxis::unpaid;
  }
  return PaymentAxis::unpaid;
}

}  // namespace

std::int64_t OrderMoney::due_minor() const {
  return std::max<std::int64_t>(0, payable_minor - captured_minor);
}
std::int64_t OrderMoney::refundable_minor() const {
  return captured_minor - refunded_minor - refunding_minor;
}
std::int64_t OrderMoney::owed_minor() const {
  return std::max<std::int64_t>(0, captured_minor - refunded_minor - payable_minor);
}

OrderMoney money_of(const Order& order) {
  OrderMoney money;
  if (order.is_placed() && order.placed)
    money.payable_minor = order.placed->quote.totals.payable_minor;
  for (const Attempt& attempt : order.attempts) {
    if (attempt.state == AttemptState::authorized)
      money.authorized_minor += attempt.authorized_minor;
    money.captured_minor += attempt.captured_minor;
    money.refunded_minor += attempt.refunded_minor;
    money.refunding_minor += attempt.refunding_minor;
  }
  return money;
}

PaymentAxis payment_axis(const Order& order) {
  const OrderMoney money = money_of(order);
  if (money.captured_minor > 0 && money.refunded_minor >= money.captured_minor) {
    return PaymentAxis::refunded;
  }
  if (money.refunded_minor > 0) return PaymentAxis::partially_refunded;
  if (order.is_placed() && money.captured_minor >= money.payable_minor) return PaymentAxis::paid;
  if (money.captured_minor > 0) return PaymentAxis::partially_paid;
  if (any_attempt(order, AttemptState::authorized)) return PaymentAxis::authorized;
  if (any_attempt(order, AttemptState::pending)) return PaymentAxis::pending;
  return axis_of_last_ended(order);
}

DeliveryAxis delivery_axis(const Order& order) {
  bool any = false;
  bool open = false;
  bool shipped = false;
  bool prepared = false;
  bool ready = false;
  for (const Transfer& transfer : order.transfers) {
    if (transfer.state == TransferState::canceled) continue;
    any = true;
    open = open || transfer.is_open();
    ready = ready || transfer.state == TransferState::ready;
    if (transfer.state != TransferState::done) continue;
    (transfer.step == TransferStep::ship ? shipped : prepared) = true;
  }
  if (!any) return DeliveryAxis::none;
  if (!open && shipped) return DeliveryAxis::delivered;
  if (shipped) return DeliveryAxis::partially_delivered;
  if (prepared) return DeliveryAxis::started;
  return ready ? DeliveryAxis::ready : DeliveryAxis::waiting;
}

}  // namespace tandem
