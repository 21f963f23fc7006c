// SPDX-License-Identifier: Apache-2.0
// How long quote() takes: decoded structs in, Quote out, no JSON. Prints one line of JSON with
// medians in nanoseconds, natively and, under Node, as WebAssembly.
//
// Nearly all promotions apply, and each kind takes its turn: a percentage and an amount off the
// order, percentages off a category and off dear lines, buy two get one, off the cheapest.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "tandem/pricing/pricing.hpp"

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

struct Bench {
  Bench(std::size_t lines, std::size_t promotions) {
    Rules rules;
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
    compiled.emplace_back(*compile(std::move(rules)));
    for (std::size_t i = 0; i < lines; ++i) {
      Offer offer;
      offer.sku = {"SKU-" + std::to_string(10'000 + i)};
      offer.unit_price_minor = 500 + static_cast<std::int64_t>(i * 7919 % 9'001);
      offer.categories = {{"cat-" + std::to_string(i % 9)}};
      if (i % 3 == 0) offer.tax_class = TaxClassId{"reduced"};
      CartLine line;
      line.sku = offer.sku;
      line.quantity = 1 + static_cast<std::int64_t>(i % 4);
      offers.push_back(offer);
      cart.lines.push_back(line);
    }
    cart.shipping_method = ShippingMethodId{"parcel"};
  }

  [[nodiscard]] Result<Quote> run() const {
    return quote({1'767'225'600'000, compiled.front(), offers, facts, cart});
  }

  std::vector<CompiledRules> compiled;
  std::vector<Offer> offers;
  QuoteFacts facts;
  Cart cart;
};

long long median_ns(const Bench& bench, std::size_t runs) {
  std::vector<long long> taken;
  for (std::size_t i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto made = bench.run();
    const auto end = std::chrono::steady_clock::now();
    if (!made) return -1;
    taken.push_back(std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count());
  }
  std::ranges::nth_element(taken, taken.begin() + static_cast<std::ptrdiff_t>(runs / 2));
  return taken[runs / 2];
}

}  // namespace

int main() {
  const Bench small(10, 10);
  const Bench plain(10, 0);
  const Bench large(1'000, 50);
  const Bench ten_by_fifty(10, 50);
  median_ns(small, 2'000);  // warms caches and, under Node, the optimizing compiler
  const long long small_ns = median_ns(small, 10'000);
  const long long plain_ns = median_ns(plain, 10'000);
  median_ns(large, 20);
  const long long large_ns = median_ns(large, 100);
  const long long fifty_ns = median_ns(ten_by_fifty, 2'000);
  std::printf(
      "{\"quote_10x0_ns\":%lld,\"quote_10x10_ns\":%lld,\"quote_1000x50_ns\":%lld,"
      "\"quote_10x50_ns\":%lld,\"steps_10x10\":%lld,\"steps_1000x50\":%lld}\n",
      plain_ns, small_ns, large_ns, fifty_ns, static_cast<long long>(small.run()->steps),
      static_cast<long long>(large.run()->steps));
}
