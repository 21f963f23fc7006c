// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/tax_set.hpp"

#include <algorithm>

namespace tandem::pricing {
namespace {

/// tax = of_net · N + per_unit · quantity
struct Linear {
  Ratio of_net;
  Exact per_unit;
};

Ratio negative(Ratio ratio) { return {-ratio.numerator, ratio.denominator}; }

bool is_included(const Tax& tax, bool prices_include) {
  return tax.included.value_or(prices_include);
}

/// 1 − the sum of the division rates of one inclusion.
Ratio rest_of_division(std::span<const Tax> taxes, std::span<const std::uint32_t> listed,
                       bool prices_include, bool included) {
  Ratio rest = Ratio::one();
  for (const std::uint32_t at : listed) {
    const Tax& tax = taxes[at];
    if (tax.kind == TaxKind::division && is_included(tax, prices_include) == included) {
      rest = rest + negative(Ratio::parts_per_million(tax.ppm));
    }
  }
  return rest;
}

std::vector<std::uint32_t> compounds_of(std::span<const Tax> taxes,
                                        std::span<const std::uint32_t> listed, std::size_t place) {
  const Compound& compound = taxes[listed[place]].compound;
  std::vector<std::uint32_t> on;
  for (std::uint32_t earlier = 0; earlier < place; ++earlier) {
    const TaxId& id = taxes[listed[earlier]].id;
    if (compound.on_all || std::ranges::find(compound.on, id) != compound.on.end()) {
      on.push_back(earlier);
    }
  }
  return on;
}

/// The coefficients of a set in which included division rates leave no net at all: each of them
/// is its rate of the price, nothing else is taxed.
void leave_no_net(TaxSet& set, std::span<const Tax> taxes) {
  set.net_of_price = {0, 1};
  for (SetTax& entry : set.taxes) {
    const Tax& tax = taxes[entry.tax];
    const bool takes = tax.kind == TaxKind::division && entry.included;
    entry.of_price = takes ? Ratio::parts_per_million(tax.ppm) : Ratio{0, 1};
  }
}

void sum_up(TaxSet& set, std::span<const Tax> taxes) {
  Ratio all{0, 1};
  for (const SetTax& entry : set.taxes) {
    if (taxes[entry.tax].kind == TaxKind::fixed) set.has_fixed = true;
    if (!entry.included) set.gross_of_price = set.gross_of_price + entry.of_price;
    all = all + entry.of_price;
  }
  set.rate = set.net_of_price.is_zero() ? Ratio{0, 1} : all * set.net_of_price.inverse();
}

bool fits(const TaxSet& set) {
  const auto has_room = [](const SetTax& entry) {
    return !entry.of_price.overflowed() && !entry.per_unit.overflowed();
  };
  return std::ranges::all_of(set.taxes, has_room) && !set.net_of_price.overflowed() &&
         !set.gross_of_price.overflowed() && !set.rate.overflowed();
}

}  // namespace

Result<TaxSet> solve(std::span<const Tax> taxes, std::span<const std::uint32_t> listed,
                     bool prices_include) {
  const Ratio rest_included = rest_of_division(taxes, listed, prices_include, true);
  const Ratio rest_added = rest_of_division(taxes, listed, prices_include, false);
  TaxSet set;
  std::vector<Linear> linear;
  Ratio included_of_net{0, 1};
  for (std::size_t place = 0; place < listed.size(); ++place) {
    const Tax& tax = taxes[listed[place]];
    const bool included = is_included(tax, prices_include);
    SetTax entry{.tax = listed[place],
                 .included = included,
                 .compounds_on = compounds_of(taxes, listed, place)};
    const Ratio& rest = included ? rest_included : rest_added;
    const bool divides = tax.kind == TaxKind::division;
    if (tax.kind == TaxKind::fixed || (divides && rest.is_zero())) entry.compounds_on.clear();
    Linear solved{{0, 1}, {}};
    if (tax.kind == TaxKind::fixed) {
      solved.per_unit = tax.amount_exact.value_or(Exact{});
    } else {
      Ratio rate = Ratio::parts_per_million(tax.ppm);
      if (divides && !rest.is_zero()) rate = rate * rest.inverse();
      Ratio base = Ratio::one();
      for (const std::uint32_t earlier : entry.compounds_on) {
        base = base + linear[earlier].of_net;
        solved.per_unit += linear[earlier].per_unit;
      }
      solved.of_net = base * rate;
      solved.per_unit = multiply(solved.per_unit, rate);
    }
    entry.per_unit = solved.per_unit;
    if (included) {
      included_of_net = included_of_net + solved.of_net;
      set.included_per_unit += solved.per_unit;
      set.last_included = static_cast<std::uint32_t>(place + 1);
    }
    linear.push_back(solved);
    set.taxes.push_back(std::move(entry));
  }
  const Ratio gross = Ratio::one() + included_of_net;
  // Included rates that add up to −100 % have no solution; they are left out, and the net is the
  // price.
  set.net_of_price = gross.is_zero() ? Ratio::one() : gross.inverse();
  for (std::size_t place = 0; place < listed.size(); ++place) {
    SetTax& entry = set.taxes[place];
    entry.of_price =
        gross.is_zero() && entry.included ? Ratio{0, 1} : linear[place].of_net * set.net_of_price;
  }
  if (rest_included.is_zero()) leave_no_net(set, taxes);
  sum_up(set, taxes);
  if (!fits(set)) return reject(Reason::number_out_of_range);
  return set;
}

}  // namespace tandem::pricing
