// SPDX-License-Identifier: Apache-2.0
#include "app/projection.hpp"

#include <utility>

#include "tandem/fields/writer.hpp"
#include "tandem/order/effects.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

/// What a staff's view shows beside the customer's.
struct StaffFacts {
  ViewAssigned assigned;
  std::optional<ViewNeedsPerson> needs_person;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::StaffFacts> {
  static constexpr std::array list{required<&app::StaffFacts::assigned>("assigned"),
                                   required<&app::StaffFacts::needs_person>("needs_person")};
};
}  // namespace tandem

namespace tandem::app {

namespace {

/// Since when its customer may be reminded of a cart, whatever the shop's delay is.
std::optional<std::int64_t> idle_since(const Order& order) {
  Settings reminding;
  reminding.abandoned.reminder = true;
  return reminder_due_ms(order, reminding) ? std::optional(order.last_customer_ms) : std::nullopt;
}

/// What falls due but for the reminder, whose time follows the settings as they are by then.
std::optional<std::int64_t> next_due(const Order& order, Settings settings) {
  settings.abandoned.reminder = false;
  const auto all = due(order, settings);
  return all.empty() ? std::nullopt : std::optional(all.front().at_ms);
}

}  // namespace

store::OrderRow project(const Order& order, const Quote& quote, const store::OrderHead& head,
                        const Settings& settings,
                        const std::optional<store::Digest>& contact_hash) {
  View view =
      view_of(order, quote, {.order = head.order_id, .order_no = head.order_no, .staff = true});
  StaffFacts staff{.assigned = std::exchange(view.assigned, {}),
                   .needs_person = std::exchange(view.needs_person, {})};
  store::OrderRow row{.order_no = head.order_no,
                      .version = order.version,
                      .order_state = std::string(enum_name(view.axes.order)),
                      .payment_state = std::string(enum_name(view.axes.payment)),
                      .delivery_state = std::string(enum_name(view.axes.delivery)),
                      .invoice_state = std::string(enum_name(view.axes.invoice)),
                      .return_state = std::string(enum_name(view.axes.return_)),
                      .needs_person = order.needs_person.has_value(),
                      .placed_ms = view.placed_ms,
                      .confirmed_ms = order.confirmed_ms,
                      .idle_since_ms = idle_since(order),
                      .active_ms = order.last_customer_ms,
                      .unsubscribed = order.unsubscribed,
                      .next_due_ms = next_due(order, settings),
                      .updated_ms = order.last_ms,
                      .total_minor = quote.totals.total_minor,
                      .currency = view.currency,
                      .customer = order.customer.value_or(""),
                      .contact_hash = contact_hash,
                      .view = canonical(view),
                      .staff_view = canonical(staff)};
  if (order.state == OrderState::order) row.bought_ms = order.confirmed_ms;
  if (order.reminded && !order.reminded->skipped) row.reminded_ms = order.reminded->at_ms;
  return row;
}

Result<View> staff_view(const store::OrderRow& row) {
  auto view = wire::decode<View>(row.view);
  if (!view) return view;
  auto staff = wire::decode<StaffFacts>(row.staff_view);
  if (!staff) return std::unexpected(std::move(staff.error()));
  view->assigned = std::move(staff->assigned);
  view->needs_person = std::move(staff->needs_person);
  return view;
}

Quote quote_shown(const View& view) {
  Quote quote;
  if (const auto currency = currency_named(view.currency)) quote.currency = *currency;
  for (const ViewLine& line : view.lines) {
    QuoteLine& to = quote.lines.emplace_back();
    to.discount_minor = line.discount_minor;
    to.discounts = line.discounts;
    to.gross_minor = line.gross_minor;
    to.line_id = line.line_id;
    to.net_minor = line.net_minor;
    to.quantity = line.quantity;
    to.sku = line.sku;
    to.subtotal_minor = line.subtotal_minor;
    to.tax_minor = line.tax_minor;
    to.taxes = line.taxes;
    to.unit_price_minor = line.unit_price_minor;
  }
  for (const ViewGiftCard& card : view.gift_cards) {
    quote.gift_cards.push_back({card.amount_minor, GiftCardId{card.code}});
  }
  quote.messages = view.messages;
  quote.quote_digest = view.quote_digest;
  quote.shipping = view.shipping;
  quote.tax_summary = view.tax_summary;
  quote.terms_version = view.terms_version;
  quote.totals = view.totals;
  return quote;
}

}  // namespace tandem::app
