// SPDX-License-Identifier: Apache-2.0
#include "tandem/replay/shop.hpp"

#include <algorithm>

#include "tandem/fields/writer.hpp"
#include "tandem/order/access.hpp"
#include "tandem/order/evolve.hpp"

namespace tandem::replay {
namespace {

/// Salts are random on a server; here they come from the order and the event's number, so that an
/// answer can be repeated.
std::vector<Salt> salts_for(const std::string& order, std::int64_t version, std::size_t events) {
  std::vector<Salt> salts(events);
  for (std::size_t i = 0; i < events; ++i) {
    const auto n = version + 1 + static_cast<std::int64_t>(i);
    const Digest digest = sha256(order + "/" + std::to_string(n));
    for (std::size_t byte = 0; byte < salts[i].bytes.size(); ++byte) {
      salts[i].bytes[byte] = digest[byte];
    }
  }
  return salts;
}

std::int64_t own_hold(const Order& order, const Sku& sku, const std::string& location) {
  std::int64_t held = 0;
  if (!order.hold) return held;
  for (const StockTaken& taken : order.hold->lines) {
    if (taken.sku == sku && taken.location == location) held += taken.quantity;
  }
  return held;
}

/// Whether this order itself holds a use of the promotion.
bool holds_use(const Order& order, const PromotionId& promotion) {
  if (!order.holds_uses || !order.placed) return false;
  const auto& applied = order.placed->quote.applied;
  return std::ranges::find(applied, promotion) != applied.end();
}

bool limits_customers(const Promotion& promotion) {
  return promotion.limits && promotion.limits->uses_per_customer;
}

}  // namespace

void Shop::add_coupons(QuoteFacts& facts, const Order& order, std::int64_t now_ms) const {
  for (const auto& [code, row] : coupons_.rows()) {
    const wire::Value* id = row.find("promotion");
    if (id == nullptr || id->text() == nullptr) continue;
    CouponFact fact{.promotion = {*id->text()}, .verdict = {}};
    const auto& promotions = rules_->rules().promotions;
    const auto promotion = std::ranges::find(promotions, fact.promotion, &Promotion::id);
    fact.verdict.refused = promotion == promotions.end()
                               ? Reason::coupon_unknown
                               : coupon_verdict(*promotion, figures_of(*promotion, order), now_ms);
    facts.coupons.emplace(fold_code(code), std::move(fact));
  }
  for (const Promotion& promotion : rules_->rules().promotions) {
    if (!promotion.public_code) continue;
    const Verdict verdict{coupon_verdict(promotion, figures_of(promotion, order), now_ms)};
    facts.coupons.try_emplace(fold_code(promotion.public_code->value),
                              CouponFact{.promotion = promotion.id, .verdict = verdict});
  }
  tell_promotions(facts, rules_->rules(), now_ms,
                  [&](const Promotion& promotion) { return figures_of(promotion, order); });
}

PromotionFigures Shop::figures_of(const Promotion& promotion, const Order& order) const {
  const auto known = promotions_.find(promotion.id);
  const Figures figures = known == promotions_.end() ? Figures{} : known->second;
  const std::int64_t own = holds_use(order, promotion.id) ? 1 : 0;
  return {
      .uses = figures.uses,
      .held_by_others = figures.held - own,
      .uses_by_customer = limits_customers(promotion) ? uses_by_customer(order, promotion.id) : 0};
}

/// Placed orders of the same customer, known by account or address, that use a promotion.
std::int64_t Shop::uses_by_customer(const Order& order, const PromotionId& promotion) const {
  std::int64_t uses = 0;
  for (const auto& [id, other] : orders_) {
    if (&other.order == &order || !other.order.is_placed() || !other.order.placed) continue;
    if (!is_same_customer(order, other.order)) continue;
    const auto& applied = other.order.placed->quote.applied;
    uses += std::ranges::count(applied, promotion);
  }
  return uses;
}

void Shop::add_availability(QuoteFacts& facts, const Order& order) const {
  for (const auto& [key, figures] : stock_) {
    const std::int64_t own = own_hold(order, key.first, key.second);
    facts.availability[key.first.value] += figures.available_to(own);
  }
}

void Shop::gather(Facts& to, const ShopOrder& order, const Actor& actor,
                  std::int64_t now_ms) const {
  add_coupons(to.facts, order.order, now_ms);
  add_availability(to.facts, order.order);
  add_gift_cards(to, order.order, now_ms);
  to.facts.channel = ChannelId{"web"};
  if (order.order.customer) {
    const wire::Value* group = customer_row(order.order, "group");
    if (group != nullptr && group->text() != nullptr) {
      to.facts.customer_group = GroupId{*group->text()};
    }
    std::int64_t placed = 0;
    for (const auto& [id, other] : orders_) {
      const bool same = &other != &order && other.order.customer == order.order.customer;
      if (same && other.order.is_placed()) ++placed;
    }
    to.facts.orders_placed = placed;
    to.facts.first_order = placed == 0;
  }
  to.context.now_ms = now_ms;
  to.context.actor = actor;
  to.context.rules = &*rules_;
  to.context.rules_id = rules_id_;
  to.context.settings = &settings_;
  to.context.offers = offer_list_;
  to.context.facts = &to.facts;
  to.context.next_numbers = next_numbers_;
  for (const auto& [key, figures] : stock_) {
    const auto& [sku, location] = key;
    auto& shelves = to.context.shelves[sku.value];
    const auto at = location == kMainLocation ? shelves.begin() : shelves.end();
    shelves.insert(at, {.location = location,
                        .free = figures.unreserved(own_hold(order.order, sku, location))});
  }
  add_history(to.context, order);
  if (order.order.placed) {
    const auto rules = published_.find(order.order.placed->rules);
    if (rules != published_.end()) to.context.placed_rules = &rules->second;
    to.context.placed_offers = order.placed_offers;
  }
}

Result<std::vector<Event>> Shop::run(const std::string& id, const Command& command,
                                     const Actor& actor, std::int64_t now_ms,
                                     const std::optional<CommandId>& command_id) {
  const bool begins = std::holds_alternative<AddLine>(command) ||
                      std::holds_alternative<Reorder>(command) ||
                      std::holds_alternative<MergeCart>(command);
  if (!orders_.contains(id) && !begins) {
    // Who may send it is asked first, also where there is no such order.
    if (auto ok = check_access(command.index(), actor); !ok) return std::unexpected(ok.error());
    return reject(Reason::order_unknown, id);
  }
  ShopOrder& at = orders_[id];
  if (command_id) {
    if (const auto known = at.answered.find(command_id->value); known != at.answered.end()) {
      return known->second;
    }
  }
  Facts facts;
  gather(facts, at, actor, now_ms);
  if (const auto* place = std::get_if<PlaceOrder>(&command)) {
    const auto shown = at.shown.find(hex(place->expected_digest));
    if (shown != at.shown.end()) facts.context.shown = &shown->second;
  }
  name_other(id, command, facts.context);
  auto decided = decide(at.order, command, facts.context);
  Result<std::vector<Event>> answer = std::vector<Event>{};
  if (decided) {
    for (const NewEvent& event : *decided) answer->push_back(event.body);
    commit(id, at, *std::move(decided),
           {.version = at.order.version,
            .chain = at.chain,
            .at_ms = std::max(now_ms, at.order.last_ms),
            .actor = actor,
            .command_id = command_id});
  } else {
    answer = std::unexpected(decided.error());
    if (at.order.version == 0) {
      const Rejection rejection = answer.error();
      orders_.erase(id);
      return std::unexpected(rejection);
    }
  }
  if (command_id) at.answered.emplace(command_id->value, answer);
  return answer;
}

void Shop::commit(const std::string& id, ShopOrder& at, std::vector<NewEvent> events,
                  const Recording& facts) {
  if (events.empty()) return;
  const auto salts = salts_for(id, facts.version, events.size());
  const auto recorded = record(std::move(events), facts, salts);
  apply_effects(id, evolve_with_effects(at.order, recorded, rules_->rules(), settings_));
  for (const Recorded& event : recorded) {
    const Event& body = event.record.event;
    if (std::holds_alternative<OrderPlaced>(body) || std::holds_alternative<QuotationSent>(body)) {
      at.placed_offers = offer_list_;
    }
  }
  at.chain = recorded.back().chain;
}

void Shop::apply_effects(const std::string& id, const Effects& effects) {
  for (const StockEntry& entry : effects.stock) {
    StockFigures& figures = stock_[{entry.sku, entry.location}];
    figures = apply(figures, entry);
  }
  for (const PromotionEntry& entry : effects.promotions) {
    Figures& figures = promotions_[entry.promotion];
    figures.held += entry.held;
    figures.uses += entry.uses;
    if (!entry.code) continue;
    codes_[*entry.code].held += entry.held;
    codes_[*entry.code].uses += entry.uses;
  }
  for (const GiftCardEntry& entry : effects.gift_cards) {
    GiftCard& card = cards_[entry.code];
    card.balance_minor += entry.balance_minor;
    card.held_minor += entry.held_minor;
  }
  for (const SeriesEntry& entry : effects.series) next_numbers_[entry.series] = entry.number + 1;
  for (const OutboxEntry& entry : effects.outbox) outbox_.push_back({entry.kind, id});
  for (const OtherCommand& other : effects.others) {
    outbox_.push_back({OutboxKind::command, other.order});
    consequences_.push_back({other.order, other.command});
  }
  freed_.merge(freed_by(effects));
}

std::optional<Shop::Consequence> Shop::next_consequence() {
  if (consequences_.empty() && !freed_.empty()) {
    std::vector<Waiting> waiting;
    for (const auto& [id, at] : orders_) {
      for (Waiting& one : waiting_of(at.order, id)) waiting.push_back(std::move(one));
    }
    for (const Waiting& one : serve_waiting(std::move(waiting), freed_)) {
      outbox_.push_back({OutboxKind::command, one.order});
      consequences_.push_back({one.order, ServeDelivery{.transfer = one.transfer}});
    }
    freed_.clear();
  }
  if (consequences_.empty()) return std::nullopt;
  Consequence next = std::move(consequences_.front());
  consequences_.erase(consequences_.begin());
  return next;
}

std::vector<Possibility> Shop::possible(const std::string& id, const Actor& actor,
                                        std::int64_t now_ms) const {
  const ShopOrder& at = orders_.at(id);
  Facts facts;
  gather(facts, at, actor, now_ms);
  return tandem::possible(at.order, facts.context);
}

std::optional<Shop::DueOn> Shop::next_due(std::int64_t until_ms) const {
  std::optional<DueOn> earliest;
  for (const auto& [id, at] : orders_) {
    const std::vector<Due> all = due(at.order, settings_);
    if (all.empty() || all.front().at_ms > until_ms) continue;
    if (!earliest || all.front().at_ms < earliest->due.at_ms) {
      earliest = DueOn{.order = id, .due = all.front()};
    }
  }
  return earliest;
}

Result<Quote> Shop::show(const std::string& id, std::int64_t now_ms) {
  const auto found = orders_.find(id);
  if (found == orders_.end()) return reject(Reason::order_unknown, id);
  Facts facts;
  gather(facts, found->second, {}, now_ms);
  auto quote = current_quote(found->second.order, facts.context);
  if (quote) found->second.shown.insert_or_assign(quote->quote_digest, *quote);
  return quote;
}

View Shop::view(const std::string& id, std::int64_t now_ms) {
  const auto quote = show(id, now_ms);
  const ShopOrder& at = orders_.at(id);
  Facts facts;
  gather(facts, at, {}, now_ms);
  return view_of(
      at.order, quote.value_or(Quote{}),
      {.order = id,
       .order_no = std::nullopt,
       .staff = true,
       .abandonment = abandonment(at.order, abandonment_facts(at.order, facts.context))});
}

}  // namespace tandem::replay
