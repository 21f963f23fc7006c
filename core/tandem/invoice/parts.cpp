// SPDX-License-Identifier: Apache-2.0
#include "tandem/invoice/parts.hpp"

#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// What credit notes took back of an invoice.
std::int64_t credited_of(const Order& order, const Invoice& invoice) {
  std::int64_t sum = 0;
  for (const Invoice& note : order.invoices) {
    if (note.is_credit() && note.of == invoice.number) sum += note.billed.total_minor;
  }
  return sum;
}

}  // namespace

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

void add_taxes(std::vector<InvoiceTax>& to, const std::vector<InvoiceTax>& taxes,
               std::int64_t sign) {
  for (const InvoiceTax& tax : taxes) {
    add_tax(to, tax.tax, sign * tax.base_minor, sign * tax.amount_minor);
  }
}

std::vector<InvoiceTax> invoice_taxes(const std::vector<QuoteTax>& taxes) {
  std::vector<InvoiceTax> all;
  for (const QuoteTax& tax : taxes) add_tax(all, tax.tax, tax.base_minor, tax.amount_minor);
  return all;
}

InvoiceLine units_of(const QuoteLine& quoted, std::int64_t first, std::int64_t count) {
  const auto share = [&](std::int64_t amount) {
    return share_of_units(quoted, amount, first, count);
  };
  InvoiceLine line{.gross_minor = 0,
                   .line_id = quoted.line_id,
                   .net_minor = net_of_units(quoted, first, count),
                   .quantity = count,
                   .tax_minor = 0,
                   .taxes = invoice_taxes(quoted.taxes)};
  for (InvoiceTax& tax : line.taxes) {
    tax.amount_minor = share(tax.amount_minor);
    tax.base_minor = share(tax.base_minor);
  }
  return line;
}

InvoiceShipping shipping_of(const Quote& quote) {
  InvoiceShipping sum{.gross_minor = 0,
                      .net_minor = quote.shipping.net_minor,
                      .tax_minor = 0,
                      .taxes = invoice_taxes(quote.shipping.taxes)};
  for (const QuoteFee& fee : quote.fees) {
    sum.net_minor += fee.net_minor;
    add_taxes(sum.taxes, invoice_taxes(fee.taxes), 1);
  }
  return sum;
}

void add_line(Billed& to, InvoiceLine line) {
  line.tax_minor = 0;
  for (const InvoiceTax& tax : line.taxes) line.tax_minor += tax.amount_minor;
  line.gross_minor = line.net_minor + line.tax_minor;
  add_taxes(to.taxes, line.taxes, 1);
  to.lines.push_back(std::move(line));
}

void add_shipping(Billed& to, InvoiceShipping shipping) {
  shipping.gross_minor = gross_of(shipping);
  shipping.tax_minor = shipping.gross_minor - shipping.net_minor;
  add_taxes(to.taxes, shipping.taxes, 1);
  to.shipping = std::move(shipping);
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

std::int64_t left_of(const Order& order, const Invoice& down_payment) {
  std::int64_t deducted = 0;
  for (const Invoice& invoice : order.invoices) {
    if (invoice.bills()) deducted += invoice.billed.deducted_minor;
  }
  for (const Invoice& invoice : order.invoices) {
    if (!invoice.bills() || invoice.kind != InvoiceKind::down_payment) continue;
    const std::int64_t left = invoice.billed.total_minor - credited_of(order, invoice);
    if (invoice.number == down_payment.number) return std::max<std::int64_t>(0, left - deducted);
    deducted = std::max<std::int64_t>(0, deducted - left);
  }
  return 0;
}

}  // namespace tandem
