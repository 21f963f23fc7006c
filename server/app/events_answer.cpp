// SPDX-License-Identifier: Apache-2.0
// Events outside a batch: what a client catches up with, with today's offers and facts. Stock is
// shown as it stands; whose holds are whose is settled when a command is decided.
#include <algorithm>

#include "app/services.hpp"
#include "tandem/ledger/promotions.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kAll = std::int64_t{1} << 40;

/// An order's own hold does not count against it.
std::int64_t available_to(const Order& order, const store::LedgerRow& row) {
  std::int64_t own = 0;
  if (order.hold) {
    for (const StockTaken& taken : order.hold->lines) {
      if (taken.sku.value == row.key.key) own += taken.quantity;
    }
  }
  return row.available() + std::min(own, row.figures.held);
}

Result<void> add_offers(const Services& services, const Order& order, OrderAnswer& answer) {
  Subjects subjects;
  subjects.add(order);
  const std::vector<std::string> skus(subjects.skus.begin(), subjects.skus.end());
  const auto stored = or_refusal(services.reads.offers(skus));
  if (!stored) return std::unexpected(stored.error());
  std::vector<store::LedgerKey> keys;
  for (const store::Offer& one : *stored) {
    auto offer = decode_offer(one);
    if (!offer) return std::unexpected(std::move(offer.error()));
    const bool counted = offer->offer.kind == OfferKind::goods &&
                         offer->offer.stock_policy != StockPolicy::untracked;
    if (counted) keys.push_back(stock_key(one.sku));
    answer.offers.push_back(std::make_shared<const KnownOffer>(*std::move(offer)));
  }
  const auto rows = or_refusal(services.reads.ledger(keys));
  if (!rows) return std::unexpected(rows.error());
  for (const store::LedgerRow& row : *rows) {
    answer.facts.availability[row.key.key] = available_to(order, row);
  }
  return {};
}

Result<void> add_coupons(const Services& services, const Shop& shop, const Order& order,
                         OrderAnswer& answer) {
  for (const OrderCoupon& coupon : order.coupons) {
    const Promotion* promotion = find_promotion(shop.rules.rules(), coupon.promotion.value);
    if (promotion == nullptr) continue;
    const std::vector keys{promotion_key(coupon.promotion.value)};
    const auto rows = or_refusal(services.reads.ledger(keys));
    if (!rows) return std::unexpected(rows.error());
    const store::Figures& used = rows->front().figures;
    const std::int64_t own = coupon.state == CouponState::held ? 1 : 0;
    const PromotionFigures figures{.uses = used.used, .held_by_others = used.held - own};
    answer.facts.coupons[coupon.code] = {
        .promotion = coupon.promotion,
        .verdict = {coupon_verdict(*promotion, figures, answer.now_ms)}};
  }
  return {};
}

}  // namespace

Result<std::string> events_json(const Services& services, const store::OrderHead& head,
                                std::int64_t after, Audience audience) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  auto known = services.memory.find(head.order_no);
  if (!known || known->order.version != head.version) {
    auto loaded = load_folded(services.reads, head.order_no);
    if (!loaded) return std::unexpected(std::move(loaded.error()));
    known = *std::move(loaded);
  }
  if (!known) return reject(Reason::order_unknown);
  OrderAnswer answer;
  answer.head = head;
  answer.head.version = known->order.version;
  answer.head.head = known->head;
  answer.rules_id = (*shop)->rules_id;
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  answer.now_ms = *now_ms;
  auto events = or_refusal(services.reads.events(head.order_no, after, kAll));
  if (!events) return std::unexpected(std::move(events.error()));
  answer.events = *std::move(events);
  std::erase_if(answer.events,
                [&](const store::Event& event) { return event.n > known->order.version; });
  auto parts = or_refusal(services.reads.parts(head.order_no));
  if (!parts) return std::unexpected(std::move(parts.error()));
  answer.parts = *std::move(parts);
  if (auto ok = add_offers(services, known->order, answer); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  if (auto ok = add_coupons(services, **shop, known->order, answer); !ok) {
    return std::unexpected(std::move(ok.error()));
  }
  return commands_json(answer, nullptr,
                       {.core_version = services.options.core_version,
                        .payment = payment_step(known->order, head.order_no, services.providers),
                        .audience = audience});
}

}  // namespace tandem::app
