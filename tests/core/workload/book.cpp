// SPDX-License-Identifier: Apache-2.0
// What a book says: sums and axes, by the formulas of the contract.
#include "core/workload/book.hpp"

#include <algorithm>

namespace tandem::workload {

std::int64_t Book::captured() const {
  std::int64_t sum = 0;
  for (const auto& [n, attempt] : attempts) sum += attempt.captured;
  return sum;
}

std::int64_t Book::refunded() const {
  std::int64_t sum = 0;
  for (const auto& [n, refund] : refunds) {
    if (refund.card.empty() && refund.state == "succeeded") sum += refund.amount;
  }
  return sum;
}

std::int64_t Book::refunding() const {
  std::int64_t sum = 0;
  for (const auto& [n, refund] : refunds) sum += refund.state == "pending" ? refund.amount : 0;
  return sum;
}

std::int64_t Book::refundable() const {
  std::int64_t sum = 0;
  for (const auto& [n, attempt] : attempts) sum += attempt.refundable();
  return sum;
}

std::int64_t Book::due() const {
  return placed() ? std::max<std::int64_t>(0, payable - captured()) : 0;
}

std::int64_t Book::owed() const {
  const std::int64_t price = placed() ? payable : 0;
  return std::max<std::int64_t>(0, captured() - refunded() - price);
}

std::map<std::string, BookStock> Book::stock() const {
  std::map<std::string, BookStock> all;
  for (const auto& [sku, quantity] : hold) all[sku].held += quantity;
  for (const auto& [id, line] : lines) {
    if (line.reserved == 0 && line.backordered == 0) continue;
    all[line.sku].reserved += line.reserved;
    all[line.sku].backordered += line.backordered;
  }
  for (const auto& [sku, quantity] : exchange_reserved) all[sku].reserved += quantity;
  for (const auto& [sku, quantity] : exchange_backordered) all[sku].backordered += quantity;
  return all;
}

std::int64_t Book::open_demand(const std::string& line) const {
  std::int64_t sum = 0;
  for (const auto& [n, transfer] : transfers) {
    if (!transfer.open() || transfer.exchange) continue;
    for (const auto& part : transfer.parts) sum += part.line == line ? part.demanded : 0;
  }
  return sum;
}

bool Book::any_open() const {
  return std::ranges::any_of(transfers, [](const auto& one) { return one.second.open(); });
}

std::int64_t Book::to_invoice(const BookLine& line) const {
  if (state != "order") return 0;
  const std::int64_t promised =
      line.by_delivery ? line.shipped - line.replaced - line.returned : line.ordered;
  return std::max<std::int64_t>(0, promised - line.invoiced);
}

std::optional<bool> Book::is_dearer(const std::string& id) const {
  const BookLine& line = lines.at(id);
  std::int64_t billed = 0;
  for (const auto& [n, invoice] : invoices) {
    const auto part = invoice.gross.find(id);
    const auto less = invoice.cheaper.find(id);
    if (invoice.bills() && part != invoice.gross.end()) billed += part->second;
    if (invoice.frees && part != invoice.gross.end()) billed -= part->second;
    if (!invoice.frees && less != invoice.cheaper.end()) billed -= less->second;
  }
  if (line.invoiced == 0) return false;
  if (line.invoiced >= line.ordered) return billed < line.gross;
  // Of a part of the units it is by a minor unit for each at least. What those units cost to the
  // minor unit is for the shares to say.
  const std::int64_t beyond = line.gross * line.invoiced - (billed + line.invoiced) * line.ordered;
  if (-line.ordered < beyond && beyond < line.ordered) return std::nullopt;
  return beyond > 0;
}

bool Book::is_shipping_dearer() const {
  bool any = false;
  std::int64_t billed = 0;
  for (const auto& [n, invoice] : invoices) {
    if (invoice.credit) billed -= invoice.shipping;
    if (!invoice.bills() || invoice.down_payment) continue;
    any = true;
    billed += invoice.shipping;
  }
  return any && billed < shipping;
}

std::string Book::payment_axis() const {
  const std::int64_t in = captured();
  const std::int64_t back = refunded();
  if (in > 0 && back >= in) return "refunded";
  if (back > 0) return "partially_refunded";
  if (placed() && payable == 0) return "paid";
  if (frozen && state != "quotation" && in > 0 && in >= payable) return "paid";
  if (in > 0) return "partially_paid";
  std::string ended = "unpaid";
  bool pending = false;
  for (const auto& [n, attempt] : attempts) {
    if (attempt.state == "authorized" && !attempt.superseded) return "authorized";
    pending = pending || (attempt.state == "pending" && !attempt.superseded);
    if (attempt.state == "voided" || attempt.state == "failed") ended = attempt.state;
    if (attempt.state == "canceled") ended = "unpaid";
  }
  return pending ? "pending" : ended;
}

std::string Book::delivery_axis() const {
  bool any = false;
  bool shipped = false;
  bool started = false;
  bool ready = false;
  for (const auto& [n, transfer] : transfers) {
    any = any || transfer.state != "canceled";
    ready = ready || transfer.state == "ready";
    if (transfer.state != "done") continue;
    (transfer.step == "ship" ? shipped : started) = true;
  }
  if (!any) return "none";
  if (shipped) return any_open() ? "partially_delivered" : "delivered";
  if (started) return "started";
  return ready ? "ready" : "waiting";
}

std::optional<std::string> Book::invoice_axis() const {
  if (state != "order") return "none";
  std::set<std::int64_t> freed;  // invoices of which some is billed anew
  for (const auto& [n, note] : invoices)
    if (note.frees) freed.insert(note.of);
  bool billed = std::ranges::any_of(
      invoices, [&](const auto& i) { return i.second.bills() && !freed.contains(i.first); });
  bool left = is_shipping_dearer();
  bool complete = true;
  bool beyond = false;
  for (const auto& [id, line] : lines) {
    if (line.gone) continue;
    billed = billed || line.invoiced > 0;
    const std::optional<bool> dearer = is_dearer(id);
    if (!dearer) return std::nullopt;
    left = left || to_invoice(line) > 0 || *dearer;
    const bool finished = line.by_delivery && line.goods && !any_open() && to_invoice(line) == 0 &&
                          (line.shipped > 0 || line.canceled >= line.ordered);
    complete = complete && (line.invoiced >= line.ordered || finished);
    beyond = beyond || (!line.by_delivery && line.shipped - line.replaced > line.ordered);
  }
  if (!billed && !left) return "none";
  if (complete && !left) return beyond ? "upselling" : "invoiced";
  return billed ? "partially_invoiced" : "to_invoice";
}

std::string Book::return_axis() const {
  const auto any = [&](const char* what) {
    return std::ranges::any_of(returns, [&](const auto& one) { return one.second.state == what; });
  };
  for (const char* open : {"requested", "in_transit", "received"}) {
    if (any(open)) return open;
  }
  return any("closed") ? "closed" : "none";
}

}  // namespace tandem::workload
