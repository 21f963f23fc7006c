// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of the order itself: frozen, confirmed, changed, taken back, what it holds of the stock,
// and whether a person has to look at it. Amounts that bind are those of the quote in these events.
//
//   OrderPlaced{.quote = quote, .rules = rules_id, .terms = terms}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/digest/sha256.hpp"
#include "tandem/order/frozen.hpp"
#include "tandem/order/words.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

/// The frozen quote. `facts` are the digests of the offers it was made from, in order of sku.
struct OrderPlaced {
  std::vector<Digest> facts;
  Quote quote;
  Digest rules{};
  Terms terms;
};
template <>
struct Fields<OrderPlaced> {
  static constexpr std::array list{
      required<&OrderPlaced::facts>("facts"), required<&OrderPlaced::quote>("quote"),
      required<&OrderPlaced::rules>("rules"), required<&OrderPlaced::terms>("terms")};
};

/// A quotation made by staff went to the customer: frozen, but nothing is held for it.
struct QuotationSent {
  std::optional<std::int64_t> expires_ms;
  std::vector<Digest> facts;
  Quote quote;
  Digest rules{};
  Terms terms;
};
template <>
struct Fields<QuotationSent> {
  static constexpr std::array list{
      optional<&QuotationSent::expires_ms>("expires_ms"), required<&QuotationSent::facts>("facts"),
      required<&QuotationSent::quote>("quote"), required<&QuotationSent::rules>("rules"),
      required<&QuotationSent::terms>("terms")};
};

struct OrderConfirmed {};

struct OrderReopened {
  ReopenCause cause{};
};
template <>
struct Fields<OrderReopened> {
  static constexpr std::array list{required<&OrderReopened::cause>("cause")};
};

/// Part: reason.
struct OrderCanceled {
  CancelCause cause{};
};
template <>
struct Fields<OrderCanceled> {
  static constexpr std::array list{required<&OrderCanceled::cause>("cause")};
};

struct OrderLocked {};

struct OrderUnlocked {};

/// The whole order as it is from now on. `demands` are what open transfers move instead.
struct OrderRevised {
  std::vector<RevisedCoupon> coupons;
  std::vector<RevisedDemand> demands;
  std::vector<Digest> facts;
  std::vector<RevisedLine> lines;
  RevisionTerms on{};
  Quote quote;
  Digest rules{};
  std::optional<ShippingMethodId> shipping_method;
  Terms terms;
};
template <>
struct Fields<OrderRevised> {
  static constexpr std::array list{required<&OrderRevised::coupons>("coupons"),
                                   required<&OrderRevised::demands>("demands"),
                                   required<&OrderRevised::facts>("facts"),
                                   required<&OrderRevised::lines>("lines"),
                                   required<&OrderRevised::on>("on"),
                                   required<&OrderRevised::quote>("quote"),
                                   required<&OrderRevised::rules>("rules"),
                                   optional<&OrderRevised::shipping_method>("shipping_method"),
                                   required<&OrderRevised::terms>("terms")};
};

struct OrderAssigned {
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
template <>
struct Fields<OrderAssigned> {
  static constexpr std::array list{optional<&OrderAssigned::salesperson>("salesperson"),
                                   optional<&OrderAssigned::team>("team")};
};

/// Part: note.
struct NoteAdded {};

struct StockHeld {
  std::int64_t expires_ms = 0;
  std::vector<StockTaken> lines;
};
template <>
struct Fields<StockHeld> {
  static constexpr std::array list{required<&StockHeld::expires_ms>("expires_ms"),
                                   required<&StockHeld::lines>("lines")};
};

struct HoldRenewed {
  std::int64_t expires_ms = 0;
};
template <>
struct Fields<HoldRenewed> {
  static constexpr std::array list{required<&HoldRenewed::expires_ms>("expires_ms")};
};

struct HoldExpired {};

struct HoldReleased {};

struct StockReserved {
  std::vector<StockTaken> lines;
  std::optional<std::int64_t> transfer;  // whose goods these are, when it waited for them
};
template <>
struct Fields<StockReserved> {
  static constexpr std::array list{required<&StockReserved::lines>("lines"),
                                   optional<&StockReserved::transfer>("transfer")};
};

struct StockReleased {
  std::vector<StockTaken> lines;
  std::optional<std::int64_t> transfer;  // which has to wait now
};
template <>
struct Fields<StockReleased> {
  static constexpr std::array list{required<&StockReleased::lines>("lines"),
                                   optional<&StockReleased::transfer>("transfer")};
};

struct PersonNeeded {
  PersonCause reason{};
};
template <>
struct Fields<PersonNeeded> {
  static constexpr std::array list{required<&PersonNeeded::reason>("reason")};
};

/// Part: note.
struct PersonResolved {};

/// The named parts of all events so far were deleted with their salts.
struct PersonalDataErased {
  std::vector<std::string> parts;
};
template <>
struct Fields<PersonalDataErased> {
  static constexpr std::array list{required<&PersonalDataErased::parts>("parts")};
};

}  // namespace tandem
