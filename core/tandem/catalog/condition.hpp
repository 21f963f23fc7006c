// SPDX-License-Identifier: Apache-2.0
#pragma once
// Conditions of promotions and of shipping and payment methods. A list of them holds when all do;
// any_of, all_of and none_of nest.
//
//   Condition{SubtotalAtLeast{.amount_minor = 5000}}

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/target.hpp"

namespace tandem {

/// Whether an amount is looked at with its taxes.
TANDEM_ENUM(AmountTax, as_prices, included, excluded)

struct Condition;

struct AnyOf {
  std::vector<Condition> of;
};
struct AllOf {
  std::vector<Condition> of;
};
/// Holds when none of them does.
struct NoneOf {
  std::vector<Condition> of;
};
struct SubtotalAtLeast {
  std::int64_t amount_minor = 0;
  std::optional<Target> target;
  AmountTax tax = AmountTax::as_prices;
};
struct QuantityAtLeast {
  std::int64_t quantity = 0;
  std::optional<Target> target;
};
struct Contains {
  Target target;
};
struct ShippingAtLeast {
  std::int64_t amount_minor = 0;
};
struct CustomerGroupIs {
  std::vector<GroupId> groups;
};
struct FirstOrder {};
struct NthOrder {
  std::int64_t n = 0;
};
struct CountryIs {
  std::vector<std::string> countries;
};
struct ChannelIs {
  std::vector<ChannelId> channels;
};
struct ShippingMethodIs {
  std::vector<ShippingMethodId> methods;
};
struct PaymentMethodIs {
  std::vector<PaymentMethodId> methods;
};
/// From `from_ms` up to, but not at, `to_ms`.
struct Between {
  std::optional<std::int64_t> from_ms;
  std::optional<std::int64_t> to_ms;
};

using ConditionKinds =
    std::variant<AnyOf, AllOf, NoneOf, SubtotalAtLeast, QuantityAtLeast, Contains, ShippingAtLeast,
                 CustomerGroupIs, FirstOrder, NthOrder, CountryIs, ChannelIs, ShippingMethodIs,
                 PaymentMethodIs, Between>;

/// A condition of some kind; the struct only lets kinds hold lists of conditions.
struct Condition {
  ConditionKinds is;
};

template <>
struct OneOf<ConditionKinds> {
  static constexpr std::string_view discriminator = "kind";
  static constexpr std::array<std::string_view, 15> names{"any",
                                                          "all",
                                                          "not",
                                                          "subtotal_at_least",
                                                          "quantity_at_least",
                                                          "contains",
                                                          "shipping_at_least",
                                                          "customer_group",
                                                          "first_order",
                                                          "nth_order",
                                                          "country",
                                                          "channel",
                                                          "shipping_method",
                                                          "payment_method",
                                                          "between"};
};
template <>
const Type& type_of<ConditionKinds>();

/// On the wire the struct is not seen: its only member lies at its own address.
template <>
inline const Type& type_of<Condition>() {
  return type_of<ConditionKinds>();
}

template <>
struct Fields<AnyOf> {
  static constexpr std::array list{required<&AnyOf::of>("of")};
};
template <>
struct Fields<AllOf> {
  static constexpr std::array list{required<&AllOf::of>("of")};
};
template <>
struct Fields<NoneOf> {
  static constexpr std::array list{required<&NoneOf::of>("of")};
};
template <>
struct Fields<SubtotalAtLeast> {
  static constexpr std::array list{required<&SubtotalAtLeast::amount_minor>("amount_minor"),
                                   sparse<&SubtotalAtLeast::target>("target"),
                                   optional<&SubtotalAtLeast::tax>("tax")};
};
template <>
struct Fields<QuantityAtLeast> {
  static constexpr std::array list{required<&QuantityAtLeast::quantity>("quantity"),
                                   sparse<&QuantityAtLeast::target>("target")};
};
template <>
struct Fields<Contains> {
  static constexpr std::array list{required<&Contains::target>("target")};
};
template <>
struct Fields<ShippingAtLeast> {
  static constexpr std::array list{required<&ShippingAtLeast::amount_minor>("amount_minor")};
};
template <>
struct Fields<CustomerGroupIs> {
  static constexpr std::array list{required<&CustomerGroupIs::groups>("groups")};
};
template <>
struct Fields<NthOrder> {
  static constexpr std::array list{required<&NthOrder::n>("n")};
};
template <>
struct Fields<CountryIs> {
  static constexpr std::array list{required<&CountryIs::countries>("countries")};
};
template <>
struct Fields<ChannelIs> {
  static constexpr std::array list{required<&ChannelIs::channels>("channels")};
};
template <>
struct Fields<ShippingMethodIs> {
  static constexpr std::array list{required<&ShippingMethodIs::methods>("methods")};
};
template <>
struct Fields<PaymentMethodIs> {
  static constexpr std::array list{required<&PaymentMethodIs::methods>("methods")};
};
template <>
struct Fields<Between> {
  static constexpr std::array list{optional<&Between::from_ms>("from_ms"),
                                   optional<&Between::to_ms>("to_ms")};
};
template <>
inline constexpr std::string_view kTypeName<ConditionKinds> = "condition";

}  // namespace tandem
