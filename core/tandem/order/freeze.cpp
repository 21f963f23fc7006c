// SPDX-License-Identifier: Apache-2.0
// Freezing: everything that an order is from now on judged by is put into its own events, so that
// nothing later reads offers, rules or customers as they are by then.
#include <algorithm>

#include "tandem/fields/writer.hpp"
#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

/// What the quote used of the facts: without stock, and of codes and cards only the order's.
QuoteFacts facts_used(const Decider& d) {
  QuoteFacts facts = *d.context().facts;
  facts.availability.clear();
  std::erase_if(facts.coupons, [&](const auto& entry) {
    return std::ranges::find(d.order().coupons, entry.first, &OrderCoupon::code) ==
           d.order().coupons.end();
  });
  std::erase_if(facts.gift_cards, [&](const GiftCardFact& card) {
    return std::ranges::find(d.order().gift_cards, card.id.value, &OrderGiftCard::code) ==
           d.order().gift_cards.end();
  });
  return facts;
}

LineTerms terms_of_line(const Decider& d, const QuoteLine& quoted) {
  const Line* line = d.order().find_line(quoted.line_id);
  const Offer* offer = d.offer(quoted.sku);
  const auto& kinds = d.rules().policies.returnable_kinds;
  const OfferKind kind = offer != nullptr  ? offer->kind
                         : line != nullptr ? line->kind
                                           : OfferKind::goods;
  const bool of_kind = std::ranges::find(kinds, kind) != kinds.end();
  const auto own = offer != nullptr ? offer->invoice_policy : std::nullopt;
  const InvoicePolicy policy = own.value_or(d.settings().invoice_policy);
  return {.gift = quoted.gift,
          // What no transfer delivers would never be billed.
          .invoice_policy = kind == OfferKind::goods ? policy : InvoicePolicy::ordered,
          .kind = kind,
          .line = quoted.line_id,
          .quantity = quoted.quantity,
          .returnable = of_kind && (offer == nullptr || offer->returnable),
          .ship_together = offer != nullptr ? offer->ship_together : std::nullopt,
          .sku = quoted.sku,
          .tracked = is_counted(d, kind, quoted.sku)};
}

}  // namespace

Terms terms_of(const Decider& d, const Quote& quote) {
  Terms terms{.facts = facts_used(d), .lines = {}, .return_days = d.rules().policies.return_days};
  for (const QuoteLine& line : quote.lines) terms.lines.push_back(terms_of_line(d, line));
  return terms;
}

std::vector<Digest> facts_of(std::span<const Offer> offers, const Quote& quote) {
  std::vector<Digest> facts;
  for (const Offer& offer : offers) {
    const bool is_used = std::ranges::any_of(
        quote.lines, [&](const QuoteLine& line) { return line.sku == offer.sku; });
    if (is_used) facts.push_back(sha256(canonical(offer)));
  }
  return facts;
}

void freeze(Decider& d, Quote quote) {
  Terms terms = terms_of(d, quote);
  std::vector<Digest> facts = facts_of(d.context().offers, quote);
  d.emit(OrderPlaced{.facts = std::move(facts),
                     .quote = std::move(quote),
                     .rules = d.context().rules_id,
                     .terms = std::move(terms)});
}

}  // namespace tandem
