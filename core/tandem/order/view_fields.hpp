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
struct Fields<ViewLine> {
  static constexpr std::array list{required<&ViewLine::discount_minor>("discount_minor"),
                                   required<&ViewLine::discounts>("discounts"),
                                   required<&ViewLine::goods>("goods"),
                                   required<&ViewLine::gross_minor>("gross_minor"),
                                   required<&ViewLine::line_id>("line_id"),
                                   required<&ViewLine::net_minor>("net_minor"),
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
struct Fields<ViewHold> {
  static constexpr std::array list{
      required<&ViewHold::expires_ms>("expires_ms"), required<&ViewHold::location>("location"),
      required<&ViewHold::quantity>("quantity"), required<&ViewHold::sku>("sku")};
};
template <>
struct Fields<ViewPayment> {
  static constexpr std::array list{required<&ViewPayment::amount_minor>("amount_minor"),
                                   required<&ViewPayment::attempt>("attempt"),
                                   required<&ViewPayment::authorized_minor>("authorized_minor"),
                                   required<&ViewPayment::captured_minor>("captured_minor"),
                                   required<&ViewPayment::method>("method"),
                                   required<&ViewPayment::provider>("provider"),
                                   required<&ViewPayment::reason>("reason"),
                                   required<&ViewPayment::refundable_minor>("refundable_minor"),
                                   required<&ViewPayment::refunded_minor>("refunded_minor"),
                                   required<&ViewPayment::state>("state")};
};
template <>
struct Fields<ViewRefund> {
  static constexpr std::array list{required<&ViewRefund::amount_minor>("amount_minor"),
                                   required<&ViewRefund::attempt>("attempt"),
                                   required<&ViewRefund::refund>("refund"),
                                   required<&ViewRefund::state>("state")};
};
template <>
struct Fields<ViewTransferLine> {
  static constexpr std::array list{
      required<&ViewTransferLine::demanded>("demanded"), required<&ViewTransferLine::done>("done"),
      required<&ViewTransferLine::line_id>("line_id"),
      required<&ViewTransferLine::reserved>("reserved"), required<&ViewTransferLine::sku>("sku")};
};
template <>
struct Fields<ViewTransfer> {
  static constexpr std::array list{required<&ViewTransfer::backorder_of>("backorder_of"),
                                   required<&ViewTransfer::lines>("lines"),
                                   required<&ViewTransfer::location>("location"),
                                   required<&ViewTransfer::state>("state"),
                                   required<&ViewTransfer::step>("step"),
                                   required<&ViewTransfer::tracking>("tracking"),
                                   required<&ViewTransfer::transfer>("transfer")};
};
template <>
struct Fields<View> {
  static constexpr std::array list{required<&View::assigned>("assigned"),
                                   required<&View::axes>("axes"),
                                   required<&View::bill_to>("bill_to"),
                                   required<&View::channel>("channel"),
                                   required<&View::confirmed_ms>("confirmed_ms"),
                                   required<&View::contact>("contact"),
                                   required<&View::coupons>("coupons"),
                                   required<&View::currency>("currency"),
                                   required<&View::customer>("customer"),
                                   required<&View::deliveries>("deliveries"),
                                   required<&View::holds>("holds"),
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
                                   required<&View::ship_to>("ship_to"),
                                   required<&View::shipping>("shipping"),
                                   required<&View::tax_summary>("tax_summary"),
                                   required<&View::terms_version>("terms_version"),
                                   required<&View::totals>("totals"),
                                   required<&View::version>("version")};
};
template <>
inline constexpr std::string_view kTypeName<View> = "view";

}  // namespace tandem
