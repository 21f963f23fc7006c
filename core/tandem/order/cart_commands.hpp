// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on a cart, most of which a customer's browser decides by itself.
//
//   AddLine{.sku = {"TEA-100"}, .quantity = 2}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/address.hpp"

namespace tandem {

/// Adds to the line of this product and configuration, or makes it. quantity >= 1.
struct AddLine {
  Sku sku;
  std::int64_t quantity = 1;
  std::optional<std::string> configuration;
};
template <>
struct Fields<AddLine> {
  static constexpr std::array list{optional<&AddLine::configuration>("configuration"),
                                   required<&AddLine::quantity>("quantity"),
                                   required<&AddLine::sku>("sku")};
};

/// Sets a line's quantity; 0 removes the line.
struct SetQuantity {
  LineId line;
  std::int64_t quantity = 0;
};
template <>
struct Fields<SetQuantity> {
  static constexpr std::array list{required<&SetQuantity::line>("line"),
                                   required<&SetQuantity::quantity>("quantity")};
};

struct RemoveLine {
  LineId line;
};
template <>
struct Fields<RemoveLine> {
  static constexpr std::array list{required<&RemoveLine::line>("line")};
};

/// Takes up the lines of another cart of the customer, which is canceled.
struct MergeCart {
  std::string from;
};
template <>
struct Fields<MergeCart> {
  static constexpr std::array list{required<&MergeCart::from>("from")};
};

/// Adds the lines of a confirmed order, as far as they are sold.
struct Reorder {
  std::string from;
};
template <>
struct Fields<Reorder> {
  static constexpr std::array list{required<&Reorder::from>("from")};
};

struct SetContact {
  std::string email;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<bool> reminders;  // consent to a reminder of a cart that was left
};
template <>
struct Fields<SetContact> {
  static constexpr std::array list{
      required<&SetContact::email>("email"), optional<&SetContact::name>("name"),
      optional<&SetContact::phone>("phone"), optional<&SetContact::reminders>("reminders")};
};

struct AcceptTerms {
  std::string version;
};
template <>
struct Fields<AcceptTerms> {
  static constexpr std::array list{required<&AcceptTerms::version>("version")};
};

struct SetAddress {
  AddressKind kind{};
  Address address;
};
template <>
struct Fields<SetAddress> {
  static constexpr std::array list{required<&SetAddress::address>("address"),
                                   required<&SetAddress::kind>("kind")};
};

struct ChooseShipping {
  ShippingMethodId method;
};
template <>
struct Fields<ChooseShipping> {
  static constexpr std::array list{required<&ChooseShipping::method>("method")};
};

struct ChoosePayment {
  PaymentMethodId method;
};
template <>
struct Fields<ChoosePayment> {
  static constexpr std::array list{required<&ChoosePayment::method>("method")};
};

struct ApplyCoupon {
  std::string code;
};
template <>
struct Fields<ApplyCoupon> {
  static constexpr std::array list{required<&ApplyCoupon::code>("code")};
};

struct RemoveCoupon {
  std::string code;
};
template <>
struct Fields<RemoveCoupon> {
  static constexpr std::array list{required<&RemoveCoupon::code>("code")};
};

struct ApplyGiftCard {
  std::string code;
};
template <>
struct Fields<ApplyGiftCard> {
  static constexpr std::array list{required<&ApplyGiftCard::code>("code")};
};

struct RemoveGiftCard {
  std::string code;
};
template <>
struct Fields<RemoveGiftCard> {
  static constexpr std::array list{required<&RemoveGiftCard::code>("code")};
};

/// No reminder of this cart.
struct Unsubscribe {};

struct RenewHold {};

/// Who has signed in.
struct AttachCustomer {
  std::string customer;
};
template <>
struct Fields<AttachCustomer> {
  static constexpr std::array list{required<&AttachCustomer::customer>("customer")};
};

/// The cart's lines were taken up by another one.
struct RetireCart {};

/// Judges whether a cart that was left gets a reminder.
struct SendReminder {};

}  // namespace tandem
