// SPDX-License-Identifier: Apache-2.0
#pragma once
// Facts: what a quote has to be told about the customer and the world. They may be old; the rules
// never are.
//
//   QuoteFacts facts{.coupons = {{"HELLO", {.promotion = {"welcome"}}}}};

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/base/reason.hpp"
#include "tandem/catalog/ids.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

/// What the ledger says of a code: "ok" or the reason for which it is refused.
struct Verdict {
  std::optional<Reason> refused;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

struct CouponFact {
  PromotionId promotion;
  Verdict verdict;

  friend bool operator==(const CouponFact&, const CouponFact&) = default;
};

struct GiftCardFact {
  std::int64_t balance_minor = 0;
  GiftCardId id;

  friend bool operator==(const GiftCardFact&, const GiftCardFact&) = default;
};

/// What the tax office's service answered. `unknown` never blocks and never relieves from tax.
TANDEM_ENUM(VatAnswer, valid, invalid, unknown)

struct VatNumber {
  VatAnswer answer = VatAnswer::unknown;
  std::string number;

  friend bool operator==(const VatNumber&, const VatNumber&) = default;
};

struct QuoteFacts {
  std::map<std::string, std::int64_t> availability;  // by sku; a sku that is absent is not known
  std::optional<ChannelId> channel;
  std::map<std::string, CouponFact> coupons;  // by code
  std::optional<GroupId> customer_group;
  std::optional<bool> first_order;
  std::vector<GiftCardFact> gift_cards;
  std::optional<std::int64_t> orders_placed;
  std::map<std::string, Verdict> promotions;  // by id, those without a code; absent: may be used
  std::optional<VatNumber> vat_number;

  friend bool operator==(const QuoteFacts&, const QuoteFacts&) = default;
};

template <>
struct TextForm<Verdict> {
  static bool parse(std::string_view text, Verdict& verdict) {
    verdict.refused = text == "ok" ? std::nullopt : reason_named(text);
    return text == "ok" || verdict.refused.has_value();
  }
  static void format(const Verdict& verdict, std::string& out) {
    out += verdict.refused ? name(*verdict.refused) : "ok";
  }
};
template <>
inline constexpr std::string_view kTypeName<Verdict> = "verdict";

template <>
struct Fields<CouponFact> {
  static constexpr std::array list{
      required<&CouponFact::promotion>("promotion"),
      optional<&CouponFact::verdict>("verdict"),
  };
};
template <>
struct Fields<GiftCardFact> {
  static constexpr std::array list{
      required<&GiftCardFact::balance_minor>("balance_minor"),
      required<&GiftCardFact::id>("id"),
  };
};
template <>
struct Fields<VatNumber> {
  static constexpr std::array list{
      optional<&VatNumber::answer>("answer"),
      required<&VatNumber::number>("number"),
  };
};
template <>
struct Fields<QuoteFacts> {
  using F = QuoteFacts;
  static constexpr std::array list{
      optional<&F::availability>("availability"), sparse<&F::channel>("channel"),
      optional<&F::coupons>("coupons"),           optional<&F::customer_group>("customer_group"),
      optional<&F::first_order>("first_order"),   optional<&F::gift_cards>("gift_cards"),
      sparse<&F::orders_placed>("orders_placed"), optional<&F::promotions>("promotions"),
      optional<&F::vat_number>("vat_number"),
  };
};
template <>
inline constexpr std::string_view kTypeName<QuoteFacts> = "facts";

}  // namespace tandem
