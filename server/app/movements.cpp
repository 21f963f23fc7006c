// SPDX-License-Identifier: Apache-2.0
#include "app/movements.hpp"

#include <algorithm>
#include <map>

#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

/// What an outbox row says of its task: the number of the attempt or refund.
struct Payload {
  std::int64_t subject = 0;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::Payload> {
  static constexpr std::array list{required<&app::Payload::subject>("subject")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

/// What a movement of stock is called, and the number of the event that caused it: the last of the
/// command's events that is about stock.
struct Movement {
  std::string_view name = "move";
  std::int64_t n = 0;
};

struct Naming {
  std::string_view operator()(const StockHeld&) const { return "hold"; }
  std::string_view operator()(const HoldRenewed&) const { return "renew"; }
  std::string_view operator()(const HoldExpired&) const { return "expire"; }
  std::string_view operator()(const HoldReleased&) const { return "release"; }
  std::string_view operator()(const StockReserved&) const { return "claim"; }
  std::string_view operator()(const StockReleased&) const { return "release"; }
  std::string_view operator()(const auto&) const { return {}; }
};

Movement movement_of(std::span<const Recorded> events) {
  Movement movement{.n = events.back().record.n};
  for (const Recorded& recorded : events) {
    const std::string_view name = std::visit(Naming{}, recorded.record.event);
    if (!name.empty()) movement = {name, recorded.record.n};
  }
  return movement;
}

commit::HoldTarget hold_on(const Order& order, const std::string& sku) {
  commit::HoldTarget target;
  if (!order.hold) return target;
  target.expires_ms = order.hold->expires_ms;
  for (const StockTaken& taken : order.hold->lines) {
    if (taken.sku.value == sku) target.quantity += taken.quantity;
  }
  return target;
}

/// Money may confirm what is not there any more where the shop's policy promises it all the same:
/// that is a fact, and the excess is recorded as a shortfall.
store::Guard guard_of(const Step& step, const std::string& sku, const store::Figures& change) {
  if (change.backordered <= 0) return store::Guard::sale;
  const Offer* offer = find_offer(step.facts.offers, {sku});
  const bool sells_beyond = offer != nullptr && offer->stock_policy == StockPolicy::backorder;
  return sells_beyond ? store::Guard::sale : store::Guard::fact;
}

void move_stock(const Step& step, const Effects& effects, commit::Scope& scope, bool& moved) {
  std::map<std::string, store::Figures> changes;
  for (const StockEntry& entry : effects.stock) {
    changes[entry.sku.value] += {.reserved = entry.reserved, .backordered = entry.backordered};
  }
  const Movement movement = movement_of(step.events);
  if (movement.name == "renew") {
    for (const StockTaken& taken : step.after.hold->lines) changes[taken.sku.value];
  }
  for (const auto& [sku, change] : changes) {
    moved = true;
    scope.move({.key = stock_key(sku),
                .movement = std::string(movement.name),
                .change = change,
                .cause = {.order_no = step.order_no, .n = movement.n},
                .hold = hold_on(step.after, sku),
                .guard = guard_of(step, sku, change)});
  }
}

struct Use {
  std::int64_t held = 0;
  std::int64_t uses = 0;
  std::optional<std::string> code;
};

std::string_view name_of(const Use& use) {
  if (use.uses > 0) return "claim";
  if (use.uses < 0) return "give_back";
  return use.held > 0 ? "hold" : "release";
}

/// A use is held without an end: it ends when the order is confirmed, reopened or canceled.
void move_use(const Step& step, store::LedgerKey key, const Use& use,
              std::optional<std::int64_t> limit, commit::Scope& scope) {
  const bool holds = use.held > 0;
  scope.move({.key = std::move(key),
              .movement = std::string(name_of(use)),
              .change = {.used = use.uses},
              .cause = {.order_no = step.order_no, .n = step.events.back().record.n},
              .hold = commit::HoldTarget{.quantity = holds ? 1 : 0, .expires_ms = kNever},
              .guard = holds ? store::Guard::sale : store::Guard::fact,
              .limit = holds ? limit : std::nullopt});
}

void move_promotions(const Step& step, const Effects& effects, commit::Scope& scope, bool& moved) {
  std::map<std::string, Use> uses;
  for (const PromotionEntry& entry : effects.promotions) {
    Use& use = uses[entry.promotion.value];
    use.held += entry.held;
    use.uses += entry.uses;
    if (entry.code) use.code = entry.code;
  }
  for (const auto& [id, use] : uses) {
    moved = true;
    const Promotion* promotion = find_promotion(step.shop.rules.rules(), id);
    const bool limited = promotion != nullptr && promotion->limits.has_value();
    // Only codes are judged by their figures before an order is placed.
    const auto limit = limited && use.code ? promotion->limits->uses : std::nullopt;
    move_use(step, promotion_key(id), use, limit, scope);
    if (use.code) move_use(step, coupon_key(*use.code), use, std::nullopt, scope);
    if (limited && promotion->limits->uses_per_customer && step.customer) {
      move_use(step, customer_use_key(id, *step.customer), use, std::nullopt, scope);
    }
  }
}

}  // namespace

bool is_carried_out(std::string_view kind) {
  return kind == kProviderStart || kind == kProviderVoid || kind == kProviderRefund ||
         kind == kDemoCapture;
}

std::string payload_of(std::int64_t subject) { return canonical(Payload{subject}); }

std::optional<Task> task_of(const store::OutboxRow& row) {
  const auto payload = wire::decode<Payload>(row.payload);
  if (!payload || !is_carried_out(row.kind)) return std::nullopt;
  return Task{.kind = row.kind,
              .order_no = row.order_no,
              .subject = payload->subject,
              .dedupe_key = row.dedupe_key};
}

std::vector<Task> carry_over(const Step& step, commit::Scope& scope, bool& moved) {
  const Effects effects = effects_of(step.before, step.events, step.shop.rules.rules());
  if (!effects.stock.empty() || movement_of(step.events).name == "renew") {
    move_stock(step, effects, scope, moved);
  }
  move_promotions(step, effects, scope, moved);
  std::vector<Task> tasks;
  const std::string n = std::to_string(step.events.back().record.n);
  for (const OutboxEntry& entry : effects.outbox) {
    store::OutboxRow row{.kind = std::string(enum_name(entry.kind)),
                         .order_no = step.order_no,
                         .payload = payload_of(entry.subject),
                         .due_ms = kNever};
    const bool here = is_carried_out(row.kind);
    if (here) row.due_ms = scope.now_ms() + kTaskLeaseMs;
    row.dedupe_key = row.kind + '/' + std::to_string(step.order_no) + '/' +
                     std::to_string(entry.subject) + '/' + n;
    if (here) {
      tasks.push_back({.kind = row.kind,
                       .order_no = step.order_no,
                       .subject = entry.subject,
                       .dedupe_key = row.dedupe_key});
    }
    scope.writes().outbox.push_back(std::move(row));
  }
  return tasks;
}

}  // namespace tandem::app
