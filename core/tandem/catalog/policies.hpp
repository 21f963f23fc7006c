// SPDX-License-Identifier: Apache-2.0
#pragma once
// Policies: what a customer may do and must do, as the shop's rules say it.
//
//   Policies{.short_stock = ShortStock::refuse, .return_days = 30}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

/// What a lower price than the one shown needs when an order is placed. A higher one always needs
/// the customer's consent.
TANDEM_ENUM(PriceDrop, consent, pass_on)
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
  PriceDrop price_drop = PriceDrop::consent;
  std::int64_t quantity_max = 9999;
  std::int64_t return_days = 14;
  std::vector<OfferKind> returnable_kinds{OfferKind::goods};
  ShortStock short_stock = ShortStock::clamp;
  std::optional<std::string> terms_version;
  ZeroPrice zero_price = ZeroPrice::allow;

  friend bool operator==(const Policies&, const Policies&) = default;
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
      optional<&P::price_drop>("price_drop"),
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

}  // namespace tandem
