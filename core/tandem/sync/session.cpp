// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/session.hpp"

#include <algorithm>
#include <utility>

#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::sync {
namespace {

std::unexpected<Rejection> outdated(const Rejection& fault) {
  return reject(Reason::core_outdated, fault.subject);
}

}  // namespace

Session::Session(OrderId order) : order_id_(std::move(order)) {}

Result<std::vector<Notice>> Session::set_rules(std::string_view document, const Digest& rules_id) {
  if (rules_ && rules_id == rules_id_) return std::vector<Notice>{};
  auto rules = wire::decode<Rules>(document);
  if (!rules) return std::unexpected(std::move(rules.error()));
  auto compiled = compile(*std::move(rules));
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  rules_.emplace(*std::move(compiled));
  rules_id_ = rules_id;
  // Which providers are connected is the server's to know. It publishes the methods that work.
  settings_ = Settings{};
  for (const PaymentMethod& method : rules_->rules().payment_methods) {
    if (!abilities(settings_, method.provider)) settings_.providers[method.provider.value] = {};
  }
  settle_facts();
  return rebase();
}

Result<std::vector<Notice>> Session::put_offers(std::string_view offers) {
  auto decoded = wire::decode<std::vector<Offer>>(offers);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  for (Offer& offer : *decoded) put_offer(std::move(offer));
  return rebase();
}

Result<std::vector<Notice>> Session::set_facts(std::string_view facts) {
  auto decoded = wire::decode<QuoteFacts>(facts);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  take_facts(*std::move(decoded));
  return rebase();
}

void Session::set_time(std::int64_t now_ms) { now_ms_ = std::max(now_ms_, now_ms); }

Result<void> Session::apply(std::string_view command, CommandId command_id, std::int64_t now_ms) {
  set_time(now_ms);
  const auto value = wire::parse(command);
  if (!value) return std::unexpected(value.error());
  auto decoded = decode_local(*value);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  const auto known = std::ranges::find(pending_, command_id, &PendingCommand::command_id);
  if (known != pending_.end()) {
    if (canonical(known->command) == canonical(*decoded)) return {};
    return reject(Reason::command_id_reused, command_id.value);
  }
  if (auto done = advance(*decoded); !done) return std::unexpected(std::move(done.error()));
  pending_.push_back({.command = *std::move(decoded), .command_id = std::move(command_id)});
  return {};
}

Result<void> Session::check_place(const Context& facts, const std::string& shown) const {
  PlaceOrder command;
  // Without a price there is no digest; decide() then says what stands in the way.
  if (!shown.empty()) TextForm<Digest>::parse(shown, command.expected_digest);
  return tandem::check_place(shown_, command, facts);
}

Result<Received> Session::receive(std::string_view answer) {
  const auto value = wire::parse(answer);
  if (!value) return std::unexpected(value.error());
  return receive(*value);
}

Result<Received> Session::receive(const wire::Value& value) {
  auto answer = wire::decode<Answer>(value);
  if (!answer) return outdated(answer.error());
  auto taken = history_.take(value, *answer);
  if (!taken) {
    if (taken.error().reason == Reason::chain_broken) return std::unexpected(taken.error());
    return outdated(taken.error());
  }
  if (taken->gap) return Received{.gap = true, .notices = {}};

  Received received;
  const auto settled = [&](const PendingCommand& sent) {
    const auto result =
        std::ranges::find(answer->results, sent.command_id, &CommandResult::command_id);
    if (result != answer->results.end() && !result->accepted) {
      received.notices.push_back({.by = RefusedBy::server,
                                  .sent = sent,
                                  .rejection = result->rejected.value_or(Rejection{})});
    }
    return result != answer->results.end() ||
           std::ranges::find(taken->command_ids, sent.command_id) != taken->command_ids.end();
  };
  std::erase_if(pending_, settled);
  if (answer->order_no) order_no_ = answer->order_no;
  set_time(answer->server_time_ms);
  // Answers may overtake one another: older facts never take the place of newer ones.
  if (answer->server_time_ms >= facts_ms_) {
    facts_ms_ = answer->server_time_ms;
    for (Offer& offer : answer->offers) put_offer(std::move(offer));
    take_facts(std::move(answer->facts));
  }
  for (Notice& notice : rebase()) received.notices.push_back(std::move(notice));
  return received;
}

Context Session::context() const {
  Context context;
  context.now_ms = now_ms_;
  context.rules = &*rules_;
  context.rules_id = rules_id_;
  context.settings = &settings_;
  context.offers = offers_;
  context.facts = &facts_;
  context.appraiser = &appraiser_;
  for (const GiftCardFact& card : facts_.gift_cards) {
    context.gift_cards[card.id.value].balance_minor = card.balance_minor;
  }
  return context;
}

bool Session::is_undetermined(const LocalCommand& command, const Rejection& refusal) const {
  if (const auto* apply = std::get_if<ApplyCoupon>(&command)) {
    return refusal.reason == Reason::coupon_unknown &&
           !facts_.coupons.contains(fold_code(apply->code));
  }
  return std::holds_alternative<ApplyGiftCard>(command) &&
         refusal.reason == Reason::gift_card_unknown;
}

Result<Session::Outcome> Session::advance(const LocalCommand& command) {
  auto events = decide_locally(shown_, command, context());
  if (!events) {
    if (is_undetermined(command, events.error())) return Outcome::undetermined;
    return std::unexpected(std::move(events.error()));
  }
  const std::int64_t at_ms = std::max(now_ms_, shown_.last_ms);
  for (const NewEvent& event : *events) {
    evolve(shown_, event.body, event.parts,
           {.n = shown_.version + 1, .at_ms = at_ms, .by = ActorClass::customer});
  }
  return Outcome::applied;
}

std::vector<Notice> Session::rebase() {
  std::vector<Notice> notices;
  shown_ = Order(history_.order());  // moved: an order is copied in one way only
  if (!rules_) return notices;
  std::erase_if(pending_, [&](const PendingCommand& sent) {
    const auto done = advance(sent.command);
    if (!done) {
      notices.push_back({.by = RefusedBy::rebase, .sent = sent, .rejection = done.error()});
    }
    return !done;
  });
  return notices;
}

void Session::take_facts(QuoteFacts facts) {
  facts.availability.merge(told_.availability);  // keeps the new ones where both know a sku
  facts.coupons.merge(told_.coupons);
  told_ = std::move(facts);
  settle_facts();
}

void Session::put_offer(Offer offer) {
  appraiser_.forget();
  const auto place = std::ranges::lower_bound(offers_, offer.sku, {}, &Offer::sku);
  if (place != offers_.end() && place->sku == offer.sku) {
    *place = std::move(offer);
  } else {
    offers_.insert(place, std::move(offer));
  }
}

/// A code that the rules publish is known to everybody, so it works before the server has answered.
/// One whose promotion the rules do not hold cannot be priced: newer rules are on their way.
void Session::settle_facts() {
  appraiser_.forget();
  facts_ = QuoteFacts(told_);
  if (!rules_) return;
  const auto& promotions = rules_->rules().promotions;
  std::erase_if(facts_.coupons, [&](const auto& coupon) {
    return std::ranges::find(promotions, coupon.second.promotion, &Promotion::id) ==
           promotions.end();
  });
  for (const Promotion& promotion : promotions) {
    if (!promotion.public_code) continue;
    facts_.coupons.try_emplace(fold_code(promotion.public_code->value),
                               CouponFact{.promotion = promotion.id, .verdict = {}});
  }
}

}  // namespace tandem::sync
