// SPDX-License-Identifier: Apache-2.0
// Confirming, reopening and canceling: what becomes of stock and deliveries.
#include <algorithm>

#include "tandem/delivery/steps.hpp"
#include "tandem/order/decider.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/payment/settle.hpp"

namespace tandem {

void confirm(Decider& d) {
  const std::vector<StockTaken> taken = stock_to_take(d);
  if (!taken.empty()) d.emit(StockReserved{.lines = taken, .transfer = {}});
  d.emit(OrderConfirmed{});
  const auto salesperson =
      d.settings().salesperson ? d.settings().salesperson : d.context().history.salesperson;
  if (!d.order().salesperson && salesperson) {
    d.emit(OrderAssigned{.salesperson = salesperson, .team = d.order().team});
  }
  create_delivery(d, taken);
  if (d.settings().lock_confirmed) d.emit(OrderLocked{});
}

/// Refuses, in this order: order_canceled, order_locked, already_confirmed, order_is_empty,
/// offer_unknown (what quote() refuses), insufficient_stock, coupon_used_up,
/// coupon_used_by_customer, gift_card_held.
Result<void> confirm_by_staff(Decider& d) {
  const Order& order = d.order();
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  if (order.state == OrderState::order) return reject(Reason::already_confirmed);
  if (order.lines.empty()) return reject(Reason::order_is_empty);
  const auto quote = d.quote();
  if (!quote) return std::unexpected(quote.error());
  if (auto ok = check_stock(d); !ok) return ok;
  const Quote* frozen = order.is_placed() ? &order.placed->quote : nullptr;
  if (auto ok = check_uses(d, frozen); !ok) return ok;
  if (order.state == OrderState::quotation) freeze(d, **quote);
  confirm(d);
  return {};
}

/// Refuses, in this order: order_locked, not_placed, already_confirmed.
Result<void> reopen_by_staff(Decider& d) {
  const Order& order = d.order();
  if (order.locked) return reject(Reason::order_locked);
  if (order.state == OrderState::quotation) return reject(Reason::not_placed);
  if (order.state == OrderState::order) return reject(Reason::already_confirmed);
  if (order.state == OrderState::quotation_sent) supersede_attempts(d);
  if (d.order().hold) d.emit(HoldReleased{});
  d.emit(OrderReopened{.cause = ReopenCause::staff});
  return {};
}

/// Refuses, in this order: order_canceled, order_locked; customers: already_confirmed, and
/// already_placed where the shop lets nobody cancel; already_shipped. Moves no money.
Result<void> cancel_order(Decider& d, const CancelOrder& command) {
  const Order& order = d.order();
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  const bool by_customer = d.context().actor.kind == ActorClass::customer;
  if (by_customer && order.state == OrderState::order) return reject(Reason::already_confirmed);
  const bool never = d.rules().policies.customer_cancels == CustomerCancels::never;
  if (by_customer && never && order.is_placed()) return reject(Reason::already_placed);
  const bool shipped =
      std::ranges::any_of(order.lines, [](const Line& line) { return line.shipped > 0; });
  if (shipped) return reject(Reason::already_shipped);
  cancel(d, by_customer ? CancelCause::customer : CancelCause::staff, command.reason);
  return {};
}

void cancel(Decider& d, CancelCause cause, const std::optional<std::string>& reason) {
  std::vector<StockTaken> reserved = taken_by(d.order());
  cancel_deliveries(d);
  if (d.order().hold) d.emit(HoldReleased{});
  if (!reserved.empty()) d.emit(StockReleased{.lines = std::move(reserved), .transfer = {}});
  const std::vector<Invoice> invoices = d.order().invoices;
  for (const Invoice& invoice : invoices) {
    if (invoice.state == InvoiceState::draft) d.emit(InvoiceCanceled{.invoice = invoice.number});
  }
  d.emit(OrderCanceled{.cause = cause},
         {.address = {}, .contact = {}, .note = {}, .reason = reason});
}

}  // namespace tandem
