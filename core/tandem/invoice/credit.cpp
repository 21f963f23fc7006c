// SPDX-License-Identifier: Apache-2.0
// What credit notes take back: units at what their invoice billed for them, and what was billed
// beyond what the units that are kept cost now.
#include <algorithm>
#include <cstdlib>

#include "tandem/invoice/amounts.hpp"
#include "tandem/invoice/parts.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

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

std::int64_t quantity_of(const Billed& billed, const LineId& line) {
  std::int64_t units = 0;
  for (const InvoiceLine& part : billed.lines) {
    if (part.line_id == line) units += part.quantity;
  }
  return units;
}

bool is_of(const Invoice& one, const Invoice& invoice) {
  return one.number == invoice.number || (one.is_credit() && one.of == invoice.number);
}

/// What no credit note took back yet of a line of this invoice.
InvoiceLine left_of_line(const Order& order, const Invoice& invoice, const LineId& id) {
  return sum_of_line(order, id,
                     [&](const Invoice& one, const InvoiceLine&) { return is_of(one, invoice); });
}

/// The next units of an invoice's line at what it billed for them; all that is left of it for the
/// last ones, and never more.
InvoiceLine credited_units(const Order& order, const Invoice& invoice, const LineQuantity& asked) {
  const std::int64_t left = creditable(order, invoice, asked.line);
  InvoiceLine units = nothing_of(asked.line);
  std::int64_t first = quantity_of(invoice.billed, asked.line) - left;
  for (std::size_t i = 0; i < invoice.billed.lines.size(); ++i) {
    const InvoiceLine& line = invoice.billed.lines[i];
    if (line.line_id != asked.line || line.quantity == 0) continue;
    const std::int64_t skipped = std::min(first, line.quantity);
    const std::int64_t count = std::min(asked.quantity - units.quantity, line.quantity - skipped);
    first -= skipped;
    if (count > 0) add_part(units, units_of(invoice.from[i], line, skipped, count), 1);
    units.quantity += std::max<std::int64_t>(count, 0);
  }
  InvoiceLine rest = left_of_line(order, invoice, asked.line);
  const bool is_part = units.quantity < left && gross_of(units) <= gross_of(rest);
  if (asked.quantity == 0 || is_part) return units;
  rest.quantity = units.quantity;
  return rest;
}

/// What is billed of a line, less `units` that are taken back now, beyond what the units that are
/// kept cost now; below zero when units were taken back at more than they cost. Nothing when that
/// is how the shares of the units kept and of those taken back are rounded.
InvoiceLine excess_of(const Order& order, const Line& line, const InvoiceLine& units) {
  std::int64_t billed = 0;
  InvoiceLine excess = sum_of_line(order, line.id, [&](const Invoice& one, const auto& part) {
    if (one.bills()) billed += part.quantity;
    if (one.frees_units) billed -= part.quantity;
    return one.state != InvoiceState::canceled;
  });
  add_part(excess, units, -1);
  const std::int64_t kept = std::min(units_kept(order, line), excess.quantity - units.quantity);
  const QuoteLine* quoted = find_quoted(order, line.id);
  // The first units of an invoice are taken back first.
  if (quoted != nullptr && kept > 0) add_part(excess, units_of(*quoted, billed - kept, kept), -1);
  const std::int64_t rounding = 2 * std::min(kept, billed - kept);
  if (std::abs(gross_of(excess)) <= rounding) return nothing_of(line.id);
  excess.quantity = 0;
  return excess;
}

/// Takes back units of a line, and what it was billed too much: a revision made it cheaper. While
/// further units are to be invoiced, their invoice settles that.
void settle_line(const Order& order, const Invoice& invoice, const Line& line,
                 std::int64_t quantity, Billed& credited) {
  InvoiceLine units = credited_units(order, invoice, {.line = line.id, .quantity = quantity});
  InvoiceLine excess = excess_of(order, line, units);
  if (gross_of(excess) < 0) add_part(units, excess, 1);
  if (quantity > 0) add_line(credited, units);
  InvoiceLine left = left_of_line(order, invoice, line.id);
  add_part(left, units, -1);
  if (to_invoice(order, line) > 0 || std::min(gross_of(excess), gross_of(left)) <= 0) return;
  left.quantity = 0;
  add_line(credited, gross_of(excess) > gross_of(left) ? left : excess);
}

/// What is billed of the shipping beyond what it costs now, as far as this invoice billed it.
InvoiceShipping excess_of_shipping(const Order& order, const Invoice& invoice) {
  InvoiceShipping excess;
  InvoiceShipping left;
  for (const Invoice& one : order.invoices) {
    if (one.state == InvoiceState::canceled) continue;
    const std::int64_t sign = one.is_credit() ? -1 : 1;
    add_part(excess, one.billed.shipping, sign);
    if (is_of(one, invoice)) add_part(left, one.billed.shipping, sign);
  }
  // An order that is taken back owes its shipping no more.
  if (order.state != OrderState::canceled) add_part(excess, shipping_of(order.placed->quote), -1);
  if (gross_of(excess) <= 0 || gross_of(left) <= 0) return {};
  return gross_of(excess) > gross_of(left) ? left : excess;
}

}  // namespace

std::int64_t creditable(const Order& order, const Invoice& invoice, const LineId& line) {
  std::int64_t units = quantity_of(invoice.billed, line);
  for (const Invoice& note : order.invoices) {
    if (note.is_credit() && note.of == invoice.number) units -= quantity_of(note.billed, line);
  }
  return units;
}

Billed credit(const Order& order, const Invoice& invoice, const std::vector<LineQuantity>& lines) {
  Billed credited;
  for (const LineQuantity& asked : lines) {
    add_line(credited, credited_units(order, invoice, asked));
  }
  if (order.state == OrderState::canceled) {
    add_shipping(credited, excess_of_shipping(order, invoice));
  }
  add_up(credited);
  return credited;
}

Billed credit_all(const Order& order, const Invoice& invoice) {
  Billed credited;
  for (const InvoiceLine& billed : invoice.billed.lines) {
    const Line* line = order.find_line(billed.line_id);
    const std::int64_t left = creditable(order, invoice, billed.line_id);
    if (line == nullptr) {
      if (left > 0) {
        add_line(credited,
                 credited_units(order, invoice, {.line = billed.line_id, .quantity = left}));
      }
      continue;
    }
    settle_line(order, invoice, *line, std::min(left, to_credit(order, *line)), credited);
  }
  add_shipping(credited, excess_of_shipping(order, invoice));
  add_up(credited);
  return credited;
}

Billed credit_down_payment(const Order& order, const Invoice& invoice) {
  return part_of(invoice.billed.taxes, invoice.billed.total_minor, left_of(order, invoice));
}

}  // namespace tandem
