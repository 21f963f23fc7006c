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

/// Stock is counted for goods that are not sold without counting.
bool is_counted(const Offer& offer) {
  return offer.kind == OfferKind::goods && offer.stock_policy != StockPolicy::untracked;
}

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

void Subjects::add(const Order& order) {
  for (const Line& line : order.lines) skus.insert(line.sku.value);
  for (const Transfer& transfer : order.transfers) {
    for (const TransferLine& line : transfer.lines) skus.insert(line.sku.value);
  }
  for (const OrderCoupon& coupon : order.coupons) codes.insert(coupon.code);
  for (const OrderGiftCard& card : order.gift_cards) cards.insert(card.code);
  if (!order.placed) return;
  for (const QuoteGiftCard& card : order.placed->quote.gift_cards) cards.insert(card.id.value);
}

void Subjects::add(const Command& command) {
  std::visit(overloaded{[&](const AddLine& c) { skus.insert(c.sku.value); },
                        [&](const ApplyCoupon& c) { codes.insert(fold_code(c.code)); },
                        [&](const ApplyGiftCard& c) { cards.insert(fold_code(c.code)); },
                        [&](const ReviseOrder& c) {
                          for (const QuantityChange& change : c.changes) {
                            if (change.sku) skus.insert(change.sku->value);
                          }
                          for (const std::string& code : c.coupons_add)
                            codes.insert(fold_code(code));
                          original_rules =
                              original_rules || c.terms == RevisionTerms::original_rules;
                        },
                        [&](const ExchangeReturn& c) {
                          if (!c.lines) return;
                          for (const ExchangedLine& line : *c.lines) {
                            if (line.sku) skus.insert(line.sku->value);
                          }
                        },
                        [&](const CreateInvoice&) { invoices = true; },
                        [&](const PostInvoice&) { invoices = true; },
                        [&](const CreateCreditNote&) { invoices = true; },
                        [&](const SendReminder&) { reminds = true; }, [](const auto&) {}},
             static_cast<const CommandVariant&>(command));
}

void Subjects::add(const Shop& shop) {
  for (const Promotion& promotion : shop.rules.rules().promotions) {
    for (const Action& action : promotion.then) {
      if (const auto* gift = std::get_if<Gift>(&action)) skus.insert(gift->sku.value);
    }
  }
  invoices = invoices || shop.settings.automatic_invoice;
}

const std::string* other_of(const Command& command) {
  if (const auto* merge = std::get_if<MergeCart>(&command)) return &merge->from;
  if (const auto* again = std::get_if<Reorder>(&command)) return &again->from;
  return nullptr;
}

const std::vector<Digest>* facts_in(const Event& event) {
  if (const auto* placed = std::get_if<OrderPlaced>(&event)) return &placed->facts;
  if (const auto* sent = std::get_if<QuotationSent>(&event)) return &sent->facts;
  if (const auto* revised = std::get_if<OrderRevised>(&event)) return &revised->facts;
  return nullptr;
}

store::LedgerKey stock_key(const std::string& sku, const std::string& place) {
  return {store::LedgerKind::stock, sku, place};
}
store::LedgerKey promotion_key(const std::string& promotion) {
  return {store::LedgerKind::promotion, promotion, {}};
}
store::LedgerKey coupon_key(const std::string& code) {
  return {store::LedgerKind::coupon, code, {}};
}
store::LedgerKey customer_use_key(const std::string& promotion, const std::string& customer) {
  return {store::LedgerKind::customer_use, promotion, customer};
}
store::LedgerKey gift_card_key(const std::string& code) {
  return {store::LedgerKind::gift_card, code, {}};
}
store::LedgerKey series_key(const std::string& series) {
  return {store::LedgerKind::invoice, series, {}};
}

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
          .unreserved = unreserved,
          .gift_cards = gift_cards,
          .history = history,
          .next_numbers = next_numbers,
          .placed_rules = placed_rules.get(),
          .placed_offers = placed_offers};
}

Result<std::vector<store::LedgerKey>> ledgers_of(Catalog& catalog, const Shop& shop,
                                                 const Subjects& subjects, const Who& who) {
  std::vector<store::LedgerKey> keys;
  const std::vector<std::string> places = catalog.places();
  for (const std::string& sku : subjects.skus) {
    const auto offer = catalog.offer(shop.version, sku);
    if (!offer) return std::unexpected(offer.error());
    if (!*offer || !is_counted((*offer)->offer)) continue;
    for (const std::string& place : places) keys.push_back(stock_key(sku, place));
  }
  for (const std::string& code : subjects.codes) {
    const auto id = catalog.promotion_of(shop.version, code);
    if (!id) return std::unexpected(id.error());
    const Promotion* promotion = find_promotion(shop.rules.rules(), *id);
    if (promotion == nullptr) continue;
    keys.push_back(promotion_key(*id));
    keys.push_back(coupon_key(code));
    if (!promotion->limits || !promotion->limits->uses_per_customer) continue;
    for (const std::string& name : who.counted) keys.push_back(customer_use_key(*id, name));
  }
  for (const std::string& code : subjects.cards) keys.push_back(gift_card_key(code));
  if (subjects.invoices) {
    keys.push_back(series_key(shop.settings.invoice_series));
    keys.push_back(series_key(shop.settings.credit_note_series));
  }
  return keys;
}

Result<Facts> Gatherer::gather(const Subjects& subjects, const Order& order, const Who& who) const {
  Facts facts;
  for (const std::string& sku : subjects.skus) {
    const auto offer = at_.source.offer(sku);
    if (!offer) return std::unexpected(offer.error());
    if (!*offer) continue;
    facts.offers.push_back((*offer)->offer);
    facts.known.push_back(*offer);
  }
  for (const std::string& code : subjects.codes) {
    const auto id = at_.source.promotion_of(code);
    if (!id) return std::unexpected(id.error());
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
  return add_customer(facts, subjects, order, who);
}

void Gatherer::add_stock(Facts& facts) const {
  const std::vector<std::string> places = at_.catalog.places();
  for (const Offer& offer : facts.offers) {
    if (!is_counted(offer)) continue;
    std::int64_t available = 0;
    std::int64_t unreserved = 0;
    for (const std::string& place : places) {
      const store::LedgerKey key = stock_key(offer.sku.value, place);
      const StockFigures figures = figures_of(at_.source.ledger(key));
      const std::int64_t own = at_.source.own(key);
      available += figures.available_to(own);
      unreserved += figures.on_hand - figures.reserved - figures.held - figures.safety_stock + own;
    }
    facts.quote.availability[offer.sku.value] = available;
    facts.unreserved[offer.sku.value] = unreserved;
  }
}

void Gatherer::add_coupons(Facts& facts, const Who& who) const {
  for (auto& [code, fact] : facts.quote.coupons) {
    const Promotion* promotion = find_promotion(at_.shop.rules.rules(), fact.promotion.value);
    if (promotion == nullptr) {
      fact.verdict = {Reason::coupon_unknown};
      continue;
    }
    PromotionFigures figures;
    if (promotion->limits) {
      const store::LedgerKey key = promotion_key(promotion->id.value);
      const store::Figures used = at_.source.ledger(key).figures;
      figures.uses = used.used;
      figures.held_by_others = used.held - at_.source.own(key);
    }
    if (promotion->limits && promotion->limits->uses_per_customer) {
      // Known by several names, a customer has used it as often as the most telling one says.
      for (const std::string& name : who.counted) {
        const auto key = customer_use_key(promotion->id.value, name);
        const store::Figures used = at_.source.ledger(key).figures;
        figures.uses_by_customer =
            std::max(figures.uses_by_customer, used.used + used.held - at_.source.own(key));
      }
    }
    fact.verdict = {coupon_verdict(*promotion, figures, at_.now_ms)};
  }
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
