// SPDX-License-Identifier: Apache-2.0
// How long quote() takes: decoded structs in, Quote out, no JSON; and once from bytes to bytes.
// Prints one line of JSON with medians in nanoseconds, natively and, under Node, as WebAssembly.
//
// Nearly all promotions apply, and each kind takes its turn: a percentage and an amount off the
// order, percentages off a category and off dear lines, buy two get one, off the cheapest.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "tandem/fields/writer.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace {

using namespace tandem;

Promotion promotion_of(std::size_t index) {
  Promotion promotion;
  promotion.id = {"promo-" + std::to_string(index)};
  promotion.priority = static_cast<std::int64_t>(index % 7);
  promotion.when = {Condition{SubtotalAtLeast{.amount_minor = 100, .target = {}, .tax = {}}}};
  Target category;
  category.categories = {{"cat-" + std::to_string(index % 5)}};
  Target dear;
  dear.unit_price_from_minor = 3'000;
  switch (index % 5) {
    case 0: {
      PercentOffOrder action;
      action.ppm = 10'000;
      promotion.then = {action};
      break;
    }
    case 1:
      promotion.then = {PercentOffLines{50'000, PercentRounds::discount, category}};
      break;
    case 2: {
      AmountOffOrder action;
      action.amount_minor = 137;
      promotion.then = {action};
      break;
    }
    case 3:
      promotion.then = {PercentOffLines{20'000, PercentRounds::price, dear}};
      break;
    default: {
      BuyXGetY action;
      action.buy = {2, category};
      action.get = {1, category};
      action.times = 1;
      promotion.then = {action};
    }
  }
  return promotion;
}

QuoteInput input_of(std::size_t lines, std::size_t promotions) {
  QuoteInput input;
  input.now_ms = 1'767'225'600'000;
  Rules& rules = input.rules;
  rules.currency = *currency_named("EUR");
  rules.home.country = "DE";
  for (const auto& [id, ppm] : {std::pair{"vat19", 190'000}, std::pair{"vat7", 70'000}}) {
    Tax tax;
    tax.id = {id};
    tax.ppm = ppm;
    rules.taxes.push_back(tax);
  }
  rules.tax_classes = {{{"standard"}, true, {{"*", {{"vat19"}}}}},
                       {{"reduced"}, false, {{"*", {{"vat7"}}}}}};
  ShippingMethod method;
  method.id = {"parcel"};
  method.price = FlatPrice{490};
  rules.shipping_methods = {method};
  for (std::size_t i = 0; i < promotions; ++i) rules.promotions.push_back(promotion_of(i));
  for (std::size_t i = 0; i < lines; ++i) {
    Offer offer;
    offer.sku = {"SKU-" + std::to_string(10'000 + i)};
    offer.unit_price_minor = 500 + static_cast<std::int64_t>(i * 7919 % 9'001);
    offer.categories = {{"cat-" + std::to_string(i % 9)}};
    if (i % 3 == 0) offer.tax_class = TaxClassId{"reduced"};
    CartLine line;
    line.sku = offer.sku;
    line.quantity = 1 + static_cast<std::int64_t>(i % 4);
    input.offers.push_back(offer);
    input.cart.lines.push_back(line);
  }
  input.cart.shipping_method = ShippingMethodId{"parcel"};
  return input;
}

/// Decoded structs in, Quote out.
class Structs {
 public:
  Structs(std::size_t lines, std::size_t promotions)
      : input_(input_of(lines, promotions)), rules_(*compile(input_.rules)) {}

  [[nodiscard]] Result<Quote> run() const {
    return quote({input_.now_ms, rules_, input_.offers, input_.facts, input_.cart});
  }

 private:
  QuoteInput input_;
  CompiledRules rules_;
};

/// The same from a document to the canonical bytes of the sealed quote, rules and all.
class Bytes {
 public:
  Bytes(std::size_t lines, std::size_t promotions)
      : text_(canonical(input_of(lines, promotions))) {}

  [[nodiscard]] Result<std::string> run() const { return wire::quote_answer(text_); }

 private:
  std::string text_;
};

using Clock = std::chrono::steady_clock;

/// Runs until the caches are warm and, under Node, the optimizing compiler has done its work: it
/// compiles beside the program, so only time tells.
template <class Measured>
void warm_up(const Measured& measured) {
  constexpr auto kLongEnough = std::chrono::milliseconds(1'500);
  for (const auto begin = Clock::now(); Clock::now() - begin < kLongEnough;) {
    static_cast<void>(measured.run());
  }
}

/// The median of runs on warm caches, or -1 when one was refused.
template <class Measured>
long long median_ns(const Measured& measured, std::size_t runs) {
  warm_up(measured);
  std::vector<long long> taken;
  for (std::size_t i = 0; i < runs; ++i) {
    const auto begin = Clock::now();
    const auto made = measured.run();
    const auto end = Clock::now();
    if (!made) return -1;
    taken.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count());
  }
  std::ranges::nth_element(taken, taken.begin() + static_cast<std::ptrdiff_t>(runs / 2));
  return taken[runs / 2];
}

struct Shape {
  std::size_t lines;
  std::size_t promotions;
  std::size_t runs;
};

/// The budgets' shapes, then lines from 1 to 1,000 and promotions from none to 200.
constexpr Shape kShapes[] = {{10, 10, 20'000}, {1'000, 50, 100}, {10, 50, 2'000},
                             {1, 10, 20'000},  {100, 10, 2'000}, {1'000, 10, 200},
                             {10, 0, 10'000},  {10, 1, 10'000},  {10, 200, 500}};

}  // namespace

int main() {
  std::printf("{");
  for (const auto& [lines, promotions, runs] : kShapes) {
    const Structs structs(lines, promotions);
    const long long taken = median_ns(structs, runs);
    std::printf("\"quote_%zux%zu_ns\":%lld,\"steps_%zux%zu\":%lld,", lines, promotions, taken,
                lines, promotions, static_cast<long long>(structs.run()->steps));
  }
  std::printf("\"bytes_10x10_ns\":%lld}\n", median_ns(Bytes(10, 10), 5'000));
}
