// SPDX-License-Identifier: Apache-2.0
#pragma once
// The records of an order as its view shows them: payments, refunds, transfers, invoices, returns.
//
//   view.payments[0].state == AttemptState::captured

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/order/order.hpp"

namespace tandem {

struct ViewPayment {
  std::int64_t amount_minor = 0;
  std::int64_t attempt = 0;
  std::int64_t authorized_minor = 0;
  std::int64_t captured_minor = 0;
  PaymentMethodId method;
  ProviderId provider;
  std::optional<std::string> reason;
  std::int64_t refundable_minor = 0;
  std::int64_t refunded_minor = 0;
  AttemptState state{};
};

struct ViewRefund {
  std::int64_t amount_minor = 0;
  std::optional<std::int64_t> attempt;
  std::optional<std::string> gift_card;  // that got it back, in place of an attempt
  std::vector<RefundLine> lines;
  std::optional<std::string> reason;
  std::int64_t refund = 0;
  std::optional<std::int64_t> return_;
  std::int64_t shipping_minor = 0;
  RefundState state{};
};

struct ViewTransferLine {
  std::int64_t demanded = 0;
  std::int64_t done = 0;
  LineId line_id;
  std::int64_t reserved = 0;
  Sku sku;
};

struct ViewTransfer {
  std::optional<std::int64_t> backorder_of;
  std::optional<std::int64_t> delivered_ms;
  std::optional<std::int64_t> done_ms;
  std::optional<std::int64_t> exchange_of;
  std::vector<ViewTransferLine> lines;
  std::string location;
  TransferState state{};
  TransferStep step{};
  Tracking tracking;
  std::int64_t transfer = 0;
};

struct ViewInvoice {
  std::int64_t deducted_minor = 0;
  std::int64_t invoice = 0;
  InvoiceKind kind{};
  std::vector<InvoiceLine> lines;
  std::int64_t net_minor = 0;
  std::optional<std::int64_t> number;
  std::optional<std::int64_t> of;
  std::int64_t paid_minor = 0;
  std::optional<std::string> series;
  InvoiceShipping shipping;
  InvoiceState state{};
  std::int64_t tax_minor = 0;
  std::vector<InvoiceTax> taxes;
  std::int64_t total_minor = 0;
};

struct ViewReturnLine {
  std::int64_t accepted = 0;
  std::int64_t approved = 0;
  std::int64_t exchanged = 0;
  LineId line_id;
  std::int64_t rejected = 0;
  std::int64_t requested = 0;
  std::int64_t restocked = 0;
};

struct ViewReturn {
  std::vector<ViewReturnLine> lines;
  std::int64_t refundable_minor = 0;
  std::int64_t return_ = 0;
  ReturnState state{};
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
                                   required<&ViewRefund::gift_card>("gift_card"),
                                   required<&ViewRefund::lines>("lines"),
                                   required<&ViewRefund::reason>("reason"),
                                   required<&ViewRefund::refund>("refund"),
                                   required<&ViewRefund::return_>("return"),
                                   required<&ViewRefund::shipping_minor>("shipping_minor"),
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
                                   required<&ViewTransfer::delivered_ms>("delivered_ms"),
                                   required<&ViewTransfer::done_ms>("done_ms"),
                                   required<&ViewTransfer::exchange_of>("exchange_of"),
                                   required<&ViewTransfer::lines>("lines"),
                                   required<&ViewTransfer::location>("location"),
                                   required<&ViewTransfer::state>("state"),
                                   required<&ViewTransfer::step>("step"),
                                   required<&ViewTransfer::tracking>("tracking"),
                                   required<&ViewTransfer::transfer>("transfer")};
};
template <>
struct Fields<ViewInvoice> {
  static constexpr std::array list{required<&ViewInvoice::deducted_minor>("deducted_minor"),
                                   required<&ViewInvoice::invoice>("invoice"),
                                   required<&ViewInvoice::kind>("kind"),
                                   required<&ViewInvoice::lines>("lines"),
                                   required<&ViewInvoice::net_minor>("net_minor"),
                                   required<&ViewInvoice::number>("number"),
                                   required<&ViewInvoice::of>("of"),
                                   required<&ViewInvoice::paid_minor>("paid_minor"),
                                   required<&ViewInvoice::series>("series"),
                                   required<&ViewInvoice::shipping>("shipping"),
                                   required<&ViewInvoice::state>("state"),
                                   required<&ViewInvoice::tax_minor>("tax_minor"),
                                   required<&ViewInvoice::taxes>("taxes"),
                                   required<&ViewInvoice::total_minor>("total_minor")};
};
template <>
struct Fields<ViewReturnLine> {
  static constexpr std::array list{required<&ViewReturnLine::accepted>("accepted"),
                                   required<&ViewReturnLine::approved>("approved"),
                                   required<&ViewReturnLine::exchanged>("exchanged"),
                                   required<&ViewReturnLine::line_id>("line_id"),
                                   required<&ViewReturnLine::rejected>("rejected"),
                                   required<&ViewReturnLine::requested>("requested"),
                                   required<&ViewReturnLine::restocked>("restocked")};
};
template <>
struct Fields<ViewReturn> {
  static constexpr std::array list{required<&ViewReturn::lines>("lines"),
                                   required<&ViewReturn::refundable_minor>("refundable_minor"),
                                   required<&ViewReturn::return_>("return"),
                                   required<&ViewReturn::state>("state")};
};

}  // namespace tandem
