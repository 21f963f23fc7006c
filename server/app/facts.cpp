// SPDX-License-Identifier: Apache-2.0
#include "app/facts.hpp"

#include <algorithm>
#include <array>

#include "tandem/base/overloaded.hpp"
#include "tandem/ledger/promotions.hpp"
#include "tandem/ledger/stock.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/words.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

std::string name_of(const store::Digest& hash) { return hex(hash, 16); }

StockFigures figures_of(const store::LedgerRow& row) {
  return {.on_hand = row.figures.on_hand,
          .reserved = row.figures.reserved,
          .held = row.figures.held,
          .backordered = row.figures.backordered,
          .safety_stock = row.safety_stock};
}

Result<std::shared_ptr<const CompiledRules>> rules_named(store::Reads& reads, const Digest& id) {
  const auto document = reads.rules(hex(id));
  if (!document) return std::unexpected(store::rejection_of(document.error()));
  if (!*document) return nullptr;
  auto rules = wire::decode<Rules>((*document)->bytes);
  if (!rules) return std::unexpected(std::move(rules.error()));
  auto compiled = compile(*std::move(rules));
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  return std::make_shared<const CompiledRules>(*std::move(compiled));
}

}  // namespace

const Promotion* find_promotion(const Rules& rules, std::string_view id) {
  const auto found =
      std::ranges::find_if(rules.promotions, [&](const Promotion& p) { return p.id.value == id; });
  return found == rules.promotions.end() ? nullptr : &*found;
}

bool counts_customers(const Rules& rules) {
  return std::ranges::any_of(rules.promotions, [](const Promotion& promotion) {
    return promotion.limits && promotion.limits->uses_per_customer;
  });
}

store::Digest contact_hash(const SigningKey& key, std::string_view email) {
  return mac(key, lower(email));
}

store::CustomerKey Who::key(const Order& order) const {
  return {.customer = order.customer,
          .contact_hash = contact,
          .account_hash = account ? account->contact_hash : std::nullopt};
}

Result<Who> who_is(const Order& order, const SigningKey& contact_key, bool hashes,
                   store::Reads& reads) {
  Who who;
  if (order.customer) {
    auto account = reads.customer(*order.customer);
    if (!account) return std::unexpected(store::rejection_of(account.error()));
    who.account = *std::move(account);
  }
  if (!hashes) return who;
  if (order.contact) who.contact = contact_hash(contact_key, order.contact->email);
  std::set<std::string> names;
  if (order.customer) names.insert(*order.customer);
  if (who.contact) names.insert(name_of(*who.contact));
  if (who.account && who.account->contact_hash) names.insert(name_of(*who.account->contact_hash));
  who.counted.assign(names.begin(), names.end());
  return who;
}

Context Facts::context(const Shop& shop, std::int64_t now_ms, Actor actor) const {
  return {.now_ms = now_ms,
          .actor = std::move(actor),
          .rules = &shop.rules,
          .rules_id = shop.rules_id,
          .settings = &shop.settings,
          .offers = offers,
          .facts = &quote,
          .shelves = shelves,
          .gift_cards = gift_cards,
          .history = history,
          .next_numbers = next_numbers,
          .placed_rules = placed_rules.get(),
          .placed_offers = placed_offers};
}

Result<Facts> Gatherer::gather(const Subjects& subjects, const Order& order, const Who& who) const {
  Facts facts;
  for (const std::string& sku : subjects.skus) {
    const auto offer = at_.source.offer(sku);
    if (!offer) return std::unexpected(offer.error());
    if (!*offer) continue;
    facts.offers.push_back((*offer)->offer);
    facts.known.push_back(*offer);
    facts.stored.push_back(*offer);
  }
  for (const std::string& code : subjects.codes) {
    auto id = at_.source.promotion_of(code);
    if (!id) return std::unexpected(id.error());
    if (id->empty()) *id = published_under(at_.shop.rules.rules(), code).value;
    if (!id->empty()) facts.quote.coupons[code] = {.promotion = {*id}, .verdict = {}};
  }
  if (auto ok = refresh(facts, subjects, order, who); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  if (subjects.original_rules && order.placed) {
    if (auto ok = add_placed(facts, order); !ok) return std::unexpected(std::move(ok.error()));
  }
  return facts;
}

Result<void> Gatherer::refresh(Facts& facts, const Subjects& subjects, const Order& order,
                               const Who& who) const {
  add_stock(facts);
  add_coupons(facts, who);
  add_cards(facts, subjects);
  if (subjects.invoices) {
    const Settings& settings = at_.shop.settings;
    for (const std::string& series : {settings.invoice_series, settings.credit_note_series}) {
      facts.next_numbers[series] = at_.source.ledger(series_key(series)).figures.used + 1;
    }
  }
  if (auto ok = add_customer(facts, subjects, order, who); !ok) return ok;
  show_offers(facts);
  return {};
}

void Gatherer::show_offers(Facts& facts) const {
  for (std::size_t i = 0; i < facts.stored.size(); ++i) {
    const Offer& stored = facts.stored[i]->offer;
    if (!has_secrets(stored)) continue;
    Offer visible = visible_to(stored, facts.quote.customer_group, at_.now_ms);
    facts.known[i] = visible == stored
                         ? facts.stored[i]
                         : std::make_shared<const KnownOffer>(known_offer(std::move(visible)));
    facts.offers[i] = facts.known[i]->offer;
  }
}

void Gatherer::add_stock(Facts& facts) const {
  const std::vector<std::string> places = at_.catalog.places();
  for (const Offer& offer : facts.offers) {
    if (!is_counted(offer)) continue;
    std::int64_t available = 0;
    std::vector<Shelf> shelves;
    for (const std::string& place : places) {
      const store::LedgerKey key = stock_key(offer.sku.value, place);
      const StockFigures figures = figures_of(at_.source.ledger(key));
      const std::int64_t own = at_.source.own(key);
      available += figures.available_to(own);
      shelves.push_back({.location = place, .free = figures.unreserved(own)});
    }
    facts.quote.availability[offer.sku.value] = available;
    facts.shelves[offer.sku.value] = std::move(shelves);
  }
}

void Gatherer::add_coupons(Facts& facts, const Who& who) const {
  for (auto& [code, fact] : facts.quote.coupons) {
    const Promotion* promotion = find_promotion(at_.shop.rules.rules(), fact.promotion.value);
    if (promotion == nullptr) {
      fact.verdict = {Reason::coupon_unknown};
      continue;
    }
    fact.verdict = {coupon_verdict(*promotion, uses_of(*promotion, who), at_.now_ms)};
  }
  tell_promotions(facts.quote, at_.shop.rules.rules(), at_.now_ms,
                  [&](const Promotion& promotion) { return uses_of(promotion, who); });
}

PromotionFigures Gatherer::uses_of(const Promotion& promotion, const Who& who) const {
  PromotionFigures figures;
  if (!promotion.limits) return figures;
  const store::LedgerKey key = promotion_key(promotion.id.value);
  const store::Figures used = at_.source.ledger(key).figures;
  figures.uses = used.used;
  figures.held_by_others = used.held - at_.source.own(key);
  if (!promotion.limits->uses_per_customer) return figures;
  // Known by several names, a customer has used it as often as the most telling one says.
  for (const std::string& name : who.counted) {
    const auto named = customer_use_key(promotion.id.value, name);
    const store::Figures uses = at_.source.ledger(named).figures;
    figures.uses_by_customer =
        std::max(figures.uses_by_customer, uses.used + uses.held - at_.source.own(named));
  }
  return figures;
}

void Gatherer::add_cards(Facts& facts, const Subjects& subjects) const {
  facts.quote.gift_cards.clear();
  for (const std::string& code : subjects.cards) {
    const store::LedgerKey key = gift_card_key(code);
    const store::LedgerRow row = at_.source.ledger(key);
    if (!row.exists) continue;
    const GiftCardFigures figures{.balance_minor = row.figures.balance,
                                  .held_by_others_minor = row.figures.held - at_.source.own(key),
                                  .expires_ms = row.expires_ms};
    facts.gift_cards[code] = figures;
    facts.quote.gift_cards.push_back(
        {.balance_minor = figures.usable_minor(at_.now_ms), .id = GiftCardId{code}});
  }
}

Result<void> Gatherer::add_customer(Facts& facts, const Subjects& subjects, const Order& order,
                                    const Who& who) const {
  QuoteFacts& quote = facts.quote;
  quote.channel = ChannelId{"web"};
  quote.customer_group.reset();
  quote.orders_placed.reset();
  quote.first_order.reset();
  facts.history = {};
  if (order.customer) {
    const auto placed = at_.reads.orders_placed(*order.customer, at_.order_no);
    if (!placed) return std::unexpected(store::rejection_of(placed.error()));
    quote.orders_placed = *placed;
    quote.first_order = *placed == 0;
  }
  if (who.account) {
    const store::Customer& account = *who.account;
    if (!account.group.empty()) quote.customer_group = GroupId{account.group};
    if (!account.email.empty()) facts.history.email = account.email;
    if (!account.salesperson.empty()) facts.history.salesperson = account.salesperson;
    facts.history.accepts_reminders = account.reminders;
  }
  if (!subjects.reminds) return {};
  const auto history = at_.reads.history(who.key(order), at_.order_no);
  if (!history) return std::unexpected(store::rejection_of(history.error()));
  facts.history.bought_ms = history->bought_ms;
  facts.history.reminded_ms = history->reminded_ms;
  facts.history.active_ms = history->active_ms;
  facts.history.unsubscribed = history->unsubscribed;
  return {};
}

/// The rules and offers that the order was frozen under.
Result<void> Gatherer::add_placed(Facts& facts, const Order& order) const {
  auto rules = rules_named(at_.reads, order.placed->rules);
  if (!rules) return std::unexpected(std::move(rules.error()));
  facts.placed_rules = *std::move(rules);
  for (const Digest& digest : order.placed->facts) {
    const auto bytes = at_.reads.fact(digest);
    if (!bytes) return std::unexpected(store::rejection_of(bytes.error()));
    if (!*bytes) continue;
    auto offer = wire::decode<Offer>(**bytes);
    if (!offer) return std::unexpected(std::move(offer.error()));
    facts.placed_offers.push_back(*std::move(offer));
  }
  std::ranges::sort(facts.placed_offers, {}, &Offer::sku);
  return {};
}

ReadFacts::ReadFacts(store::Reads& reads, std::int64_t order_no) : reads_(reads) {
  if (auto holds = reads.holds(order_no)) holds_ = *std::move(holds);
}

Result<std::shared_ptr<const KnownOffer>> ReadFacts::offer(const std::string& sku) {
  const std::array skus{sku};
  const auto stored = reads_.offers(skus);
  if (!stored) return std::unexpected(store::rejection_of(stored.error()));
  if (stored->empty()) return nullptr;
  auto offer = decode_offer(stored->front());
  if (!offer) return std::unexpected(std::move(offer.error()));
  return std::make_shared<const KnownOffer>(*std::move(offer));
}

Result<std::string> ReadFacts::promotion_of(const std::string& code) {
  const auto stored = reads_.coupon(code);
  if (!stored) return std::unexpected(store::rejection_of(stored.error()));
  return *stored ? (*stored)->promotion : std::string();
}

store::LedgerRow ReadFacts::ledger(const store::LedgerKey& key) {
  const std::array keys{key};
  auto rows = reads_.ledger(keys);
  return rows && !rows->empty() ? rows->front() : store::LedgerRow{.key = key};
}

std::int64_t ReadFacts::own(const store::LedgerKey& key) {
  const auto hold = std::ranges::find(holds_, key, &store::Hold::key);
  return hold == holds_.end() ? 0 : hold->quantity;
}

}  // namespace tandem::app
