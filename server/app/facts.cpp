// SPDX-License-Identifier: Apache-2.0
#include "app/facts.hpp"

#include <algorithm>

#include "tandem/ledger/promotions.hpp"
#include "tandem/ledger/stock.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/words.hpp"

namespace tandem::app {
namespace {

/// Stock is counted for goods that are not sold without counting.
bool is_counted(const Offer& offer) {
  return offer.kind == OfferKind::goods && offer.stock_policy != StockPolicy::untracked;
}

std::int64_t availability(const store::LedgerKey& key, std::int64_t order_no,
                          commit::Scope& scope) {
  const store::LedgerRow row = scope.ledger(key);
  const store::Hold* own = scope.hold(key, order_no);
  const StockFigures figures{.on_hand = row.figures.on_hand,
                             .reserved = row.figures.reserved,
                             .held = row.figures.held,
                             .backordered = row.figures.backordered,
                             .safety_stock = row.safety_stock};
  return figures.available_to(own == nullptr ? 0 : own->quantity);
}

Verdict verdict_on(const Promotion& promotion, const std::optional<std::string>& customer,
                   std::int64_t order_no, commit::Scope& scope) {
  if (!promotion.limits) return {coupon_verdict(promotion, {}, scope.now_ms())};
  const store::LedgerKey key = promotion_key(promotion.id.value);
  const store::Figures used = scope.ledger(key).figures;
  const store::Hold* own = scope.hold(key, order_no);
  PromotionFigures figures{.uses = used.used,
                           .held_by_others = used.held - (own == nullptr ? 0 : own->quantity)};
  if (customer && promotion.limits->uses_per_customer) {
    const auto by_customer = customer_use_key(promotion.id.value, *customer);
    figures.uses_by_customer = scope.ledger(by_customer).figures.used;
  }
  return {coupon_verdict(promotion, figures, scope.now_ms())};
}

}  // namespace

void Subjects::add(const Order& order) {
  for (const Line& line : order.lines) skus.insert(line.sku.value);
  for (const OrderCoupon& coupon : order.coupons) codes.insert(coupon.code);
}

void Subjects::add(const Command& command) {
  if (const auto* line = std::get_if<AddLine>(&command)) skus.insert(line->sku.value);
  if (const auto* coupon = std::get_if<ApplyCoupon>(&command)) {
    codes.insert(fold_code(coupon->code));
  }
}

store::LedgerKey stock_key(const std::string& sku) {
  return {store::LedgerKind::stock, sku, std::string(kMainLocation)};
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

const Promotion* find_promotion(const Rules& rules, std::string_view id) {
  const auto found =
      std::ranges::find_if(rules.promotions, [&](const Promotion& p) { return p.id.value == id; });
  return found == rules.promotions.end() ? nullptr : &*found;
}

Result<std::vector<store::LedgerKey>> ledgers_of(Catalog& catalog, const Shop& shop,
                                                 const Subjects& subjects,
                                                 const std::optional<std::string>& customer) {
  std::vector<store::LedgerKey> keys;
  for (const std::string& sku : subjects.skus) {
    const auto offer = catalog.offer(shop.version, sku);
    if (!offer) return std::unexpected(offer.error());
    if (*offer && is_counted((*offer)->offer)) keys.push_back(stock_key(sku));
  }
  for (const std::string& code : subjects.codes) {
    const auto id = catalog.promotion_of(shop.version, code);
    if (!id) return std::unexpected(id.error());
    const Promotion* promotion = find_promotion(shop.rules.rules(), *id);
    if (promotion == nullptr) continue;
    keys.push_back(promotion_key(*id));
    keys.push_back(coupon_key(code));
    if (customer && promotion->limits && promotion->limits->uses_per_customer) {
      keys.push_back(customer_use_key(*id, *customer));
    }
  }
  return keys;
}

Result<Facts> gather(Catalog& catalog, const Shop& shop, const Subjects& subjects,
                     const std::optional<std::string>& customer, std::int64_t order_no,
                     commit::Scope& scope) {
  Facts facts;
  for (const std::string& sku : subjects.skus) {
    const auto offer = catalog.offer(shop.version, sku);
    if (!offer) return std::unexpected(offer.error());
    if (!*offer) continue;
    facts.offers.push_back((*offer)->offer);
    facts.known.push_back(*offer);
  }
  for (const std::string& code : subjects.codes) {
    const auto id = catalog.promotion_of(shop.version, code);
    if (!id) return std::unexpected(id.error());
    if (find_promotion(shop.rules.rules(), *id) != nullptr) {
      facts.quote.coupons[code] = {.promotion = {*id}, .verdict = {}};
    }
  }
  refresh(facts, shop, customer, order_no, scope);
  return facts;
}

bool counts_customers(const Rules& rules) {
  return std::ranges::any_of(rules.promotions, [](const Promotion& promotion) {
    return promotion.limits && promotion.limits->uses_per_customer;
  });
}

void refresh(Facts& facts, const Shop& shop, const std::optional<std::string>& customer,
             std::int64_t order_no, commit::Scope& scope) {
  for (const Offer& offer : facts.offers) {
    if (!is_counted(offer)) continue;
    facts.quote.availability[offer.sku.value] =
        availability(stock_key(offer.sku.value), order_no, scope);
  }
  for (auto& [code, fact] : facts.quote.coupons) {
    const Promotion* promotion = find_promotion(shop.rules.rules(), fact.promotion.value);
    fact.verdict = verdict_on(*promotion, customer, order_no, scope);
  }
}

}  // namespace tandem::app
