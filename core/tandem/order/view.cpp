// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/view.hpp"

namespace tandem {
namespace {

ViewLine line_view(const QuoteLine& quoted, const Line* line) {
  ViewLine view{.discount_minor = quoted.discount_minor,
                .discounts = quoted.discounts,
                .goods = {},
                .gross_minor = quoted.gross_minor,
                .line_id = quoted.line_id,
                .net_minor = quoted.net_minor,
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
  }
  return view;
}

ViewMoney money_view(const Order& order) {
  const OrderMoney money = money_of(order);
  return {.authorized_minor = money.authorized_minor,
          .captured_minor = money.captured_minor,
          .due_minor = money.due_minor(),
          .owed_minor = money.owed_minor(),
          .refundable_minor = money.refundable_minor(),
          .refunded_minor = money.refunded_minor,
          .refunding_minor = money.refunding_minor};
}

ViewTransfer transfer_view(const Transfer& transfer) {
  ViewTransfer view{.backorder_of = transfer.backorder_of,
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
                            .refund = refund.number,
                            .state = refund.state});
  }
}

void add_goods(View& view, const Order& order, const Quote& quote) {
  for (const QuoteLine& line : quote.lines) {
    view.lines.push_back(line_view(line, order.find_line(line.line_id)));
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

void add_staff_facts(View& view, const Order& order) {
  view.assigned = {.salesperson = order.salesperson, .team = order.team};
  if (order.needs_person) {
    view.needs_person = ViewNeedsPerson{.reason = order.needs_person->reason,
                                        .since_ms = order.needs_person->since_ms};
  }
}

}  // namespace

View view_of(const Order& order, const Quote& quote, const Reader& reader) {
  View view;
  view.order = reader.order;
  view.order_no = reader.order_no;
  view.version = order.version;
  view.channel = order.channel;
  view.customer = order.customer;
  view.contact = order.contact;
  view.ship_to = order.ship_to;
  view.bill_to = order.bill_to;
  view.confirmed_ms = order.confirmed_ms;
  if (order.is_placed() && order.placed) view.placed_ms = order.placed->at_ms;
  view.quote_digest = quote.quote_digest;
  view.currency = std::string(quote.currency.name());
  view.locked = order.locked;
  view.axes = {
      .delivery = delivery_axis(order), .order = order.state, .payment = payment_axis(order)};
  view.shipping = quote.shipping;
  view.payment_method = order.payment_method;
  view.terms_version = order.terms_version;
  view.tax_summary = quote.tax_summary;
  view.totals = quote.totals;
  view.messages = quote.messages;
  view.money = money_view(order);
  for (const OrderCoupon& coupon : order.coupons) {
    view.coupons.push_back(
        {.code = coupon.code,
         .promotion = coupon.promotion,
         .reason = coupon.reason ? std::optional(std::string(name(*coupon.reason))) : std::nullopt,
         .state = coupon.state});
  }
  add_goods(view, order, quote);
  add_payments(view, order);
  if (reader.staff) add_staff_facts(view, order);
  return view;
}

}  // namespace tandem
