// SPDX-License-Identifier: Apache-2.0
// Taking up the lines of another order: a second cart of the same customer, or an order to be had
// again. No line is lost without a message: what is not taken up as it was asked is clamped, saved
// for later, or left out because it is not sold any more.
#include <algorithm>

#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

/// Whether this order's customer may take up the other one: unknown and foreign are told alike.
Result<void> check_other(const Decider& d, const std::string& from) {
  const Order* other = d.context().other;
  const bool foreign = other != nullptr && other->customer &&
                       other->customer != d.order().customer &&
                       other->customer != d.context().actor.id;
  if (other == nullptr || foreign) return reject(Reason::order_unknown, from);
  return {};
}

/// How many of a line there shall be, given both carts have it.
std::int64_t merged_quantity(const Decider& d, const Order& before, const Line& here,
                             const Line& there) {
  switch (d.rules().policies.merge) {
    case MergePolicy::sum:
      return here.quantity + there.quantity;
    case MergePolicy::max:
      return std::max(here.quantity, there.quantity);
    case MergePolicy::newer: {
      const bool other_is_newer = d.context().other->last_customer_ms > before.last_customer_ms;
      return other_is_newer ? there.quantity : here.quantity;
    }
    case MergePolicy::save_rest:
      return here.quantity;
  }
  return here.quantity;
}

/// As put_line, of a sum that may be more than a line may have: the line gets the most, and a
/// message says that it was clamped.
Result<void> put_sum(Decider& d, const Line& of, std::int64_t asked) {
  const std::int64_t most = std::min(asked, d.rules().policies.quantity_max);
  if (auto ok = put_line(d, of.sku, of.configuration, most); !ok) return ok;
  if (most < asked && d.order().find_line(of.id)->quantity == most) {
    d.emit(StockClamped{.asked = asked, .line = of.id, .quantity = most});
  }
  return {};
}

SavedLine saved_of(const Line& line) {
  return {.configuration = line.configuration, .quantity = line.quantity, .sku = line.sku};
}

}  // namespace

/// Changes nothing when the other cart was taken up or canceled before, or is this one. Refuses, in
/// this order: as check_editable, order_unknown, not_a_quotation (the other one is placed).
Result<void> merge_cart(Decider& d, const MergeCart& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (auto ok = check_other(d, command.from); !ok) return ok;
  const Order& other = *d.context().other;
  if (other.state == OrderState::canceled || d.context().other_is_this) return {};
  if (other.state != OrderState::quotation) return reject(Reason::not_a_quotation, command.from);
  const MergePolicy policy = d.rules().policies.merge;
  CartMerged merged{.from = command.from, .policy = policy, .saved = {}};
  const Order before = d.order();
  begin_edit(d);
  for (const Line& line : other.lines) {
    const Line* here = before.find_line(line.id);
    if (here == nullptr && policy == MergePolicy::save_rest) {
      merged.saved.push_back(saved_of(line));
      continue;
    }
    const std::int64_t quantity = here ? merged_quantity(d, before, *here, line) : line.quantity;
    if (here != nullptr && quantity == here->quantity) continue;
    // What cannot be had now is not lost: it is kept for later.
    if (!put_sum(d, line, quantity)) {
      merged.saved.push_back(saved_of(line));
    }
  }
  d.emit(std::move(merged));
  return finish_edit(d);
}

/// Changes nothing unless the cart is still one.
Result<void> retire_cart(Decider& d) {
  if (d.order().state != OrderState::quotation) return {};
  cancel(d, CancelCause::merged, std::nullopt);
  return {};
}

/// Refuses, in this order: as check_editable, order_unknown, not_confirmed, offer_unavailable (none
/// of its lines can be had).
Result<void> reorder(Decider& d, const Reorder& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (auto ok = check_other(d, command.from); !ok) return ok;
  const Order& other = *d.context().other;
  if (!other.confirmed_ms) return reject(Reason::not_confirmed, command.from);
  bool any = false;
  for (const Line& line : other.lines) {
    if (line.gift || line.quantity < 1) continue;
    const Line* here = d.order().find_line(line.id);
    const std::int64_t asked = (here == nullptr ? 0 : here->quantity) + line.quantity;
    if (put_sum(d, line, asked)) any = true;
  }
  if (!any) return reject(Reason::offer_unavailable, command.from);
  return finish_edit(d);
}

}  // namespace tandem
