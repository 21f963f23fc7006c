// SPDX-License-Identifier: Apache-2.0
// What an offer costs whom, and that nobody is shown the prices of others.
#include <gtest/gtest.h>

#include "tandem/catalog/offer.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kNow = 1'767'225'600'000;
const std::optional<GroupId> kNobody;
const std::optional<GroupId> kTrade = GroupId{"trade"};
const std::optional<GroupId> kGold = GroupId{"gold"};

Offer tea() {
  Offer offer{.sku = {"TEA"}, .unit_price_minor = 2000};
  offer.prices = std::vector<PriceRow>{
      {.customer_groups = {{"trade"}, {"gold"}}, .unit_price_minor = 1500},
      {.customer_groups = {{"gold"}}, .quantity_from = 10, .unit_price_minor = 1300},
      {.ends_ms = kNow + 5, .starts_ms = kNow, .unit_price_minor = 1800},
      {.starts_ms = kNow + 1, .unit_price_minor = 1700},
  };
  offer.price_history = std::vector<PricePoint>{
      {.from_ms = kNow - 9, .unit_price_minor = 2000},
      {.from_ms = kNow, .unit_price_minor = 1800},
      {.from_ms = kNow + 1, .unit_price_minor = 1700},
  };
  return offer;
}

TEST(VisibleTo, LeavesOutOtherGroupsAndWhatBeginsLater) {
  const Offer seen = visible_to(tea(), kNobody, kNow);
  ASSERT_TRUE(seen.prices.has_value());
  ASSERT_EQ(seen.prices->size(), 1U);
  EXPECT_EQ(seen.prices->front().unit_price_minor, 1800);
  ASSERT_TRUE(seen.price_history.has_value());
  EXPECT_EQ(seen.price_history->size(), 2U);
}

TEST(VisibleTo, KeepsTheGroupsOwnRowsWithoutTheNamesOfOthers) {
  const Offer seen = visible_to(tea(), kTrade, kNow);
  ASSERT_EQ(seen.prices->size(), 2U);
  EXPECT_EQ(seen.prices->front().customer_groups, std::vector<GroupId>{{"trade"}});
  EXPECT_FALSE(canonical(seen).contains("gold"));
}

TEST(VisibleTo, LeavesNoKeyBehindWhenNothingIsLeft) {
  Offer offer = tea();
  offer.prices->resize(2);
  offer.price_history.reset();
  const Offer seen = visible_to(offer, kNobody, kNow);
  EXPECT_EQ(seen, (Offer{.sku = {"TEA"}, .unit_price_minor = 2000}));
  EXPECT_FALSE(has_secrets(seen));
  EXPECT_TRUE(has_secrets(offer));
}

TEST(VisibleTo, ChangesNoFigure) {
  for (const auto& group : {kNobody, kTrade, kGold}) {
    for (const std::int64_t quantity : {1, 9, 10, 11}) {
      for (const std::int64_t now : {kNow - 10, kNow - 1, kNow, kNow + 1, kNow + 5}) {
        const PriceTerms terms{.group = group, .now_ms = now, .quantity = Exact::minor(quantity)};
        const Offer seen = visible_to(tea(), group, now);
        const Offer all = tea();
        const ChosenPrice here = price_of(seen, terms);
        const ChosenPrice there = price_of(all, terms);
        EXPECT_EQ(here.price, there.price);
        EXPECT_EQ(lowest_before_reduction(seen, here, now),
                  lowest_before_reduction(all, there, now));
      }
    }
  }
}

TEST(PriceOf, KeepsTheBytesOfOffersWithoutRows) {
  const std::string bytes = canonical(Offer{.sku = {"TEA"}, .unit_price_minor = 2000});
  EXPECT_EQ(bytes, R"({"active":true,"categories":[],"kind":"goods","name":{},"returnable":true,)"
                   R"("sku":"TEA","stock_policy":"deny","unit_price_minor":2000,"weight_g":0})");
}

TEST(PriceOf, IsNothingWithoutAnyPrice) {
  const Offer offer{.sku = {"TEA"}};
  EXPECT_TRUE(price_of(offer, {.group = kNobody}).price.is_zero());
}

}  // namespace
}  // namespace tandem
