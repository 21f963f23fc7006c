// SPDX-License-Identifier: Apache-2.0
// Parts sum to the whole in every view, and no share is negative or above its base.
#include <numeric>

#include "core/pricing_properties/scenario.hpp"
#include "core/support/en16931.hpp"
#include "tandem/pricing/appraisal.hpp"

namespace tandem::testing {
namespace {

template <class List, class Member>
std::int64_t sum(const List& list, Member member) {
  return std::accumulate(list.begin(), list.end(), std::int64_t{0},
                         [&](std::int64_t all, const auto& one) { return all + one.*member; });
}

RC_GTEST_PROP(QuoteSums, TotalsAreTheirParts, (const Scenario& scenario)) {
  const Quote quote = quote_of(shop_of(scenario));
  const QuoteTotals& t = quote.totals;
  if (scenario.profile_is("medusa")) return;  // its shown figures are roundings of exact ones
  RC_ASSERT(t.net_minor == t.items_net_minor + t.fees_minor + t.shipping_net_minor);
  RC_ASSERT(t.total_minor == t.net_minor + t.tax_minor);
  RC_ASSERT(t.payable_minor == t.total_minor - t.prepaid_minor + t.rounding_minor);
  RC_ASSERT(t.tax_minor == sum(quote.tax_summary, &QuoteTaxTotal::amount_minor));
  RC_ASSERT(t.discount_net_minor == t.undiscounted_net_minor - t.items_net_minor);
}

RC_GTEST_PROP(QuoteSums, LinesAddUpToTheTotals, (const Scenario& scenario)) {
  if (!scenario.shows_what_it_computes()) return;
  const Quote quote = quote_of(shop_of(scenario));
  const QuoteTotals& t = quote.totals;
  const std::int64_t apart_net = sum(quote.order_discounts, &QuoteOrderDiscount::net_minor);
  const std::int64_t apart_tax = sum(quote.order_discounts, &QuoteOrderDiscount::tax_minor);
  RC_ASSERT(t.items_minor == sum(quote.lines, &QuoteLine::subtotal_minor));
  RC_ASSERT(t.items_net_minor == sum(quote.lines, &QuoteLine::net_minor) - apart_net);
  RC_ASSERT(t.items_tax_minor == sum(quote.lines, &QuoteLine::tax_minor) - apart_tax);
  RC_ASSERT(t.shipping_net_minor == quote.shipping.net_minor);
  RC_ASSERT(t.shipping_tax_minor == quote.shipping.tax_minor);
  RC_ASSERT(t.fees_minor == sum(quote.fees, &QuoteFee::net_minor));
  RC_ASSERT(t.tax_minor ==
            t.items_tax_minor + t.shipping_tax_minor + sum(quote.fees, &QuoteFee::tax_minor));
}

RC_GTEST_PROP(QuoteSums, EveryLineIsItsParts, (const Scenario& scenario)) {
  if (!scenario.shows_what_it_computes()) return;
  const Quote quote = quote_of(shop_of(scenario));
  for (const QuoteLine& line : quote.lines) {
    RC_ASSERT(line.gross_minor == line.net_minor + line.tax_minor);
    RC_ASSERT(line.tax_minor == sum(line.taxes, &QuoteTax::amount_minor));
    RC_ASSERT(line.discount_minor == sum(line.discounts, &QuoteDiscount::amount_minor));
    if (!line.units.empty()) {
      RC_ASSERT(line.discount_minor == sum(line.units, &QuoteUnit::discount_minor));
    }
  }
  const QuoteShipping& shipping = quote.shipping;
  RC_ASSERT(shipping.gross_minor == shipping.net_minor + shipping.tax_minor);
  RC_ASSERT(shipping.discount_minor == sum(shipping.discounts, &QuoteDiscount::amount_minor));
}

RC_GTEST_PROP(QuoteShares, AreNeverNegativeNorAboveTheirBase, (const Scenario& scenario)) {
  const Shop shop = shop_of(scenario);
  const Quote quote = quote_of(shop);
  for (const QuoteLine& line : quote.lines) {
    const Offer* offer = find_offer(shop.offers, line.sku);
    RC_ASSERT(line.discount_minor >= 0);
    RC_ASSERT(line.discount_minor <= line.subtotal_minor);
    RC_ASSERT(line.subtotal_minor - line.discount_minor >=
              offer->floor_minor.value_or(0) * line.quantity);
    for (const QuoteDiscount& discount : line.discounts) RC_ASSERT(discount.amount_minor >= 0);
    for (const QuoteUnit& unit : line.units) {
      RC_ASSERT(unit.discount_minor >= 0);
      RC_ASSERT(unit.discount_minor <= line.unit_price_minor + (line.unit_price_exact ? 1 : 0));
    }
    if (scenario.profile_is("magento")) continue;  // a remainder may be carried to a free line
    for (const QuoteTax& tax : line.taxes) RC_ASSERT(tax.amount_minor >= 0);
  }
  RC_ASSERT(quote.shipping.discount_minor >= 0);
  RC_ASSERT(quote.shipping.discount_minor <= quote.shipping.price_minor);
}

RC_GTEST_PROP(QuoteSums, TheTotalIsThePricesShownWhereTheyIncludeTax, (Scenario scenario)) {
  scenario.prices_include_tax = true;
  scenario.fee = 0;
  if (!scenario.shows_what_it_computes() || scenario.profile_is("woocommerce")) return;
  const Shop shop = shop_of(scenario);
  const Quote quote = quote_of(shop);
  const QuoteTotals& t = quote.totals;
  RC_ASSERT(t.total_minor == t.items_minor - t.discount_minor + quote.shipping.price_minor -
                                 quote.shipping.discount_minor);
}

RC_GTEST_PROP(QuoteShippingAlone, IsThatOfTheWholeQuote, (const Scenario& scenario)) {
  const Shop shop = shop_of(scenario);
  const Quote quote = quote_of(shop);
  const auto rules = compile(shop.rules);
  const auto alone = quote_shipping({1, *rules, shop.offers, shop.facts, shop.cart});
  RC_ASSERT(alone.has_value());
  RC_ASSERT(*alone == quote.shipping);
}

RC_GTEST_PROP(En16931, HoldsInTheDefaultProfile, (Scenario scenario)) {
  for (std::int64_t i = 0; !scenario.profile_is("default"); ++i) scenario.profile = i;
  const Shop shop = shop_of(scenario);
  const Quote quote = quote_of(shop);
  RC_ASSERT(broken_rule_of(quote, shop.rules) == "");
}

}  // namespace
}  // namespace tandem::testing
