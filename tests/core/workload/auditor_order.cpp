// SPDX-License-Identifier: Apache-2.0
// One order against its view and against what the contract promises.
#include <algorithm>

#include "core/workload/auditor.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::workload {

void Auditor::check_order(const std::string& id, const View& view) {
  about_ = id;
  const Book& book = books_.at(id);
  same("version", view.version, book.events);
  check_axes(book, view);
  check_money(book, view);
  check_attempts(book, view);
  check_refunds(book);
  check_goods(book, view);
  check_returns(book);
  check_invoices(book);
  // Totals stay as placed, also when the order is canceled.
  if (book.stands && !view.lines.empty()) same("total", view.totals.total_minor, book.total);
}

void Auditor::check_axes(const Book& book, const View& view) {
  same("order axis", enum_name(view.axes.order), book.state);
  same("payment axis", enum_name(view.axes.payment), book.payment_axis());
  same("delivery axis", enum_name(view.axes.delivery), book.delivery_axis());
  const std::optional<std::string> invoiced = book.invoice_axis();
  if (invoiced) same("invoice axis", enum_name(view.axes.invoice), *invoiced);
  same("return axis", enum_name(view.axes.return_), book.return_axis());
}

void Auditor::check_money(const Book& book, const View& view) {
  same("captured", view.money.captured_minor, book.captured());
  same("refunded", view.money.refunded_minor, book.refunded());
  same("refunding", view.money.refunding_minor, book.refunding());
  same("refundable", view.money.refundable_minor, book.refundable());
  same("due", view.money.due_minor, book.due());
  same("owed", view.money.owed_minor, book.owed());
  expect(book.refunded() + book.refunding() <= book.captured(), "more is refunded than came in",
         book.refunded() + book.refunding(), book.captured());
  std::int64_t shared = 0;
  for (const ViewLine& line : view.lines) {
    shared += line.money.captured_minor;
    expect(line.money.refundable_minor >= 0, "refundable of " + line.line_id.value + " below 0");
  }
  expect(shared <= book.captured(), "lines have more than was captured", shared, book.captured());
}

void Auditor::check_attempts(const Book& book, const View& view) {
  same("attempts", static_cast<std::int64_t>(view.payments.size()),
       static_cast<std::int64_t>(book.attempts.size()));
  for (const ViewPayment& payment : view.payments) {
    const auto found = book.attempts.find(payment.attempt);
    if (found == book.attempts.end()) continue;
    const BookAttempt& attempt = found->second;
    const std::string of = " of attempt " + std::to_string(payment.attempt);
    same("state" + of, enum_name(payment.state), attempt.state);
    same("captured" + of, payment.captured_minor, attempt.captured);
    same("authorized" + of, payment.authorized_minor, attempt.authorized);
    same("refunded" + of, payment.refunded_minor, attempt.refunded);
    same("refundable" + of, payment.refundable_minor, attempt.refundable());
    expect(attempt.refunded + attempt.refunding <= attempt.captured,
           "more is refunded than came in" + of, attempt.refunded + attempt.refunding,
           attempt.captured);
    expect(attempt.refunding >= 0, "refunds under way below 0" + of);
  }
}

/// Of no line, and not of the shipping, more is given back than it cost.
void Auditor::check_refunds(const Book& book) {
  std::map<std::string, std::int64_t> lines;
  std::int64_t shipping = 0;
  for (const auto& [n, refund] : book.refunds) {
    expect(refund.amount > 0, "a refund of nothing", refund.amount);
    std::int64_t named = refund.shipping;
    for (const auto& [id, amount] : refund.lines) named += amount;
    expect(named <= refund.amount, "a refund is for more than it gives back", named, refund.amount);
    if (refund.state == "failed") continue;
    for (const auto& [id, amount] : refund.lines) lines[id] += amount;
    shipping += refund.shipping;
  }
  for (const auto& [id, amount] : lines) {
    const auto line = book.lines.find(id);
    if (line == book.lines.end()) continue;
    expect(amount <= line->second.most_gross, "more is given back of " + id + " than it cost",
           amount, line->second.most_gross);
  }
  expect(shipping <= book.most_shipping, "more is given back of the shipping than it cost",
         shipping, book.most_shipping);
}

void Auditor::check_goods(const Book& book, const View& view) {
  for (const ViewLine& shown : view.lines) {
    const std::string& id = shown.line_id.value;
    const auto found = book.lines.find(id);
    // Gifts of a cart are its quote's only.
    expect(found != book.lines.end() || !book.stands,
           "a line of the view is not in the books: " + id);
    if (found == book.lines.end()) continue;
    const BookLine& line = found->second;
    same("ordered of " + id, shown.goods.ordered, line.ordered);
    same("reserved of " + id, shown.goods.reserved, line.reserved);
    same("backordered of " + id, shown.goods.backordered, line.backordered);
    same("shipped of " + id, shown.goods.shipped, line.shipped);
    same("canceled of " + id, shown.goods.canceled, line.canceled);
    same("returned of " + id, shown.goods.returned, line.returned);
    same("restocked of " + id, shown.goods.restocked, line.restocked);
    same("invoiced of " + id, shown.promise.invoiced, line.invoiced);
    same("credited of " + id, shown.promise.credited, line.credited);
    same("to invoice of " + id, shown.promise.to_invoice, book.to_invoice(line));
  }
  for (const auto& [id, line] : book.lines) check_conservation(book, id, line);
  expect(book.state == "quotation" || book.state == "quotation_sent" || book.hold.empty(),
         "a hold outlives the checkout");
}

/// Every unit that was ordered is shipped, still to be moved, or given up; and what is taken of the
/// stock for it is never less than nothing, and nothing once it is over.
void Auditor::check_conservation(const Book& book, const std::string& id, const BookLine& line) {
  expect(line.reserved >= 0, "reserved of " + id + " below 0", line.reserved);
  expect(line.backordered >= 0, "backordered of " + id + " below 0", line.backordered);
  expect(line.returned <= line.shipped, "more of " + id + " came back than went out", line.returned,
         line.shipped);
  expect(line.canceled >= 0, "canceled of " + id + " below 0", line.canceled);
  if (book.state != "order" || !book.any_open()) {
    same("reserved of " + id + " at the end", line.reserved, 0);
    same("backordered of " + id + " at the end", line.backordered, 0);
  }
  if (book.state != "order" || !line.goods) return;
  const std::int64_t open = book.open_demand(id);
  same("shipped + open + canceled of " + id, line.shipped - line.replaced + open + line.canceled,
       line.ordered + line.excess);
  if (!line.tracked) return;
  // What is open of it is reserved or promised, replacements apart.
  std::int64_t exchange = 0;
  for (const auto& [n, transfer] : book.transfers) {
    if (!transfer.open() || !transfer.exchange) continue;
    for (const auto& part : transfer.parts) {
      if (part.line == id && part.sku == line.sku) exchange += part.demanded;
    }
  }
  same("reserved + backordered of " + id, line.reserved + line.backordered, open + exchange);
}

void Auditor::check_returns(const Book& book) {
  for (const auto& [n, back] : book.returns) {
    for (const auto& [id, part] : back.parts) {
      const std::string of = " of " + id + " in return " + std::to_string(n);
      expect(part.approved <= part.requested, "approved" + of, part.approved, part.requested);
      expect(part.accepted + part.rejected <= part.approved, "received" + of,
             part.accepted + part.rejected, part.approved);
      expect(part.exchanged <= part.accepted, "exchanged" + of, part.exchanged, part.accepted);
    }
  }
}

void Auditor::check_invoices(const Book& book) {
  std::int64_t posted = 0;
  std::int64_t billed = 0;
  std::map<std::string, std::int64_t> invoiced;
  for (const auto& [n, invoice] : book.invoices) {
    const std::string of = " of invoice " + std::to_string(n);
    same("lines and shipping" + of, invoice.of_parts, invoice.total);
    same("net and taxes" + of, invoice.of_taxes, invoice.total);
    if (!invoice.credit) check_credits(book, n, invoice);
    // A down payment that is credited is asked for no more.
    const auto credited = book.invoices.find(invoice.of);
    if (invoice.credit && credited != book.invoices.end() && credited->second.down_payment) {
      posted -= invoice.total;
      billed -= invoice.total;
    }
    if (invoice.frees) {
      posted -= invoice.total;
      billed -= invoice.total;
      for (const auto& [id, quantity] : invoice.lines) invoiced[id] -= quantity;
    }
    if (!invoice.bills()) continue;
    billed += invoice.total;
    if (invoice.state == "posted") posted += invoice.total;
    for (const auto& [id, quantity] : invoice.lines) invoiced[id] += quantity;
  }
  const bool beyond = std::ranges::any_of(
      book.lines, [](const auto& one) { return one.second.by_delivery && one.second.excess > 0; });
  expect(beyond || book.revised || posted <= book.total,
         "invoices ask for more than the order costs", posted, book.total);
  check_billed(book);
  bool complete = book.state == "order" && !book.revised && !beyond && !invoiced.empty();
  for (const auto& [id, line] : book.lines) complete = complete && line.invoiced == line.ordered;
  if (complete) same("all invoices together", billed, book.total);
  for (const auto& [id, line] : book.lines) {
    same("units on invoices of " + id, invoiced[id], line.invoiced);
    expect(line.invoiced <= std::max(line.most_ordered, line.shipped - line.replaced),
           "more of " + id + " is invoiced than was ordered", line.invoiced, line.most_ordered);
    expect(line.credited <= line.invoiced, "more of " + id + " is credited than invoiced",
           line.credited, line.invoiced);
  }
}

/// No line, and not the shipping, is billed for more than it ever cost.
void Auditor::check_billed(const Book& book) {
  std::map<std::string, std::int64_t> gross;
  std::int64_t shipping = 0;
  for (const auto& [n, invoice] : book.invoices) {
    for (const auto& [id, amount] : invoice.frees ? invoice.gross : invoice.cheaper) {
      gross[id] -= amount;
    }
    if (invoice.credit) shipping -= invoice.shipping;
    if (!invoice.bills()) continue;
    for (const auto& [id, amount] : invoice.gross) gross[id] += amount;
    shipping += invoice.shipping;
  }
  for (const auto& [id, amount] : gross) {
    const auto found = book.lines.find(id);
    if (found == book.lines.end()) continue;  // taken off the cart that a reopened order is
    const BookLine& line = found->second;
    if (line.by_delivery && line.went_beyond) continue;
    expect(amount <= line.most_gross, "more is billed of " + id + " than it cost", amount,
           line.most_gross);
  }
  expect(shipping <= book.most_shipping, "more is billed of the shipping than it cost", shipping,
         book.most_shipping);
}

void Auditor::check_credits(const Book& book, std::int64_t number, const BookInvoice& invoice) {
  std::map<std::string, std::int64_t> left = invoice.lines;
  std::int64_t total = 0;
  for (const auto& [n, note] : book.invoices) {
    if (!note.credit || note.of != number) continue;
    total += note.total;
    for (const auto& [id, quantity] : note.lines) left[id] -= quantity;
  }
  const std::string of = " of invoice " + std::to_string(number);
  if (total != 0) {
    same("state of what is credited," + of, invoice.state, "posted");
    const std::int64_t worth = invoice.total + invoice.deducted;
    expect(total <= worth, "credit notes" + of + " are above it", total, worth);
  }
  for (const auto& [id, units] : left) {
    expect(units >= 0, "more units of " + id + " are credited" + of + " than it has", units);
  }
}

void Auditor::check_chain(const std::string& id, const Order& order) {
  about_ = id;
  Order made;
  for (const Told& told : told_[id]) {
    const auto parsed = wire::parse(told.bytes);
    auto event =
        parsed ? wire::decode<Event>(*parsed, "") : Result<Event>(std::unexpected(parsed.error()));
    expect(event.has_value(), "an event cannot be read back: " + told.bytes);
    if (!event) return;
    same("bytes of an event read back", canonical(*event), told.bytes);
    evolve(made, *event, told.parts, told.moment);
  }
  const Quote quote = order.placed ? order.placed->quote : Quote{};
  const Reader reader{.order = id, .order_no = {}, .staff = true, .abandonment = {}};
  same("the view of the order's events", canonical(view_of(made, quote, reader)),
       canonical(view_of(order, quote, reader)));
}

}  // namespace tandem::workload
