// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules: the one published, immutable, public document of a shop. Everything that decides what a
// cart costs and what a customer may do with it, and nothing that must stay secret.
//
//   Rules rules{.currency = *currency_named("EUR"), .prices_include_tax = true};

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/catalog/action.hpp"
#include "tandem/catalog/condition.hpp"
#include "tandem/catalog/method.hpp"
#include "tandem/catalog/money_policy.hpp"
#include "tandem/catalog/policies.hpp"
#include "tandem/catalog/tax.hpp"
#include "tandem/money/currency.hpp"

namespace tandem {

/// The pricing versions that this core computes.
inline constexpr std::int64_t kPricingVersion = 1;

/// How often a promotion may be used.
struct UseLimits {
  bool give_back_on_cancel = true;
  std::optional<std::int64_t> uses;
  std::optional<std::int64_t> uses_per_customer;

  friend bool operator==(const UseLimits&, const UseLimits&) = default;
};

struct Promotion {
  bool coupon = false;  // only with a code
  std::optional<std::int64_t> ends_ms;
  std::optional<std::string> exclusive_group;
  PromotionId id;
  Translations label;
  std::optional<UseLimits> limits;
  std::int64_t priority = 0;
  std::optional<CouponCode> public_code;  // a code that is no secret
  std::optional<std::int64_t> starts_ms;
  std::vector<Action> then;
  std::vector<Condition> when;
};

/// A place, as exact as pricing needs it.
struct Destination {
  std::string country;
  std::optional<std::string> postcode;
  std::optional<std::string> region;

  friend bool operator==(const Destination&, const Destination&) = default;
};

struct Rules {
  Currency currency;
  Destination home;
  MoneyPolicyKeys money;
  std::vector<PaymentMethod> payment_methods;
  Policies policies;
  bool prices_include_tax = false;
  std::int64_t pricing_version = kPricingVersion;
  std::vector<Promotion> promotions;
  std::vector<ShippingMethod> shipping_methods;
  std::vector<TaxClass> tax_classes;
  std::vector<Tax> taxes;
  std::vector<Zone> zones;
};

template <>
struct Fields<UseLimits> {
  static constexpr std::array list{
      optional<&UseLimits::give_back_on_cancel>("give_back_on_cancel"),
      optional<&UseLimits::uses>("uses"),
      optional<&UseLimits::uses_per_customer>("uses_per_customer"),
  };
};

template <>
struct Fields<Promotion> {
  using P = Promotion;
  static constexpr std::array list{
      optional<&P::coupon>("coupon"),
      optional<&P::ends_ms>("ends_ms"),
      optional<&P::exclusive_group>("exclusive_group"),
      required<&P::id>("id"),
      optional<&P::label>("label"),
      optional<&P::limits>("limits"),
      optional<&P::priority>("priority"),
      optional<&P::public_code>("public_code"),
      optional<&P::starts_ms>("starts_ms"),
      required<&P::then>("then"),
      optional<&P::when>("when"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Promotion> = "promotion";

template <>
struct Fields<Destination> {
  static constexpr std::array list{
      required<&Destination::country>("country"),
      optional<&Destination::postcode>("postcode"),
      optional<&Destination::region>("region"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Destination> = "destination";

template <>
struct Fields<Rules> {
  static constexpr std::array list{
      required<&Rules::currency>("currency"),
      optional<&Rules::home>("home"),
      optional<&Rules::money>("money"),
      optional<&Rules::payment_methods>("payment_methods"),
      optional<&Rules::policies>("policies"),
      optional<&Rules::prices_include_tax>("prices_include_tax"),
      required<&Rules::pricing_version>("pricing_version"),
      optional<&Rules::promotions>("promotions"),
      optional<&Rules::shipping_methods>("shipping_methods"),
      optional<&Rules::tax_classes>("tax_classes"),
      optional<&Rules::taxes>("taxes"),
      optional<&Rules::zones>("zones"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Rules> = "rules";

template <>
const Type& type_of<Rules>();

}  // namespace tandem
