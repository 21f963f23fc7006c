// SPDX-License-Identifier: Apache-2.0
#include "tandem/invoice/amounts.hpp"

#include <algorithm>

#include "tandem/invoice/parts.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// What invoices billed of a line so far; drafts count. Units that credit notes took back stay
/// billed, unless the order was confirmed again since; what they took back without any, because the
/// units cost less now, does not.
InvoiceLine billed_before(const Order& order, const LineId& id) {
  return sum_of_line(order, id, [](const Invoice& invoice, const InvoiceLine& part) {
    return invoice.bills() || invoice.frees_units || (invoice.is_credit() && part.quantity == 0);
  });
}

/// The next units of a line: what all units up to them cost, less what was billed. So the last
/// invoice settles what a revision priced anew. Units that were paid for already, because earlier
/// ones were billed at more, cost nothing further.
InvoiceLine next_units(const Order& order, const QuoteLine& quoted, std::int64_t count) {
  const InvoiceLine before = billed_before(order, quoted.line_id);
  // Units that were billed and are not ordered any more are a credit note's.
  const std::int64_t units =
      count > 0 ? before.quantity + count : std::min(before.quantity, quoted.quantity);
  InvoiceLine line = units_of(quoted, 0, units);
  line.quantity = count;
  line.net_minor -= before.net_minor;
  add_taxes(line.taxes, before.taxes, -1);
  if (line.net_minor >= 0) return line;
  line.net_minor = 0;
  line.taxes.clear();
  return line;
}

/// The order's shipping and what belongs to no line, less what was billed of it before; nothing
/// when that is more.
InvoiceShipping next_shipping(const Order& order) {
  InvoiceShipping next = shipping_of(order.placed->quote);
  bool billed = false;
  for (const Invoice& invoice : order.invoices) {
    if (invoice.state == InvoiceState::canceled) continue;
    add_part(next, invoice.billed.shipping, invoice.is_credit() ? 1 : -1);
    billed = billed || invoice.kind == InvoiceKind::invoice;
  }
  return billed && gross_of(next) <= 0 ? InvoiceShipping{} : next;
}

/// Units that are the customer's to pay by the line's policy.
std::int64_t payable_units(const Order& order, const Line& line) {
  if (order.state == OrderState::canceled) return 0;
  const std::int64_t delivered = line.shipped - line.replaced - line.returned;
  return line.invoice_policy == InvoicePolicy::ordered ? line.quantity : delivered;
}

}  // namespace

std::int64_t to_invoice(const Order& order, const Line& line) {
  if (order.state != OrderState::order) return 0;
  return std::max<std::int64_t>(0, payable_units(order, line) - line.invoiced);
}

bool is_dearer(const Order& order, const Line& line) {
  const QuoteLine* quoted = find_quoted(order, line.id);
  if (order.state != OrderState::order || quoted == nullptr || line.invoiced == 0) return false;
  // Of a part of the units, less than a minor unit for each is how their shares are rounded.
  return gross_of(next_units(order, *quoted, 0)) >=
         (line.invoiced >= line.quantity ? 1 : line.invoiced);
}

bool is_shipping_dearer(const Order& order) {
  const bool billed = std::ranges::any_of(order.invoices, [](const Invoice& invoice) {
    return invoice.bills() && invoice.kind == InvoiceKind::invoice;
  });
  return order.state == OrderState::order && billed && gross_of(next_shipping(order)) > 0;
}

std::int64_t units_kept(const Order& order, const Line& line) {
  const std::int64_t kept = line.invoice_policy == InvoicePolicy::ordered
                                ? payable_units(order, line) - line.returned
                                : payable_units(order, line);
  return std::max<std::int64_t>(0, kept);
}

std::int64_t to_credit(const Order& order, const Line& line) {
  return std::max<std::int64_t>(0, line.invoiced - line.credited - units_kept(order, line));
}

Billed bill(const Order& order, const std::vector<LineQuantity>& lines) {
  Billed billed;
  for (const LineQuantity& asked : lines) {
    const QuoteLine* quoted = find_quoted(order, asked.line);
    if (quoted != nullptr) add_line(billed, next_units(order, *quoted, asked.quantity));
  }
  add_shipping(billed, next_shipping(order));
  add_up(billed);
  return billed;
}

Billed bill_part(const Order& order, std::int64_t total_minor) {
  const Quote& quote = order.placed->quote;
  return part_of(quote.tax_summary, quote.totals.total_minor, total_minor);
}

void deduct_down_payments(const Order& order, Billed& billed) {
  for (const Invoice& invoice : order.invoices) {
    if (invoice.kind == InvoiceKind::down_payment) billed.deducted_minor += left_of(order, invoice);
  }
  billed.deducted_minor = std::clamp<std::int64_t>(billed.deducted_minor, 0, billed.total_minor);
  if (billed.deducted_minor == 0) return;
  const Billed part = bill_part(order, billed.deducted_minor);
  billed.net_minor -= part.net_minor;
  billed.tax_minor -= part.tax_minor;
  billed.total_minor -= part.total_minor;
  for (const InvoiceTax& tax : part.taxes) {
    add_tax(billed.taxes, tax.tax, -tax.base_minor, -tax.amount_minor);
  }
}

}  // namespace tandem
