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
#include "tandem/catalog/tax.hpp"
#include "tandem/money/currency.hpp"

namespace tandem {

/// The pricing versions that this core computes.
inline constexpr std::int64_t kPricingVersion = 1;

TANDEM_ENUM(ShortStock, clamp, refuse)
TANDEM_ENUM(ZeroPrice, allow, refuse)
TANDEM_ENUM(AccountPolicy, optional, guest, required)
TANDEM_ENUM(MergePolicy, sum, max, newer, save_rest)
TANDEM_ENUM(CustomerCancels, until_confirmed, never)

/// What a customer may do and must do.
struct Policies {
  AccountPolicy account = AccountPolicy::optional;
  CustomerCancels customer_cancels = CustomerCancels::until_confirmed;
  std::int64_t lines_max = 1000;
  MergePolicy merge = MergePolicy::sum;
  std::int64_t minimum_order_minor = 0;
  std::int64_t quantity_max = 9999;
  std::int64_t return_days = 14;
  std::vector<OfferKind> returnable_kinds{OfferKind::goods};
  ShortStock short_stock = ShortStock::clamp;
  std::optional<std::string> terms_version;
  ZeroPrice zero_price = ZeroPrice::allow;

  friend bool operator==(const Policies&, const Policies&) = default;
};

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
struct Fields<Policies> {
  using P = Policies;
  static constexpr std::array list{
      optional<&P::account>("account"),
      optional<&P::customer_cancels>("customer_cancels"),
      optional<&P::lines_max>("lines_max"),
      optional<&P::merge>("merge"),
      optional<&P::minimum_order_minor>("minimum_order_minor"),
      optional<&P::quantity_max>("quantity_max"),
      optional<&P::return_days>("return_days"),
      optional<&P::returnable_kinds>("returnable_kinds"),
      optional<&P::short_stock>("short_stock"),
      optional<&P::terms_version>("terms_version"),
      optional<&P::zero_price>("zero_price"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Policies> = "policies";

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

}  // namespace tandem
