// SPDX-License-Identifier: Apache-2.0
// Changing a placed order: what it becomes, what that costs, and what open transfers move instead.
// No money is moved; what the order costs from now on decides what is due or owed.
#include <algorithm>
#include <map>

#include "tandem/order/revised_moves.hpp"
#include "tandem/order/revised_quote.hpp"
#include "tandem/payment/settle.hpp"

namespace tandem {
namespace {

/// Refuses, in this order: order_canceled, order_locked, not_placed, payment_in_progress.
Result<void> check_revisable(const Order& order) {
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  if (!order.is_placed()) return reject(Reason::not_placed);
  const bool paying = std::ranges::any_of(order.attempts, [](const Attempt& attempt) {
    const bool waits =
        attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
    return waits && !attempt.superseded && !is_by_hand(attempt.provider);
  });
  if (paying) return reject(Reason::payment_in_progress);
  return {};
}

Revision revision_of(const Order& order, const ReviseOrder& command) {
  Revision revision{
      .on = command.terms,
      .lines = {},
      .coupons = {},
      .shipping_method = command.shipping_method ? command.shipping_method : order.shipping_method};
  for (const Line& line : order.lines) {
    if (line.gift) continue;
    revision.lines.push_back({.configuration = line.configuration,
                              .kind = line.kind,
                              .line = line.id,
                              .quantity = line.quantity,
                              .sku = line.sku,
                              .unit_price_minor = line.unit_price_shown_minor});
  }
  for (const OrderCoupon& coupon : order.coupons) {
    if (coupon.state == CouponState::dropped) continue;
    revision.coupons.push_back({.code = coupon.code, .promotion = coupon.promotion});
  }
  return revision;
}

/// The revised line that a change is about. Refuses, in this order: line_unknown, offer_unknown,
/// offer_unavailable.
Result<RevisedLine*> line_of(const Decider& d, Revision& revision, const QuantityChange& change) {
  const LineId id = change.line ? *change.line : LineId{change.sku ? change.sku->value : ""};
  const auto known = std::ranges::find(revision.lines, id, &RevisedLine::line);
  if (known != revision.lines.end()) return &*known;
  if (!change.sku) return reject(Reason::line_unknown, id.value);
  const Offer* offer = d.offer(*change.sku);
  if (offer == nullptr) return reject(Reason::offer_unknown, change.sku->value);
  if (!offer->active) return reject(Reason::offer_unavailable, change.sku->value);
  return &revision.lines.emplace_back(RevisedLine{
      .configuration = {},
      .kind = offer->kind,
      .line = id,
      .quantity = 0,
      .sku = *change.sku,
      .unit_price_minor =
          round_minor(price_now(d.context(), *offer, change.quantity), Rounding::half_away)});
}

/// Refuses, in this order: as line_of, quantity_not_positive (below 0), quantity_above_limit,
/// quantity_below_shipped.
Result<void> change_lines(const Decider& d, Revision& revision, const ReviseOrder& command) {
  for (const QuantityChange& change : command.changes) {
    const auto line = line_of(d, revision, change);
    if (!line) return std::unexpected(line.error());
    const std::string& subject = (*line)->line.value;
    if (change.quantity < 0) return reject(Reason::quantity_not_positive, subject, 0);
    const std::int64_t most = d.rules().policies.quantity_max;
    if (change.quantity > most) return reject(Reason::quantity_above_limit, subject, most);
    const Line* before = d.order().find_line((*line)->line);
    const std::int64_t shipped = before == nullptr ? 0 : before->shipped - before->replaced;
    if (change.quantity < shipped) {
      return reject(Reason::quantity_below_shipped, subject, shipped);
    }
    // What was billed is taken back by a credit note first.
    if (change.quantity == 0 && before != nullptr && before->invoiced > before->credited) {
      return reject(Reason::invoice_posted, subject, before->invoiced - before->credited);
    }
    (*line)->quantity = change.quantity;
  }
  std::erase_if(revision.lines, [](const RevisedLine& line) { return line.quantity == 0; });
  if (revision.lines.empty()) return reject(Reason::order_is_empty);
  return {};
}

/// Refuses, in this order: terms_keep_prices, coupon_unknown, coupon_already_applied, what the
/// ledger says of the code.
Result<void> change_coupons(const Decider& d, Revision& revision, const ReviseOrder& command) {
  const bool changes = !command.coupons_add.empty() || !command.coupons_remove.empty();
  if (changes && command.terms == RevisionTerms::stored_shares) {
    return reject(Reason::terms_keep_prices, std::string(enum_name(command.terms)));
  }
  for (const std::string& given : command.coupons_remove) {
    const std::string code = fold_code(given);
    const auto gone = std::erase_if(
        revision.coupons, [&](const RevisedCoupon& coupon) { return coupon.code == code; });
    if (gone == 0) return reject(Reason::coupon_unknown, code);
  }
  for (const std::string& given : command.coupons_add) {
    const std::string code = fold_code(given);
    const auto fact = d.context().facts->coupons.find(code);
    if (fact == d.context().facts->coupons.end() ||
        fact->second.verdict.refused == Reason::coupon_unknown) {
      return reject(Reason::coupon_unknown, code);
    }
    const auto known = std::ranges::find(revision.coupons, code, &RevisedCoupon::code);
    if (known != revision.coupons.end()) return reject(Reason::coupon_already_applied, code);
    if (fact->second.verdict.refused) return reject(*fact->second.verdict.refused, code);
    revision.coupons.push_back({.code = code, .promotion = fact->second.promotion});
  }
  return {};
}

/// Refuses a quote without a gift that is out of the house already, in this order:
/// quantity_below_shipped, invoice_posted.
Result<void> check_gifts(const Order& order, const Quote& quote) {
  for (const Line& line : order.lines) {
    if (!line.gift) continue;
    const auto kept = std::ranges::find(quote.lines, line.id, &QuoteLine::line_id);
    const std::int64_t quantity = kept == quote.lines.end() ? 0 : kept->quantity;
    const std::int64_t shipped = line.shipped - line.replaced;
    if (quantity < shipped) {
      return reject(Reason::quantity_below_shipped, line.id.value, shipped);
    }
    if (quantity == 0 && line.invoiced > line.credited) {
      return reject(Reason::invoice_posted, line.id.value, line.invoiced - line.credited);
    }
  }
  return {};
}

/// By how much what is moved for a line changes. A line that keeps its quantity stays as it is,
/// also where more of it was picked or shipped than was ordered.
std::int64_t units_to_move(const Order& order, const LineId& id, std::int64_t quantity) {
  const Line* line = order.find_line(id);
  if (line == nullptr) return quantity;
  if (line->quantity == quantity) return 0;
  const std::int64_t moved = line->shipped - line->replaced + order.open_units(id);
  return quantity - std::max(line->quantity, moved);
}

std::vector<Delta> deltas_of(const Decider& d, const Revision& revision, const Quote& quote) {
  std::vector<Delta> deltas;
  const auto add = [&](const LineId& id, const Sku& sku, OfferKind kind, std::int64_t units) {
    if (units == 0 || kind != OfferKind::goods) return;
    const Line* line = d.order().find_line(id);
    const bool tracked = line != nullptr ? line->tracked : is_counted(d, kind, sku);
    deltas.push_back({.line = id, .sku = sku, .units = units, .tracked = tracked});
  };
  for (const RevisedLine& line : revision.lines) {
    add(line.line, line.sku, line.kind, units_to_move(d.order(), line.line, line.quantity));
  }
  for (const QuoteLine& line : quote.lines) {
    const Offer* offer = line.gift ? d.offer(line.sku) : nullptr;
    if (offer == nullptr) continue;
    const std::int64_t units = units_to_move(d.order(), line.line_id, line.quantity);
    add(line.line_id, line.sku, offer->kind, units);
  }
  for (const Line& before : d.order().lines) {
    const auto kept = std::ranges::find(revision.lines, before.id, &RevisedLine::line);
    const auto quoted = std::ranges::find(quote.lines, before.id, &QuoteLine::line_id);
    if (kept == revision.lines.end() && quoted == quote.lines.end()) {
      add(before.id, before.sku, before.kind, units_to_move(d.order(), before.id, 0));
    }
  }
  return deltas;
}

/// Every product of which more is asked than there is: insufficient_stock, `also` the others.
Result<void> check_room(const Decider& d, const std::vector<Delta>& deltas) {
  std::map<Sku, std::int64_t> more;
  for (const Delta& delta : deltas) {
    if (delta.tracked) more[delta.sku] += delta.units;
  }
  // Until an order is confirmed nothing of it is reserved: its whole demand counts.
  if (d.order().state != OrderState::order) {
    for (const Line& line : d.order().lines) {
      if (line.tracked && more.contains(line.sku)) more[line.sku] += line.quantity;
    }
  }
  std::optional<Rejection> refusal;
  for (const auto& [sku, units] : more) {
    const auto room = room_for(d, sku);
    if (units <= 0 || !room || units <= *room) continue;
    if (!refusal) {
      refusal = rejection(Reason::insufficient_stock, sku.value, *room);
    } else {
      refusal->also.push_back({.subject = sku.value, .limit = *room});
    }
  }
  if (refusal) return std::unexpected(*std::move(refusal));
  return {};
}

}  // namespace

/// Refuses, in this order: order_canceled, order_locked, not_placed, payment_in_progress,
/// line_unknown, offer_unknown, offer_unavailable, quantity_not_positive (below 0),
/// quantity_above_limit, quantity_below_shipped, invoice_posted (a line that was billed would go),
/// order_is_empty, method_unknown, terms_keep_prices (a code, by stored shares), coupon_unknown,
/// coupon_already_applied, what the ledger says of a code, as revised_quote(),
/// quantity_below_shipped and invoice_posted (of gifts that would go), quote_changed,
/// insufficient_stock.
Result<void> revise_order(Decider& d, const ReviseOrder& command) {
  if (auto ok = check_revisable(d.order()); !ok) return ok;
  Revision revision = revision_of(d.order(), command);
  if (auto ok = change_lines(d, revision, command); !ok) return ok;
  const auto& methods = d.rules().shipping_methods;
  if (command.shipping_method &&
      std::ranges::find(methods, *command.shipping_method, &ShippingMethod::id) == methods.end()) {
    return reject(Reason::method_unknown, command.shipping_method->value);
  }
  if (auto ok = change_coupons(d, revision, command); !ok) return ok;
  auto priced = revised_quote(d, revision);
  if (!priced) return std::unexpected(std::move(priced.error()));
  Quote quote = sealed(*std::move(priced));
  if (auto ok = check_gifts(d.order(), quote); !ok) return ok;
  if (command.expected_digest) {
    if (auto ok = check_shown(d, *command.expected_digest, quote); !ok) return ok;
  }
  const std::vector<Delta> deltas = deltas_of(d, revision, quote);
  if (auto ok = check_room(d, deltas); !ok) return ok;

  const bool confirmed = d.order().state == OrderState::order;
  Moves moves = confirmed ? moves_for(d, deltas) : Moves{};
  Terms terms = terms_of(d, quote);
  for (const LineTerms& kept : d.order().placed->terms.lines) {
    for (LineTerms& line : terms.lines) {
      if (line.line == kept.line) line = kept;
    }
  }
  terms.return_days = d.order().placed->terms.return_days;
  std::vector<Digest> facts = facts_of(d.context().offers, quote);
  d.emit(OrderRevised{.coupons = std::move(revision.coupons),
                      .demands = moves.demands,
                      .facts = std::move(facts),
                      .lines = std::move(revision.lines),
                      .on = command.terms,
                      .quote = std::move(quote),
                      .rules = d.context().rules_id,
                      .shipping_method = std::move(revision.shipping_method),
                      .terms = std::move(terms)});
  if (confirmed) {
    emit_moves(d, moves);
  } else if (is_secured(d)) {
    // What was too little for what was placed is enough for what it became, unless others took the
    // goods, or the last use of a code or a promotion, in the meantime.
    const bool obtainable = check_stock(d) && check_uses(d, &d.order().placed->quote);
    obtainable ? confirm_paid(d) : need_person(d, PersonCause::stock_gone);
  }
  return {};
}

}  // namespace tandem
