// SPDX-License-Identifier: Apache-2.0
// The conventions that shops arrive with, one row each. A profile is a set of keys and nothing
// else; what is not said stays at its default. Sources are the systems' own tests and documents.
#include <algorithm>
#include <array>

#include "tandem/catalog/money_policy.hpp"

namespace tandem {
namespace {

/// Unit price determined by the line item; bankers' rounding; the net of a gross price is rounded;
/// a fixed discount is shared from the last line back.
/// Source: the platform's documentation of tax calculation and rounding modes; carts it answered.
MoneyPolicyKeys commercetools() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::truncate_from_last;
  k.foreign_gross_prices = ForeignGrossPrices::keep;
  k.included_tax_rounds = IncludedTaxRounds::net;
  k.rounding = Rounding::half_even;
  k.rounding_included = Rounding::half_even;
  k.tax_rounding = TaxRounding::line;
  return k;
}

/// "Total" calculation: each tax carries its remainder from row to row, shipping last; a fixed cart
/// discount is shared by value and the last row takes the rest.
/// Source: magento2 Tax (TotalBaseCalculator, RowBaseCalculator) and SalesRule unit tests.
MoneyPolicyKeys magento() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::last_line;
  k.tax_rounding = TaxRounding::document_carry;
  return k;
}

/// Nothing is rounded before it is shown; shares are fractions; a fixed amount is one without tax.
/// Source: medusa core-flows, utils totals and cart tests (BigNumber figures).
MoneyPolicyKeys medusa() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::unrounded;
  k.fixed_discount_is = FixedDiscountIs::net;
  k.foreign_gross_prices = ForeignGrossPrices::keep;
  k.tax_rounding = TaxRounding::none;
  k.unit_price_rounding = UnitPriceRounding::none;
  return k;
}

/// Rounding per tax over the document; unit prices keep their decimals; order discounts stand apart
/// per set of taxes, and a fixed one lowers the total by exactly its amount.
/// Source: odoo account (test_tax, round_globally) and sale_loyalty tests.
MoneyPolicyKeys odoo() {
  MoneyPolicyKeys k;
  k.fixed_discount_is = FixedDiscountIs::gross;
  k.line_rounding = LineRounding::document;
  k.order_discount_tax = OrderDiscountTax::apart;
  k.tax_rounding = TaxRounding::group;
  k.unit_price_rounding = UnitPriceRounding::none;
  return k;
}

/// As above with the setting round_per_line.
MoneyPolicyKeys odoo_per_line() {
  MoneyPolicyKeys k = odoo();
  k.line_rounding = LineRounding::line;
  k.tax_rounding = TaxRounding::line;
  return k;
}

/// Line nets rounded, tax once per rate over the document: EN 16931 as Peppol BIS Billing asks.
/// Source: EN 16931 business rules BR-CO-10 to BR-CO-17 and the published BIS Billing examples.
MoneyPolicyKeys peppol() {
  MoneyPolicyKeys k;
  k.fixed_discount_is = FixedDiscountIs::net;
  k.tax_rounding = TaxRounding::group;
  return k;
}

/// The net of a gross price is rounded; a voucher is shared with the last line taking the rest; of
/// several catalogue rules the best one wins.
/// Source: saleor tax, checkout base calculation and discount tests.
MoneyPolicyKeys saleor() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::last_line;
  k.foreign_gross_prices = ForeignGrossPrices::keep;
  k.included_tax_rounds = IncludedTaxRounds::net;
  k.percentages = Percentages::best;
  k.tax_rounding = TaxRounding::line;
  return k;
}

/// Amounts are distributed by truncation from the last entry, so the leftover ends on the first.
/// Source: solidus DistributedAmountsHandler and tax calculator specs, RubyMoney allocation specs.
MoneyPolicyKeys solidus() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::truncate_from_last;
  k.tax_rounding = TaxRounding::line;
  k.zero_weights = ZeroWeights::even;
  return k;
}

/// Shares round halves toward zero and the first items take the leftover; percentages of one
/// promotion are taken on what was left when it began.
/// Source: sylius ProportionalIntegerDistributor, calculator and promotion feature tests.
MoneyPolicyKeys sylius() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::first_lines;
  k.foreign_gross_prices = ForeignGrossPrices::keep;
  k.percentages = Percentages::original_within_promotion;
  k.tax_rounding = TaxRounding::line;
  return k;
}

/// JavaScript's Math.round everywhere; nets are rounded; order discounts are shared by gross line
/// totals; unit prices stay unrounded.
/// Source: vendure order-calculator, prorate and tax calculator specs.
MoneyPolicyKeys vendure() {
  MoneyPolicyKeys k;
  k.discount_weights = DiscountWeights::line_gross;
  k.included_tax_rounds = IncludedTaxRounds::net;
  k.rounding = Rounding::half_ceiling;
  k.rounding_included = Rounding::half_ceiling;
  k.tax_rounding = TaxRounding::line;
  k.zero_weights = ZeroWeights::even;
  return k;
}

/// Halves of a tax go down when prices include tax and up when not, halves of a discount always
/// down; fixed discounts are even per unit; shipping is entered without tax; percentages are
/// parallel.
/// Source: woocommerce WC_Cart_Totals and WC_Discounts tests.
MoneyPolicyKeys woocommerce() {
  MoneyPolicyKeys k;
  k.discount_sharing = DiscountSharing::even_per_unit;
  k.percentages = Percentages::parallel;
  k.rounding = Rounding::half_ceiling;
  k.rounding_included = Rounding::half_zero;
  k.shipping_price_includes_tax = false;
  k.tax_rounding = TaxRounding::line;
  k.threshold_base = ThresholdBase::original;
  return k;
}

const std::array<MoneyProfile, 12>& profiles() {
  static const std::array<MoneyProfile, 12> all{{
      {"commercetools", commercetools()},
      {"default", {}},
      {"magento", magento()},
      {"medusa", medusa()},
      {"odoo", odoo()},
      {"odoo_per_line", odoo_per_line()},
      {"peppol", peppol()},
      {"saleor", saleor()},
      {"solidus", solidus()},
      {"sylius", sylius()},
      {"vendure", vendure()},
      {"woocommerce", woocommerce()},
  }};
  return all;
}

}  // namespace

std::span<const MoneyProfile> money_profiles() { return profiles(); }

Result<MoneyPolicy> resolve(const MoneyPolicyKeys& keys) {
  const auto found = std::ranges::find(profiles(), keys.profile, &MoneyProfile::name);
  if (found == profiles().end()) return reject(Reason::reference_unknown, "/profile");
  MoneyPolicy policy;
#define TANDEM_MONEY_KEY(Type, name, standard) \
  if (found->keys.name) policy.name = *found->keys.name; \
  if (keys.name) policy.name = *keys.name;
#include "tandem/catalog/money_keys.def"
#undef TANDEM_MONEY_KEY
  return policy;
}

}  // namespace tandem
