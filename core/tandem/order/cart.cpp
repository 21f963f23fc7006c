// SPDX-License-Identifier: Apache-2.0
// Lines of the cart: add, change, remove.
#include "tandem/pricing/cart.hpp"
#include "tandem/order/decider.hpp"

namespace tandem {
namespace {

/// A line that the cart asks for. Gifts stay on an order that was reopened until it is edited, but
/// they are their promotion's to give.
const Line* own_line(const Order& order, const LineId& id) {
  const Line* line = order.find_line(id);
  return line != nullptr && line->gift ? nullptr : line;
}

std::int64_t quantity_in_other_lines(const Order& order, const Line* line, const Sku& sku) {
  std::int64_t quantity = 0;
  for (const Line& other : order.lines) {
    if (&other != line && other.sku == sku) quantity += other.quantity;
  }
  return quantity;
}

/// The price asked for now when a line has this quantity, kept in the event only to name a change
/// later. Every line of the product counts towards the price's quantity.
std::int64_t shown_price(const Decider& d, const Line* line, const Offer& offer,
                         std::int64_t quantity) {
  const std::int64_t others = quantity_in_other_lines(d.order(), line, offer.sku);
  return round_minor(price_now(d.context(), offer, others + quantity), Rounding::half_away);
}

/// What a line may get of what was asked for it, or the refusal: out_of_stock, insufficient_stock.
Result<std::int64_t> granted(const Decider& d, const Line* line, const Sku& sku,
                             std::int64_t asked) {
  const auto room = room_for(d, sku);
  if (!room) return asked;
  const std::int64_t left =
      std::max<std::int64_t>(0, *room - quantity_in_other_lines(d.order(), line, sku));
  if (asked <= left) return asked;
  const bool clamps = d.rules().policies.short_stock == ShortStock::clamp;
  if (clamps && (line != nullptr || left > 0)) return left;
  return reject(left == 0 ? Reason::out_of_stock : Reason::insufficient_stock, sku.value, left);
}

/// Refuses, in this order: offer_unknown, offer_unavailable.
Result<const Offer*> sellable(const Decider& d, const Sku& sku) {
  const Offer* offer = d.offer(sku);
  if (offer == nullptr) return reject(Reason::offer_unknown, sku.value);
  if (!offer->active) return reject(Reason::offer_unavailable, sku.value);
  return offer;
}

/// Refuses a quantity above the shop's limit.
Result<void> check_limit(const Decider& d, const std::string& subject, std::int64_t quantity) {
  const std::int64_t most = d.rules().policies.quantity_max;
  if (quantity > most) return reject(Reason::quantity_above_limit, subject, most);
  return {};
}

/// Gives an existing line what it may have of `asked`.
void change_line(Decider& d, const Line& line, const Offer& offer, std::int64_t asked,
                 std::int64_t granted) {
  const LineId id = line.id;
  const bool changes = granted != line.quantity;
  const std::int64_t price = shown_price(d, &line, offer, granted);
  begin_edit(d);
  if (granted == 0) {
    d.emit(LineRemoved{.line = id});
  } else if (changes) {
    d.emit(QuantitySet{.line = id, .quantity = granted, .unit_price_minor = price});
  }
  if (granted < asked) d.emit(StockClamped{.asked = asked, .line = id, .quantity = granted});
}

}  // namespace

/// Refuses, in this order: offer_unknown, offer_unavailable, quantity_above_limit, out_of_stock,
/// insufficient_stock, zero_price.
Result<void> put_line(Decider& d, const Sku& sku, const std::optional<std::string>& configuration,
                      std::int64_t asked) {
  const auto offer = sellable(d, sku);
  if (!offer) return std::unexpected(offer.error());
  const LineId id = line_id_of(sku, configuration);
  if (auto ok = check_limit(d, id.value, asked); !ok) return ok;
  const Line* line = d.order().find_line(id);
  const std::int64_t lines_max = d.rules().policies.lines_max;
  if (line == nullptr && static_cast<std::int64_t>(d.order().lines.size()) >= lines_max) {
    return reject(Reason::quantity_above_limit, "lines", lines_max);
  }
  const auto quantity = granted(d, line, sku, asked);
  if (!quantity) return std::unexpected(quantity.error());
  const bool refuses_zero = d.rules().policies.zero_price == ZeroPrice::refuse;
  if (refuses_zero && price_now(d.context(), **offer, *quantity).is_zero()) {
    return reject(Reason::zero_price, sku.value);
  }
  if (line != nullptr) {
    change_line(d, *line, **offer, asked, *quantity);
    return {};
  }
  begin_edit(d);
  d.emit(LineAdded{.configuration = configuration,
                   .kind = (*offer)->kind,
                   .line = id,
                   .quantity = *quantity,
                   .sku = sku,
                   .unit_price_minor = shown_price(d, nullptr, **offer, *quantity)});
  if (*quantity < asked) d.emit(StockClamped{.asked = asked, .line = id, .quantity = *quantity});
  return {};
}

/// Refuses, in this order: as check_editable, offer_unknown, offer_unavailable,
/// quantity_not_positive, quantity_above_limit, out_of_stock, insufficient_stock, zero_price.
Result<void> add_line(Decider& d, const AddLine& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (const auto offer = sellable(d, command.sku); !offer) return std::unexpected(offer.error());
  const LineId id = line_id_of(command.sku, command.configuration);
  if (command.quantity < 1) return reject(Reason::quantity_not_positive, id.value, 1);
  if (auto ok = check_limit(d, id.value, command.quantity); !ok) return ok;
  const Line* line = d.order().find_line(id);
  const std::int64_t asked = (line == nullptr ? 0 : line->quantity) + command.quantity;
  if (auto ok = put_line(d, command.sku, command.configuration, asked); !ok) return ok;
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, line_unknown, offer_unknown, offer_unavailable,
/// quantity_not_positive (below 0), quantity_above_limit, out_of_stock, insufficient_stock.
Result<void> set_quantity(Decider& d, const SetQuantity& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  const Line* line = own_line(d.order(), command.line);
  if (line == nullptr) return reject(Reason::line_unknown, command.line.value);
  if (command.quantity == 0) return remove_line(d, {.line = command.line});
  const auto offer = sellable(d, line->sku);
  if (!offer) return std::unexpected(offer.error());
  if (command.quantity < 0) return reject(Reason::quantity_not_positive, command.line.value, 0);
  if (auto ok = check_limit(d, command.line.value, command.quantity); !ok) return ok;
  const auto quantity = granted(d, line, line->sku, command.quantity);
  if (!quantity) return std::unexpected(quantity.error());
  if (line->quantity == command.quantity && *quantity == command.quantity) return {};
  change_line(d, *line, **offer, command.quantity, *quantity);
  return finish_edit(d);
}

/// Refuses, in this order: as check_editable, line_unknown.
Result<void> remove_line(Decider& d, const RemoveLine& command) {
  if (auto ok = check_editable(d.order()); !ok) return ok;
  if (own_line(d.order(), command.line) == nullptr) {
    return reject(Reason::line_unknown, command.line.value);
  }
  begin_edit(d);
  d.emit(LineRemoved{.line = command.line});
  return finish_edit(d);
}

}  // namespace tandem
