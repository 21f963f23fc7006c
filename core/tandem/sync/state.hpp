// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a page shows of a checkout, as one message: the order as its confirmed events and pending
// commands make it, what may be chosen, and whether it could be placed now and if not, why.
//
//   {"pending":1,"place":{"possible":false,"rejection":{"reason":"contact_missing",…}},…}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/rejection_fields.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/order/view.hpp"

namespace tandem::sync {

/// A shipping method for this cart and destination, with what it would cost; `reason` when it
/// cannot be chosen. The amount is null when the cart cannot be priced with it.
struct ShippingOption {
  bool available = false;
  std::optional<std::int64_t> gross_minor;
  Translations label;
  ShippingMethodId method;
  bool pickup = false;
  std::optional<Reason> reason;
};

/// `express`: it can be begun from a wallet, before anything is filled in.
struct PaymentOption {
  bool available = false;
  bool express = false;
  Translations label;
  PaymentMethodId method;
  ProviderId provider;
  std::optional<Reason> reason;
};

/// What place_order would answer now.
struct PlaceReadiness {
  bool possible = false;
  std::optional<Rejection> rejection;
};

struct State {
  std::string order_id;
  std::optional<std::int64_t> order_no;
  std::vector<PaymentOption> payment_options;
  std::int64_t pending = 0;  // commands that the server has not answered
  std::vector<std::string> pending_codes;  // coupon codes that only the server can judge
  PlaceReadiness place;
  std::string quote_digest;  // of what is shown; empty while it cannot be priced
  std::vector<ShippingOption> shipping_options;
  Digest stream_digest{};  // of the confirmed events
  std::optional<Rejection> unpriced;  // why totals are not known here: never show them then
  std::int64_t version = 0;  // of the confirmed events
  View view;
};

}  // namespace tandem::sync

namespace tandem {

template <>
struct Fields<sync::ShippingOption> {
  using O = sync::ShippingOption;
  static constexpr std::array list{
      required<&O::available>("available"), required<&O::gross_minor>("gross_minor"),
      required<&O::label>("label"),         required<&O::method>("method"),
      required<&O::pickup>("pickup"),       required<&O::reason>("reason")};
};
template <>
struct Fields<sync::PaymentOption> {
  using O = sync::PaymentOption;
  static constexpr std::array list{
      required<&O::available>("available"), required<&O::express>("express"),
      required<&O::label>("label"),         required<&O::method>("method"),
      required<&O::provider>("provider"),   required<&O::reason>("reason")};
};
template <>
struct Fields<sync::PlaceReadiness> {
  using P = sync::PlaceReadiness;
  static constexpr std::array list{required<&P::possible>("possible"),
                                   required<&P::rejection>("rejection")};
};
template <>
struct Fields<sync::State> {
  using S = sync::State;
  static constexpr std::array list{required<&S::order_id>("order_id"),
                                   required<&S::order_no>("order_no"),
                                   required<&S::payment_options>("payment_options"),
                                   required<&S::pending>("pending"),
                                   required<&S::pending_codes>("pending_codes"),
                                   required<&S::place>("place"),
                                   required<&S::quote_digest>("quote_digest"),
                                   required<&S::shipping_options>("shipping_options"),
                                   required<&S::stream_digest>("stream_digest"),
                                   required<&S::unpriced>("unpriced"),
                                   required<&S::version>("version"),
                                   required<&S::view>("view")};
};
template <>
inline constexpr std::string_view kTypeName<sync::State> = "state";

}  // namespace tandem
