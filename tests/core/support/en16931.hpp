// SPDX-License-Identifier: Apache-2.0
#pragma once
// The sums that EN 16931 asks of a document, checked on a quote: BR-CO-10 to BR-CO-16 to the last
// minor unit, and BR-CO-17 (a group's tax is its base times its rate, rounded) exactly where prices
// leave tax out, within one minor unit where the net is what is left of a gross price.
//
//   EXPECT_EQ(broken_rule_of(quote, rules), "");

#include <algorithm>
#include <numeric>
#include <string>

#include "tandem/pricing/pricing.hpp"

namespace tandem::testing {

/// Whether BR-CO-17 can be asked: every tax is a plain percentage of its base.
inline bool taxes_are_plain(const Rules& rules) {
  return std::ranges::all_of(rules.taxes, [](const Tax& tax) {
    return tax.kind == TaxKind::percent && !tax.compound.on_all && tax.compound.on.empty();
  });
}

inline bool any_tax_is_included(const Rules& rules, const Cart* cart = nullptr) {
  const auto is_included = [&](const Tax& tax) {
    return tax.included.value_or(rules.prices_include_tax);
  };
  const bool in_fees = cart != nullptr && std::ranges::any_of(cart->fees, [](const CartFee& fee) {
                         return fee.price_includes_tax.value_or(false);
                       });
  return in_fees || rules.money.shipping_price_includes_tax.has_value() ||
         std::ranges::any_of(rules.taxes, is_included);
}

/// The first rule that does not hold, with the figures; empty when all do.
inline std::string broken_rule_of(const Quote& quote, const Rules& rules,
                                  const Cart* cart = nullptr) {
  const QuoteTotals& t = quote.totals;
  const auto sum = [](const auto& list, auto member) {
    return std::accumulate(list.begin(), list.end(), std::int64_t{0},
                           [&](std::int64_t all, const auto& one) { return all + one.*member; });
  };
  const auto differs = [](const char* rule, std::int64_t have, std::int64_t want) {
    if (have == want) return std::string();
    return std::string(rule) + ": " + std::to_string(have) + " is not " + std::to_string(want);
  };
  std::string broken =
      differs("BR-CO-10", t.items_net_minor, sum(quote.lines, &QuoteLine::net_minor));
  const std::int64_t charges = sum(quote.fees, &QuoteFee::net_minor);
  if (broken.empty()) broken = differs("BR-CO-11, BR-CO-12", t.fees_minor, charges);
  if (broken.empty()) {
    broken = differs("BR-CO-13", t.net_minor,
                     t.items_net_minor + t.fees_minor + quote.shipping.net_minor);
  }
  if (broken.empty()) {
    broken = differs("BR-CO-14", t.tax_minor, sum(quote.tax_summary, &QuoteTaxTotal::amount_minor));
  }
  if (broken.empty()) broken = differs("BR-CO-15", t.total_minor, t.net_minor + t.tax_minor);
  if (broken.empty()) {
    broken =
        differs("BR-CO-16", t.payable_minor, t.total_minor - t.prepaid_minor + t.rounding_minor);
  }
  if (!broken.empty() || !taxes_are_plain(rules)) return broken;
  const std::int64_t tolerance = any_tax_is_included(rules, cart) ? 1 : 0;
  for (const QuoteTaxTotal& group : quote.tax_summary) {
    const Exact exact = mul_div(Exact::minor(group.base_minor), group.ppm, 1'000'000);
    const std::int64_t want = round_minor(exact, Rounding::half_away);
    const std::int64_t gap = group.amount_minor - want;
    if (gap < -tolerance || gap > tolerance) return differs("BR-CO-17", group.amount_minor, want);
  }
  return {};
}

}  // namespace tandem::testing
