// SPDX-License-Identifier: Apache-2.0
#pragma once
// A target: which lines, and how many of their units, a promotion looks at or lowers. Skus and
// categories are a union; both empty means every line.
//
//   Target{.categories = {{"tea"}}, .limit_units = 2}   // the two dearest units of tea

#include <cstdint>
#include <optional>
#include <vector>

#include "tandem/base/box.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

struct Target {
  std::vector<CategoryId> categories;
  Box<Target> except;
  std::optional<std::int64_t> floor_minor;  // lowest unit price this may lead to
  std::optional<std::int64_t> group_units;  // only whole groups of so many units, in cart order
  std::optional<std::int64_t> limit_units;  // at most so many units in all, dearest first
  std::vector<Sku> skus;
  std::optional<std::int64_t> unit_price_from_minor;  // inclusive, on the undiscounted unit price
  std::optional<std::int64_t> unit_price_to_minor;

  friend bool operator==(const Target&, const Target&) = default;
};

template <>
struct Fields<Target> {
  static constexpr std::array list{
      optional<&Target::categories>("categories"),
      sparse<&Target::except>("except"),
      sparse<&Target::floor_minor>("floor_minor"),
      sparse<&Target::group_units>("group_units"),
      sparse<&Target::limit_units>("limit_units"),
      optional<&Target::skus>("skus"),
      sparse<&Target::unit_price_from_minor>("unit_price_from_minor"),
      sparse<&Target::unit_price_to_minor>("unit_price_to_minor"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Target> = "target";

}  // namespace tandem
