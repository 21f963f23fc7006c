// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shipping and payment methods, and what shipping costs.
//
//   ShippingMethod{.id = {"parcel"}, .price = FlatPrice{490}, .free_from_minor = 5000}

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tandem/catalog/condition.hpp"
#include "tandem/catalog/offer.hpp"

namespace tandem {

struct FlatPrice {
  std::int64_t amount_minor = 0;
};
/// For each unit that is shipped.
struct PerUnitPrice {
  std::int64_t amount_minor = 0;
};
/// From this measure on, this price.
struct PriceStep {
  std::int64_t amount_minor = 0;
  std::int64_t from = 0;
};
/// By what the shipped goods weigh, in grams.
struct PriceByWeight {
  std::vector<PriceStep> table;
};
/// By what the goods cost, in minor units.
struct PriceByValue {
  std::vector<PriceStep> table;
};
/// By how many units are shipped.
struct PriceByQuantity {
  std::vector<PriceStep> table;
};

using ShippingPrice =
    std::variant<FlatPrice, PerUnitPrice, PriceByWeight, PriceByValue, PriceByQuantity>;

/// Goods that a method does not carry.
struct Except {
  std::vector<CategoryId> categories;
  std::vector<Sku> skus;
};

struct ShippingMethod {
  bool enabled = true;
  std::optional<Except> except;
  std::optional<std::int64_t> free_from_minor;
  AmountTax free_from_tax = AmountTax::as_prices;
  ShippingMethodId id;
  Translations label;
  std::optional<std::int64_t> max_weight_g;
  bool pickup = false;  // the customer fetches it: no wallet offers that for an address of its own
  ShippingPrice price;
  std::optional<TaxClassId> tax_class;  // empty: the default class
  std::vector<Condition> when;
  std::vector<ZoneId> zones;  // empty: everywhere
};

struct PaymentMethod {
  bool enabled = true;
  bool express = false;  // a wallet may fill in the whole checkout, if the provider has one
  PaymentMethodId id;
  Translations label;
  ProviderId provider;
  std::vector<Condition> when;
};

template <>
struct Fields<FlatPrice> {
  static constexpr std::array list{required<&FlatPrice::amount_minor>("amount_minor")};
};
template <>
struct Fields<PerUnitPrice> {
  static constexpr std::array list{required<&PerUnitPrice::amount_minor>("amount_minor")};
};
template <>
struct Fields<PriceStep> {
  static constexpr std::array list{required<&PriceStep::amount_minor>("amount_minor"),
                                   required<&PriceStep::from>("from")};
};
template <>
struct Fields<PriceByWeight> {
  static constexpr std::array list{required<&PriceByWeight::table>("table")};
};
template <>
struct Fields<PriceByValue> {
  static constexpr std::array list{required<&PriceByValue::table>("table")};
};
template <>
struct Fields<PriceByQuantity> {
  static constexpr std::array list{required<&PriceByQuantity::table>("table")};
};
template <>
struct OneOf<ShippingPrice> {
  static constexpr std::string_view discriminator = "kind";
  static constexpr std::array<std::string_view, 5> names{"flat", "per_unit", "by_weight",
                                                         "by_value", "by_quantity"};
};
template <>
inline constexpr std::string_view kTypeName<ShippingPrice> = "shipping_price";
template <>
const Type& type_of<ShippingPrice>();

template <>
struct Fields<Except> {
  static constexpr std::array list{optional<&Except::categories>("categories"),
                                   optional<&Except::skus>("skus")};
};
template <>
struct Fields<ShippingMethod> {
  using M = ShippingMethod;
  static constexpr std::array list{
      optional<&M::enabled>("enabled"),
      sparse<&M::except>("except"),
      optional<&M::free_from_minor>("free_from_minor"),
      optional<&M::free_from_tax>("free_from_tax"),
      required<&M::id>("id"),
      optional<&M::label>("label"),
      sparse<&M::max_weight_g>("max_weight_g"),
      optional<&M::pickup>("pickup"),
      required<&M::price>("price"),
      sparse<&M::tax_class>("tax_class"),
      optional<&M::when>("when"),
      optional<&M::zones>("zones"),
  };
};
template <>
inline constexpr std::string_view kTypeName<ShippingMethod> = "shipping_method";

template <>
struct Fields<PaymentMethod> {
  using M = PaymentMethod;
  static constexpr std::array list{
      optional<&M::enabled>("enabled"),
      optional<&M::express>("express"),
      required<&M::id>("id"),
      optional<&M::label>("label"),
      required<&M::provider>("provider"),
      optional<&M::when>("when"),
  };
};
template <>
inline constexpr std::string_view kTypeName<PaymentMethod> = "payment_method";

}  // namespace tandem
