// SPDX-License-Identifier: Apache-2.0
#include "tandem/invoice/amounts.hpp"

#include <algorithm>

#include "tandem/money/exact.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

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

/// Units [first, first + count) of a line at the shares that its quote stores.
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

/// Gross is the sum of its parts, so that an invoice always adds up.
void add_line(Billed& to, InvoiceLine line) {
  line.tax_minor = 0;
  for (const InvoiceTax& tax : line.taxes) line.tax_minor += tax.amount_minor;
  line.gross_minor = line.net_minor + line.tax_minor;
  add_taxes(to.taxes, line.taxes, 1);
  to.lines.push_back(std::move(line));
}

void add_shipping(Billed& to, InvoiceShipping shipping) {
  add_taxes(to.taxes, shipping.taxes, 1);
  to.shipping = std::move(shipping);
}

/// What invoices billed of a line so far; drafts count, credit notes do not.
InvoiceLine billed_before(const Order& order, const LineId& id) {
  InvoiceLine before{
      .gross_minor = 0, .line_id = id, .net_minor = 0, .quantity = 0, .tax_minor = 0, .taxes = {}};
  for (const Invoice& invoice : order.invoices) {
    if (!invoice.bills()) continue;
    for (const InvoiceLine& part : invoice.billed.lines) {
      if (part.line_id != id) continue;
      before.quantity += part.quantity;
      before.net_minor += part.net_minor;
      add_taxes(before.taxes, part.taxes, 1);
    }
  }
  return before;
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
  const Quote& quote = order.placed->quote;
  InvoiceShipping next{.gross_minor = quote.shipping.gross_minor,
                       .net_minor = quote.shipping.net_minor,
                       .tax_minor = quote.shipping.tax_minor,
                       .taxes = invoice_taxes(quote.shipping.taxes)};
  const auto add = [&](const auto& part, std::int64_t sign) {
    next.gross_minor += sign * part.gross_minor;
    next.net_minor += sign * part.net_minor;
    next.tax_minor += sign * part.tax_minor;
  };
  for (const QuoteFee& fee : quote.fees) {
    add(fee, 1);
    add_taxes(next.taxes, invoice_taxes(fee.taxes), 1);
  }
  bool billed = false;
  for (const Invoice& invoice : order.invoices) {
    if (!invoice.bills() || invoice.kind != InvoiceKind::invoice) continue;
    add(invoice.billed.shipping, -1);
    add_taxes(next.taxes, invoice.billed.shipping.taxes, -1);
    billed = true;
  }
  return billed && next.gross_minor <= 0 ? InvoiceShipping{} : next;
}

/// What units [first, first + count) of a billed line are of one of its amounts, by the shares of
/// the quote it was drawn from: `up_to` tells what so many of its units are.
std::int64_t share_of_billed(const InvoiceLine& line, std::int64_t amount, std::int64_t first,
                             std::int64_t count, const auto& up_to) {
  const std::int64_t whole = up_to(line.quantity);
  const auto part = [&](std::int64_t units) {
    if (whole == amount) return up_to(units);
    const Exact exact = whole == 0 ? mul_div(Exact::minor(amount), units, line.quantity)
                                   : mul_div(Exact::minor(amount), up_to(units), whole);
    return round_minor(exact, Rounding::half_away);
  };
  return part(first + count) - part(first);
}

/// The same for all amounts of the line.
InvoiceLine units_of(const BilledFrom& from, const InvoiceLine& line, std::int64_t first,
                     std::int64_t count) {
  const auto net = [&](std::int64_t n) { return net_of_units(from.line, from.first, n); };
  const auto share = [&](std::int64_t quoted, std::int64_t amount) {
    const auto up_to = [&](std::int64_t n) {
      return share_of_units(from.line, quoted, from.first, n);
    };
    return share_of_billed(line, amount, first, count, up_to);
  };
  InvoiceLine units = line;
  units.quantity = count;
  units.net_minor = share_of_billed(line, line.net_minor, first, count, net);
  for (InvoiceTax& tax : units.taxes) {
    const auto quoted = std::ranges::find(from.line.taxes, tax.tax, &QuoteTax::tax);
    const bool known = quoted != from.line.taxes.end();
    tax.amount_minor = share(known ? quoted->amount_minor : 0, tax.amount_minor);
    tax.base_minor = share(known ? quoted->base_minor : 0, tax.base_minor);
  }
  return units;
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

/// So much of a total, as one sum with its taxes in proportion.
Billed part_of(const auto& taxes, std::int64_t total, std::int64_t amount) {
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

/// What credit notes took back of an invoice.
std::int64_t credited_of(const Order& order, const Invoice& invoice) {
  std::int64_t sum = 0;
  for (const Invoice& note : order.invoices) {
    if (note.is_credit() && note.of == invoice.number) sum += note.billed.total_minor;
  }
  return sum;
}

/// What is left of a down payment: neither credited nor deducted by an invoice, which uses up the
/// oldest one first.
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

bool is_dearer(const Order& order, const Line& line) {
  const QuoteLine* quoted = find_quoted(order, line.id);
  if (order.state != OrderState::order || quoted == nullptr || line.invoiced == 0) return false;
  const InvoiceLine rest = next_units(order, *quoted, 0);
  std::int64_t gross = rest.net_minor;
  for (const InvoiceTax& tax : rest.taxes) gross += tax.amount_minor;
  // Of a part of the units, less than a minor unit for each is how their shares are rounded.
  return gross >= (line.invoiced >= line.quantity ? 1 : line.invoiced);
}

bool is_shipping_dearer(const Order& order) {
  const bool billed = std::ranges::any_of(order.invoices, [](const Invoice& invoice) {
    return invoice.bills() && invoice.kind == InvoiceKind::invoice;
  });
  return order.state == OrderState::order && billed && next_shipping(order).gross_minor > 0;
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

std::int64_t creditable(const Order& order, const Invoice& invoice, const LineId& line) {
  std::int64_t units = quantity_of(invoice.billed, line);
  for (const Invoice& note : order.invoices) {
    if (note.is_credit() && note.of == invoice.number) units -= quantity_of(note.billed, line);
  }
  return units;
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

Billed credit(const Order& order, const Invoice& invoice, const std::vector<LineQuantity>& lines,
              bool with_shipping) {
  Billed credited;
  for (const LineQuantity& asked : lines) {
    // The first of the invoice's own units that were not credited before.
    std::int64_t first =
        quantity_of(invoice.billed, asked.line) - creditable(order, invoice, asked.line);
    std::int64_t left = asked.quantity;
    for (std::size_t i = 0; i < invoice.billed.lines.size(); ++i) {
      const InvoiceLine& line = invoice.billed.lines[i];
      if (line.line_id != asked.line) continue;
      // What units cost more since they were billed is taken back as it was billed: as one sum.
      if (line.quantity == 0) add_line(credited, line);
      const std::int64_t skipped = std::min(first, line.quantity);
      const std::int64_t units = std::min(left, line.quantity - skipped);
      first -= skipped;
      left -= units;
      if (units > 0) add_line(credited, units_of(invoice.from[i], line, skipped, units));
    }
  }
  if (with_shipping) add_shipping(credited, invoice.billed.shipping);
  add_up(credited);
  return credited;
}

Billed bill_part(const Order& order, std::int64_t total_minor) {
  const Quote& quote = order.placed->quote;
  return part_of(quote.tax_summary, quote.totals.total_minor, total_minor);
}

Billed credit_down_payment(const Order& order, const Invoice& invoice) {
  return part_of(invoice.billed.taxes, invoice.billed.total_minor, left_of(order, invoice));
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
