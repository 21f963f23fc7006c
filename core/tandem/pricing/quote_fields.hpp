// SPDX-License-Identifier: Apache-2.0
#pragma once
// The field lists of the quote in quote.hpp, which includes this file; kept apart for length.
//
//   type_of<Quote>().fields[0].name == "applied"

#include "tandem/fields/fields.hpp"

namespace tandem {

template <>
struct Fields<QuoteDiscount> {
  using D = QuoteDiscount;
  static constexpr std::array list{sparse<&D::amount_exact>("amount_exact"),
                                   required<&D::amount_minor>("amount_minor"),
                                   required<&D::promotion>("promotion")};
};
template <>
struct Fields<QuoteTax> {
  using T = QuoteTax;
  static constexpr std::array list{
      sparse<&T::amount_exact>("amount_exact"), required<&T::amount_minor>("amount_minor"),
      sparse<&T::base_exact>("base_exact"), required<&T::base_minor>("base_minor"),
      required<&T::tax>("tax")};
};
template <>
struct Fields<QuoteUnit> {
  static constexpr std::array list{required<&QuoteUnit::discount_minor>("discount_minor")};
};
template <>
struct Fields<QuoteLine> {
  using L = QuoteLine;
  static constexpr std::array list{
      sparse<&L::discount_exact>("discount_exact"),
      required<&L::discount_minor>("discount_minor"),
      required<&L::discounts>("discounts"),
      sparse<&L::gift>("gift"),
      sparse<&L::gross_exact>("gross_exact"),
      required<&L::gross_minor>("gross_minor"),
      required<&L::line_id>("line_id"),
      sparse<&L::lowest_30_days_minor>("lowest_30_days_minor"),
      sparse<&L::net_exact>("net_exact"),
      required<&L::net_minor>("net_minor"),
      required<&L::quantity>("quantity"),
      sparse<&L::quantity_exact>("quantity_exact"),
      required<&L::sku>("sku"),
      sparse<&L::subtotal_exact>("subtotal_exact"),
      required<&L::subtotal_minor>("subtotal_minor"),
      sparse<&L::tax_exact>("tax_exact"),
      required<&L::tax_minor>("tax_minor"),
      required<&L::taxes>("taxes"),
      sparse<&L::unit_code>("unit_code"),
      sparse<&L::unit_gross_exact>("unit_gross_exact"),
      required<&L::unit_gross_minor>("unit_gross_minor"),
      sparse<&L::unit_net_exact>("unit_net_exact"),
      required<&L::unit_net_minor>("unit_net_minor"),
      sparse<&L::unit_price_exact>("unit_price_exact"),
      required<&L::unit_price_minor>("unit_price_minor"),
      required<&L::units>("units"),
  };
};
template <>
inline constexpr std::string_view kTypeName<QuoteLine> = "quote_line";

template <>
struct Fields<QuoteShipping> {
  using S = QuoteShipping;
  static constexpr std::array list{
      sparse<&S::discount_exact>("discount_exact"),
      required<&S::discount_minor>("discount_minor"),
      required<&S::discounts>("discounts"),
      sparse<&S::gross_exact>("gross_exact"),
      required<&S::gross_minor>("gross_minor"),
      required<&S::method>("method"),
      sparse<&S::net_exact>("net_exact"),
      required<&S::net_minor>("net_minor"),
      sparse<&S::price_exact>("price_exact"),
      required<&S::price_minor>("price_minor"),
      sparse<&S::shipment>("shipment"),
      sparse<&S::tax_exact>("tax_exact"),
      required<&S::tax_minor>("tax_minor"),
      required<&S::taxes>("taxes"),
  };
};
template <>
inline constexpr std::string_view kTypeName<QuoteShipping> = "quote_shipping";

template <>
struct Fields<QuoteFee> {
  using F = QuoteFee;
  static constexpr std::array list{
      required<&F::amount_minor>("amount_minor"),
      sparse<&F::gross_exact>("gross_exact"),
      required<&F::gross_minor>("gross_minor"),
      required<&F::id>("id"),
      sparse<&F::net_exact>("net_exact"),
      required<&F::net_minor>("net_minor"),
      sparse<&F::tax_exact>("tax_exact"),
      required<&F::tax_minor>("tax_minor"),
      required<&F::taxes>("taxes"),
  };
};
template <>
struct Fields<QuoteOrderDiscount> {
  using D = QuoteOrderDiscount;
  static constexpr std::array list{
      required<&D::gross_minor>("gross_minor"), required<&D::net_minor>("net_minor"),
      required<&D::promotion>("promotion"), required<&D::tax_minor>("tax_minor"),
      required<&D::taxes>("taxes")};
};
template <>
struct Fields<QuoteTaxTotal> {
  using T = QuoteTaxTotal;
  static constexpr std::array list{
      sparse<&T::amount_exact>("amount_exact"),
      required<&T::amount_minor>("amount_minor"),
      sparse<&T::base_exact>("base_exact"),
      required<&T::base_minor>("base_minor"),
      required<&T::ppm>("ppm"),
      required<&T::tax>("tax"),
  };
};
template <>
struct Fields<QuoteMessage> {
  using M = QuoteMessage;
  static constexpr std::array list{required<&M::code>("code"), required<&M::severity>("severity"),
                                   required<&M::subject>("subject")};
};
template <>
inline constexpr std::string_view kTypeName<QuoteMessage> = "message";

template <>
struct Fields<QuoteGiftCard> {
  static constexpr std::array list{required<&QuoteGiftCard::amount_minor>("amount_minor"),
                                   required<&QuoteGiftCard::id>("id")};
};
template <>
struct Fields<Quote> {
  static constexpr std::array list{
      required<&Quote::applied>("applied"),
      required<&Quote::currency>("currency"),
      required<&Quote::fees>("fees"),
      required<&Quote::gift_cards>("gift_cards"),
      required<&Quote::lines>("lines"),
      required<&Quote::messages>("messages"),
      required<&Quote::order_discounts>("order_discounts"),
      required<&Quote::pricing_version>("pricing_version"),
      required<&Quote::quote_digest>("quote_digest"),
      required<&Quote::shipments>("shipments"),
      required<&Quote::shipping>("shipping"),
      required<&Quote::steps>("steps"),
      required<&Quote::tax_summary>("tax_summary"),
      required<&Quote::tax_zone>("tax_zone"),
      required<&Quote::terms_version>("terms_version"),
      required<&Quote::totals>("totals"),
      sparse<&Quote::valid_until_ms>("valid_until_ms"),
  };
};
template <>
inline constexpr std::string_view kTypeName<Quote> = "quote";

template <>
const Type& type_of<Quote>();

}  // namespace tandem
