// SPDX-License-Identifier: Apache-2.0
// Every vector that leaves the money keys to the default is a document that EN 16931 accepts.
#include <gtest/gtest.h>

#include "core/support/en16931.hpp"
#include "core/support/vectors.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem {
namespace {

using wire::Value;

using testing::broken_rule_of;
using testing::merged;
using testing::read_file;
using testing::text_of;
using testing::vector_files;

/// Whether the figures of the quote are the default convention's: no key is set that says how to
/// round, tax or share. Thresholds, percentages and cash rounding may be set.
bool is_default(const MoneyPolicyKeys& given) {
  MoneyPolicyKeys keys = given;
  keys.payable_rounding.reset();
  keys.payable_rounding_minor.reset();
  keys.percentages.reset();
  keys.threshold_base.reset();
  keys.foreign_gross_prices.reset();
  keys.order_discount_covers_shipping.reset();
  keys.discount_sharing.reset();
  keys.zero_weights.reset();
  const auto& shipping = keys.shipping_price_includes_tax;
  if (shipping && !*shipping) keys.shipping_price_includes_tax.reset();
  return keys == MoneyPolicyKeys{};
}

/// Nothing, or the rule that the vector's quote breaks; counts the quotes it asks.
std::string broken_rule(const Value& input, int& asked) {
  auto read = wire::decode<QuoteInput>(text_of(input));
  if (!read || !is_default(read->rules.money)) return {};
  std::ranges::sort(read->offers, {}, &Offer::sku);
  const auto rules = compile(read->rules);
  if (!rules) return {};
  const auto made = quote({read->now_ms, *rules, read->offers, read->facts, read->cart});
  if (!made) return {};
  ++asked;
  return broken_rule_of(*made, rules->rules(), &read->cart);
}

TEST(En16931, HoldsOnEveryVectorOfTheDefaultProfile) {
  int asked = 0;
  for (const auto& path : vector_files("tests/vectors/quote")) {
    auto file = wire::parse(read_file(path), {.depth_max = 32});
    ASSERT_TRUE(file.has_value());
    const Value* base = file->find("base");
    for (const Value& vector : *file->find("vectors")->list()) {
      const Value& changes = *vector.find("input");
      const Value input = base == nullptr ? changes : merged(*base, changes);
      EXPECT_EQ(broken_rule(input, asked), "")
          << path.filename() << ": " << *vector.find("name")->text();
    }
  }
  EXPECT_GE(asked, 150);
}

}  // namespace
}  // namespace tandem
