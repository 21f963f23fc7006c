// SPDX-License-Identifier: Apache-2.0
// What holds of every quote, whatever the figures: sums, order, steps, digests.
#include "tandem/pricing/pricing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tandem/fields/writer.hpp"
#include "tandem/pricing/appraisal.hpp"

namespace tandem {
namespace {

Tax percent(std::string id, std::int64_t ppm) {
  Tax tax;
  tax.id = {std::move(id)};
  tax.ppm = ppm;
  return tax;
}

Rules shop(bool included) {
  Rules rules;
  rules.currency = *currency_named("EUR");
  rules.home.country = "DE";
  rules.prices_include_tax = included;
  rules.taxes = {percent("n", 190'000), percent("r", 70'000)};
  rules.tax_classes = {{{"normal"}, true, {{"*", {{"n"}}}}},
                       {{"reduced"}, false, {{"*", {{"r"}}}}}};
  Promotion promotion;
  promotion.id = {"welcome"};
  promotion.then = {
      PercentOffOrder{.covers_shipping = {}, .maximum_minor = {}, .ppm = 133'333, .target = {}}};
  rules.promotions = {promotion};
  return rules;
}

struct Shop {
  Rules rules;
  std::vector<Offer> offers;
  QuoteFacts facts;
  Cart cart;

  [[nodiscard]] Result<Quote> quote() const {
    auto compiled = compile(rules);
    if (!compiled) return std::unexpected(compiled.error());
    return tandem::quote({1, *compiled, offers, facts, cart});
  }
};

/// A shop with `count` lines of prices and quantities that look random but are not.
Shop random_shop(std::uint64_t seed, bool included) {
  Shop made{shop(included), {}, {}, {}};
  std::uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
  const auto next = [&](std::uint64_t below) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    return static_cast<std::int64_t>(state % below);
  };
  const auto count = static_cast<std::size_t>(1 + next(9));
  for (std::size_t i = 0; i < count; ++i) {
    Offer offer;
    offer.sku = {std::string(1, static_cast<char>('A' + i))};
    offer.unit_price_minor = next(20'000);
    if (next(2) == 0) offer.tax_class = TaxClassId{"reduced"};
    CartLine line;
    line.sku = offer.sku;
    line.quantity = 1 + next(5);
    made.offers.push_back(offer);
    made.cart.lines.push_back(line);
  }
  return made;
}

template <class List, class Member>
std::int64_t sum(const List& list, Member member) {
  return std::accumulate(list.begin(), list.end(), std::int64_t{0},
                         [&](std::int64_t all, const auto& one) { return all + one.*member; });
}

TEST(QuoteTotals, AddUpInEveryView) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const auto made = random_shop(seed, seed % 2 == 0).quote();
    ASSERT_TRUE(made) << name(made.error().reason);
    const QuoteTotals& t = made->totals;
    EXPECT_EQ(sum(made->lines, &QuoteLine::net_minor), t.items_net_minor) << "BR-CO-10";
    EXPECT_EQ(t.items_net_minor + t.fees_minor + t.shipping_net_minor, t.net_minor) << "BR-CO-13";
    EXPECT_EQ(sum(made->tax_summary, &QuoteTaxTotal::amount_minor), t.tax_minor) << "BR-CO-14";
    EXPECT_EQ(t.net_minor + t.tax_minor, t.total_minor) << "BR-CO-15";
    EXPECT_EQ(t.total_minor - t.prepaid_minor + t.rounding_minor, t.payable_minor) << "BR-CO-16";
    EXPECT_EQ(sum(made->tax_summary, &QuoteTaxTotal::base_minor), t.net_minor);
    EXPECT_EQ(sum(made->lines, &QuoteLine::discount_minor), t.discount_minor);
    for (const QuoteLine& line : made->lines) {
      EXPECT_EQ(line.net_minor + line.tax_minor, line.gross_minor);
      EXPECT_EQ(sum(line.discounts, &QuoteDiscount::amount_minor), line.discount_minor);
      if (!line.units.empty()) {
        EXPECT_EQ(sum(line.units, &QuoteUnit::discount_minor), line.discount_minor);
      }
      EXPECT_GE(line.discount_minor, 0);
      EXPECT_LE(line.discount_minor, line.subtotal_minor);
    }
  }
}

TEST(QuoteTotals, AreThePricesShownWhereTheyIncludeTax) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto made = random_shop(seed, true).quote();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->totals.total_minor, made->totals.items_minor - made->totals.discount_minor);
  }
}

TEST(Quote, DoesNotDependOnTheOrderOfLines) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Shop made = random_shop(seed, seed % 2 == 0);
    const auto before = made.quote();
    std::ranges::reverse(made.cart.lines);
    auto after = made.quote();
    ASSERT_TRUE(before && after);
    std::ranges::reverse(after->lines);
    EXPECT_EQ(canonical(before->lines), canonical(after->lines)) << seed;
    EXPECT_EQ(before->totals, after->totals);
    EXPECT_EQ(before->steps, after->steps);
  }
}

TEST(Quote, IsNotChangedByALineThatCostsNothing) {
  Shop made = random_shop(7, false);
  const auto before = made.quote();
  Offer free;
  free.sku = {"ZERO"};
  free.unit_price_minor = 0;
  made.offers.push_back(free);
  made.cart.lines.push_back({{}, 3, {}, free.sku});
  const auto after = made.quote();
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->totals, after->totals);
}

TEST(QuoteDigest, CoversWhatIsShownAndNothingElse) {
  Shop made = random_shop(3, false);
  const std::string digest = quote_digest(*made.quote());
  EXPECT_EQ(digest.size(), 64U);
  made.facts.availability[made.offers[0].sku.value] = 0;
  EXPECT_FALSE(made.quote()->messages.empty());
  EXPECT_EQ(quote_digest(*made.quote()), digest) << "stock and messages are not covered";
  made.rules.policies.terms_version = "2026-01";
  EXPECT_NE(quote_digest(*made.quote()), digest) << "the terms version is";
}

TEST(QuoteDigest, ChangesWithAPrice) {
  Shop made = random_shop(3, false);
  const std::string digest = quote_digest(*made.quote());
  *made.offers[0].unit_price_minor += 100;
  EXPECT_NE(quote_digest(*made.quote()), digest);
}

TEST(LineId, IsTheSkuOrTheSkuAndItsConfiguration) {
  EXPECT_EQ(line_id_of({"TEA"}, std::nullopt).value, "TEA");
  EXPECT_EQ(line_id_of({"TEA"}, "abc").value, "TEA#ba7816bf8f01cfea");
}

TEST(Quote, RefusesRulesThatNeedTooManySteps) {
  Shop made = random_shop(3, false);
  Promotion promotion = made.rules.promotions[0];
  BuyXGetY endless;
  endless.buy.quantity = 1;
  promotion.then = {endless};
  made.rules.promotions.clear();
  for (int i = 0; i < 200; ++i) {
    promotion.id = {"p" + std::to_string(i)};
    made.rules.promotions.push_back(promotion);
  }
  for (CartLine& line : made.cart.lines) line.quantity = 4'000'000;
  for (Offer& offer : made.offers) offer.unit_price_minor = 1;
  EXPECT_EQ(made.quote().error().reason, Reason::budget_exceeded);
}

TEST(Quote, RefusesAmountsOutOfRange) {
  Shop made = random_shop(3, false);
  made.offers[0].unit_price_minor = kMinorMax;
  made.cart.lines[0].quantity = 2;
  EXPECT_EQ(made.quote().error().reason, Reason::amount_out_of_range);
}

TEST(Compile, NamesThePlaceOfAFault) {
  const auto fault = [](auto change) {
    Rules rules = shop(false);
    change(rules);
    const auto made = compile(std::move(rules));
    if (made) return std::string("none");
    return std::string(name(made.error().reason)) + " " + made.error().subject;
  };
  EXPECT_EQ(fault([](Rules& r) { r.pricing_version = 2; }),
            "pricing_version_unknown /pricing_version");
  EXPECT_EQ(fault([](Rules& r) { r.money.profile = "nobody"; }),
            "reference_unknown /money/profile");
  EXPECT_EQ(fault([](Rules& r) { r.taxes[1].id = r.taxes[0].id; }), "id_duplicate /taxes/1/id");
  EXPECT_EQ(fault([](Rules& r) { r.tax_classes[0].taxes["moon"] = {}; }),
            "reference_unknown /tax_classes/0/taxes/moon");
  EXPECT_EQ(fault([](Rules& r) { r.tax_classes[0].taxes["*"].push_back({"x"}); }),
            "reference_unknown /tax_classes/0/taxes/*/1");
  EXPECT_EQ(fault([](Rules& r) { r.taxes[0].ppm = 2'000'000'000; }),
            "number_out_of_range /taxes/0/ppm");
}

}  // namespace
}  // namespace tandem
