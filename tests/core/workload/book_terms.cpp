// SPDX-License-Identifier: Apache-2.0
// What an order stands for in a book: its lines by what was frozen, revised and given up.
#include <algorithm>

#include "core/workload/book.hpp"

namespace tandem::workload {

BookLine& Book::line_of(const std::string& id) {
  const auto [at, is_new] = lines.try_emplace(id);
  if (!is_new) return at->second;
  for (const auto& [n, invoice] : invoices) {
    const auto billed = invoice.lines.find(id);
    if (billed == invoice.lines.end()) continue;
    if (invoice.frees) at->second.invoiced -= billed->second;
    if (invoice.credit && !invoice.frees) at->second.credited += billed->second;
    if (!invoice.bills()) continue;
    at->second.invoiced += billed->second;
    at->second.most_ordered += billed->second;
    at->second.most_gross += invoice.gross.at(id);
  }
  // What was paid for it may be given back, though the customer took it off and on again since.
  if (const auto cost = costs.find(id); cost != costs.end()) {
    at->second.most_gross = std::max(at->second.most_gross, cost->second);
  }
  return at->second;
}

void Book::edited() {
  if (state == "quotation") lose_gifts();
}

void Book::lose_gifts() {
  std::erase_if(lines, [](const auto& one) { return one.second.gift; });
}

void Book::lose_gifts(const Terms& terms) {
  std::erase_if(lines, [&](const auto& one) {
    return one.second.gift && std::ranges::none_of(terms.lines, [&](const LineTerms& kept) {
             return kept.line.value == one.first;
           });
  });
}

void Book::take_terms() {
  for (const auto& [id, gift] : gifts) lines.try_emplace(id, gift);
}

void Book::freeze(const Quote& quote, const Terms& terms) {
  frozen = stands = true;
  payable = quote.totals.payable_minor;
  total = quote.totals.total_minor;
  most_shipping = std::max(most_shipping, quote.shipping.gross_minor);
  shipping = quote.shipping.gross_minor;
  for (const QuoteFee& fee : quote.fees) shipping += fee.gross_minor;
  cards.clear();
  for (const QuoteGiftCard& card : quote.gift_cards) cards[card.id.value] += card.amount_minor;
  promotions.clear();
  for (const PromotionId& id : quote.applied) promotions.insert(id.value);
  gifts.clear();
  for (const LineTerms& one : terms.lines) {
    BookLine& line = line_of(one.line.value);
    line.sku = one.sku.value;
    line.gone = false;
    line.gift = one.gift.has_value();
    line.goods = one.kind == OfferKind::goods;
    line.tracked = one.tracked;
    line.set = one.ship_together.value_or("");
    line.by_delivery = one.invoice_policy == InvoicePolicy::delivered;
  }
  for (const QuoteLine& quoted : quote.lines) {
    BookLine& line = lines[quoted.line_id.value];
    line.ordered = quoted.quantity;
    line.most_ordered = std::max(line.most_ordered, quoted.quantity);
    line.most_gross = std::max(line.most_gross, quoted.gross_minor);
    line.gross = quoted.gross_minor;
    costs[quoted.line_id.value] = line.most_gross;
    if (line.gift) gifts[quoted.line_id.value] = line;
  }
}

void Book::revise(const OrderRevised& e) {
  revised = true;
  for (auto& [id, line] : lines) {
    line.gone = true;
    line.ordered = 0;
  }
  for (const RevisedLine& given : e.lines) {
    BookLine& line = line_of(given.line.value);
    line.sku = given.sku.value;
    line.goods = given.kind == OfferKind::goods;
    line.ordered = given.quantity;
    line.gone = false;
  }
  for (const RevisedDemand& demand : e.demands) {
    for (auto& part : transfers[demand.transfer].parts) {
      if (part.line != demand.line.value) continue;
      part.demanded = demand.demanded;
      part.reserved = demand.reserved;
    }
  }
  const auto cards_before = cards;
  freeze(e.quote, e.terms);
  // What was put back on a card already is not taken off what it pays a second time.
  for (const auto& [code, amount] : cards_before) {
    const auto left = cards.find(code);
    const std::int64_t less = amount - (left == cards.end() ? 0 : left->second);
    std::int64_t& back = card_refunds[code];
    back -= std::clamp<std::int64_t>(less, 0, back);
  }
  // Units that were given up before count against the new quantity as far as there is room.
  for (auto& [id, line] : lines) {
    const std::int64_t moved = line.shipped - line.replaced + open_demand(id);
    line.canceled = std::clamp<std::int64_t>(line.ordered - moved, 0, line.canceled);
    line.excess = std::max<std::int64_t>(0, moved - line.ordered);
  }
}

void Book::give_up(const std::string& id, std::int64_t units, std::int64_t handed_on) {
  BookLine& line = lines[id];
  if (units == 0) return;
  const std::int64_t moved = line.shipped - line.replaced + open_demand(id) + handed_on;
  const std::int64_t lost = std::max<std::int64_t>(0, line.ordered - moved);
  line.canceled = std::min(line.canceled + units, lost);
  line.excess = std::max<std::int64_t>(0, moved + line.canceled - line.ordered);
}

}  // namespace tandem::workload
