// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can be asked of an order. A command has no price field: amounts appear only where
// a provider or a person states what was moved. Names and fields are those of the wire.
//
//   Command command = AddLine{.sku = {"TEA-100"}, .quantity = 2};

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "tandem/digest/sha256.hpp"
#include "tandem/order/address.hpp"

namespace tandem {

/// Adds to the line of this product and configuration, or makes it. quantity >= 1.
struct AddLine {
  Sku sku;
  std::int64_t quantity = 1;
  std::optional<std::string> configuration;
};
/// Sets a line's quantity; 0 removes the line.
struct SetQuantity {
  LineId line;
  std::int64_t quantity = 0;
};
struct RemoveLine {
  LineId line;
};
struct SetContact {
  std::string email;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<bool> reminders;  // consent to a reminder of an abandoned cart
};
struct AcceptTerms {
  std::string version;
};
struct SetAddress {
  AddressKind kind{};
  Address address;
};
struct ChooseShipping {
  ShippingMethodId method;
};
struct ChoosePayment {
  PaymentMethodId method;
};
struct ApplyCoupon {
  std::string code;
};
struct RemoveCoupon {
  std::string code;
};
/// Freezes the quote. `expected_digest` is the quote_digest that was shown.
struct PlaceOrder {
  Digest expected_digest{};
  std::optional<std::int64_t> expected_version;
};
struct CancelOrder {
  std::optional<std::string> reason;
};
struct RenewHold {};

struct ConfirmOrder {};
struct ReopenOrder {};

/// What a provider says of an attempt. `reference` is the provider's own id of the fact: told a
/// second time it changes nothing. `occurred_ms` orders facts that arrive out of order.
struct PaymentPending {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
struct PaymentAuthorized {
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
struct PaymentCaptured {
  std::int64_t attempt = 0;
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};
struct PaymentFailed {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
struct PaymentCanceled {
  std::int64_t attempt = 0;
  std::optional<std::int64_t> occurred_ms;
  std::optional<std::string> reference;
};

/// The scheduler's own.
struct ExpireHold {};
struct ExpireAttempt {
  std::int64_t attempt = 0;
};

/// What a customer's browser decides by itself before the server does.
using LocalCommand =
    std::variant<AddLine, SetQuantity, RemoveLine, SetContact, AcceptTerms, SetAddress,
                 ChooseShipping, ChoosePayment, ApplyCoupon, RemoveCoupon, CancelOrder, RenewHold>;

/// Every command; it begins with those of LocalCommand.
using Command =
    std::variant<AddLine, SetQuantity, RemoveLine, SetContact, AcceptTerms, SetAddress,
                 ChooseShipping, ChoosePayment, ApplyCoupon, RemoveCoupon, CancelOrder, RenewHold,
                 PlaceOrder, ConfirmOrder, ReopenOrder, PaymentPending, PaymentAuthorized,
                 PaymentCaptured, PaymentFailed, PaymentCanceled, ExpireHold, ExpireAttempt>;

}  // namespace tandem

#include "tandem/order/command_fields.hpp"
