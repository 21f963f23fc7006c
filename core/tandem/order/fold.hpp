// SPDX-License-Identifier: Apache-2.0
#pragma once
// How each event changes an order: one method per event, by the file of the idea it belongs to. An
// event without one does not compile. All are total: what does not fit changes nothing.
//
//   std::visit(Fold(order, parts, moment), event)

#include "tandem/order/evolve.hpp"

namespace tandem {

class Fold {
 public:
  Fold(Order& order, const Parts& parts, const EventMoment& moment)
      : order_(order), parts_(parts), moment_(moment) {}

  // fold_cart.cpp
  void operator()(const OrderCreated& e);
  void operator()(const LineAdded& e);
  void operator()(const QuantitySet& e);
  void operator()(const LineRemoved& e);
  void operator()(const StockClamped&) {}  // the quantity itself is in line_added or quantity_set
  void operator()(const CartMerged& e);
  void operator()(const ContactSet& e);
  void operator()(const AddressSet& e);
  void operator()(const ShippingChosen& e);
  void operator()(const ShippingCleared& e);
  void operator()(const PaymentChosen& e);
  void operator()(const CouponApplied& e);
  void operator()(const CouponRemoved& e);
  void operator()(const CouponDropped& e);
  void operator()(const GiftCardApplied& e);
  void operator()(const GiftCardRemoved& e);
  void operator()(const TermsAccepted& e);
  void operator()(const CustomerAttached& e);
  void operator()(const Unsubscribed&);
  void operator()(const ReminderSent&);
  void operator()(const ReminderSkipped& e);

  // fold_order.cpp
  void operator()(const OrderPlaced& e);
  void operator()(const QuotationSent& e);
  void operator()(const OrderConfirmed&);
  void operator()(const OrderReopened&);
  void operator()(const OrderCanceled&);
  void operator()(const OrderLocked&);
  void operator()(const OrderUnlocked&);
  void operator()(const OrderRevised& e);
  void operator()(const OrderAssigned& e);
  void operator()(const NoteAdded&) {}  // only a part
  void operator()(const StockHeld& e);
  void operator()(const HoldRenewed& e);
  void operator()(const HoldExpired&);
  void operator()(const HoldReleased&);
  void operator()(const StockReserved& e);
  void operator()(const StockReleased& e);
  void operator()(const PersonNeeded& e);
  void operator()(const PersonResolved&);
  void operator()(const PersonalDataErased& e);

  // payment/fold.cpp
  void operator()(const PaymentStarted& e);
  void operator()(const PaymentSuperseded& e);
  void operator()(const PaymentWasPending& e);
  void operator()(const PaymentWasAuthorized& e);
  void operator()(const CaptureRequested& e);
  void operator()(const PaymentWasCaptured& e);
  void operator()(const CaptureWasFailed& e);
  void operator()(const PaymentWasFailed& e);
  void operator()(const PaymentWasCanceled& e);
  void operator()(const VoidRequested& e);
  void operator()(const PaymentWasVoided& e);
  void operator()(const VoidWasFailed& e);
  void operator()(const PaymentRecorded& e);
  void operator()(const RefundRequested& e);
  void operator()(const RefundWasSucceeded& e);
  void operator()(const RefundWasFailed& e);
  void operator()(const PaymentWasChargedBack& e);

  // delivery/fold.cpp
  void operator()(const TransferCreated& e);
  void operator()(const TransferReady& e);
  void operator()(const TransferWaiting& e);
  void operator()(const TransferDone& e);
  void operator()(const TransferCanceled& e);
  void operator()(const BackorderCreated& e);
  void operator()(const TransferDelivered& e);

  // invoice/fold.cpp
  void operator()(const InvoiceDrafted& e);
  void operator()(const InvoicePosted& e);
  void operator()(const InvoiceCanceled& e);
  void operator()(const CreditNotePosted& e);

  // returns/fold.cpp
  void operator()(const ReturnRequested& e);
  void operator()(const ReturnApproved& e);
  void operator()(const ReturnRejected& e);
  void operator()(const ReturnCanceled& e);
  void operator()(const ReturnReceived& e);
  void operator()(const ReturnClosed& e);
  void operator()(const ExchangeCreated& e);

 private:
  void edited();
  /// How many units of a line are on invoices, and on credit notes that take back what stays
  /// billed.
  void count_billed(Line& line) const;
  Line& new_line(const LineId& id);
  void forget_saved(const Line& line);
  void move(OrderAction action);
  void agree(Placed placed);
  void freeze(Placed placed);
  void take_terms(const Terms& terms);
  Attempt* tell(std::int64_t number, AttemptFact fact, const std::optional<std::string>& reference,
                const std::optional<std::int64_t>& occurred_ms);
  Attempt* note(std::int64_t number, AttemptFact fact, const std::optional<std::string>& reference,
                const std::optional<std::int64_t>& occurred_ms);
  void settle(std::int64_t refund, RefundFact fact);
  void move(std::int64_t transfer, TransferAction action);
  void move(std::int64_t number, ReturnAction action);

  Order& order_;
  const Parts& parts_;
  const EventMoment& moment_;
};

/// Gives up units of a line, or none: it has as many canceled as were ordered, and neither went out
/// nor are asked for by an open transfer or `on_their_way` to the next step. Units that were moved
/// beyond the order are given up first.
void give_up(const Order& order, Line& line, std::int64_t units, std::int64_t on_their_way);

/// Moves a record of an order along its table; a row that is not there changes nothing.
template <class State, class Action, std::size_t Rows>
void step(State& state, const std::array<Transition<State, Action>, Rows>& table, Action by) {
  state = next(table, state, by).value_or(state);
}

}  // namespace tandem
