// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/view.hpp"

#include <algorithm>

#include "tandem/invoice/amounts.hpp"
#include "tandem/money/money.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// What was captured, shared over lines and shipping by what each costs.
std::vector<std::int64_t> captured_shares(const Quote& quote, std::int64_t captured) {
  std::vector<std::int64_t> weights;
  for (const QuoteLine& line : quote.lines) {
    weights.push_back(std::max<std::int64_t>(0, line.gross_minor));
  }
  weights.push_back(std::max<std::int64_t>(0, quote.shipping.gross_minor));
  std::vector<std::int64_t> shares(weights.size(), 0);
  const auto parts = allocate(Money{.minor = captured, .currency = quote.currency}, weights);
  if (!parts) return shares;
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = (*parts)[i].minor;
  return shares;
}

/// What refunds took of each line: those that name it, and of those for the order as a whole its
/// part of what is left.
struct LineRefunds {
  std::vector<std::int64_t> asked;
  std::vector<std::int64_t> succeeded;
};

LineRefunds refunds_of(const Order& order, const Quote& quote,
                       const std::vector<std::int64_t>& captured) {
  const std::size_t shipping = quote.lines.size();
  LineRefunds refunds{.asked = std::vector<std::int64_t>(shipping + 1),
                      .succeeded = std::vector<std::int64_t>(shipping + 1)};
  for (const Refund& refund : order.refunds) {
    if (!refund.counts()) continue;
    std::vector<std::int64_t> parts(shipping + 1);
    std::int64_t rest = refund.amount_minor - refund.shipping_minor;
    parts[shipping] = refund.shipping_minor;
    for (std::size_t i = 0; i < shipping; ++i) {
      for (const RefundLine& line : refund.lines) {
        if (line.line_id == quote.lines[i].line_id) parts[i] += line.amount_minor;
      }
      rest -= parts[i];
    }
    std::vector<std::int64_t> left;
    for (std::size_t i = 0; i <= shipping; ++i) {
      left.push_back(std::max<std::int64_t>(0, captured[i] - refunds.asked[i] - parts[i]));
    }
    const auto shared = allocate(Money{.minor = rest, .currency = quote.currency}, left);
    for (std::size_t i = 0; i <= shipping; ++i) {
      if (shared) parts[i] += (*shared)[i].minor;
      refunds.asked[i] += parts[i];
      if (refund.state == RefundState::succeeded) refunds.succeeded[i] += parts[i];
    }
  }
  return refunds;
}

/// A line's part of the ledger of money.
ViewLineMoney line_money(const Order& order, const QuoteLine& quoted, std::int64_t captured,
                         std::int64_t refunds_asked, std::int64_t refunded) {
  ViewLineMoney money{.captured_minor = captured,
                      .due_minor = 0,
                      .refundable_minor = std::max<std::int64_t>(0, captured - refunds_asked),
                      .refunded_minor = refunded};
  if (order.is_placed()) {
    money.due_minor = std::max<std::int64_t>(0, quoted.gross_minor - captured);
  }
  return money;
}

ViewLine line_view(const Order& order, const QuoteLine& quoted, const Line* line) {
  ViewLine view{.discount_minor = quoted.discount_minor,
                .discounts = quoted.discounts,
                .goods = {},
                .gross_minor = quoted.gross_minor,
                .line_id = quoted.line_id,
                .money = {},
                .net_minor = quoted.net_minor,
                .promise = {},
                .quantity = quoted.quantity,
                .sku = quoted.sku,
                .subtotal_minor = quoted.subtotal_minor,
                .tax_minor = quoted.tax_minor,
                .taxes = quoted.taxes,
                .unit_price_minor = quoted.unit_price_minor};
  view.goods.ordered = quoted.quantity;
  if (line != nullptr) {
    view.goods.reserved = line->reserved;
    view.goods.backordered = line->backordered;
    view.goods.shipped = line->shipped;
    view.goods.canceled = line->canceled;
    view.goods.returned = line->returned;
    view.goods.restocked = line->restocked;
    view.promise = {.credited = line->credited,
                    .invoiced = line->invoiced,
                    .to_invoice = to_invoice(order, *line)};
  }
  return view;
}

ViewMoney money_view(const Order& order) {
  const OrderMoney money = money_of(order);
  return {.authorized_minor = money.authorized_minor,
          .captured_minor = money.captured_minor,
          .charged_back_minor = money.charged_back_minor,
          .due_minor = money.due_minor(),
          .owed_minor = money.owed_minor(),
          .refundable_minor = money.refundable_minor,
          .refunded_minor = money.refunded_minor,
          .refunding_minor = money.refunding_minor};
}

ViewTransfer transfer_view(const Transfer& transfer) {
  ViewTransfer view{.backorder_of = transfer.backorder_of,
                    .delivered_ms = transfer.delivered_ms,
                    .done_ms = transfer.done_ms,
                    .exchange_of = transfer.exchange_of,
                    .lines = {},
                    .location = transfer.location,
                    .state = transfer.state,
                    .step = transfer.step,
                    .tracking = transfer.tracking,
                    .transfer = transfer.number};
  for (const TransferLine& line : transfer.lines) {
    view.lines.push_back({.demanded = line.demanded,
                          .done = line.done,
                          .line_id = line.line,
                          .reserved = line.reserved,
                          .sku = line.sku});
  }
  return view;
}

void add_payments(View& view, const Order& order) {
  for (const Attempt& attempt : order.attempts) {
    view.payments.push_back({.amount_minor = attempt.amount_minor,
                             .attempt = attempt.number,
                             .authorized_minor = attempt.authorized_minor,
                             .captured_minor = attempt.captured_minor,
                             .method = attempt.method,
                             .provider = attempt.provider,
                             .reason = attempt.reason,
                             .refundable_minor = attempt.refundable_minor(),
                             .refunded_minor = attempt.refunded_minor,
                             .state = attempt.state});
  }
  for (const Refund& refund : order.refunds) {
    view.refunds.push_back({.amount_minor = refund.amount_minor,
                            .attempt = refund.attempt,
                            .gift_card = refund.gift_card,
                            .lines = refund.lines,
                            .reason = refund.reason,
                            .refund = refund.number,
                            .return_ = refund.of_return,
                            .shipping_minor = refund.shipping_minor,
                            .state = refund.state});
  }
}

/// What was paid goes to the oldest posted invoice first.
void add_invoices(View& view, const Order& order) {
  const OrderMoney money = money_of(order);
  std::int64_t paid = money.captured_minor - money.refunded_minor;
  for (const Invoice& invoice : order.invoices) {
    const Billed& billed = invoice.billed;
    view.invoices.push_back(
        {.deducted_minor = billed.deducted_minor,
         .invoice = invoice.number,
         .kind = invoice.kind,
         .lines = billed.lines,
         .net_minor = billed.net_minor,
         .number = invoice.posted_number,
         .of = invoice.of,
         .series = invoice.posted_number ? std::optional(invoice.series) : std::nullopt,
         .shipping = billed.shipping,
         .state = invoice.state,
         .tax_minor = billed.tax_minor,
         .taxes = billed.taxes,
         .total_minor = billed.total_minor});
    if (invoice.state != InvoiceState::posted || invoice.is_credit()) continue;
    const std::int64_t part = std::clamp<std::int64_t>(paid, 0, billed.total_minor);
    view.invoices.back().paid_minor = part;
    paid -= part;
  }
}

void add_returns(View& view, const Order& order) {
  for (const Return& back : order.returns) {
    ViewReturn& to = view.returns.emplace_back();
    to.return_ = back.number;
    to.state = back.state;
    to.refundable_minor = refundable_of(order, back);
    for (const ReturnLine& line : back.lines) {
      to.lines.push_back({.accepted = line.accepted,
                          .approved = line.approved,
                          .exchanged = line.exchanged,
                          .line_id = line.line,
                          .rejected = line.rejected,
                          .requested = line.requested,
                          .restocked = line.restocked});
    }
  }
}

void add_codes(View& view, const Order& order, const Quote& quote) {
  for (const OrderCoupon& coupon : order.coupons) {
    view.coupons.push_back(
        {.code = coupon.code,
         .promotion = coupon.promotion,
         .reason = coupon.reason ? std::optional(std::string(name(*coupon.reason))) : std::nullopt,
         .state = coupon.state});
  }
  for (const OrderGiftCard& card : order.gift_cards) {
    const auto used = std::ranges::find_if(
        quote.gift_cards, [&](const QuoteGiftCard& one) { return one.id.value == card.code; });
    const std::int64_t amount = used == quote.gift_cards.end() ? 0 : used->amount_minor;
    view.gift_cards.push_back({.amount_minor = amount, .code = card.code, .state = card.state});
  }
}

void add_goods(View& view, const Order& order, const Quote& quote) {
  const auto captured = captured_shares(quote, money_of(order).captured_minor);
  const LineRefunds refunds = refunds_of(order, quote, captured);
  for (std::size_t i = 0; i < quote.lines.size(); ++i) {
    const QuoteLine& line = quote.lines[i];
    view.lines.push_back(line_view(order, line, order.find_line(line.line_id)));
    view.lines.back().money =
        line_money(order, line, captured[i], refunds.asked[i], refunds.succeeded[i]);
  }
  for (const Transfer& transfer : order.transfers) {
    view.deliveries.push_back(transfer_view(transfer));
  }
  if (!order.hold) return;
  for (const StockTaken& taken : order.hold->lines) {
    view.holds.push_back({.expires_ms = order.hold->expires_ms,
                          .location = taken.location,
                          .quantity = taken.quantity,
                          .sku = taken.sku});
  }
}

void add_staff_facts(View& view, const Order& order, const Reader& reader) {
  if (reader.abandonment) {
    view.abandoned = {.is = reader.abandonment->is,
                      .reason = reader.abandonment->reason,
                      .reminder = reader.abandonment->reminder};
  }
  view.assigned = {.salesperson = order.salesperson, .team = order.team};
  if (order.needs_person) {
    view.needs_person = ViewNeedsPerson{.reason = order.needs_person->reason,
                                        .since_ms = order.needs_person->since_ms};
  }
}

}  // namespace

View view_of(const Order& order, const Quote& quote, const Reader& reader) {
  View view{.axes = {.delivery = delivery_axis(order),
                     .invoice = invoice_axis(order),
                     .order = order.state,
                     .payment = payment_axis(order),
                     .return_ = return_axis(order)},
            .bill_to = order.bill_to,
            .channel = order.channel,
            .confirmed_ms = order.confirmed_ms,
            .contact = order.contact,
            .currency = std::string(quote.currency.name()),
            .customer = order.customer,
            .erased = order.erased,
            .locked = order.locked,
            .messages = quote.messages,
            .money = money_view(order),
            .order = reader.order,
            .order_no = reader.order_no,
            .payment_method = order.payment_method,
            .quote_digest = quote.quote_digest,
            .saved = order.saved,
            .ship_to = order.ship_to,
            .shipping = quote.shipping,
            .tax_summary = quote.tax_summary,
            .terms_version = order.terms_version,
            .totals = quote.totals,
            .version = order.version};
  if (order.is_placed() && order.placed) view.placed_ms = order.placed->at_ms;
  add_codes(view, order, quote);
  add_goods(view, order, quote);
  add_payments(view, order);
  add_invoices(view, order);
  add_returns(view, order);
  if (reader.staff) add_staff_facts(view, order, reader);
  return view;
}

}  // namespace tandem
