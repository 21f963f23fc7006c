// SPDX-License-Identifier: Apache-2.0
#pragma once
// Carts that a property is tried on: plain numbers, so that a failing one shrinks to a small cart
// and prints itself, and the shop that such numbers stand for.
//
//   RC_GTEST_PROP(Quote, AddsUp, (Scenario scenario)) { const auto quote = scenario.quote(); … }

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "tandem/pricing/pricing.hpp"

namespace tandem::testing {

struct LineNumbers {
  std::int64_t price = 0;
  std::int64_t quantity = 1;
  std::int64_t tax = 0;    // which class: 0 untaxed, 1 and 2 one rate, 3 two rates
  std::int64_t floor = 0;  // of the price, in hundredths
  std::int64_t price_parts = 0;     // thousandths of a minor unit on top of the price
  std::int64_t quantity_parts = 0;  // thousandths of a unit on top of the quantity

  friend std::ostream& operator<<(std::ostream& out, const LineNumbers& line);
};

struct PromotionNumbers {
  std::int64_t kind = 0;
  std::int64_t value = 0;  // a rate in parts per thousand, or an amount
  std::int64_t line = 0;   // whose sku is the target; beyond the lines: every line
  std::int64_t priority = 0;

  friend std::ostream& operator<<(std::ostream& out, const PromotionNumbers& promotion);
};

/// Kinds of promotions from here on count units, so that one more unit may matter to them.
inline constexpr std::int64_t kCountsUnits = 6;
inline constexpr std::int64_t kPromotionKinds = 12;

struct Scenario {
  bool prices_include_tax = false;
  std::int64_t profile = 0;  // in money_profiles(), from the default on
  std::int64_t shipping = 0;
  std::int64_t fee = 0;
  std::vector<LineNumbers> lines;
  std::vector<PromotionNumbers> promotions;

  [[nodiscard]] std::string profile_name() const;
  [[nodiscard]] bool profile_is(std::string_view name) const { return profile_name() == name; }
  /// Whether a profile shows every figure it computes with: nothing is left unrounded.
  [[nodiscard]] bool shows_what_it_computes() const;
  [[nodiscard]] bool counts_units() const;

  friend std::ostream& operator<<(std::ostream& out, const Scenario& scenario);
};

/// A shop and a cart, ready to be quoted.
struct Shop {
  Rules rules;
  std::vector<Offer> offers;
  QuoteFacts facts;
  Cart cart;

  [[nodiscard]] Result<Quote> quote() const;
};

[[nodiscard]] Shop shop_of(const Scenario& scenario);
/// The quote of a scenario; a refusal discards the case.
[[nodiscard]] Quote quote_of(const Shop& shop);

/// The sku of a line: letters that do not stand in the order of the lines.
[[nodiscard]] std::string sku_of(std::size_t line);

}  // namespace tandem::testing

namespace rc {
template <>
struct Arbitrary<tandem::testing::Scenario> {
  static Gen<tandem::testing::Scenario> arbitrary();
};
}  // namespace rc
