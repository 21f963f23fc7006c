// SPDX-License-Identifier: Apache-2.0
#pragma once
// Compiled rules: names resolved to places, tax sets solved, targets interned. Made once per
// published version by compile(); quote() only reads it.
//
//   compiled.money.tax_rounding == TaxRounding::group

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/catalog/rules.hpp"
#include "tandem/pricing/tax_set.hpp"

namespace tandem::pricing {

using Place = std::uint32_t;
inline constexpr Place kNowhere = ~Place{0};

/// The taxes of a class in a zone, for prices that leave taxes out [0] and that include them [1].
struct ClassTaxes {
  std::vector<Place> listed;
  std::array<TaxSet, 2> sets;
  bool dated = false;  // some tax is not always valid, so the sets must be solved at the moment
};

struct CompiledClass {
  std::vector<Place> by_zone;  // per zone its place in Compiled::taxes; the last is everywhere else
};

/// A target with its names interned: an offer's names are compared as numbers.
struct CompiledTarget {
  const Target* target = nullptr;
  std::vector<Place> skus;  // ascending
  std::vector<Place> categories;  // ascending
  Place except = kNowhere;  // another compiled target
  [[nodiscard]] bool is_everything() const { return skus.empty() && categories.empty(); }
  /// Whether both take the same lines and as many units of each.
  [[nodiscard]] bool takes_the_same(const CompiledTarget& other) const {
    return skus == other.skus && categories == other.categories && except == other.except &&
           target->group_units == other.target->group_units &&
           target->limit_units == other.target->limit_units &&
           target->unit_price_from_minor == other.target->unit_price_from_minor &&
           target->unit_price_to_minor == other.target->unit_price_to_minor;
  }
};

struct Compiled {
  Rules rules;
  MoneyPolicy money;
  std::vector<ClassTaxes> taxes;
  std::vector<CompiledClass> classes;  // as rules.tax_classes
  Place default_class = kNowhere;
  Place home_zone = kNowhere;  // kNowhere: no zone holds home
  std::vector<Place> reverse_charge;  // per zone its place in `taxes`, or kNowhere
  std::vector<Place> order;  // promotions by descending priority
  std::map<const Target*, Place> target_places;
  std::vector<CompiledTarget> targets;
  std::vector<std::string_view> skus;  // names that targets use, ascending
  std::vector<std::string_view> categories;
};

/// The first zone, in listed order, that holds the destination; kNowhere without one.
[[nodiscard]] Place zone_of(const Rules& rules, const Destination& destination);

/// Whether a zone holds the destination.
[[nodiscard]] bool zone_holds(const Zone& zone, const Destination& destination);

/// The place of a name in an ascending list; kNowhere when it is not there.
[[nodiscard]] Place place_of(const std::vector<std::string_view>& names, std::string_view name);

/// The place of the tax class; without an id the default class. kNowhere: none (no taxes), when
/// there is no default; an unknown id is `unknown`.
struct ClassPlace {
  Place place = kNowhere;
  bool unknown = false;
};
[[nodiscard]] ClassPlace class_of(const Compiled& compiled, const std::optional<TaxClassId>& id);

/// Whether a country code, in any case, is this one.
[[nodiscard]] bool same_country(std::string_view a, std::string_view b);

/// The target's place; it must be one of the rules.
[[nodiscard]] Place target_of(const Compiled& compiled, const Target& target);

}  // namespace tandem::pricing
