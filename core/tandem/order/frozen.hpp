// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an order takes along when it is frozen, so that nothing later reads offers, rules or
// customers as they are by then.
//
//   Terms{.lines = {{.line = {"MUG"}, .returnable = true, .tracked = true}}, .return_days = 14}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/catalog/offer.hpp"
#include "tandem/order/words.hpp"
#include "tandem/pricing/facts.hpp"

namespace tandem {

/// Which terms a changed order is priced by: the shares it was placed with, the rules and offers of
/// then, or those of today.
TANDEM_ENUM(RevisionTerms, stored_shares, original_rules, today)

struct LineTerms {
  std::optional<PromotionId> gift;  // the promotion that added the line
  InvoicePolicy invoice_policy{};
  OfferKind kind{};
  LineId line;
  std::int64_t quantity = 0;
  bool returnable = false;  // by its flag and its kind
  std::optional<std::string> ship_together;  // the set that it is delivered in
  Sku sku;
  bool tracked = false;  // its stock is counted
};
template <>
struct Fields<LineTerms> {
  static constexpr std::array list{sparse<&LineTerms::gift>("gift"),
                                   required<&LineTerms::invoice_policy>("invoice_policy"),
                                   required<&LineTerms::kind>("kind"),
                                   required<&LineTerms::line>("line"),
                                   required<&LineTerms::quantity>("quantity"),
                                   required<&LineTerms::returnable>("returnable"),
                                   sparse<&LineTerms::ship_together>("ship_together"),
                                   required<&LineTerms::sku>("sku"),
                                   required<&LineTerms::tracked>("tracked")};
};

struct Terms {
  QuoteFacts facts;  // of the customer, as the quote used them; without stock
  std::vector<LineTerms> lines;
  std::int64_t return_days = 0;
};
template <>
struct Fields<Terms> {
  static constexpr std::array list{required<&Terms::facts>("facts"),
                                   required<&Terms::lines>("lines"),
                                   required<&Terms::return_days>("return_days")};
};

struct RevisedLine {
  std::optional<std::string> configuration;
  OfferKind kind{};
  LineId line;
  std::int64_t quantity = 0;
  Sku sku;
  std::int64_t unit_price_minor = 0;
};
template <>
struct Fields<RevisedLine> {
  static constexpr std::array list{optional<&RevisedLine::configuration>("configuration"),
                                   required<&RevisedLine::kind>("kind"),
                                   required<&RevisedLine::line>("line"),
                                   required<&RevisedLine::quantity>("quantity"),
                                   required<&RevisedLine::sku>("sku"),
                                   required<&RevisedLine::unit_price_minor>("unit_price_minor")};
};

struct RevisedCoupon {
  std::string code;
  PromotionId promotion;
};
template <>
struct Fields<RevisedCoupon> {
  static constexpr std::array list{required<&RevisedCoupon::code>("code"),
                                   required<&RevisedCoupon::promotion>("promotion")};
};

struct RevisedDemand {
  std::int64_t demanded = 0;
  LineId line;
  std::int64_t reserved = 0;
  std::int64_t transfer = 0;
};
template <>
struct Fields<RevisedDemand> {
  static constexpr std::array list{required<&RevisedDemand::demanded>("demanded"),
                                   required<&RevisedDemand::line>("line"),
                                   required<&RevisedDemand::reserved>("reserved"),
                                   required<&RevisedDemand::transfer>("transfer")};
};

}  // namespace tandem
