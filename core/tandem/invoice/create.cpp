// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tandem/invoice/steps.hpp"
#include "tandem/order/axes.hpp"

namespace tandem {
namespace {

std::int64_t next_invoice(const Order& order) {
  return static_cast<std::int64_t>(order.invoices.size()) + 1;
}

/// The next number of a series. Two numbers of one series in one decision follow each other.
std::int64_t next_number(const Decider& d, const std::string& series) {
  const auto known = d.context().next_numbers.find(series);
  std::int64_t number = known == d.context().next_numbers.end() ? 1 : known->second;
  for (const Invoice& invoice : d.order().invoices) {
    if (invoice.series == series && invoice.posted_number) {
      number = std::max(number, *invoice.posted_number + 1);
    }
  }
  return number;
}

void draft(Decider& d, InvoiceKind kind, Billed billed) {
  d.emit(InvoiceDrafted{.deducted_minor = billed.deducted_minor,
                        .invoice = next_invoice(d.order()),
                        .kind = kind,
                        .lines = std::move(billed.lines),
                        .net_minor = billed.net_minor,
                        .shipping = billed.shipping,
                        .tax_minor = billed.tax_minor,
                        .taxes = std::move(billed.taxes),
                        .total_minor = billed.total_minor});
}

void post(Decider& d, std::int64_t invoice) {
  const std::string& series = d.settings().invoice_series;
  d.emit(InvoicePosted{.invoice = invoice, .number = next_number(d, series), .series = series});
}

std::vector<LineQuantity> all_to_invoice(const Order& order) {
  std::vector<LineQuantity> lines;
  for (const Line& line : order.lines) {
    const std::int64_t quantity = to_invoice(order, line);
    if (quantity > 0 || is_dearer(order, line)) {
      lines.push_back({.line = line.id, .quantity = quantity});
    }
  }
  return lines;
}

/// Refuses, for each line: line_unknown, quantity_not_positive, nothing_to_invoice.
Result<void> check_lines(const Order& order, const std::vector<LineQuantity>& lines) {
  for (const LineQuantity& asked : lines) {
    const Line* line = order.find_line(asked.line);
    if (line == nullptr) return reject(Reason::line_unknown, asked.line.value);
    if (asked.quantity < 1) return reject(Reason::quantity_not_positive, asked.line.value, 1);
    const std::int64_t left = to_invoice(order, *line);
    if (asked.quantity > left) {
      return reject(Reason::nothing_to_invoice, asked.line.value, left);
    }
  }
  return {};
}

/// Refuses, for each line: line_unknown, quantity_not_positive, credit_exceeds_invoiced.
Result<void> check_credited(const Order& order, const Invoice& invoice,
                            const std::vector<LineQuantity>& lines) {
  for (const LineQuantity& asked : joined(lines)) {
    if (order.find_line(asked.line) == nullptr) {
      return reject(Reason::line_unknown, asked.line.value);
    }
    if (asked.quantity < 1) return reject(Reason::quantity_not_positive, asked.line.value, 1);
    const std::int64_t left = creditable(order, invoice, asked.line);
    if (asked.quantity > left) {
      return reject(Reason::credit_exceeds_invoiced, asked.line.value, left);
    }
  }
  return {};
}

Billed credited_by(const Order& order, const Invoice& invoice, const CreateCreditNote& command) {
  if (invoice.kind == InvoiceKind::down_payment) return credit_down_payment(order, invoice);
  return command.lines ? credit(order, invoice, joined(*command.lines))
                       : credit_all(order, invoice);
}

void invoice_lines(Decider& d, const std::vector<LineQuantity>& lines) {
  Billed billed = bill(d.order(), lines);
  deduct_down_payments(d.order(), billed);
  draft(d, InvoiceKind::invoice, std::move(billed));
}

/// Refuses, in this order: invoice_unknown, invoice_posted, invoice_canceled.
Result<void> check_draft(const Order& order, std::int64_t number) {
  const Invoice* invoice = order.find_invoice(number);
  if (invoice == nullptr) return reject(Reason::invoice_unknown, std::to_string(number));
  if (invoice->state == InvoiceState::posted) {
    return reject(Reason::invoice_posted, std::to_string(number));
  }
  if (invoice->state == InvoiceState::canceled) {
    return reject(Reason::invoice_canceled, std::to_string(number));
  }
  return {};
}

}  // namespace

Result<void> create_invoice(Decider& d, const CreateInvoice& command) {
  if (d.order().state != OrderState::order) return reject(Reason::not_confirmed);
  std::vector<LineQuantity> lines;
  if (command.lines) {
    lines = joined(*command.lines);
    if (auto ok = check_lines(d.order(), lines); !ok) return ok;
  } else {
    lines = all_to_invoice(d.order());
  }
  const bool shipping = !command.lines && is_shipping_dearer(d.order());
  if (lines.empty() && !shipping) return reject(Reason::nothing_to_invoice);
  const std::int64_t number = next_invoice(d.order());
  invoice_lines(d, lines);
  if (!command.draft) post(d, number);
  return {};
}

Result<void> post_invoice(Decider& d, const PostInvoice& command) {
  if (auto ok = check_draft(d.order(), command.invoice); !ok) return ok;
  post(d, command.invoice);
  return {};
}

Result<void> cancel_invoice(Decider& d, const CancelInvoice& command) {
  if (auto ok = check_draft(d.order(), command.invoice); !ok) return ok;
  d.emit(InvoiceCanceled{.invoice = command.invoice});
  return {};
}

Result<void> create_credit_note(Decider& d, const CreateCreditNote& command) {
  const Order& order = d.order();
  const Invoice* found = order.find_invoice(command.invoice);
  if (found == nullptr || found->is_credit() || found->state != InvoiceState::posted) {
    return reject(Reason::invoice_unknown, std::to_string(command.invoice));
  }
  const Invoice invoice = *found;
  if (command.lines) {
    if (auto ok = check_credited(order, invoice, *command.lines); !ok) return ok;
  }
  Billed billed = credited_by(order, invoice, command);
  if (billed.lines.empty() && billed.shipping.gross_minor == 0 && billed.total_minor == 0) {
    return reject(Reason::nothing_to_invoice, std::to_string(command.invoice));
  }
  const std::string& series = d.settings().credit_note_series;
  d.emit(CreditNotePosted{.invoice = next_invoice(order),
                          .number = next_number(d, series),
                          .of = command.invoice,
                          .series = series,
                          .lines = std::move(billed.lines),
                          .net_minor = billed.net_minor,
                          .shipping = billed.shipping,
                          .tax_minor = billed.tax_minor,
                          .taxes = std::move(billed.taxes),
                          .total_minor = billed.total_minor});
  return {};
}

void invoice_automatically(Decider& d) {
  const Order& order = d.order();
  if (!d.settings().automatic_invoice || order.state != OrderState::order || !order.placed) return;
  const std::int64_t captured = money_of(order).captured_minor;
  if (captured <= 0) return;
  const std::int64_t number = next_invoice(order);
  if (captured >= order.placed->quote.totals.payable_minor) {
    const std::vector<LineQuantity> lines = all_to_invoice(order);
    if (lines.empty() && !is_shipping_dearer(order)) return;
    invoice_lines(d, lines);
    post(d, number);
    return;
  }
  const bool billed = std::ranges::any_of(order.invoices, &Invoice::bills);
  if (billed) return;
  draft(d, InvoiceKind::down_payment, bill_part(order, captured));
  post(d, number);
}

}  // namespace tandem
