// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of the view, once.
//
//   type_of<View>().fields[0].name == "assigned"

#include "tandem/order/view.hpp"

namespace tandem {

template <>
struct Fields<ViewAxes> {
  static constexpr std::array list{
      required<&ViewAxes::delivery>("delivery"), required<&ViewAxes::invoice>("invoice"),
      required<&ViewAxes::order>("order"), required<&ViewAxes::payment>("payment"),
      required<&ViewAxes::return_>("return")};
};
template <>
struct Fields<ViewAssigned> {
  static constexpr std::array list{required<&ViewAssigned::salesperson>("salesperson"),
                                   required<&ViewAssigned::team>("team")};
};
template <>
struct Fields<ViewNeedsPerson> {
  static constexpr std::array list{required<&ViewNeedsPerson::reason>("reason"),
                                   required<&ViewNeedsPerson::since_ms>("since_ms")};
};
template <>
struct Fields<ViewGoods> {
  static constexpr std::array list{
      required<&ViewGoods::backordered>("backordered"), required<&ViewGoods::canceled>("canceled"),
      required<&ViewGoods::ordered>("ordered"),         required<&ViewGoods::reserved>("reserved"),
      required<&ViewGoods::restocked>("restocked"),     required<&ViewGoods::returned>("returned"),
      required<&ViewGoods::shipped>("shipped")};
};
template <>
struct Fields<ViewLineMoney> {
  static constexpr std::array list{required<&ViewLineMoney::captured_minor>("captured_minor"),
                                   required<&ViewLineMoney::due_minor>("due_minor"),
                                   required<&ViewLineMoney::refundable_minor>("refundable_minor"),
                                   required<&ViewLineMoney::refunded_minor>("refunded_minor")};
};
template <>
struct Fields<ViewPromise> {
  static constexpr std::array list{required<&ViewPromise::credited>("credited"),
                                   required<&ViewPromise::invoiced>("invoiced"),
                                   required<&ViewPromise::to_invoice>("to_invoice")};
};
template <>
struct Fields<ViewLine> {
  static constexpr std::array list{required<&ViewLine::discount_minor>("discount_minor"),
                                   required<&ViewLine::discounts>("discounts"),
                                   required<&ViewLine::goods>("goods"),
                                   required<&ViewLine::gross_minor>("gross_minor"),
                                   required<&ViewLine::line_id>("line_id"),
                                   required<&ViewLine::money>("money"),
                                   required<&ViewLine::net_minor>("net_minor"),
                                   required<&ViewLine::promise>("promise"),
                                   required<&ViewLine::quantity>("quantity"),
                                   required<&ViewLine::sku>("sku"),
                                   required<&ViewLine::subtotal_minor>("subtotal_minor"),
                                   required<&ViewLine::tax_minor>("tax_minor"),
                                   required<&ViewLine::taxes>("taxes"),
                                   required<&ViewLine::unit_price_minor>("unit_price_minor")};
};
template <>
struct Fields<ViewMoney> {
  static constexpr std::array list{required<&ViewMoney::authorized_minor>("authorized_minor"),
                                   required<&ViewMoney::captured_minor>("captured_minor"),
                                   required<&ViewMoney::charged_back_minor>("charged_back_minor"),
                                   required<&ViewMoney::due_minor>("due_minor"),
                                   required<&ViewMoney::owed_minor>("owed_minor"),
                                   required<&ViewMoney::refundable_minor>("refundable_minor"),
                                   required<&ViewMoney::refunded_minor>("refunded_minor"),
                                   required<&ViewMoney::refunding_minor>("refunding_minor")};
};
template <>
struct Fields<ViewCoupon> {
  static constexpr std::array list{
      required<&ViewCoupon::code>("code"), required<&ViewCoupon::promotion>("promotion"),
      required<&ViewCoupon::reason>("reason"), required<&ViewCoupon::state>("state")};
};
template <>
struct Fields<ViewGiftCard> {
  static constexpr std::array list{required<&ViewGiftCard::amount_minor>("amount_minor"),
                                   required<&ViewGiftCard::code>("code"),
                                   required<&ViewGiftCard::state>("state")};
};
template <>
struct Fields<ViewHold> {
  static constexpr std::array list{
      required<&ViewHold::expires_ms>("expires_ms"), required<&ViewHold::location>("location"),
      required<&ViewHold::quantity>("quantity"), required<&ViewHold::sku>("sku")};
};
template <>
struct Fields<ViewAbandoned> {
  static constexpr std::array list{required<&ViewAbandoned::is>("is"),
                                   required<&ViewAbandoned::reason>("reason"),
                                   required<&ViewAbandoned::reminder>("reminder")};
};
template <>
struct Fields<View> {
  static constexpr std::array list{required<&View::abandoned>("abandoned"),
                                   required<&View::assigned>("assigned"),
                                   required<&View::axes>("axes"),
                                   required<&View::bill_to>("bill_to"),
                                   required<&View::channel>("channel"),
                                   required<&View::confirmed_ms>("confirmed_ms"),
                                   required<&View::contact>("contact"),
                                   required<&View::coupons>("coupons"),
                                   required<&View::currency>("currency"),
                                   required<&View::customer>("customer"),
                                   required<&View::deliveries>("deliveries"),
                                   required<&View::erased>("erased"),
                                   required<&View::gift_cards>("gift_cards"),
                                   required<&View::holds>("holds"),
                                   required<&View::invoices>("invoices"),
                                   required<&View::lines>("lines"),
                                   required<&View::locked>("locked"),
                                   required<&View::messages>("messages"),
                                   required<&View::money>("money"),
                                   required<&View::needs_person>("needs_person"),
                                   required<&View::order>("order"),
                                   required<&View::order_no>("order_no"),
                                   required<&View::payment_method>("payment_method"),
                                   required<&View::payments>("payments"),
                                   required<&View::placed_ms>("placed_ms"),
                                   required<&View::quote_digest>("quote_digest"),
                                   required<&View::refunds>("refunds"),
                                   required<&View::returns>("returns"),
                                   required<&View::saved>("saved"),
                                   required<&View::ship_to>("ship_to"),
                                   required<&View::shipping>("shipping"),
                                   required<&View::tax_summary>("tax_summary"),
                                   required<&View::terms_version>("terms_version"),
                                   required<&View::totals>("totals"),
                                   required<&View::version>("version")};
};
template <>
inline constexpr std::string_view kTypeName<View> = "view";

template <>
const Type& type_of<View>();

}  // namespace tandem
