// SPDX-License-Identifier: Apache-2.0
#include "fuzz/sums.hpp"

#include <algorithm>
#include <numeric>

#include "tandem/fields/writer.hpp"

namespace tandem::fuzz {
namespace {

template <class List, class Member>
std::int64_t sum(const List& list, Member member) {
  return std::accumulate(list.begin(), list.end(), std::int64_t{0},
                         [&](std::int64_t all, const auto& one) { return all + one.*member; });
}

/// Where nothing is rounded, what is shown are roundings of figures that do add up.
bool shows_exact(const Rules& rules) {
  const auto money = resolve(rules.money);
  return money && money->tax_rounding != TaxRounding::none &&
         money->discount_sharing != DiscountSharing::unrounded;
}

std::string broken_total(const Quote& quote) {
  const QuoteTotals& t = quote.totals;
  if (t.net_minor != t.items_net_minor + t.fees_minor + t.shipping_net_minor) return "the net";
  if (t.total_minor != t.net_minor + t.tax_minor) return "the total";
  if (t.tax_minor != sum(quote.tax_summary, &QuoteTaxTotal::amount_minor)) return "the tax";
  if (t.discount_net_minor != t.undiscounted_net_minor - t.items_net_minor) return "the discount";
  return {};
}

/// Whether a promotion adds to prices: an amount off that is negative.
bool has_surcharge(const Rules& rules) {
  return canonical(rules).find("\"amount_minor\":-") != std::string::npos;
}

std::string broken_line(const QuoteLine& line) {
  if (line.gross_minor != line.net_minor + line.tax_minor) return "a line's gross";
  if (line.tax_minor != sum(line.taxes, &QuoteTax::amount_minor)) return "a line's tax";
  if (line.discount_minor != sum(line.discounts, &QuoteDiscount::amount_minor)) {
    return "a line's discounts";
  }
  if (!line.units.empty() && line.discount_minor != sum(line.units, &QuoteUnit::discount_minor)) {
    return "a line's units";
  }
  return {};
}

/// Where the tax is of the undiscounted line and percentages are of the amount with it, that amount
/// may come off; each tax that is rounded over the document may be a unit less on its line.
std::int64_t taxes_to_come_off(const QuoteLine& line, const Rules& rules) {
  const auto money = resolve(rules.money);
  const bool with_tax = money->discount_base == DiscountBase::undiscounted_tax &&
                        money->percent_of == PercentOf::gross;
  return with_tax ? line.tax_minor + static_cast<std::int64_t>(line.taxes.size()) : 0;
}

std::string broken_share(const QuoteLine& line, const Rules& rules) {
  const std::int64_t most = line.subtotal_minor + taxes_to_come_off(line, rules);
  const std::int64_t low = std::min<std::int64_t>(line.subtotal_minor, 0);
  const std::int64_t high = std::max<std::int64_t>(most, 0);
  if (line.discount_minor < low || line.discount_minor > high) return "a line's discount";
  return {};
}

std::string broken_shipping(const QuoteShipping& shipping) {
  if (shipping.gross_minor != shipping.net_minor + shipping.tax_minor) return "shipping's gross";
  if (shipping.tax_minor != sum(shipping.taxes, &QuoteTax::amount_minor)) return "shipping's tax";
  if (shipping.discount_minor != sum(shipping.discounts, &QuoteDiscount::amount_minor)) {
    return "shipping's discounts";
  }
  return {};
}

}  // namespace

std::string broken_sum(const Quote& quote, const QuoteInput& input) {
  const QuoteTotals& t = quote.totals;
  if (t.payable_minor != t.total_minor - t.prepaid_minor + t.rounding_minor) return "the payable";
  if (t.prepaid_minor != sum(quote.gift_cards, &QuoteGiftCard::amount_minor)) return "gift cards";
  if (!shows_exact(input.rules)) return {};
  if (auto broken = broken_total(quote); !broken.empty()) return broken;
  if (resolve(input.rules.money)->line_rounding == LineRounding::document) return {};
  const bool surcharge = has_surcharge(input.rules);
  for (const QuoteLine& line : quote.lines) {
    if (auto broken = broken_line(line); !broken.empty()) return broken;
    if (surcharge) continue;
    if (auto broken = broken_share(line, input.rules); !broken.empty()) return broken;
  }
  if (t.items_minor != sum(quote.lines, &QuoteLine::subtotal_minor)) return "the items";
  return broken_shipping(quote.shipping);
}

}  // namespace tandem::fuzz
