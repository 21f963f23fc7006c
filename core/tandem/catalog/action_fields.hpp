// SPDX-License-Identifier: Apache-2.0
#pragma once
// The field lists of the actions in action.hpp, which includes this file; kept apart for length.
//
//   type_of<Action>().alternatives[0].name == "percent_off_order"

#include "tandem/fields/fields.hpp"

namespace tandem {

template <>
struct Fields<PercentOffOrder> {
  static constexpr std::array list{sparse<&PercentOffOrder::covers_shipping>("covers_shipping"),
                                   sparse<&PercentOffOrder::maximum_minor>("maximum_minor"),
                                   required<&PercentOffOrder::ppm>("ppm"),
                                   sparse<&PercentOffOrder::target>("target")};
};
template <>
struct Fields<AmountOffOrder> {
  static constexpr std::array list{required<&AmountOffOrder::amount_minor>("amount_minor"),
                                   sparse<&AmountOffOrder::covers_shipping>("covers_shipping"),
                                   sparse<&AmountOffOrder::target>("target")};
};
template <>
struct Fields<PercentOffLines> {
  static constexpr std::array list{required<&PercentOffLines::ppm>("ppm"),
                                   optional<&PercentOffLines::rounds>("rounds"),
                                   optional<&PercentOffLines::target>("target")};
};
template <>
struct Fields<AmountOffLines> {
  static constexpr std::array list{required<&AmountOffLines::amount_minor>("amount_minor"),
                                   optional<&AmountOffLines::per>("per"),
                                   optional<&AmountOffLines::target>("target")};
};
template <>
struct Fields<PercentOffCheapest> {
  static constexpr std::array list{required<&PercentOffCheapest::ppm>("ppm"),
                                   optional<&PercentOffCheapest::target>("target")};
};
template <>
struct Fields<AmountOffCheapest> {
  static constexpr std::array list{required<&AmountOffCheapest::amount_minor>("amount_minor"),
                                   optional<&AmountOffCheapest::target>("target")};
};
template <>
struct Fields<NthOff> {
  static constexpr std::array list{required<&NthOff::n>("n"), required<&NthOff::ppm>("ppm"),
                                   optional<&NthOff::target>("target")};
};
template <>
struct Fields<UnitsOf> {
  static constexpr std::array list{optional<&UnitsOf::quantity>("quantity"),
                                   optional<&UnitsOf::target>("target")};
};
template <>
struct Fields<BuyXGetY> {
  static constexpr std::array list{required<&BuyXGetY::buy>("buy"), required<&BuyXGetY::get>("get"),
                                   optional<&BuyXGetY::ppm>("ppm"),
                                   optional<&BuyXGetY::take>("take"),
                                   sparse<&BuyXGetY::times>("times")};
};
template <>
struct Fields<BundleItem> {
  static constexpr std::array list{optional<&BundleItem::quantity>("quantity"),
                                   required<&BundleItem::skus>("skus")};
};
template <>
struct Fields<BundlePrice> {
  static constexpr std::array list{required<&BundlePrice::amount_minor>("amount_minor"),
                                   required<&BundlePrice::items>("items")};
};
template <>
struct Fields<PriceTier> {
  static constexpr std::array list{required<&PriceTier::from>("from"),
                                   required<&PriceTier::unit_price_minor>("unit_price_minor")};
};
template <>
struct Fields<TieredPrice> {
  static constexpr std::array list{optional<&TieredPrice::target>("target"),
                                   required<&TieredPrice::tiers>("tiers")};
};
template <>
struct Fields<PercentOffShipping> {
  static constexpr std::array list{optional<&PercentOffShipping::methods>("methods"),
                                   required<&PercentOffShipping::ppm>("ppm")};
};
template <>
struct Fields<AmountOffShipping> {
  static constexpr std::array list{required<&AmountOffShipping::amount_minor>("amount_minor"),
                                   optional<&AmountOffShipping::methods>("methods"),
                                   optional<&AmountOffShipping::shared>("shared")};
};
template <>
struct Fields<FreeShipping> {
  static constexpr std::array list{optional<&FreeShipping::methods>("methods")};
};
template <>
struct Fields<Gift> {
  static constexpr std::array list{sparse<&Gift::per_unit_of>("per_unit_of"),
                                   optional<&Gift::quantity>("quantity"),
                                   required<&Gift::sku>("sku")};
};

template <>
const Type& type_of<Action>();

}  // namespace tandem
