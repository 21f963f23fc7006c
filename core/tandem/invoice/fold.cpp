// SPDX-License-Identifier: Apache-2.0
// How the events of invoices change an order. A draft counts as invoiced, so that nothing is
// drafted twice; canceled, it no longer does.
#include "tandem/order/fold.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

template <class Event>
Billed billed_by(const Event& e) {
  return {.lines = e.lines,
          .shipping = e.shipping,
          .taxes = e.taxes,
          .net_minor = e.net_minor,
          .tax_minor = e.tax_minor,
          .total_minor = e.total_minor};
}

/// Where lines that are billed now come from. A later revision does not change what was billed.
std::vector<BilledFrom> drawn_from(const Order& order, const std::vector<InvoiceLine>& lines) {
  std::vector<BilledFrom> from;
  for (const InvoiceLine& billed : lines) {
    const Line* line = order.find_line(billed.line_id);
    const QuoteLine* quoted = find_quoted(order, billed.line_id);
    from.push_back({.first = line == nullptr ? 0 : line->invoiced,
                    .line = quoted == nullptr ? QuoteLine{} : *quoted});
  }
  return from;
}

}  // namespace

void Fold::count_billed(Line& line) const {
  line.invoiced = line.credited = 0;
  for (const Invoice& invoice : order_.invoices) {
    for (const InvoiceLine& billed : invoice.billed.lines) {
      if (billed.line_id != line.id) continue;
      if (invoice.bills()) line.invoiced += billed.quantity;
      if (invoice.frees_units) line.invoiced -= billed.quantity;
      if (invoice.is_credit() && !invoice.frees_units) line.credited += billed.quantity;
    }
  }
}

void Fold::operator()(const InvoiceDrafted& e) {
  std::vector<BilledFrom> from = drawn_from(order_, e.lines);
  Invoice& invoice = order_.invoices.emplace_back();
  invoice.from = std::move(from);
  invoice.number = e.invoice;
  invoice.kind = e.kind;
  invoice.billed = billed_by(e);
  invoice.billed.deducted_minor = e.deducted_minor;
  for (Line& line : order_.lines) count_billed(line);
}

void Fold::operator()(const InvoicePosted& e) {
  Invoice* invoice = order_.find_invoice(e.invoice);
  if (invoice == nullptr) return;
  step(invoice->state, kInvoiceTransitions, InvoiceAction::post);
  invoice->series = e.series;
  invoice->posted_number = e.number;
  invoice->posted_ms = moment_.at_ms;
}

void Fold::operator()(const InvoiceCanceled& e) {
  Invoice* invoice = order_.find_invoice(e.invoice);
  if (invoice == nullptr || invoice->state != InvoiceState::draft) return;
  step(invoice->state, kInvoiceTransitions, InvoiceAction::cancel);
  for (Line& line : order_.lines) count_billed(line);
}

void Fold::operator()(const CreditNotePosted& e) {
  Invoice& note = order_.invoices.emplace_back();
  note.number = e.invoice;
  note.kind = InvoiceKind::credit_note;
  note.state = InvoiceState::posted;
  note.series = e.series;
  note.posted_number = e.number;
  note.posted_ms = moment_.at_ms;
  note.of = e.of;
  note.billed = billed_by(e);
  for (Line& line : order_.lines) count_billed(line);
}

}  // namespace tandem
