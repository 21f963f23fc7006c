// SPDX-License-Identifier: Apache-2.0
// What the rules look like on the wire, described once for all files that read or write it.
#include "tandem/catalog/rules.hpp"

namespace tandem {

template <>
const Type& type_of<Action>() {
  static constexpr Type type = detail::make_type<Action>();
  return type;
}

template <>
const Type& type_of<ConditionKinds>() {
  static constexpr Type type = detail::make_type<ConditionKinds>();
  return type;
}

template <>
const Type& type_of<ShippingPrice>() {
  static constexpr Type type = detail::make_type<ShippingPrice>();
  return type;
}

template <>
const Type& type_of<Rules>() {
  static constexpr Type type = detail::make_type<Rules>();
  return type;
}

}  // namespace tandem
