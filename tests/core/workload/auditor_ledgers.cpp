// SPDX-License-Identifier: Apache-2.0
// The shop's ledgers against the sums over all orders.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/workload/auditor.hpp"

namespace tandem::workload {
namespace {

/// Of these nobody is promised more than there is.
constexpr std::array<std::string_view, 5> kDenied{"BULB", "MUG", "SOAP", "TEA", "TOY"};

}  // namespace

void Auditor::check_ledgers(const replay::Shop& shop, bool settled) {
  check_stock(shop, settled);
  check_promotions(shop);
  check_gift_cards(shop);
}

void Auditor::check_stock(const replay::Shop& shop, bool settled) {
  std::map<std::string, BookStock> sums;
  for (const auto& [id, book] : books_) {
    for (const auto& [sku, stock] : book.stock()) {
      sums[sku].held += stock.held;
      sums[sku].reserved += stock.reserved;
      sums[sku].backordered += stock.backordered;
    }
  }
  for (const auto& [key, figures] : shop.stock()) {
    const std::string& sku = key.first.value;
    about_ = "stock of " + sku;
    const BookStock& sum = sums[sku];
    const Stored& stored = stored_[sku];
    same("on hand", figures.on_hand, stored.on_hand);
    same("reserved", figures.reserved, sum.reserved);
    same("held", figures.held, sum.held);
    same("backordered", figures.backordered, sum.backordered);
    expect(stored.on_hand >= 0, "on hand below 0", stored.on_hand);
    if (!settled) continue;
    expect(sum.reserved <= stored.on_hand, "more is reserved than there is", sum.reserved,
           stored.on_hand);
    const bool denied = std::ranges::find(kDenied, std::string_view(sku)) != kDenied.end();
    if (!denied || promises_late_ || stored.short_by_count) continue;
    const std::int64_t promised = sum.reserved + sum.held + sum.backordered;
    expect(promised <= stored.on_hand, "oversold", promised, stored.on_hand);
  }
  for (const auto& [sku, sum] : sums) {
    if (sum.held == 0 && sum.reserved == 0 && sum.backordered == 0) continue;
    about_ = "stock of " + sku;
    expect(shop.stock().contains({Sku{sku}, std::string(kMainLocation)}), "taken but not kept");
  }
}

void Auditor::check_promotions(const replay::Shop& shop) {
  std::map<std::string, std::int64_t> held;
  for (const auto& [id, book] : books_) {
    if (book.uses != "held") continue;
    for (const std::string& promotion : book.promotions) ++held[promotion];
  }
  for (const auto& [id, promotion] : promotions_) {
    about_ = "promotion " + id;
    const auto found = shop.promotions().find(PromotionId{id});
    const auto figures = found == shop.promotions().end() ? replay::Figures{} : found->second;
    same("uses", figures.uses, promotion.uses);
    same("held", figures.held, held[id]);
    if (!promotion.limit) continue;
    expect(promotion.uses + held[id] <= *promotion.limit, "used beyond its limit",
           promotion.uses + held[id], *promotion.limit);
  }
}

void Auditor::check_gift_cards(const replay::Shop& shop) {
  std::map<std::string, std::int64_t> held;
  for (const auto& [id, book] : books_) {
    if (book.uses != "held") continue;
    for (const auto& [code, amount] : book.cards) held[code] += amount;
  }
  for (const auto& [code, card] : shop.gift_cards()) {
    about_ = "gift card " + code;
    same("balance", card.balance_minor, cards_[code].balance);
    same("held", card.held_minor, held[code]);
    expect(card.balance_minor >= 0, "balance below 0", card.balance_minor);
    expect(card.held_minor <= card.balance_minor, "more is held than is left", card.held_minor,
           card.balance_minor);
  }
}

}  // namespace tandem::workload
