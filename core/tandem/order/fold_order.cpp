// SPDX-License-Identifier: Apache-2.0
// How the events of the order itself change it, and what it holds and has reserved of the stock.
#include <algorithm>

#include "tandem/order/fold.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem {
namespace {

/// Codes and cards share their states: what was `from` becomes `to`.
template <class Codes>
void move_codes(Codes& codes, CouponState from, CouponState to) {
  for (auto& code : codes) {
    if (code.state == from) code.state = to;
  }
}

template <class Codes>
void set_codes(Codes& codes, CouponState to) {
  for (auto& code : codes) {
    if (code.state != CouponState::dropped) code.state = to;
  }
}

/// What shares a revision leaves to the next one: those it went by, and those of its new lines.
Box<Quote> origin_after(const Order& order, const OrderRevised& e) {
  if (e.on != RevisionTerms::stored_shares || !order.placed) return {};
  Quote origin = order.placed->shares();
  for (const QuoteLine& line : e.quote.lines) {
    const auto known = std::ranges::find(origin.lines, line.line_id, &QuoteLine::line_id);
    if (known == origin.lines.end()) origin.lines.push_back(line);
  }
  return origin;
}

/// What was given back of what a revision takes off the order, or of all that was agreed before,
/// has paid for that, and counts against what is agreed now no more.
void revise_refunds(Order& order, const Quote* revised) {
  if (!order.placed || order.refunds.empty()) return;
  for (const QuoteLine& was : order.placed->quote.lines) {
    std::int64_t gross_minor = 0;
    std::int64_t quantity = 0;
    if (revised != nullptr) {
      const auto stays = std::ranges::find(revised->lines, was.line_id, &QuoteLine::line_id);
      if (stays != revised->lines.end()) {
        gross_minor = stays->gross_minor;
        quantity = stays->quantity;
      }
    }
    const GivenBack given = given_back(order, was.line_id);
    order.refunds_revised.push_back(
        {.amount_minor =
             std::clamp<std::int64_t>(was.gross_minor - gross_minor, 0, given.amount_minor),
         .line_id = was.line_id,
         .quantity = std::clamp<std::int64_t>(was.quantity - quantity, 0, given.quantity)});
  }
  for (const QuoteGiftCard& was : order.placed->quote.gift_cards) {
    const std::int64_t less =
        was.amount_minor - (revised == nullptr ? 0 : amount_of(*revised, was.id));
    const std::int64_t given = refunded_to_card(order, was.id);
    order.card_refunds_revised.push_back(
        {.amount_minor = std::clamp<std::int64_t>(less, 0, given), .id = was.id});
  }
}

}  // namespace

void Fold::move(OrderAction action) { step(order_.state, kOrderTransitions, action); }

/// Lines keep their terms; gifts become lines of the order for as long as it is frozen.
void Fold::take_terms(const Terms& terms) {
  std::erase_if(order_.lines, [&](const Line& line) {
    return line.gift &&
           std::ranges::find(terms.lines, line.id, &LineTerms::line) == terms.lines.end();
  });
  for (const LineTerms& one : terms.lines) {
    Line* line = order_.find_line(one.line);
    if (line == nullptr && one.gift) {
      line = &new_line(one.line);
      line->sku = one.sku;
      line->kind = one.kind;
      line->gift = one.gift;
    }
    if (line == nullptr) continue;
    if (line->gift) line->quantity = one.quantity;
    if (line->gift && !one.gift) line->gift.reset();
    line->invoice_policy = one.invoice_policy;
    line->returnable = one.returnable;
    line->ship_together = one.ship_together;
    line->tracked = one.tracked;
  }
}

void Fold::freeze(Placed placed) {
  take_terms(placed.terms);
  order_.placed = std::move(placed);
  order_.edited_since_placed = false;
}

/// An attempt that ended without money for another agreement does not pay this one, should its
/// money come after all; what is here, or may come, does.
void Fold::agree(Placed placed) {
  const bool is_same =
      order_.placed && !order_.edited_since_placed &&
      order_.placed->quote.totals.payable_minor == placed.quote.totals.payable_minor;
  if (!is_same) ++order_.agreements;
  revise_refunds(order_, nullptr);
  for (Attempt& attempt : order_.attempts) {
    const bool lives = is_live(attempt.state) && !attempt.voiding;
    const bool pays = lives || attempt.refundable_minor() > 0;
    if (pays) attempt.agreement = order_.agreements;
  }
  freeze(std::move(placed));
}

void Fold::operator()(const OrderPlaced& e) {
  move(OrderAction::place);
  agree({.quote = e.quote,
         .rules = e.rules,
         .terms = e.terms,
         .facts = e.facts,
         .at_ms = moment_.at_ms});
  order_.expires_ms.reset();
  order_.holds_uses = true;
  move_codes(order_.coupons, CouponState::applied, CouponState::held);
  move_codes(order_.gift_cards, CouponState::applied, CouponState::held);
}

void Fold::operator()(const QuotationSent& e) {
  move(OrderAction::send);
  agree({.quote = e.quote,
         .rules = e.rules,
         .terms = e.terms,
         .facts = e.facts,
         .at_ms = moment_.at_ms});
  order_.expires_ms = e.expires_ms;
}

void Fold::operator()(const OrderConfirmed&) {
  move(OrderAction::confirm);
  // Units that were credited when it was canceled are billed again.
  for (Invoice& invoice : order_.invoices) invoice.frees_units = invoice.is_credit();
  for (Line& line : order_.lines) count_billed(line);
  order_.confirmed_ms = moment_.at_ms;
  if (order_.placed) take_terms(order_.placed->terms);  // late money finds its gifts again
  order_.holds_uses = false;
  order_.expires_ms.reset();
  set_codes(order_.coupons, CouponState::claimed);
  set_codes(order_.gift_cards, CouponState::claimed);
}

void Fold::operator()(const OrderReopened&) {
  move(OrderAction::reopen);
  order_.confirmed_ms.reset();
  order_.holds_uses = false;
  order_.expires_ms.reset();
  for (Line& line : order_.lines) line.canceled = 0;
  set_codes(order_.coupons, CouponState::applied);
  set_codes(order_.gift_cards, CouponState::applied);
}

void Fold::operator()(const OrderCanceled&) {
  move(OrderAction::cancel);
  order_.holds_uses = false;
  order_.expires_ms.reset();
  set_codes(order_.coupons, CouponState::applied);  // they stand on it, and it holds none of them
  set_codes(order_.gift_cards, CouponState::applied);
}

void Fold::operator()(const OrderLocked&) { order_.locked = true; }

void Fold::operator()(const OrderUnlocked&) { order_.locked = false; }

void Fold::operator()(const OrderRevised& e) {
  revise_refunds(order_, &e.quote);
  for (const RevisedLine& revised : e.lines) {
    Line* line = order_.find_line(revised.line);
    if (line == nullptr) {
      line = &new_line(revised.line);
      line->sku = revised.sku;
      line->configuration = revised.configuration;
      line->kind = revised.kind;
    }
    line->quantity = revised.quantity;
    line->unit_price_shown_minor = revised.unit_price_minor;
  }
  std::erase_if(order_.lines, [&](const Line& line) {
    const bool stays = std::ranges::find(e.lines, line.id, &RevisedLine::line) != e.lines.end();
    const auto gift = std::ranges::find(e.terms.lines, line.id, &LineTerms::line);
    return !stays && (!line.gift || gift == e.terms.lines.end());
  });
  for (const RevisedDemand& demand : e.demands) {
    Transfer* transfer = order_.find_transfer(demand.transfer);
    if (transfer == nullptr) continue;
    for (TransferLine& line : transfer->lines) {
      if (line.line != demand.line) continue;
      line.demanded = demand.demanded;
      line.reserved = demand.reserved;
    }
  }
  // Units that were given up count against the new quantity as far as there is room.
  for (Line& line : order_.lines) give_up(order_, line, 0, 0);
  std::vector<OrderCoupon> coupons;
  const bool confirmed = order_.state == OrderState::order;
  for (const RevisedCoupon& coupon : e.coupons) {
    coupons.push_back({.code = coupon.code,
                       .promotion = coupon.promotion,
                       .state = confirmed ? CouponState::claimed : CouponState::held,
                       .reason = {}});
  }
  order_.coupons = std::move(coupons);
  order_.shipping_method = e.shipping_method;
  freeze({.quote = e.quote,
          .origin = origin_after(order_, e),
          .rules = e.rules,
          .terms = e.terms,
          .facts = e.facts,
          .at_ms = order_.placed ? order_.placed->at_ms : moment_.at_ms});
}

void Fold::operator()(const OrderAssigned& e) {
  order_.team = e.team;
  order_.salesperson = e.salesperson;
}

void Fold::operator()(const StockHeld& e) {
  order_.hold = Hold{.expires_ms = e.expires_ms, .lines = e.lines};
}

void Fold::operator()(const HoldRenewed& e) {
  if (order_.hold) order_.hold->expires_ms = e.expires_ms;
}

void Fold::operator()(const HoldExpired&) { order_.hold.reset(); }

void Fold::operator()(const HoldReleased&) { order_.hold.reset(); }

void Fold::operator()(const StockReserved& e) {
  if (!e.transfer) order_.hold.reset();  // the claim takes the hold's place
  Transfer* transfer = e.transfer ? order_.find_transfer(*e.transfer) : nullptr;
  for (const StockTaken& taken : e.lines) {
    Line* line = order_.find_line(taken.line);
    if (line != nullptr && line->sku == taken.sku) {
      line->reserved += taken.quantity;
      line->backordered += taken.backordered;
    }
    if (transfer == nullptr) continue;
    for (TransferLine& moved : transfer->lines) {
      if (moved.line == taken.line && moved.sku == taken.sku) moved.reserved += taken.quantity;
    }
  }
}

void Fold::operator()(const StockReleased& e) {
  Transfer* transfer = e.transfer ? order_.find_transfer(*e.transfer) : nullptr;
  for (const StockTaken& taken : e.lines) {
    Line* line = order_.find_line(taken.line);
    if (line != nullptr && line->sku == taken.sku) {
      line->reserved -= taken.quantity;
      line->backordered -= taken.backordered;
    }
    if (transfer == nullptr) continue;
    for (TransferLine& moved : transfer->lines) {
      if (moved.line == taken.line && moved.sku == taken.sku) moved.reserved -= taken.quantity;
    }
  }
}

void Fold::operator()(const PersonNeeded& e) {
  order_.needs_person = NeedsPerson{.reason = e.reason, .since_ms = moment_.at_ms};
}

void Fold::operator()(const PersonResolved&) { order_.needs_person.reset(); }

/// What the events themselves say, the country and the region, is not personal and stays.
void Fold::operator()(const PersonalDataErased& e) {
  const auto reduce = [](std::optional<Address>& address) {
    if (!address) return;
    Address left;
    left.country = address->country;
    left.region = address->region;
    address = std::move(left);
  };
  for (const std::string& part : e.parts) {
    if (part == "contact") order_.contact.reset();
    if (part == "address") {
      reduce(order_.ship_to);
      reduce(order_.bill_to);
    }
    if (std::ranges::find(order_.erased, part) == order_.erased.end()) {
      order_.erased.push_back(part);
    }
  }
}

}  // namespace tandem
