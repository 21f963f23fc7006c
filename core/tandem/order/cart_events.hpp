// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of a cart: its lines, the customer's details and choices, codes, and what became of it
// when it was left. Events of a quotation hold the unit price last shown, only to name what changed
// later.
//
//   LineAdded{.line = {"TEA-100"}, .quantity = 2, .sku = {"TEA-100"}}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/rejection_fields.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/catalog/policies.hpp"
#include "tandem/order/address.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

struct OrderCreated {
  std::string channel;
  std::string currency;
  std::optional<std::string> customer;  // who was signed in
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
template <>
struct Fields<OrderCreated> {
  static constexpr std::array list{
      required<&OrderCreated::channel>("channel"), required<&OrderCreated::currency>("currency"),
      optional<&OrderCreated::customer>("customer"),
      optional<&OrderCreated::salesperson>("salesperson"), optional<&OrderCreated::team>("team")};
};

struct LineAdded {
  std::optional<std::string> configuration;
  OfferKind kind{};
  LineId line;
  std::int64_t quantity = 0;
  Sku sku;
  std::int64_t unit_price_minor = 0;
};
template <>
struct Fields<LineAdded> {
  static constexpr std::array list{optional<&LineAdded::configuration>("configuration"),
                                   required<&LineAdded::kind>("kind"),
                                   required<&LineAdded::line>("line"),
                                   required<&LineAdded::quantity>("quantity"),
                                   required<&LineAdded::sku>("sku"),
                                   required<&LineAdded::unit_price_minor>("unit_price_minor")};
};

struct QuantitySet {
  LineId line;
  std::int64_t quantity = 0;
  std::int64_t unit_price_minor = 0;
};
template <>
struct Fields<QuantitySet> {
  static constexpr std::array list{required<&QuantitySet::line>("line"),
                                   required<&QuantitySet::quantity>("quantity"),
                                   required<&QuantitySet::unit_price_minor>("unit_price_minor")};
};

struct LineRemoved {
  LineId line;
};
template <>
struct Fields<LineRemoved> {
  static constexpr std::array list{required<&LineRemoved::line>("line")};
};

/// The customer asked for more than there was.
struct StockClamped {
  std::int64_t asked = 0;
  LineId line;
  std::int64_t quantity = 0;
};
template <>
struct Fields<StockClamped> {
  static constexpr std::array list{required<&StockClamped::asked>("asked"),
                                   required<&StockClamped::line>("line"),
                                   required<&StockClamped::quantity>("quantity")};
};

/// Another cart of the customer was taken up. Its lines came as line_added and quantity_set.
struct CartMerged {
  std::string from;
  MergePolicy policy{};
  std::vector<SavedLine> saved;
};
template <>
struct Fields<CartMerged> {
  static constexpr std::array list{required<&CartMerged::from>("from"),
                                   required<&CartMerged::policy>("policy"),
                                   required<&CartMerged::saved>("saved")};
};

struct ShippingChosen {
  ShippingMethodId method;
};
template <>
struct Fields<ShippingChosen> {
  static constexpr std::array list{required<&ShippingChosen::method>("method")};
};

/// No longer available for this cart and destination.
struct ShippingCleared {
  ShippingMethodId method;
};
template <>
struct Fields<ShippingCleared> {
  static constexpr std::array list{required<&ShippingCleared::method>("method")};
};

struct PaymentChosen {
  PaymentMethodId method;
};
template <>
struct Fields<PaymentChosen> {
  static constexpr std::array list{required<&PaymentChosen::method>("method")};
};

struct CouponApplied {
  std::string code;
  PromotionId promotion;
};
template <>
struct Fields<CouponApplied> {
  static constexpr std::array list{required<&CouponApplied::code>("code"),
                                   required<&CouponApplied::promotion>("promotion")};
};

struct CouponRemoved {
  std::string code;
};
template <>
struct Fields<CouponRemoved> {
  static constexpr std::array list{required<&CouponRemoved::code>("code")};
};

/// The code no longer holds; the order was placed without it, as it was shown.
struct CouponDropped {
  std::string code;
  Reason reason{};
};
template <>
struct Fields<CouponDropped> {
  static constexpr std::array list{required<&CouponDropped::code>("code"),
                                   required<&CouponDropped::reason>("reason")};
};

struct GiftCardApplied {
  std::string code;
};
template <>
struct Fields<GiftCardApplied> {
  static constexpr std::array list{required<&GiftCardApplied::code>("code")};
};

struct GiftCardRemoved {
  std::string code;
};
template <>
struct Fields<GiftCardRemoved> {
  static constexpr std::array list{required<&GiftCardRemoved::code>("code")};
};

}  // namespace tandem
