// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/axes.hpp"

#include <algorithm>

#include "tandem/invoice/amounts.hpp"

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

/// Whether an invoice bills something that was not freed again.
bool still_bills(const Order& order, const Invoice& invoice) {
  return invoice.bills() && std::ranges::none_of(order.invoices, [&](const Invoice& note) {
           return note.frees_units && note.of == invoice.number;
         });
}

/// Whether a line's promise is kept: all that it will ever be is invoiced.
bool is_invoiced(const Order& order, const Line& line) {
  if (line.invoiced >= line.quantity) return true;
  if (line.invoice_policy == InvoicePolicy::ordered) return false;
  const bool open = std::ranges::any_of(order.transfers, &Transfer::is_open);
  return line.kind == OfferKind::goods && !open && to_invoice(order, line) == 0 &&
         (line.invoiced > 0 || line.shipped > 0 || line.canceled >= line.quantity);
}

}  // namespace

std::int64_t OrderMoney::due_minor() const {
  return std::max<std::int64_t>(0, payable_minor - captured_minor);
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
    money.refundable_minor += attempt.refundable_minor();
    money.charged_back_minor += attempt.charged_back_minor;
  }
  return money;
}

PaymentAxis payment_axis(const Order& order) {
  const OrderMoney money = money_of(order);
  if (money.captured_minor > 0 && money.refunded_minor >= money.captured_minor) {
    return PaymentAxis::refunded;
  }
  if (money.refunded_minor > 0) return PaymentAxis::partially_refunded;
  const bool stands = order.is_placed() || order.state == OrderState::canceled;
  if (stands && order.placed) {
    const std::int64_t payable = order.placed->quote.totals.payable_minor;
    const bool nothing_asked = payable == 0 && order.is_placed();
    if (nothing_asked || (money.captured_minor > 0 && money.captured_minor >= payable)) {
      return PaymentAxis::paid;
    }
  }
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

InvoiceAxis invoice_axis(const Order& order) {
  if (order.state != OrderState::order) return InvoiceAxis::none;
  bool any = std::ranges::any_of(
      order.invoices, [&](const Invoice& invoice) { return still_bills(order, invoice); });
  bool left = is_shipping_dearer(order);
  bool complete = true;
  bool beyond = false;
  for (const Line& line : order.lines) {
    any = any || line.invoiced > 0;
    left = left || to_invoice(order, line) > 0 || is_dearer(order, line);
    complete = complete && is_invoiced(order, line);
    const bool more = line.shipped - line.replaced > line.quantity;
    beyond = beyond || (more && line.invoice_policy == InvoicePolicy::ordered);
  }
  if (!any && !left) return InvoiceAxis::none;
  if (complete && !left) return beyond ? InvoiceAxis::upselling : InvoiceAxis::invoiced;
  return any ? InvoiceAxis::partially_invoiced : InvoiceAxis::to_invoice;
}

ReturnAxis return_axis(const Order& order) {
  const auto any = [&](ReturnState state) {
    return std::ranges::find(order.returns, state, &Return::state) != order.returns.end();
  };
  if (any(ReturnState::requested)) return ReturnAxis::requested;
  if (any(ReturnState::in_transit)) return ReturnAxis::in_transit;
  if (any(ReturnState::received)) return ReturnAxis::received;
  return any(ReturnState::closed) ? ReturnAxis::closed : ReturnAxis::none;
}

}  // namespace tandem
