// SPDX-License-Identifier: Apache-2.0
// What must not matter: the order of lines, a line that costs nothing, and how a product's units
// are spread over lines as far as stock is concerned.
//
// The profiles named here do not look at the order of lines. The others do, because the systems
// they stand for do: odoo's sets of taxes stand in the order of their first lines, sylius gives
// what is missing to the first lines, saleor and magento give the rest to the last (magento carries
// remainders from row to row besides), solidus and commercetools end on the first, woocommerce
// settles equal prices by their place in the cart, and medusa's last share takes what lies beyond
// twelve places.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/pricing_properties/scenario.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::testing {
namespace {

constexpr std::array<std::string_view, 3> kOrderFree{"default", "peppol", "vendure"};

void choose_order_free(Scenario& scenario) {
  const auto wanted = kOrderFree[static_cast<std::size_t>(scenario.profile) % kOrderFree.size()];
  for (std::int64_t i = 0; !scenario.profile_is(wanted); ++i) scenario.profile = i;
}

std::map<std::string, std::string> by_id(const Quote& quote) {
  std::map<std::string, std::string> lines;
  for (const QuoteLine& line : quote.lines) lines[line.line_id.value] = canonical(line);
  return lines;
}

RC_GTEST_PROP(QuoteOrder, OfLinesChangesNothing, (Scenario scenario, std::uint32_t turn)) {
  choose_order_free(scenario);
  Shop shop = shop_of(scenario);
  const Quote before = quote_of(shop);
  auto& lines = shop.cart.lines;
  if (!lines.empty()) {
    std::ranges::rotate(lines, lines.begin() + static_cast<std::ptrdiff_t>(turn % lines.size()));
    if (turn % 2 == 1) std::ranges::reverse(lines);
  }
  const Quote after = quote_of(shop);
  RC_ASSERT(by_id(before) == by_id(after));
  RC_ASSERT(before.totals == after.totals);
  RC_ASSERT(canonical(before.tax_summary) == canonical(after.tax_summary));
  RC_ASSERT(before.steps == after.steps);
}

RC_GTEST_PROP(QuoteOrder, ALineThatCostsNothingChangesNothing, (Scenario scenario)) {
  choose_order_free(scenario);
  if (scenario.counts_units()) return;  // one more unit may complete a group, whatever it costs
  Shop shop = shop_of(scenario);
  const Quote before = quote_of(shop);
  Offer free;
  free.sku = {"ZERO"};
  free.unit_price_minor = 0;
  CartLine line;
  line.quantity = 3;
  line.sku = free.sku;
  shop.offers.push_back(free);
  shop.cart.lines.push_back(line);
  std::ranges::sort(shop.offers, {}, &Offer::sku);
  const Quote after = quote_of(shop);
  RC_ASSERT(before.totals == after.totals);
}

/// What is said of each product's stock.
std::map<std::string, std::set<std::string>> verdicts(const Quote& quote) {
  std::map<std::string, std::set<std::string>> said;
  for (const QuoteMessage& message : quote.messages) {
    if (!message.subject.starts_with("/lines/")) continue;
    const std::size_t line = std::stoul(message.subject.substr(7));
    said[quote.lines[line].sku.value].insert(message.code);
  }
  return said;
}

RC_GTEST_PROP(Availability, DoesNotDependOnHowUnitsAreSpreadOverLines,
              (Scenario scenario, std::uint8_t stock)) {
  scenario.promotions.clear();
  Shop shop = shop_of(scenario);
  for (const Offer& offer : shop.offers) shop.facts.availability[offer.sku.value] = stock % 7;
  const auto merged = verdicts(quote_of(shop));
  std::vector<CartLine> split;
  for (const CartLine& line : shop.cart.lines) {
    if (!line.quantity) split.push_back(line);
    for (std::int64_t unit = 0; unit < line.quantity.value_or(0); ++unit) {
      CartLine one = line;
      one.quantity = 1;
      one.configuration = "{\"unit\":" + std::to_string(unit) + "}";
      split.push_back(one);
    }
  }
  shop.cart.lines = split;
  RC_ASSERT(verdicts(quote_of(shop)) == merged);
}

}  // namespace
}  // namespace tandem::testing
