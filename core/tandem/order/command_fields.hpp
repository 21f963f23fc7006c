// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of each command, once, and the commands' names in the order of `Command`.
//
//   OneOf<Command>::names[0] == "add_line"

#include "tandem/order/command.hpp"

namespace tandem {

template <>
struct Fields<AddLine> {
  static constexpr std::array list{optional<&AddLine::configuration>("configuration"),
                                   required<&AddLine::quantity>("quantity"),
                                   required<&AddLine::sku>("sku")};
};
template <>
struct Fields<SetQuantity> {
  static constexpr std::array list{required<&SetQuantity::line>("line"),
                                   required<&SetQuantity::quantity>("quantity")};
};
template <>
struct Fields<RemoveLine> {
  static constexpr std::array list{required<&RemoveLine::line>("line")};
};
template <>
struct Fields<SetContact> {
  static constexpr std::array list{
      required<&SetContact::email>("email"), optional<&SetContact::name>("name"),
      optional<&SetContact::phone>("phone"), optional<&SetContact::reminders>("reminders")};
};
template <>
struct Fields<AcceptTerms> {
  static constexpr std::array list{required<&AcceptTerms::version>("version")};
};
template <>
struct Fields<SetAddress> {
  static constexpr std::array list{required<&SetAddress::address>("address"),
                                   required<&SetAddress::kind>("kind")};
};
template <>
struct Fields<ChooseShipping> {
  static constexpr std::array list{required<&ChooseShipping::method>("method")};
};
template <>
struct Fields<ChoosePayment> {
  static constexpr std::array list{required<&ChoosePayment::method>("method")};
};
template <>
struct Fields<ApplyCoupon> {
  static constexpr std::array list{required<&ApplyCoupon::code>("code")};
};
template <>
struct Fields<RemoveCoupon> {
  static constexpr std::array list{required<&RemoveCoupon::code>("code")};
};
template <>
struct Fields<PlaceOrder> {
  static constexpr std::array list{required<&PlaceOrder::expected_digest>("expected_digest"),
                                   optional<&PlaceOrder::expected_version>("expected_version")};
};
template <>
struct Fields<CancelOrder> {
  static constexpr std::array list{optional<&CancelOrder::reason>("reason")};
};
template <>
struct Fields<PaymentPending> {
  static constexpr std::array list{required<&PaymentPending::attempt>("attempt"),
                                   optional<&PaymentPending::occurred_ms>("occurred_ms"),
                                   optional<&PaymentPending::reference>("reference")};
};
template <>
struct Fields<PaymentAuthorized> {
  static constexpr std::array list{required<&PaymentAuthorized::amount_minor>("amount_minor"),
                                   required<&PaymentAuthorized::attempt>("attempt"),
                                   optional<&PaymentAuthorized::occurred_ms>("occurred_ms"),
                                   optional<&PaymentAuthorized::reference>("reference")};
};
template <>
struct Fields<PaymentCaptured> {
  static constexpr std::array list{required<&PaymentCaptured::amount_minor>("amount_minor"),
                                   required<&PaymentCaptured::attempt>("attempt"),
                                   optional<&PaymentCaptured::occurred_ms>("occurred_ms"),
                                   optional<&PaymentCaptured::reference>("reference")};
};
template <>
struct Fields<PaymentFailed> {
  static constexpr std::array list{required<&PaymentFailed::attempt>("attempt"),
                                   optional<&PaymentFailed::occurred_ms>("occurred_ms"),
                                   optional<&PaymentFailed::reason>("reason"),
                                   optional<&PaymentFailed::reference>("reference")};
};
template <>
struct Fields<PaymentCanceled> {
  static constexpr std::array list{required<&PaymentCanceled::attempt>("attempt"),
                                   optional<&PaymentCanceled::occurred_ms>("occurred_ms"),
                                   optional<&PaymentCanceled::reference>("reference")};
};
template <>
struct Fields<ExpireAttempt> {
  static constexpr std::array list{required<&ExpireAttempt::attempt>("attempt")};
};

template <>
struct OneOf<Command> {
  static constexpr std::string_view discriminator = "type";
  static constexpr std::array<std::string_view, std::variant_size_v<Command>> names{
      "add_line",           "set_quantity",     "remove_line",     "set_contact",
      "accept_terms",       "set_address",      "choose_shipping", "choose_payment",
      "apply_coupon",       "remove_coupon",    "cancel_order",    "renew_hold",
      "place_order",        "confirm_order",    "reopen_order",    "payment_pending",
      "payment_authorized", "payment_captured", "payment_failed",  "payment_canceled",
      "expire_hold",        "expire_attempt"};
};

template <>
struct OneOf<LocalCommand> {
  static constexpr std::string_view discriminator = OneOf<Command>::discriminator;
  static constexpr auto names = [] {
    std::array<std::string_view, std::variant_size_v<LocalCommand>> first;
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = OneOf<Command>::names[i];
    return first;
  }();
};

}  // namespace tandem
