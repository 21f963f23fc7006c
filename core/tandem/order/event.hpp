// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can have happened to an order. Events are facts: they always apply, and they hold
// no personal data; that stands in sealed parts beside them (see record.hpp).
//
// Events of a quotation hold the unit price last shown, only to name what changed later; amounts
// that bind are those of the quote in `order_placed`.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tandem/catalog/offer.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/order/address.hpp"
#include "tandem/order/words.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

struct OrderCreated {
  std::string channel;
  std::string currency;
  std::optional<std::string> customer;  // who was signed in
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
struct LineAdded {
  std::optional<std::string> configuration;
  OfferKind kind{};
  LineId line;
  std::int64_t quantity = 0;
  Sku sku;
  std::int64_t unit_price_minor = 0;
};
struct QuantitySet {
  LineId line;
  std::int64_t quantity = 0;
  std::int64_t unit_price_minor = 0;
};
struct LineRemoved {
  LineId line;
};
struct StockClamped {  // the customer asked for more than there was
  std::int64_t asked = 0;
  LineId line;
  std::int64_t quantity = 0;
};
struct ContactSet {  // part: contact
  std::optional<bool> reminders;
};
struct AddressSet {  // part: address
  std::string country;
  AddressKind kind{};
  std::optional<std::string> region;
};
struct ShippingChosen {
  ShippingMethodId method;
};
struct ShippingCleared {  // no longer available for this cart and destination
  ShippingMethodId method;
};
struct PaymentChosen {
  PaymentMethodId method;
};
struct CouponApplied {
  std::string code;
  PromotionId promotion;
};
struct CouponRemoved {
  std::string code;
};
struct TermsAccepted {
  std::string version;
};
/// The frozen quote. `facts` are the digests of the offers it was made from, in order of sku.
struct OrderPlaced {
  std::vector<Digest> facts;
  Quote quote;
  Digest rules{};
};
struct OrderConfirmed {};
struct OrderReopened {
  ReopenCause cause{};
};
struct OrderCanceled {};  // part: reason
struct OrderLocked {};
struct OrderAssigned {
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
struct StockHeld {
  std::int64_t expires_ms = 0;
  std::vector<StockTaken> lines;
};
struct HoldRenewed {
  std::int64_t expires_ms = 0;
};
struct HoldExpired {};
struct HoldReleased {};
struct StockReserved {
  std::vector<StockTaken> lines;
};
struct StockReleased {
  std::vector<StockTaken> lines;
};
struct PaymentStarted {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> expires_ms;
  PaymentMethodId method;
  ProviderId provider;
};
struct PaymentSuperseded {  // the order was edited while it was being paid
  std::int64_t attempt = 0;
};
struct PaymentWasPending {
  std::int64_t attempt = 0;
  std::optional<std::string> reference;
};
struct PaymentWasAuthorized {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::string> reference;
};
struct PaymentWasCaptured {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::optional<std::string> reference;
};
struct PaymentWasFailed {
  std::int64_t attempt = 0;
  std::optional<std::string> reason;
  std::optional<std::string> reference;
};
struct PaymentWasCanceled {
  std::int64_t attempt = 0;
  std::optional<std::string> reference;
};
struct VoidRequested {  // asked of the provider
  std::int64_t attempt = 0;
};
struct RefundRequested {  // asked of the provider
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::int64_t refund = 0;
};
struct PersonNeeded {
  PersonCause reason{};
};
struct TransferCreated {
  std::optional<std::int64_t> backorder_of;
  std::vector<TransferDemand> lines;
  std::string location;
  TransferStep step{};
  std::int64_t transfer = 0;
};
struct TransferReady {
  std::int64_t transfer = 0;
};
struct TransferCanceled {
  std::int64_t transfer = 0;
};

using Event =
    std::variant<OrderCreated, LineAdded, QuantitySet, LineRemoved, StockClamped, ContactSet,
                 AddressSet, ShippingChosen, ShippingCleared, PaymentChosen, CouponApplied,
                 CouponRemoved, TermsAccepted, OrderPlaced, OrderConfirmed, OrderReopened,
                 OrderCanceled, OrderLocked, OrderAssigned, StockHeld, HoldRenewed, HoldExpired,
                 HoldReleased, StockReserved, StockReleased, PaymentStarted, PaymentSuperseded,
                 PaymentWasPending, PaymentWasAuthorized, PaymentWasCaptured, PaymentWasFailed,
                 PaymentWasCanceled, VoidRequested, RefundRequested, PersonNeeded, TransferCreated,
                 TransferReady, TransferCanceled>;

}  // namespace tandem

#include "tandem/order/event_fields.hpp"
