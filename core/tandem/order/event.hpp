// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everything that can have happened to an order. Events are facts: they always apply, and they hold
// no personal data; that stands in sealed parts beside them (see record.hpp).
//
//   OneOf<Event>::names[0] == "order_created"

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "tandem/delivery/events.hpp"
#include "tandem/invoice/events.hpp"
#include "tandem/order/cart_events.hpp"
#include "tandem/order/customer_events.hpp"
#include "tandem/order/order_events.hpp"
#include "tandem/payment/events.hpp"
#include "tandem/payment/refund_events.hpp"
#include "tandem/returns/events.hpp"

namespace tandem {

using EventVariant = std::variant<
    OrderCreated, LineAdded, QuantitySet, LineRemoved, StockClamped, CartMerged, ContactSet,
    AddressSet, ShippingChosen, ShippingCleared, PaymentChosen, CouponApplied, CouponRemoved,
    CouponDropped, GiftCardApplied, GiftCardRemoved, TermsAccepted, CustomerAttached, Unsubscribed,
    OrderPlaced, QuotationSent, OrderConfirmed, OrderReopened, OrderCanceled, OrderLocked,
    OrderUnlocked, OrderRevised, OrderAssigned, NoteAdded, StockHeld, HoldRenewed, HoldExpired,
    HoldReleased, StockReserved, StockReleased, PaymentStarted, PaymentSuperseded,
    PaymentWasPending, PaymentWasAuthorized, CaptureRequested, PaymentWasCaptured, CaptureWasFailed,
    PaymentWasFailed, PaymentWasCanceled, VoidRequested, PaymentWasVoided, VoidWasFailed,
    PaymentRecorded, RefundRequested, RefundWasSucceeded, RefundWasFailed, PaymentWasChargedBack,
    PersonNeeded, PersonResolved, TransferCreated, TransferReady, TransferWaiting, TransferDone,
    TransferCanceled, BackorderCreated, TransferDelivered, InvoiceDrafted, InvoicePosted,
    InvoiceCanceled, CreditNotePosted, ReturnRequested, ReturnApproved, ReturnRejected,
    ReturnCanceled, ReturnReceived, ReturnClosed, ExchangeCreated, ReminderSent, ReminderSkipped,
    PersonalDataErased>;

/// One of the above. What copying and destroying so many alternatives takes is compiled once, in
/// event.cpp, and not in every file that handles an event.
class Event : public EventVariant {
 public:
  Event();
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Event>)
  Event(T&& event)
      : EventVariant(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(event)) {}
  Event(const Event& other);
  Event(Event&& other) noexcept;
  Event& operator=(const Event& other);
  Event& operator=(Event&& other) noexcept;
  ~Event();
};

namespace detail {
template <>
struct VariantOf<Event> {
  using type = EventVariant;
};
}  // namespace detail

template <>
const Type& type_of<Event>();

template <>
struct OneOf<Event> {
  static constexpr std::string_view discriminator = "type";
  static constexpr std::array<std::string_view, std::variant_size_v<EventVariant>> names{
      "order_created",      "line_added",        "quantity_set",        "line_removed",
      "stock_clamped",      "cart_merged",       "contact_set",         "address_set",
      "shipping_chosen",    "shipping_cleared",  "payment_chosen",      "coupon_applied",
      "coupon_removed",     "coupon_dropped",    "gift_card_applied",   "gift_card_removed",
      "terms_accepted",     "customer_attached", "unsubscribed",        "order_placed",
      "quotation_sent",     "order_confirmed",   "order_reopened",      "order_canceled",
      "order_locked",       "order_unlocked",    "order_revised",       "order_assigned",
      "note_added",         "stock_held",        "hold_renewed",        "hold_expired",
      "hold_released",      "stock_reserved",    "stock_released",      "payment_started",
      "payment_superseded", "payment_pending",   "payment_authorized",  "capture_requested",
      "payment_captured",   "capture_failed",    "payment_failed",      "payment_canceled",
      "void_requested",     "payment_voided",    "void_failed",         "payment_recorded",
      "refund_requested",   "refund_succeeded",  "refund_failed",       "payment_charged_back",
      "person_needed",      "person_resolved",   "transfer_created",    "transfer_ready",
      "transfer_waiting",   "transfer_done",     "transfer_canceled",   "backorder_created",
      "transfer_delivered", "invoice_drafted",   "invoice_posted",      "invoice_canceled",
      "credit_note_posted", "return_requested",  "return_approved",     "return_rejected",
      "return_canceled",    "return_received",   "return_closed",       "exchange_created",
      "reminder_sent",      "reminder_skipped",  "personal_data_erased"};
};

}  // namespace tandem
