// SPDX-License-Identifier: Apache-2.0
// What commands and orders are about, and the ledgers behind it.
#include "app/facts.hpp"
#include "tandem/base/overloaded.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/words.hpp"

namespace tandem::app {
namespace {

void add_customer_uses(const Promotion& promotion, const Who& who,
                       std::vector<store::LedgerKey>& keys) {
  if (!promotion.limits || !promotion.limits->uses_per_customer) return;
  for (const std::string& name : who.counted) {
    keys.push_back(customer_use_key(promotion.id.value, name));
  }
}

}  // namespace

bool is_counted(const Offer& offer) {
  return offer.kind == OfferKind::goods && offer.stock_policy != StockPolicy::untracked;
}

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
    auto id = catalog.promotion_of(shop.version, code);
    if (!id) return std::unexpected(id.error());
    if (id->empty()) *id = published_under(shop.rules.rules(), code).value;
    const Promotion* promotion = find_promotion(shop.rules.rules(), *id);
    if (promotion == nullptr) continue;
    keys.push_back(promotion_key(*id));
    keys.push_back(coupon_key(code));
    add_customer_uses(*promotion, who, keys);
  }
  for (const Promotion& promotion : shop.rules.rules().promotions) {
    if (promotion.coupon || !promotion.limits) continue;
    keys.push_back(promotion_key(promotion.id.value));
    add_customer_uses(promotion, who, keys);
  }
  for (const std::string& code : subjects.cards) keys.push_back(gift_card_key(code));
  if (subjects.invoices) {
    keys.push_back(series_key(shop.settings.invoice_series));
    keys.push_back(series_key(shop.settings.credit_note_series));
  }
  return keys;
}

}  // namespace tandem::app
