// SPDX-License-Identifier: Apache-2.0
#pragma once
// The axes beside the order's own state. Each is a pure fold over facts of the order, with the
// first value that holds; none is stored.
//
//   payment_axis(order) == PaymentAxis::paid      delivery_axis(order) == DeliveryAxis::ready

#include "tandem/base/enum.hpp"
#include "tandem/order/order.hpp"

namespace tandem {

TANDEM_ENUM(PaymentAxis, unpaid, pending, authorized, partially_paid, paid, partially_refunded,
            refunded, failed, voided)
TANDEM_ENUM(DeliveryAxis, none, waiting, ready, started, partially_delivered, delivered)
TANDEM_ENUM(InvoiceAxis, none, to_invoice, partially_invoiced, invoiced, upselling)
TANDEM_ENUM(ReturnAxis, none, requested, in_transit, received, closed)

/// First that holds: refunded (all that was captured), partially_refunded, paid (captured >=
/// payable, or placed with nothing to pay), partially_paid, authorized, pending, then by the last
/// ended attempt voided or failed, else unpaid.
[[nodiscard]] PaymentAxis payment_axis(const Order& order);

/// First that holds: none (no transfer that is not canceled), delivered (none open, something
/// shipped), partially_delivered, started (a pick or pack is done), ready, waiting.
[[nodiscard]] DeliveryAxis delivery_axis(const Order& order);

/// First that holds: none (not `order`, or nothing to invoice yet), upselling (more was shipped
/// than ordered, and all that was ordered is invoiced), invoiced, partially_invoiced, to_invoice.
[[nodiscard]] InvoiceAxis invoice_axis(const Order& order);

/// The least advanced return that is open: requested, in_transit, received; else closed if one was,
/// else none.
[[nodiscard]] ReturnAxis return_axis(const Order& order);

/// Sums over the attempts of an order.
struct OrderMoney {
  std::int64_t payable_minor = 0;  // 0 before placing and once canceled
  std::int64_t authorized_minor = 0;
  std::int64_t captured_minor = 0;
  std::int64_t refunded_minor = 0;
  std::int64_t refunding_minor = 0;
  std::int64_t refundable_minor = 0;  // captured − refunded − refunds under way − charged back
  std::int64_t charged_back_minor = 0;

  /// payable − captured, never below 0.
  [[nodiscard]] std::int64_t due_minor() const;
  /// What the shop owes the customer: captured − refunded − payable, never below 0.
  [[nodiscard]] std::int64_t owed_minor() const;
};
[[nodiscard]] OrderMoney money_of(const Order& order);

}  // namespace tandem
