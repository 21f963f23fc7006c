// SPDX-License-Identifier: Apache-2.0
// What every edit of a cart has in common.
#include <algorithm>

#include "tandem/order/decider.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/pricing/appraisal.hpp"

namespace tandem {

Result<void> check_editable(const Order& order) {
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  if (!allows(order.state, OrderAction::edit)) return reject(Reason::not_a_quotation);
  return {};
}

void begin_edit(Decider& d) {
  if (d.order().version == 0) {
    const bool by_customer = d.context().actor.kind == ActorClass::customer;
    d.emit(OrderCreated{.channel = by_customer ? "web" : "desk",
                        .currency = std::string(d.rules().currency.name()),
                        .customer = by_customer ? d.context().actor.id : std::nullopt,
                        .salesperson = {},
                        .team = d.settings().team});
  }
  if (d.order().state == OrderState::quotation_sent) {
    supersede_attempts(d);
    if (d.order().hold) d.emit(HoldReleased{});
    d.emit(OrderReopened{.cause = ReopenCause::edited});
  }
}

Result<void> finish_edit(Decider& d) {
  const Order& order = d.order();
  if (order.shipping_method && !order.lines.empty()) {
    const ShippingMethodId method = *order.shipping_method;
    if (!check_shipping(d, method)) d.emit(ShippingCleared{.method = method});
  }
  if (const auto& quote = d.appraisal().quote; !quote) return std::unexpected(quote.error());
  if (d.settings().hold_at != HoldAt::add_line) return {};
  // What others took while nothing was held cannot be held again.
  if (check_stock(d)) {
    hold_stock(d);
  } else if (d.order().hold) {
    d.emit(HoldReleased{});
  }
  return {};
}

std::vector<LineQuantity> joined(const std::vector<LineQuantity>& lines) {
  std::vector<LineQuantity> joined;
  for (const LineQuantity& asked : lines) {
    const auto known = std::ranges::find(joined, asked.line, &LineQuantity::line);
    if (known == joined.end()) {
      joined.push_back(asked);
    } else {
      known->quantity += asked.quantity;
    }
  }
  return joined;
}

}  // namespace tandem
