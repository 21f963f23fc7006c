// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/effects.hpp"

#include <algorithm>

#include "tandem/base/sort.hpp"
#include "tandem/order/evolve.hpp"

namespace tandem {
namespace {

/// One method per event that reaches outside its order; all others do nothing outside.
class Reach {
 public:
  Reach(Effects& effects, const Order& before, ActorClass by, const Rules& rules)
      : effects_(effects), before_(before), by_(by), rules_(rules) {}

  void operator()(const auto&) {}

  void operator()(const StockHeld& e) {
    for (const StockTaken& taken : e.lines) stock(taken, {.held = taken.quantity});
  }
  void operator()(const HoldExpired&) { release_hold(); }
  void operator()(const HoldReleased&) { release_hold(); }
  void operator()(const StockReserved& e) {
    release_hold();
    for (const StockTaken& taken : e.lines) {
      stock(taken, {.backordered = taken.backordered, .reserved = taken.quantity});
    }
  }
  void operator()(const StockReleased& e) {
    for (const StockTaken& taken : e.lines) {
      stock(taken, {.backordered = -taken.backordered, .reserved = -taken.quantity});
    }
  }

  void operator()(const OrderPlaced& e) {
    for (const PromotionId& promotion : e.quote.applied) use(promotion, {.held = 1});
  }
  void operator()(const OrderConfirmed&) {
    const std::int64_t held = before_.state == OrderState::quotation_sent ? -1 : 0;
    for_each_applied([&](const PromotionId& id) { use(id, {.held = held, .uses = 1}); });
    if (by_ != ActorClass::staff) work(OutboxKind::mail_order_confirmed);
  }
  void operator()(const OrderReopened&) {
    if (before_.state != OrderState::quotation_sent) return;
    for_each_applied([&](const PromotionId& id) { use(id, {.held = -1}); });
  }
  void operator()(const OrderCanceled&) {
    if (before_.state == OrderState::quotation_sent) {
      for_each_applied([&](const PromotionId& id) { use(id, {.held = -1}); });
    } else if (before_.state == OrderState::order) {
      for_each_applied([&](const PromotionId& id) {
        if (gives_back(id)) use(id, {.uses = -1});
      });
    }
    if (before_.is_placed()) work(OutboxKind::mail_order_canceled);
  }

  void operator()(const PaymentStarted& e) {
    if (!is_by_hand(e.provider)) work(OutboxKind::provider_start, e.attempt);
  }
  void operator()(const PaymentWasPending& e) {
    work(OutboxKind::mail_payment_initiated, e.attempt);
  }
  void operator()(const VoidRequested& e) { work(OutboxKind::provider_void, e.attempt); }
  void operator()(const RefundRequested& e) { work(OutboxKind::provider_refund, e.refund); }

 private:
  struct Figures {
    std::int64_t backordered = 0;
    std::int64_t held = 0;
    std::int64_t reserved = 0;
  };
  struct Use {
    std::int64_t held = 0;
    std::int64_t uses = 0;
  };

  void stock(const StockTaken& taken, const Figures& by) {
    effects_.stock.push_back({.backordered = by.backordered,
                              .held = by.held,
                              .location = taken.location,
                              .reserved = by.reserved,
                              .sku = taken.sku});
  }

  void release_hold() {
    if (!before_.hold) return;
    for (const StockTaken& taken : before_.hold->lines) stock(taken, {.held = -taken.quantity});
  }

  void for_each_applied(const auto& visit) {
    if (before_.placed) std::ranges::for_each(before_.placed->quote.applied, visit);
  }

  void use(const PromotionId& promotion, const Use& by) {
    const auto coupon = std::ranges::find(before_.coupons, promotion, &OrderCoupon::promotion);
    effects_.promotions.push_back(
        {.code = coupon == before_.coupons.end() ? std::nullopt : std::optional(coupon->code),
         .held = by.held,
         .promotion = promotion,
         .uses = by.uses});
  }

  bool gives_back(const PromotionId& id) const {
    const auto found = std::ranges::find(rules_.promotions, id, &Promotion::id);
    return found == rules_.promotions.end() || !found->limits || found->limits->give_back_on_cancel;
  }

  void work(OutboxKind kind, std::int64_t subject = 0) {
    effects_.outbox.push_back({.kind = kind, .subject = subject});
  }

  Effects& effects_;
  const Order& before_;
  ActorClass by_;
  const Rules& rules_;
};

}  // namespace

Effects effects_of(Order before, std::span<const Recorded> events, const Rules& rules) {
  Effects effects;
  bool money_came = false;
  const bool was_open = before.state != OrderState::order;
  for (const Recorded& recorded : events) {
    const Event& event = recorded.record.event;
    std::visit(Reach(effects, before, recorded.record.actor.kind, rules), event);
    money_came = money_came || std::holds_alternative<PaymentWasCaptured>(event);
    evolve(before, recorded);
  }
  if (money_came && was_open && before.state == OrderState::quotation_sent) {
    effects.outbox.push_back({.kind = OutboxKind::mail_payment_received});
  }
  return effects;
}

std::vector<Due> due(const Order& order) {
  std::vector<Due> all;
  if (order.hold) all.push_back({order.hold->expires_ms, ExpireHold{}});
  for (const Attempt& attempt : order.attempts) {
    const bool waiting =
        attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
    if (waiting && !attempt.superseded && attempt.expires_ms) {
      all.push_back({*attempt.expires_ms, ExpireAttempt{.attempt = attempt.number}});
    }
  }
  sort_stably(all, [](const Due& a, const Due& b) { return a.at_ms < b.at_ms; });
  return all;
}

}  // namespace tandem
