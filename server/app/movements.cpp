// SPDX-License-Identifier: Apache-2.0
#include "app/movements.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "app/consequences.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

/// What an outbox row says of its task: the number of the attempt or refund, a whole command, or
/// the name of a link.
struct Payload {
  std::optional<Command> command;
  std::optional<std::string> link;
  std::int64_t subject = 0;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::Payload> {
  static constexpr std::array list{sparse<&app::Payload::command>("command"),
                                   sparse<&app::Payload::link>("link"),
                                   optional<&app::Payload::subject>("subject")};
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
  std::string_view operator()(const TransferDone&) const { return "ship"; }
  std::string_view operator()(const ReturnReceived&) const { return "restock"; }
  std::string_view operator()(const auto&) const { return {}; }
};

Movement movement_of(std::span<const Recorded> events) {
  Movement movement{.n = events.back().record.n};
  for (const Recorded& recorded : events) {
    const std::string_view name =
        std::visit(Naming{}, static_cast<const EventVariant&>(recorded.record.event));
    if (!name.empty()) movement = {name, recorded.record.n};
  }
  return movement;
}

using StockAt = std::pair<std::string, std::string>;  // sku and place

commit::HoldTarget hold_on(const Order& order, const StockAt& at) {
  commit::HoldTarget target;
  if (!order.hold) return target;
  target.expires_ms = order.hold->expires_ms;
  for (const StockTaken& taken : order.hold->lines) {
    if (taken.sku.value == at.first && taken.location == at.second) {
      target.quantity += taken.quantity;
    }
  }
  return target;
}

/// Whether stock is promised anew, to a customer who had none of it: only that must not oversell.
/// Goods that go out, come back or move between promises of before are facts.
bool sells(const Step& step) {
  return std::ranges::any_of(step.events, [](const Recorded& recorded) {
    return std::holds_alternative<StockHeld>(recorded.record.event) ||
           std::holds_alternative<OrderConfirmed>(recorded.record.event);
  });
}

/// Money may confirm what is not there any more where the shop's policy promises it all the same:
/// that is a fact, and the excess is recorded as a shortfall.
store::Guard guard_of(const Step& step, const std::string& sku, const store::Figures& change) {
  if (!sells(step)) return store::Guard::fact;
  if (change.backordered <= 0) return store::Guard::sale;
  const Offer* offer = find_offer(step.facts.offers, {sku});
  const bool sells_beyond = offer != nullptr && offer->stock_policy == StockPolicy::backorder;
  return sells_beyond ? store::Guard::sale : store::Guard::fact;
}

void move_stock(const Step& step, const Effects& effects, commit::Scope& scope, Carried& carried) {
  std::map<StockAt, store::Figures> changes;
  for (const StockEntry& entry : effects.stock) {
    changes[{entry.sku.value, entry.location}] +=
        {.on_hand = entry.on_hand, .reserved = entry.reserved, .backordered = entry.backordered};
  }
  const Movement movement = movement_of(step.events);
  if (movement.name == "renew") {
    for (const StockTaken& taken : step.after.hold->lines) {
      changes[{taken.sku.value, taken.location}];
    }
  }
  for (const auto& [at, change] : changes) {
    carried.moved = true;
    carried.places.push_back(at.second);
    scope.move({.key = stock_key(at.first, at.second),
                .movement = std::string(movement.name),
                .change = change,
                .cause = {.order_no = step.order_no, .n = movement.n},
                .hold = hold_on(step.after, at),
                .guard = guard_of(step, at.first, change)});
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

/// A use is held without an end: it ends when the order is confirmed, reopened or canceled. Only a
/// limit has anything to guard: all other uses of a batch are one change of their counter.
void move_use(const Step& step, store::LedgerKey key, const Use& use,
              std::optional<std::int64_t> limit, commit::Scope& scope) {
  const bool holds = use.held > 0;
  scope.move({.key = std::move(key),
              .movement = std::string(name_of(use)),
              .change = {.used = use.uses},
              .cause = {.order_no = step.order_no, .n = step.events.back().record.n},
              .hold = commit::HoldTarget{.quantity = holds ? 1 : 0, .expires_ms = kNever},
              .guard = holds && limit ? store::Guard::sale : store::Guard::fact,
              .limit = holds ? limit : std::nullopt});
}

void move_promotions(const Step& step, const Effects& effects, commit::Scope& scope,
                     Carried& carried) {
  std::map<std::string, Use> uses;
  for (const PromotionEntry& entry : effects.promotions) {
    Use& use = uses[entry.promotion.value];
    use.held += entry.held;
    use.uses += entry.uses;
    if (entry.code) use.code = entry.code;
  }
  for (const auto& [id, use] : uses) {
    carried.moved = true;
    const Promotion* promotion = find_promotion(step.shop.rules.rules(), id);
    const bool limited = promotion != nullptr && promotion->limits.has_value();
    // Only codes are judged by their figures before an order is placed.
    const auto limit = limited && use.code ? promotion->limits->uses : std::nullopt;
    move_use(step, promotion_key(id), use, limit, scope);
    if (use.code) move_use(step, coupon_key(*use.code), use, std::nullopt, scope);
    if (!limited || !promotion->limits->uses_per_customer) continue;
    for (const std::string& name : step.who.counted) {
      move_use(step, customer_use_key(id, name), use, std::nullopt, scope);
    }
  }
}

/// A hold on a card ends when its order is confirmed, reopened or canceled.
void move_gift_cards(const Step& step, const Effects& effects, commit::Scope& scope,
                     Carried& carried) {
  std::map<std::string, GiftCardEntry> changes;
  for (const GiftCardEntry& entry : effects.gift_cards) {
    GiftCardEntry& change = changes[entry.code];
    change.balance_minor += entry.balance_minor;
    change.held_minor += entry.held_minor;
  }
  for (const auto& [code, change] : changes) {
    if (change.balance_minor == 0 && change.held_minor == 0) continue;
    carried.moved = true;
    const store::LedgerKey key = gift_card_key(code);
    const store::Hold* own = scope.hold(key, step.order_no);
    const std::int64_t held = (own == nullptr ? 0 : own->quantity) + change.held_minor;
    const bool gives = change.balance_minor > 0 || change.held_minor < 0;
    scope.move({.key = key,
                .movement = change.balance_minor < 0 ? "claim"
                            : gives                  ? "give_back"
                                                     : "hold",
                .change = {.balance = change.balance_minor},
                .cause = {.order_no = step.order_no, .n = step.events.back().record.n},
                .hold = commit::HoldTarget{.quantity = std::max<std::int64_t>(0, held),
                                           .expires_ms = kNever},
                .guard = gives ? store::Guard::fact : store::Guard::sale});
  }
}

/// The number of the event that took a number of a series.
std::int64_t taken_by(const Step& step, const SeriesEntry& entry) {
  for (const Recorded& recorded : step.events) {
    const Event& event = recorded.record.event;
    const auto* invoice = std::get_if<InvoicePosted>(&event);
    const auto* note = std::get_if<CreditNotePosted>(&event);
    const bool is_it =
        (invoice && invoice->series == entry.series && invoice->number == entry.number) ||
        (note && note->series == entry.series && note->number == entry.number);
    if (is_it) return recorded.record.n;
  }
  return step.events.back().record.n;
}

/// A series moves on only here, with the event that took the number.
void take_numbers(const Step& step, const Effects& effects, commit::Scope& scope,
                  Carried& carried) {
  for (const SeriesEntry& entry : effects.series) {
    carried.moved = true;
    const std::int64_t n = taken_by(step, entry);
    const store::LedgerKey key = series_key(entry.series);
    const std::int64_t used = scope.ledger(key).figures.used;
    scope.move({.key = key,
                .movement = "number",
                .change = {.used = entry.number - used},
                .cause = {.order_no = step.order_no, .n = n},
                .guard = store::Guard::fact});
    scope.writes().invoice_numbers.push_back(
        {.series = entry.series, .number = entry.number, .order_no = step.order_no, .n = n});
  }
}

/// What every mail, provider and other order is to be told of.
void fill_outbox(const Step& step, const Effects& effects, commit::Scope& scope, Carried& carried) {
  const std::string n = std::to_string(step.events.back().record.n);
  for (const OutboxEntry& entry : effects.outbox) {
    store::OutboxRow row{.kind = std::string(enum_name(entry.kind)),
                         .order_no = step.order_no,
                         .payload = payload_of(entry.subject),
                         .due_ms = kNever};
    const bool here = is_carried_out(row.kind) && (step.sends_mail || !is_mail(row.kind));
    if (here) row.due_ms = scope.now_ms() + kTaskLeaseMs;
    row.dedupe_key = row.kind + '/' + std::to_string(step.order_no) + '/' +
                     std::to_string(entry.subject) + '/' + n;
    if (here) {
      carried.tasks.push_back({.kind = row.kind,
                               .order_no = step.order_no,
                               .subject = entry.subject,
                               .command = {},
                               .link = {},
                               .dedupe_key = row.dedupe_key});
    }
    scope.writes().outbox.push_back(std::move(row));
  }
}

/// Commands to other orders, and to those who wait for what became free.
void reach_others(const Step& step, const Effects& effects, commit::Scope& scope,
                  Carried& carried) {
  const std::string cause =
      std::to_string(step.order_no) + '-' + std::to_string(step.events.back().record.n);
  for (const OtherCommand& other : effects.others) {
    const commit::WorkingOrder* order = scope.order(other.order);
    if (order == nullptr) continue;
    carried.tasks.push_back(put_command(order->order_no(), other.command, cause, scope));
  }
  note_stock_of(step, scope);
  std::vector<std::string> freed;
  for (const Sku& sku : freed_by(effects)) freed.push_back(sku.value);
  if (freed.empty()) return;
  std::ranges::move(serve_waiting_orders(freed, cause, scope), std::back_inserter(carried.tasks));
}

}  // namespace

bool is_mail(std::string_view kind) { return kind.starts_with("mail_"); }

store::OutboxRow sign_in_mail(const std::string& link, std::int64_t due_ms) {
  return {.kind = std::string(kMailSignIn),
          .payload = canonical(Payload{.command = {}, .link = link}),
          .due_ms = due_ms,
          .dedupe_key = std::string(kMailSignIn) + '/' + hex(sha256(link))};
}

bool is_carried_out(std::string_view kind) {
  return kind == kProviderStart || kind == kProviderCapture || kind == kProviderVoid ||
         kind == kProviderRefund || kind == kProviderAsk || kind == kProviderAskRefund ||
         kind == kCommand || kind == kDemoCapture || is_mail(kind);
}

std::string payload_of(std::int64_t subject) {
  return canonical(Payload{.command = {}, .link = {}, .subject = subject});
}

std::optional<Task> task_of(const store::OutboxRow& row) {
  auto payload = wire::decode<Payload>(row.payload);
  if (!payload || !is_carried_out(row.kind)) return std::nullopt;
  return Task{.kind = row.kind,
              .order_no = row.order_no,
              .subject = payload->subject,
              .command = std::move(payload->command),
              .link = std::move(payload->link).value_or(""),
              .dedupe_key = row.dedupe_key};
}

Carried carry_over(const Step& step, commit::Scope& scope) {
  Carried carried;
  const Effects& effects = step.effects;
  if (!effects.stock.empty() || movement_of(step.events).name == "renew") {
    move_stock(step, effects, scope, carried);
  }
  move_promotions(step, effects, scope, carried);
  move_gift_cards(step, effects, scope, carried);
  take_numbers(step, effects, scope, carried);
  fill_outbox(step, effects, scope, carried);
  reach_others(step, effects, scope, carried);
  return carried;
}

}  // namespace tandem::app
