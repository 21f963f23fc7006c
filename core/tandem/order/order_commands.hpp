// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on the order itself: place, confirm, change, take back, and what a person settles.
//
//   PlaceOrder{.expected_digest = digest}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/digest/sha256.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/frozen.hpp"

namespace tandem {

/// Freezes the quote. `expected_digest` is the quote_digest that was shown.
struct PlaceOrder {
  Digest expected_digest{};
  std::optional<std::int64_t> expected_version;
};
template <>
struct Fields<PlaceOrder> {
  static constexpr std::array list{required<&PlaceOrder::expected_digest>("expected_digest"),
                                   optional<&PlaceOrder::expected_version>("expected_version")};
};

struct CancelOrder {
  std::optional<std::string> reason;
};
template <>
struct Fields<CancelOrder> {
  static constexpr std::array list{optional<&CancelOrder::reason>("reason")};
};

struct SendQuotation {};

struct ConfirmOrder {};

struct ReopenOrder {};

/// An absolute quantity; 0 takes the line away.
struct QuantityChange {
  std::optional<LineId> line;  // a line of the order,
  std::int64_t quantity = 0;
  std::optional<Sku> sku;  // or a product
};
template <>
struct Fields<QuantityChange> {
  static constexpr std::array list{optional<&QuantityChange::line>("line"),
                                   required<&QuantityChange::quantity>("quantity"),
                                   optional<&QuantityChange::sku>("sku")};
};

/// Changes a placed order. Moves no money.
struct ReviseOrder {
  std::vector<QuantityChange> changes;
  std::vector<std::string> coupons_add;
  std::vector<std::string> coupons_remove;
  std::optional<Digest> expected_digest;  // of the quote that was previewed
  std::optional<ShippingMethodId> shipping_method;
  RevisionTerms terms = RevisionTerms::stored_shares;
};
template <>
struct Fields<ReviseOrder> {
  static constexpr std::array list{required<&ReviseOrder::changes>("changes"),
                                   optional<&ReviseOrder::coupons_add>("coupons_add"),
                                   optional<&ReviseOrder::coupons_remove>("coupons_remove"),
                                   optional<&ReviseOrder::expected_digest>("expected_digest"),
                                   optional<&ReviseOrder::shipping_method>("shipping_method"),
                                   optional<&ReviseOrder::terms>("terms")};
};

struct Assign {
  std::optional<std::string> salesperson;
  std::optional<std::string> team;
};
template <>
struct Fields<Assign> {
  static constexpr std::array list{optional<&Assign::salesperson>("salesperson"),
                                   optional<&Assign::team>("team")};
};

struct LockOrder {};

struct UnlockOrder {};

struct AddNote {
  std::string text;
};
template <>
struct Fields<AddNote> {
  static constexpr std::array list{required<&AddNote::text>("text")};
};

struct ResolvePerson {
  std::string note;
};
template <>
struct Fields<ResolvePerson> {
  static constexpr std::array list{required<&ResolvePerson::note>("note")};
};

/// Deletes parts of the events so far.
struct ErasePersonalData {
  std::optional<std::vector<std::string>> parts;  // all when not named
};
template <>
struct Fields<ErasePersonalData> {
  static constexpr std::array list{optional<&ErasePersonalData::parts>("parts")};
};

struct ExpireHold {};

/// Ends an order that was not paid, or a quotation that was not taken up, in time.
struct ExpireOrder {};

/// Less is on hand at a place than was reserved: this order gives up so many of its units there.
struct LoseStock {
  std::string location{kMainLocation};
  std::int64_t quantity = 0;
  Sku sku;
};
template <>
struct Fields<LoseStock> {
  static constexpr std::array list{optional<&LoseStock::location>("location"),
                                   required<&LoseStock::quantity>("quantity"),
                                   required<&LoseStock::sku>("sku")};
};

}  // namespace tandem
