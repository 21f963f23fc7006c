// SPDX-License-Identifier: Apache-2.0
#include "tandem/money/money.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace tandem {
namespace {

const Currency kEuro = *currency_named("EUR");

std::vector<std::int64_t> shares(std::int64_t amount, std::vector<std::int64_t> weights) {
  const auto made = allocate({amount, kEuro}, weights);
  std::vector<std::int64_t> minor;
  if (made)
    for (const Money& share : *made) minor.push_back(share.minor);
  return minor;
}

TEST(Currency, HasTheExponentsOfIso4217) {
  EXPECT_EQ(currency_named("EUR")->exponent, 2);
  EXPECT_EQ(currency_named("JPY")->exponent, 0);
  EXPECT_EQ(currency_named("UGX")->exponent, 0);
  EXPECT_EQ(currency_named("KWD")->exponent, 3);
  EXPECT_EQ(currency_named("CLF")->exponent, 4);
  EXPECT_EQ(currency_named("MGA")->exponent, 2);
  EXPECT_EQ(kCurrencyTableDate.size(), 10U);
}

TEST(Currency, RefusesWhatIsNotOne) {
  for (const std::string_view code : {"", "EU", "eur", "EURO", "XAU", "XTS", "BYR", "ZZZ"}) {
    EXPECT_FALSE(currency_named(code)) << code;
  }
}

TEST(Currency, TakesNothingOneAndTheMaximumThereAndBack) {
  for (const Currency& currency : currencies()) {
    for (const std::int64_t minor : {std::int64_t{0}, std::int64_t{1}, kMinorMax, -kMinorMax}) {
      const Money money{minor, currency};
      EXPECT_EQ(*add(money, {0, currency}), money) << currency.name();
      EXPECT_EQ(allocate(money, std::vector<std::int64_t>{1})->front(), money);
    }
  }
}

TEST(Money, RefusesOverflow) {
  const Money largest{kMinorMax, kEuro};
  const Money one{1, kEuro};
  EXPECT_EQ(add(largest, one).error().reason, Reason::amount_out_of_range);
  EXPECT_EQ(subtract({-kMinorMax, kEuro}, one).error().reason, Reason::amount_out_of_range);
  EXPECT_EQ(multiply(largest, 2).error().reason, Reason::amount_out_of_range);
  EXPECT_EQ(multiply(largest, INT64_MAX).error().reason, Reason::amount_out_of_range);
  EXPECT_EQ(multiply(largest, -1)->minor, -kMinorMax);
}

TEST(Money, RefusesToMixCurrencies) {
  const Money yen{1, *currency_named("JPY")};
  EXPECT_EQ(add({1, kEuro}, yen).error().reason, Reason::currency_unknown);
  EXPECT_EQ(subtract({1, kEuro}, yen).error().reason, Reason::currency_unknown);
}

TEST(Allocate, HandsOutTheLargestRemainders) {
  using List = std::vector<std::int64_t>;
  EXPECT_EQ(shares(100, {1, 1, 1}), (List{34, 33, 33}));
  EXPECT_EQ(shares(5, {7, 3}), (List{4, 1}));
  EXPECT_EQ(shares(-5, {7, 3}), (List{-4, -1}));
  EXPECT_EQ(shares(100, {0, 1}), (List{0, 100}));
  EXPECT_EQ(shares(kMinorMax, {kMinorMax, kMinorMax}), (List{(kMinorMax + 1) / 2, kMinorMax / 2}));
}

TEST(Allocate, RefusesWeightsThatAreNone) {
  EXPECT_EQ(allocate({1, kEuro}, std::vector<std::int64_t>{}).error().reason, Reason::zero_weights);
  EXPECT_EQ(allocate({1, kEuro}, std::vector<std::int64_t>{0, 0}).error().reason,
            Reason::zero_weights);
  EXPECT_EQ(allocate({1, kEuro}, std::vector<std::int64_t>{-1, 2}).error().reason,
            Reason::amount_out_of_range);
}

TEST(Allocate, SharesAddUpToTheWholeAndNoneIsAboveItsCeiling) {
  std::uint64_t state = 20260101;  // a fixed seed: xorshift
  const auto next = [&](std::uint64_t below) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    return static_cast<std::int64_t>(state % below);
  };
  for (int round = 0; round < 2'000; ++round) {
    std::vector<std::int64_t> weights(static_cast<std::size_t>(1 + next(12)));
    for (std::int64_t& weight : weights) weight = next(round % 2 == 0 ? 10 : 1'000'000'007);
    const std::int64_t whole = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (whole == 0) continue;
    const std::int64_t amount = next(1'000'000) - 500'000;
    const auto made = shares(amount, weights);
    EXPECT_EQ(std::accumulate(made.begin(), made.end(), std::int64_t{0}), amount);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Int128 gap = Int128{made[i]} * whole - Int128{amount} * weights[i];
      EXPECT_LT(gap < 0 ? -gap : gap, whole) << "a share is within one unit of its exact figure";
    }
  }
}

}  // namespace
}  // namespace tandem
