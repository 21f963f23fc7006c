// SPDX-License-Identifier: Apache-2.0
#include "tandem/invoice/amounts.hpp"

#include <algorithm>

#include "tandem/money/exact.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

const QuoteLine* find_quoted(const Order& order, const LineId& id) {
  const auto& lines = order.placed->quote.lines;
  const auto found = std::ranges::find(lines, id, &QuoteLine::line_id);
  return found == lines.end() ? nullptr : &*found;
}

void add_tax(std::vector<InvoiceTax>& taxes, const TaxId& tax, std::int64_t base,
             std::int64_t amount) {
  const auto known = std::ranges::find(taxes, tax, &InvoiceTax::tax);
  if (known == taxes.end()) {
    taxes.push_back({.amount_minor = amount, .base_minor = base, .tax = tax});
  } else {
    known->amount_minor += amount;
    known->base_minor += base;
  }
}

/// Adds the units [first, first + count) of a line. Net and taxes are the units' shares; gross is
/// their sum, so that an invoice always adds up.
void add_units(Billed& to, const QuoteLine& quoted, std::int64_t first, std::int64_t count) {
  InvoiceLine line{.gross_minor = 0,
                   .line_id = quoted.line_id,
                   .net_minor = share_of_units(quoted, quoted.net_minor, first, count),
                   .quantity = count,
                   .tax_minor = 0};
  for (const QuoteTax& tax : quoted.taxes) {
    const std::int64_t amount = share_of_units(quoted, tax.amount_minor, first, count);
    line.tax_minor += amount;
    add_tax(to.taxes, tax.tax, share_of_units(quoted, tax.base_minor, first, count), amount);
  }
  line.gross_minor = line.net_minor + line.tax_minor;
  to.lines.push_back(std::move(line));
}

void add_shipping(Billed& to, const Quote& quote) {
  const QuoteShipping& shipping = quote.shipping;
  to.shipping = {.gross_minor = shipping.gross_minor,
                 .net_minor = shipping.net_minor,
                 .tax_minor = shipping.tax_minor};
  for (const QuoteTax& tax : shipping.taxes) {
    add_tax(to.taxes, tax.tax, tax.base_minor, tax.amount_minor);
  }
  // What belongs to no line goes with it: fees, and rounding to what can be paid.
  for (const QuoteFee& fee : quote.fees) {
    to.shipping.gross_minor += fee.gross_minor;
    to.shipping.net_minor += fee.net_minor;
    to.shipping.tax_minor += fee.tax_minor;
    for (const QuoteTax& tax : fee.taxes) {
      add_tax(to.taxes, tax.tax, tax.base_minor, tax.amount_minor);
    }
  }
}

void add_up(Billed& to) {
  to.net_minor = to.shipping.net_minor;
  to.tax_minor = to.shipping.tax_minor;
  for (const InvoiceLine& line : to.lines) {
    to.net_minor += line.net_minor;
    to.tax_minor += line.tax_minor;
  }
  to.total_minor = to.net_minor + to.tax_minor;
}

/// Units of a line that invoices before this moment bill, credit notes left out.
std::int64_t billed_units(const Order& order, const LineId& line) {
  std::int64_t units = 0;
  for (const Invoice& invoice : order.invoices) {
    if (!invoice.bills()) continue;
    for (const InvoiceLine& part : invoice.billed.lines) {
      if (part.line_id == line) units += part.quantity;
    }
  }
  return units;
}

std::int64_t quantity_of(const Billed& billed, const LineId& line) {
  std::int64_t units = 0;
  for (const InvoiceLine& part : billed.lines) {
    if (part.line_id == line) units += part.quantity;
  }
  return units;
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

std::int64_t to_credit(const Order& order, const Line& line) {
  const std::int64_t kept = line.invoice_policy == InvoicePolicy::ordered
                                ? payable_units(order, line) - line.returned
                                : payable_units(order, line);
  return std::max<std::int64_t>(0, line.invoiced - line.credited - std::max<std::int64_t>(0, kept));
}

std::int64_t creditable(const Order& order, const Invoice& invoice, const LineId& line) {
  std::int64_t units = quantity_of(invoice.billed, line);
  for (const Invoice& note : order.invoices) {
    if (note.is_credit() && note.of == invoice.number) units -= quantity_of(note.billed, line);
  }
  return units;
}

bool is_shipping_billed(const Order& order) {
  return std::ranges::any_of(order.invoices, [](const Invoice& invoice) {
    return invoice.bills() && invoice.kind == InvoiceKind::invoice;
  });
}

Billed bill(const Order& order, const std::vector<LineQuantity>& lines, bool with_shipping) {
  Billed billed;
  for (const LineQuantity& asked : lines) {
    const QuoteLine* quoted = find_quoted(order, asked.line);
    if (quoted == nullptr || asked.quantity == 0) continue;
    add_units(billed, *quoted, billed_units(order, asked.line), asked.quantity);
  }
  if (with_shipping) add_shipping(billed, order.placed->quote);
  add_up(billed);
  return billed;
}

Billed credit(const Order& order, const Invoice& invoice, const std::vector<LineQuantity>& lines,
              bool with_shipping) {
  Billed credited;
  for (const LineQuantity& asked : lines) {
    const QuoteLine* quoted = find_quoted(order, asked.line);
    if (quoted == nullptr || asked.quantity == 0) continue;
    // The first of the invoice's own units that were not credited before.
    std::int64_t first = 0;
    for (const Invoice& before : order.invoices) {
      if (before.number < invoice.number && before.bills()) {
        first += quantity_of(before.billed, asked.line);
      }
    }
    first += quantity_of(invoice.billed, asked.line) - creditable(order, invoice, asked.line);
    add_units(credited, *quoted, first, asked.quantity);
  }
  if (with_shipping) {
    credited.shipping = invoice.billed.shipping;
    for (const QuoteTax& tax : order.placed->quote.shipping.taxes) {
      add_tax(credited.taxes, tax.tax, tax.base_minor, tax.amount_minor);
    }
  }
  add_up(credited);
  return credited;
}

Billed bill_part(const Order& order, std::int64_t total_minor) {
  Billed billed;
  const QuoteTotals& totals = order.placed->quote.totals;
  billed.total_minor = total_minor;
  if (totals.total_minor > 0) {
    for (const QuoteTaxTotal& tax : order.placed->quote.tax_summary) {
      const auto part = [&](std::int64_t amount) {
        return round_minor(mul_div(Exact::minor(amount), total_minor, totals.total_minor),
                           Rounding::half_away);
      };
      billed.taxes.push_back({.amount_minor = part(tax.amount_minor),
                              .base_minor = part(tax.base_minor),
                              .tax = tax.tax});
      billed.tax_minor += billed.taxes.back().amount_minor;
    }
  }
  billed.net_minor = total_minor - billed.tax_minor;
  return billed;
}

void deduct_down_payments(const Order& order, Billed& billed) {
  for (const Invoice& invoice : order.invoices) {
    if (!invoice.bills()) continue;
    if (invoice.kind == InvoiceKind::down_payment) {
      billed.deducted_minor += invoice.billed.total_minor;
    } else {
      billed.deducted_minor -= invoice.billed.deducted_minor;
    }
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
