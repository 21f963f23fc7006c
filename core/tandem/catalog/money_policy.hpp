// SPDX-License-Identifier: Apache-2.0
#pragma once
// The money conventions of a shop, as data. A profile is a named set of keys; each key given beside
// it wins over the profile. What is left at its default is the EN 16931-clean convention.
//
//   resolve(MoneyPolicyKeys{.profile = "sylius"})->tax_rounding == TaxRounding::line

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tandem/base/enum.hpp"
#include "tandem/base/result.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/money/rounding.hpp"

namespace tandem {

TANDEM_ENUM(TaxRounding, unit, line, group, document_carry, none)
TANDEM_ENUM(IncludedTaxRounds, tax, net)
TANDEM_ENUM(DiscountBase, before_tax, undiscounted_tax)
TANDEM_ENUM(FixedDiscountIs, as_prices, net, gross)
TANDEM_ENUM(DiscountSharing, largest_remainder, first_lines, last_line, truncate_from_last,
            even_per_unit, unrounded)
TANDEM_ENUM(DiscountWeights, line_amount, line_gross)
TANDEM_ENUM(NegativeSharing, mirror, floor)
TANDEM_ENUM(ZeroWeights, even, nothing, refuse)
TANDEM_ENUM(OrderDiscountTax, shared, apart)
TANDEM_ENUM(PercentOf, as_prices, gross, net)
TANDEM_ENUM(LineRounding, line, document)
TANDEM_ENUM(Percentages, sequential, parallel, original_within_promotion, best)
TANDEM_ENUM(ThresholdBase, reduced, original)
TANDEM_ENUM(ShippingTax, own_class, proportional, weighted_mean, highest, predominant, none)
TANDEM_ENUM(ForeignGrossPrices, rebase, keep)
TANDEM_ENUM(UnitPriceRounding, minor, none)

/// Null: as the shop's prices.
using IncludesTax = std::optional<bool>;

/// Every key, settled.
struct MoneyPolicy {
#define TANDEM_MONEY_KEY(Type, name, standard) Type name = standard;
#include "tandem/catalog/money_keys.def"
#undef TANDEM_MONEY_KEY

  friend bool operator==(const MoneyPolicy&, const MoneyPolicy&) = default;
};

namespace detail {

/// A key that may be left out. One that is nullable by itself may also be given as null, which is
/// a value that wins over the profile's.
template <class T>
struct KeyOf {
  using type = std::optional<T>;
};

}  // namespace detail

/// The keys as published: a profile's name and those that differ from it.
struct MoneyPolicyKeys {
  std::string profile = "default";
#define TANDEM_MONEY_KEY(Type, name, standard) detail::KeyOf<Type>::type name;
#include "tandem/catalog/money_keys.def"
#undef TANDEM_MONEY_KEY

  friend bool operator==(const MoneyPolicyKeys&, const MoneyPolicyKeys&) = default;
};

/// One named convention.
struct MoneyProfile {
  std::string_view name;
  MoneyPolicyKeys keys;
};

/// All profiles, by name.
[[nodiscard]] std::span<const MoneyProfile> money_profiles();

/// The keys laid over their profile, and that over the defaults.
/// Refuses: reference_unknown (no such profile; the subject is "/profile").
[[nodiscard]] Result<MoneyPolicy> resolve(const MoneyPolicyKeys& keys);

template <>
struct Fields<MoneyPolicyKeys> {
  using K = MoneyPolicyKeys;
  static constexpr std::array list{
      sparse<&K::discount_base>("discount_base"),
      sparse<&K::discount_sharing>("discount_sharing"),
      sparse<&K::discount_weights>("discount_weights"),
      sparse<&K::fixed_discount_is>("fixed_discount_is"),
      sparse<&K::foreign_gross_prices>("foreign_gross_prices"),
      sparse<&K::included_tax_rounds>("included_tax_rounds"),
      sparse<&K::line_rounding>("line_rounding"),
      sparse<&K::negative_sharing>("negative_sharing"),
      sparse<&K::order_discount_covers_shipping>("order_discount_covers_shipping"),
      sparse<&K::order_discount_tax>("order_discount_tax"),
      sparse<&K::payable_rounding>("payable_rounding"),
      sparse<&K::payable_rounding_minor>("payable_rounding_minor"),
      sparse<&K::percent_of>("percent_of"),
      sparse<&K::percentages>("percentages"),
      optional<&K::profile>("profile"),
      sparse<&K::rounding>("rounding"),
      sparse<&K::rounding_included>("rounding_included"),
      sparse<&K::shipping_price_includes_tax>("shipping_price_includes_tax"),
      sparse<&K::shipping_tax>("shipping_tax"),
      sparse<&K::tax_rounding>("tax_rounding"),
      sparse<&K::threshold_base>("threshold_base"),
      sparse<&K::unit_price_rounding>("unit_price_rounding"),
      sparse<&K::zero_weights>("zero_weights"),
  };
};
template <>
inline constexpr std::string_view kTypeName<MoneyPolicyKeys> = "money";

}  // namespace tandem
