// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parts of invoices and credit notes: sums with their taxes, and units at the shares that a
// quote stores. Private to invoice/.
//
//   add_line(billed, units_of(quoted, 0, 2));   // the first two units
//   add_up(billed);

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tandem/money/exact.hpp"
#include "tandem/order/order.hpp"

namespace tandem {

void add_tax(std::vector<InvoiceTax>& taxes, const TaxId& tax, std::int64_t base,
             std::int64_t amount);
void add_taxes(std::vector<InvoiceTax>& to, const std::vector<InvoiceTax>& taxes,
               std::int64_t sign);
[[nodiscard]] std::vector<InvoiceTax> invoice_taxes(const std::vector<QuoteTax>& taxes);

/// Adds a part's net and taxes to a sum, or takes them off; what follows from these does so in
/// add_line() and add_shipping().
void add_part(auto& sum, const auto& part, std::int64_t sign) {
  sum.net_minor += sign * part.net_minor;
  add_taxes(sum.taxes, part.taxes, sign);
}

/// Net and taxes of a part.
[[nodiscard]] std::int64_t gross_of(const auto& part) {
  std::int64_t gross = part.net_minor;
  for (const InvoiceTax& tax : part.taxes) gross += tax.amount_minor;
  return gross;
}

/// Units [first, first + count) of a line at the shares that its quote stores.
[[nodiscard]] InvoiceLine units_of(const QuoteLine& quoted, std::int64_t first, std::int64_t count);

/// What the order costs now beside its lines: shipping and fees.
[[nodiscard]] InvoiceShipping shipping_of(const Quote& quote);

/// A part of a line that amounts to nothing yet.
[[nodiscard]] inline InvoiceLine nothing_of(const LineId& id) {
  return {
      .gross_minor = 0, .line_id = id, .net_minor = 0, .quantity = 0, .tax_minor = 0, .taxes = {}};
}

/// The sum of a line's parts on the invoices, less those on the credit notes, that `counts` says
/// count.
[[nodiscard]] InvoiceLine sum_of_line(const Order& order, const LineId& id, const auto& counts) {
  InvoiceLine sum = nothing_of(id);
  for (const Invoice& invoice : order.invoices) {
    for (const InvoiceLine& part : invoice.billed.lines) {
      if (part.line_id != id || !counts(invoice, part)) continue;
      const std::int64_t sign = invoice.is_credit() ? -1 : 1;
      sum.quantity += sign * part.quantity;
      add_part(sum, part, sign);
    }
  }
  return sum;
}

/// Adds a line or the shipping. Gross is the sum of its parts, so that an invoice always adds up.
void add_line(Billed& to, InvoiceLine line);
void add_shipping(Billed& to, InvoiceShipping shipping);
/// The totals of what was added.
void add_up(Billed& to);

/// So much of a total, as one sum with its taxes in proportion.
[[nodiscard]] Billed part_of(const auto& taxes, std::int64_t total, std::int64_t amount) {
  Billed part;
  part.total_minor = amount;
  if (total > 0) {
    const auto share = [&](std::int64_t figure) {
      return round_minor(mul_div(Exact::minor(figure), amount, total), Rounding::half_away);
    };
    for (const auto& tax : taxes) {
      part.taxes.push_back({.amount_minor = share(tax.amount_minor),
                            .base_minor = share(tax.base_minor),
                            .tax = tax.tax});
      part.tax_minor += part.taxes.back().amount_minor;
    }
  }
  part.net_minor = amount - part.tax_minor;
  return part;
}

/// What is left of a down payment: neither credited nor deducted by an invoice, which uses up the
/// oldest one first.
[[nodiscard]] std::int64_t left_of(const Order& order, const Invoice& down_payment);

}  // namespace tandem
