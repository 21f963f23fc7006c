// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of each event, once, and the events' names in the order of `Event`.
//
//   OneOf<Event>::names[0] == "order_created"

#include "tandem/order/event.hpp"

namespace tandem {

template <>
struct Fields<OrderCreated> {
  static constexpr std::array list{
      required<&OrderCreated::channel>("channel"), required<&OrderCreated::currency>("currency"),
      optional<&OrderCreated::customer>("customer"),
      optional<&OrderCreated::salesperson>("salesperson"), optional<&OrderCreated::team>("team")};
};
template <>
struct Fields<LineAdded> {
  static constexpr std::array list{optional<&LineAdded::configuration>("configuration"),
                                   required<&LineAdded::kind>("kind"),
                                   required<&LineAdded::line>("line"),
                                   required<&LineAdded::quantity>("quantity"),
                                   required<&LineAdded::sku>("sku"),
                                   required<&LineAdded::unit_price_minor>("unit_price_minor")};
};
template <>
struct Fields<QuantitySet> {
  static constexpr std::array list{required<&QuantitySet::line>("line"),
                                   required<&QuantitySet::quantity>("quantity"),
                                   required<&QuantitySet::unit_price_minor>("unit_price_minor")};
};
template <>
struct Fields<LineRemoved> {
  static constexpr std::array list{required<&LineRemoved::line>("line")};
};
template <>
struct Fields<StockClamped> {
  static constexpr std::array list{required<&StockClamped::asked>("asked"),
                                   required<&StockClamped::line>("line"),
                                   required<&StockClamped::quantity>("quantity")};
};
template <>
struct Fields<ContactSet> {
  static constexpr std::array list{optional<&ContactSet::reminders>("reminders")};
};
template <>
struct Fields<AddressSet> {
  static constexpr std::array list{required<&AddressSet::country>("country"),
                                   required<&AddressSet::kind>("kind"),
                                   optional<&AddressSet::region>("region")};
};
template <>
struct Fields<ShippingChosen> {
  static constexpr std::array list{required<&ShippingChosen::method>("method")};
};
template <>
struct Fields<ShippingCleared> {
  static constexpr std::array list{required<&ShippingCleared::method>("method")};
};
template <>
struct Fields<PaymentChosen> {
  static constexpr std::array list{required<&PaymentChosen::method>("method")};
};
template <>
struct Fields<CouponApplied> {
  static constexpr std::array list{required<&CouponApplied::code>("code"),
                                   required<&CouponApplied::promotion>("promotion")};
};
template <>
struct Fields<CouponRemoved> {
  static constexpr std::array list{required<&CouponRemoved::code>("code")};
};
template <>
struct Fields<TermsAccepted> {
  static constexpr std::array list{required<&TermsAccepted::version>("version")};
};
template <>
struct Fields<OrderPlaced> {
  static constexpr std::array list{required<&OrderPlaced::facts>("facts"),
                                   required<&OrderPlaced::quote>("quote"),
                                   required<&OrderPlaced::rules>("rules")};
};
template <>
struct Fields<OrderReopened> {
  static constexpr std::array list{required<&OrderReopened::cause>("cause")};
};
template <>
struct Fields<OrderAssigned> {
  static constexpr std::array list{optional<&OrderAssigned::salesperson>("salesperson"),
                                   optional<&OrderAssigned::team>("team")};
};
template <>
struct Fields<StockHeld> {
  static constexpr std::array list{required<&StockHeld::expires_ms>("expires_ms"),
                                   required<&StockHeld::lines>("lines")};
};
template <>
struct Fields<HoldRenewed> {
  static constexpr std::array list{required<&HoldRenewed::expires_ms>("expires_ms")};
};
template <>
struct Fields<StockReserved> {
  static constexpr std::array list{required<&StockReserved::lines>("lines")};
};
template <>
struct Fields<StockReleased> {
  static constexpr std::array list{required<&StockReleased::lines>("lines")};
};
template <>
struct Fields<PaymentStarted> {
  static constexpr std::array list{required<&PaymentStarted::amount_minor>("amount_minor"),
                                   required<&PaymentStarted::attempt>("attempt"),
                                   optional<&PaymentStarted::expires_ms>("expires_ms"),
                                   required<&PaymentStarted::method>("method"),
                                   required<&PaymentStarted::provider>("provider")};
};
template <>
struct Fields<PaymentSuperseded> {
  static constexpr std::array list{required<&PaymentSuperseded::attempt>("attempt")};
};
template <>
struct Fields<PaymentWasPending> {
  static constexpr std::array list{required<&PaymentWasPending::attempt>("attempt"),
                                   optional<&PaymentWasPending::reference>("reference")};
};
template <>
struct Fields<PaymentWasAuthorized> {
  static constexpr std::array list{required<&PaymentWasAuthorized::amount_minor>("amount_minor"),
                                   required<&PaymentWasAuthorized::attempt>("attempt"),
                                   optional<&PaymentWasAuthorized::reference>("reference")};
};
template <>
struct Fields<PaymentWasCaptured> {
  static constexpr std::array list{required<&PaymentWasCaptured::amount_minor>("amount_minor"),
                                   required<&PaymentWasCaptured::attempt>("attempt"),
                                   optional<&PaymentWasCaptured::reference>("reference")};
};
template <>
struct Fields<PaymentWasFailed> {
  static constexpr std::array list{required<&PaymentWasFailed::attempt>("attempt"),
                                   optional<&PaymentWasFailed::reason>("reason"),
                                   optional<&PaymentWasFailed::reference>("reference")};
};
template <>
struct Fields<PaymentWasCanceled> {
  static constexpr std::array list{required<&PaymentWasCanceled::attempt>("attempt"),
                                   optional<&PaymentWasCanceled::reference>("reference")};
};
template <>
struct Fields<VoidRequested> {
  static constexpr std::array list{required<&VoidRequested::attempt>("attempt")};
};
template <>
struct Fields<RefundRequested> {
  static constexpr std::array list{required<&RefundRequested::amount_minor>("amount_minor"),
                                   required<&RefundRequested::attempt>("attempt"),
                                   required<&RefundRequested::refund>("refund")};
};
template <>
struct Fields<PersonNeeded> {
  static constexpr std::array list{required<&PersonNeeded::reason>("reason")};
};
template <>
struct Fields<TransferCreated> {
  static constexpr std::array list{
      optional<&TransferCreated::backorder_of>("backorder_of"),
      required<&TransferCreated::lines>("lines"), required<&TransferCreated::location>("location"),
      required<&TransferCreated::step>("step"), required<&TransferCreated::transfer>("transfer")};
};
template <>
struct Fields<TransferReady> {
  static constexpr std::array list{required<&TransferReady::transfer>("transfer")};
};
template <>
struct Fields<TransferCanceled> {
  static constexpr std::array list{required<&TransferCanceled::transfer>("transfer")};
};

template <>
struct OneOf<Event> {
  static constexpr std::string_view discriminator = "type";
  static constexpr std::array<std::string_view, std::variant_size_v<Event>> names{
      "order_created",      "line_added",       "quantity_set",       "line_removed",
      "stock_clamped",      "contact_set",      "address_set",        "shipping_chosen",
      "shipping_cleared",   "payment_chosen",   "coupon_applied",     "coupon_removed",
      "terms_accepted",     "order_placed",     "order_confirmed",    "order_reopened",
      "order_canceled",     "order_locked",     "order_assigned",     "stock_held",
      "hold_renewed",       "hold_expired",     "hold_released",      "stock_reserved",
      "stock_released",     "payment_started",  "payment_superseded", "payment_pending",
      "payment_authorized", "payment_captured", "payment_failed",     "payment_canceled",
      "void_requested",     "refund_requested", "person_needed",      "transfer_created",
      "transfer_ready",     "transfer_canceled"};
};

}  // namespace tandem
