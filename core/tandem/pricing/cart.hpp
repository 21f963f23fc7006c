// SPDX-License-Identifier: Apache-2.0
#pragma once
// A cart: what somebody wants, where it goes and how it is shipped and paid. No prices.
//
//   Cart cart{.lines = {{.quantity = 3, .sku = {"TEA-100"}}}};

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/catalog/rules.hpp"

namespace tandem {

struct CartLine {
  std::optional<std::string> configuration;  // canonical text; makes a line of its own
  std::optional<std::int64_t> quantity;
  std::optional<Exact> quantity_exact;  // instead of quantity: "1.5"
  Sku sku;

  friend bool operator==(const CartLine&, const CartLine&) = default;
};

/// An amount on top of the goods: gift wrap, a payment surcharge, a deduction.
struct CartFee {
  std::int64_t amount_minor = 0;  // signed
  FeeId id;
  std::optional<bool> price_includes_tax;  // null: as the shop's prices
  std::optional<TaxClassId> tax_class;     // empty: the default class

  friend bool operator==(const CartFee&, const CartFee&) = default;
};

struct CartShipment {
  ShipmentId id;
  ShippingMethodId shipping_method;

  friend bool operator==(const CartShipment&, const CartShipment&) = default;
};

struct Cart {
  std::vector<CouponCode> coupons;
  std::vector<CartFee> fees;
  std::vector<GiftCardId> gift_cards;
  std::vector<CartLine> lines;
  std::optional<PaymentMethodId> payment_method;
  std::optional<Destination> ship_to;  // null: as if sent home
  std::optional<std::vector<CartShipment>> shipments;  // instead of shipping_method
  std::optional<ShippingMethodId> shipping_method;

  friend bool operator==(const Cart&, const Cart&) = default;
};

/// The id of the line for this product: the sku, or with a configuration "sku#" and the first 16
/// hexadecimal digits of the configuration's digest.
[[nodiscard]] LineId line_id_of(const Sku& sku, const std::optional<std::string>& configuration);

template <>
struct Fields<CartLine> {
  static constexpr std::array list{
      sparse<&CartLine::configuration>("configuration"),
      sparse<&CartLine::quantity>("quantity"),
      sparse<&CartLine::quantity_exact>("quantity_exact"),
      required<&CartLine::sku>("sku"),
  };
};
template <>
inline constexpr std::string_view kTypeName<CartLine> = "cart_line";

template <>
struct Fields<CartFee> {
  static constexpr std::array list{
      required<&CartFee::amount_minor>("amount_minor"),
      required<&CartFee::id>("id"),
      optional<&CartFee::price_includes_tax>("price_includes_tax"),
      sparse<&CartFee::tax_class>("tax_class"),
  };
};
template <>
struct Fields<CartShipment> {
  static constexpr std::array list{
      required<&CartShipment::id>("id"),
      required<&CartShipment::shipping_method>("shipping_method"),
  };
};
template <>
struct Fields<Cart> {
  static constexpr std::array list{
      optional<&Cart::coupons>("coupons"),
      optional<&Cart::fees>("fees"),
      optional<&Cart::gift_cards>("gift_cards"),
      optional<&Cart::lines>("lines"),
      optional<&Cart::payment_method>("payment_method"),
      optional<&Cart::ship_to>("ship_to"),
      sparse<&Cart::shipments>("shipments"),
      optional<&Cart::shipping_method>("shipping_method"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Cart> = "cart";

}  // namespace tandem
