// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/revised_quote.hpp"

#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/ledger/promotions.hpp"
#include "tandem/money/exact.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// Facts under which the order's own codes, promotions and cards are worth what they were.
QuoteFacts facts_of_revision(const Decider& d, QuoteFacts facts, const Revision& revision) {
  facts.gift_cards.clear();
  for (const QuoteGiftCard& card : d.order().placed->quote.gift_cards) {
    facts.gift_cards.push_back({.balance_minor = card.amount_minor, .id = card.id});
  }
  // What was used up since is not to be had under any terms.
  const QuoteFacts& told = *d.context().facts;
  const auto& own = d.order().placed->quote.applied;
  facts.promotions = told.promotions;
  for (const PromotionId& promotion : own) facts.promotions.erase(promotion.value);
  for (const RevisedCoupon& coupon : revision.coupons) {
    const bool is_own = std::ranges::find(own, coupon.promotion) != own.end();
    const auto now = told.coupons.find(coupon.code);
    const bool spent = !is_own && now != told.coupons.end() && is_spent(now->second.verdict);
    facts.coupons[coupon.code] = {.promotion = coupon.promotion,
                                  .verdict = spent ? now->second.verdict : Verdict{}};
  }
  return facts;
}

Cart cart_of_revision(const Order& order, const Revision& revision) {
  Cart cart = cart_of(order);
  cart.lines.clear();
  cart.coupons.clear();
  for (const RevisedLine& line : revision.lines) {
    if (line.quantity == 0) continue;
    cart.lines.push_back({.configuration = line.configuration,
                          .quantity = line.quantity,
                          .quantity_exact = {},
                          .sku = line.sku});
  }
  for (const RevisedCoupon& coupon : revision.coupons) cart.coupons.push_back({coupon.code});
  cart.shipping_method = revision.shipping_method;
  return cart;
}

Result<Quote> requote(const Decider& d, const Revision& revision, const CompiledRules& rules,
                      std::span<const Offer> offers, const QuoteFacts& facts, std::int64_t now_ms) {
  const Cart cart = cart_of_revision(d.order(), revision);
  return quote({.now_ms = now_ms, .rules = rules, .offers = offers, .facts = facts, .cart = cart});
}

/// What a line's amount comes to for another quantity: the first units keep their shares; further
/// units take the shares of the line's units in turn.
std::int64_t for_quantity(const QuoteLine& was, std::int64_t amount, std::int64_t quantity) {
  return share_of_units(was, amount, 0, quantity);
}

QuoteLine scaled(const QuoteLine& was, std::int64_t quantity) {
  QuoteLine line = was;
  if (quantity == was.quantity) return line;
  const auto of = [&](std::int64_t amount) { return for_quantity(was, amount, quantity); };
  line.quantity = quantity;
  line.subtotal_minor = of(was.subtotal_minor);
  line.net_minor = net_of_units(was, 0, quantity);
  line.discount_minor = 0;
  for (QuoteDiscount& discount : line.discounts) {
    discount.amount_minor = of(discount.amount_minor);
    line.discount_minor += discount.amount_minor;
  }
  line.tax_minor = 0;
  for (QuoteTax& tax : line.taxes) {
    tax.amount_minor = of(tax.amount_minor);
    tax.base_minor = of(tax.base_minor);
    line.tax_minor += tax.amount_minor;
  }
  line.gross_minor = line.net_minor + line.tax_minor;
  if (!was.units.empty()) {
    line.units.clear();
    for (std::int64_t unit = 0; unit < quantity; ++unit) {
      line.units.push_back(was.units[static_cast<std::size_t>(unit % was.quantity)]);
    }
  }
  return line;
}

/// What has no price that it was placed with is priced today, without promotions.
Result<Quote> quoted_today(const Decider& d, const Revision& revision) {
  Rules rules = d.rules();
  rules.promotions.clear();
  auto compiled = compile(std::move(rules));
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  QuoteFacts facts;
  facts.customer_group = d.context().facts->customer_group;
  facts.vat_number = d.context().facts->vat_number;
  return requote(d, revision, *compiled, d.context().offers, facts, d.now_ms());
}

void add_taxes(std::vector<QuoteTaxTotal>& taxes, const Quote& of) {
  taxes.insert(taxes.end(), of.tax_summary.begin(), of.tax_summary.end());
}

/// New products, as a cart of their own.
Result<std::vector<QuoteLine>> new_lines(const Decider& d, const Revision& revision,
                                         std::vector<QuoteTaxTotal>& taxes) {
  const Quote& was = d.order().placed->shares();
  Revision fresh;
  for (const RevisedLine& line : revision.lines) {
    const auto known = std::ranges::find(was.lines, line.line, &QuoteLine::line_id);
    if (known == was.lines.end() && line.quantity > 0) fresh.lines.push_back(line);
  }
  if (fresh.lines.empty()) return std::vector<QuoteLine>{};
  auto priced = quoted_today(d, fresh);
  if (!priced) return std::unexpected(std::move(priced.error()));
  add_taxes(taxes, *priced);
  return std::move(priced->lines);
}

bool changes_shipping(const Decider& d, const Revision& revision) {
  return revision.shipping_method != d.order().shipping_method;
}

/// Refuses: shipping_unavailable (a new method that cannot take what the order becomes).
Result<void> check_new_shipping(const Decider& d, const Revision& revision, const Quote& quote) {
  const std::string code(name(Reason::shipping_unavailable));
  const bool fits =
      std::ranges::find(quote.messages, code, &QuoteMessage::code) == quote.messages.end();
  if (fits || !changes_shipping(d, revision)) return {};
  return reject(Reason::shipping_unavailable, revision.shipping_method->value);
}

/// A method that stays costs what it did, as one does that comes back; a new one costs what the
/// revised order pays for it today.
Result<void> ship(const Decider& d, const Revision& revision, Quote& quote,
                  std::vector<QuoteTaxTotal>& taxes) {
  const Placed& placed = *d.order().placed;
  const auto take = [&](const Quote& from) {
    quote.shipping = from.shipping;
    quote.totals.shipping_net_minor = from.totals.shipping_net_minor;
    quote.totals.shipping_tax_minor = from.totals.shipping_tax_minor;
    add_taxes(taxes, from);
  };
  if (!changes_shipping(d, revision)) {
    take(placed.quote);
  } else if (revision.shipping_method == placed.shares().shipping.method) {
    take(placed.shares());
  } else {
    auto priced = quoted_today(d, revision);
    if (!priced) return std::unexpected(std::move(priced.error()));
    if (auto ok = check_new_shipping(d, revision, *priced); !ok) return ok;
    take(*priced);
  }
  return {};
}

/// The rate of each tax, from the summaries that name it.
std::int64_t rate_of(const std::vector<QuoteTaxTotal>& known, const TaxId& tax) {
  const auto found = std::ranges::find(known, tax, &QuoteTaxTotal::tax);
  return found == known.end() ? 0 : found->ppm;
}

void sum_taxes(Quote& quote, const std::vector<QuoteTaxTotal>& known) {
  quote.tax_summary.clear();
  const auto add = [&](const std::vector<QuoteTax>& taxes, std::int64_t sign) {
    for (const QuoteTax& tax : taxes) {
      auto row = std::ranges::find(quote.tax_summary, tax.tax, &QuoteTaxTotal::tax);
      if (row == quote.tax_summary.end()) {
        quote.tax_summary.emplace_back();
        row = quote.tax_summary.end() - 1;
        row->tax = tax.tax;
        row->ppm = rate_of(known, tax.tax);
      }
      row->amount_minor += sign * tax.amount_minor;
      row->base_minor += sign * tax.base_minor;
    }
  };
  for (const QuoteLine& line : quote.lines) add(line.taxes, 1);
  add(quote.shipping.taxes, 1);
  for (const QuoteFee& fee : quote.fees) add(fee.taxes, 1);
  for (const QuoteOrderDiscount& discount : quote.order_discounts) add(discount.taxes, -1);
}

void pay(Quote& quote, const MoneyPolicy& money) {
  QuoteTotals& totals = quote.totals;
  totals.prepaid_minor = 0;
  for (QuoteGiftCard& card : quote.gift_cards) {
    card.amount_minor = std::min(
        card.amount_minor, std::max<std::int64_t>(0, totals.total_minor) - totals.prepaid_minor);
    totals.prepaid_minor += card.amount_minor;
  }
  const std::int64_t due = totals.total_minor - totals.prepaid_minor;
  const std::int64_t step = std::max<std::int64_t>(money.payable_rounding_minor, 1);
  totals.payable_minor =
      round_minor(rounded_to(Exact::minor(due), step, money.payable_rounding), Rounding::half_away);
  totals.rounding_minor = totals.payable_minor - due;
}

void add_up(Quote& quote, const QuoteTotals& was, const MoneyPolicy& money) {
  QuoteTotals& totals = quote.totals;
  totals.items_minor = totals.discount_minor = 0;
  totals.items_net_minor = totals.items_tax_minor = 0;
  for (const QuoteLine& line : quote.lines) {
    totals.items_minor += line.subtotal_minor;
    totals.discount_minor += line.discount_minor;
    totals.items_net_minor += line.net_minor;
    totals.items_tax_minor += line.tax_minor;
  }
  for (const QuoteOrderDiscount& discount : quote.order_discounts) {
    totals.items_net_minor -= discount.net_minor;
    totals.items_tax_minor -= discount.tax_minor;
  }
  const auto in_proportion = [&](std::int64_t part) {
    if (was.discount_minor == 0) return std::int64_t{0};
    return round_minor(mul_div(Exact::minor(part), totals.discount_minor, was.discount_minor),
                       Rounding::half_away);
  };
  totals.discount_net_minor = in_proportion(was.discount_net_minor);
  totals.discount_tax_minor = in_proportion(was.discount_tax_minor);
  totals.undiscounted_net_minor = totals.items_net_minor + totals.discount_net_minor;
  std::int64_t fees_tax = 0;
  for (const QuoteFee& fee : quote.fees) fees_tax += fee.tax_minor;
  totals.net_minor = totals.items_net_minor + totals.shipping_net_minor + totals.fees_minor;
  totals.tax_minor = totals.items_tax_minor + totals.shipping_tax_minor + fees_tax;
  totals.total_minor = totals.net_minor + totals.tax_minor;
  pay(quote, money);
}

/// The placed quote with each line at its new quantity. A gift card gives no more than it still
/// does: what a revision gave back to it may be spent.
Result<Quote> by_stored_shares(const Decider& d, const Revision& revision) {
  const Quote& was = d.order().placed->shares();
  Quote quote = was;
  quote.gift_cards = d.order().placed->quote.gift_cards;
  std::vector<QuoteTaxTotal> known = was.tax_summary;
  auto fresh = new_lines(d, revision, known);
  if (!fresh) return std::unexpected(std::move(fresh.error()));
  if (auto ok = ship(d, revision, quote, known); !ok) return std::unexpected(ok.error());
  quote.lines.clear();
  for (const QuoteLine& line : was.lines) {
    const auto revised = std::ranges::find(revision.lines, line.line_id, &RevisedLine::line);
    if (line.gift) {
      quote.lines.push_back(line);
    } else if (revised != revision.lines.end() && revised->quantity > 0) {
      quote.lines.push_back(scaled(line, revised->quantity));
    }
  }
  for (QuoteLine& line : *fresh) quote.lines.push_back(std::move(line));
  quote.messages.clear();
  sum_taxes(quote, known);
  add_up(quote, was.totals, d.context().rules->money());
  return quote;
}

/// By the rules and offers of then. Products that were not on the order are offered as they are
/// today.
Result<Quote> by_original_rules(const Decider& d, const Revision& revision) {
  const Context& context = d.context();
  if (context.placed_rules == nullptr) return reject(Reason::reference_unknown, "rules");
  const Placed& placed = *d.order().placed;
  const QuoteFacts facts = facts_of_revision(d, placed.terms.facts, revision);
  std::vector<Offer> offers(context.placed_offers.begin(), context.placed_offers.end());
  for (const Offer& offer : context.offers) {
    if (find_offer(context.placed_offers, offer.sku) == nullptr) offers.push_back(offer);
  }
  sort_stably(offers, [](const Offer& a, const Offer& b) { return a.sku < b.sku; });
  return requote(d, revision, *context.placed_rules, offers, facts, placed.at_ms);
}

Result<Quote> by_rules_of_today(const Decider& d, const Revision& revision) {
  const Context& context = d.context();
  const QuoteFacts facts = facts_of_revision(d, *context.facts, revision);
  return requote(d, revision, *context.rules, context.offers, facts, d.now_ms());
}

}  // namespace

Result<Quote> revised_quote(const Decider& d, const Revision& revision) {
  if (revision.on == RevisionTerms::stored_shares) return by_stored_shares(d, revision);
  auto quote = revision.on == RevisionTerms::today ? by_rules_of_today(d, revision)
                                                   : by_original_rules(d, revision);
  if (!quote) return quote;
  if (auto ok = check_new_shipping(d, revision, *quote); !ok) return std::unexpected(ok.error());
  return quote;
}

}  // namespace tandem
