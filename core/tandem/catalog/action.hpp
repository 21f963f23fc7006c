// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a promotion does once its conditions hold. Rates are parts per million off.
//
//   Action{PercentOffOrder{.ppm = 100'000}}   // ten percent off the order

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/target.hpp"

namespace tandem {

/// Which figure of a percentage is rounded: what comes off, or the price that is left.
TANDEM_ENUM(PercentRounds, discount, price)
TANDEM_ENUM(AmountPer, unit, line)
TANDEM_ENUM(TakeOrder, dearest, cheapest)

struct PercentOffOrder {
  std::optional<bool> covers_shipping;  // null: money.order_discount_covers_shipping
  std::optional<std::int64_t> maximum_minor;
  std::int64_t ppm = 0;
  std::optional<Target> target;
};
struct AmountOffOrder {
  std::int64_t amount_minor = 0;
  std::optional<bool> covers_shipping;
  std::optional<Target> target;
};
struct PercentOffLines {
  std::int64_t ppm = 0;
  PercentRounds rounds = PercentRounds::discount;
  Target target;
};
struct AmountOffLines {
  std::int64_t amount_minor = 0;
  AmountPer per = AmountPer::unit;
  Target target;
};
/// One unit of the cheapest line.
struct PercentOffCheapest {
  std::int64_t ppm = 0;
  Target target;
};
struct AmountOffCheapest {
  std::int64_t amount_minor = 0;
  Target target;
};
/// Off every n-th unit.
struct NthOff {
  std::int64_t n = 1;
  std::int64_t ppm = 0;
  Target target;
};
struct UnitsOf {
  std::int64_t quantity = 1;
  Target target;
};
struct BuyXGetY {
  UnitsOf buy;
  UnitsOf get;
  std::int64_t ppm = 1'000'000;
  TakeOrder take = TakeOrder::cheapest;
  std::optional<std::int64_t> times;
};
struct BundleItem {
  std::int64_t quantity = 1;
  std::vector<Sku> skus;
};
struct BundlePrice {
  std::int64_t amount_minor = 0;
  std::vector<BundleItem> items;
};
struct PriceTier {
  std::int64_t from = 0;
  std::int64_t unit_price_minor = 0;
};
struct TieredPrice {
  Target target;
  std::vector<PriceTier> tiers;
};
struct PercentOffShipping {
  std::vector<ShippingMethodId> methods;  // empty: every method
  std::int64_t ppm = 0;
};
struct AmountOffShipping {
  std::int64_t amount_minor = 0;
  std::vector<ShippingMethodId> methods;
  bool shared = false;  // one amount for all shipments together
};
struct FreeShipping {
  std::vector<ShippingMethodId> methods;
};
/// Units of a product that is in the cart, free.
struct Gift {
  std::optional<Target> per_unit_of;
  std::int64_t quantity = 1;
  Sku sku;
};

using Action = std::variant<PercentOffOrder, AmountOffOrder, PercentOffLines, AmountOffLines,
                            PercentOffCheapest, AmountOffCheapest, NthOff, BuyXGetY, BundlePrice,
                            TieredPrice, PercentOffShipping, AmountOffShipping, FreeShipping, Gift>;

template <>
struct OneOf<Action> {
  static constexpr std::string_view discriminator = "kind";
  static constexpr std::array<std::string_view, 14> names{"percent_off_order",
                                                          "amount_off_order",
                                                          "percent_off_lines",
                                                          "amount_off_lines",
                                                          "percent_off_cheapest",
                                                          "amount_off_cheapest",
                                                          "nth_off",
                                                          "buy_x_get_y",
                                                          "bundle_price",
                                                          "tiered_price",
                                                          "percent_off_shipping",
                                                          "amount_off_shipping",
                                                          "free_shipping",
                                                          "gift"};
};
template <>
inline constexpr std::string_view kTypeName<Action> = "action";

}  // namespace tandem

#include "tandem/catalog/action_fields.hpp"
