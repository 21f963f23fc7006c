// SPDX-License-Identifier: Apache-2.0
#include "app/product_job.hpp"

#include <algorithm>
#include <tuple>

#include "app/facts.hpp"
#include "app/price_history.hpp"
#include "app/services.hpp"
#include "commit/scope.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

/// The product without its variants, as it is stored.
ProductDoc stored_part(const ProductBody& body) {
  ProductDoc doc;
  doc.body = body.body;
  doc.categories = body.categories;
  doc.handle = body.handle;
  doc.image = body.image;
  doc.name = body.name;
  doc.option_words = body.option_words;
  doc.options = body.options;
  return doc;
}

std::string searched_text(const ProductBody& body) {
  std::string text;
  for (const auto& [language, name] : body.name) (text += name) += '\n';
  for (const CategoryId& category : body.categories) (text += category.value) += '\n';
  for (const OfferDoc& variant : body.variants) (text += variant.offer.sku.value) += '\n';
  return text;
}

const store::Offer* offer_of_sku(const std::vector<store::Offer>& offers, const std::string& sku) {
  const auto found = std::ranges::find(offers, sku, &store::Offer::sku);
  return found == offers.end() ? nullptr : &*found;
}

}  // namespace

std::string tag_of(const store::ProductWithOffers& product) {
  constexpr std::size_t kTagDigits = 32;
  return hex(digest_of(product)).substr(0, kTagDigits);
}

void ProductJob::declare_ledgers(const commit::WorkingSet&, commit::Needs& needs) {
  if (!body_) return;
  for (const OfferDoc& variant : body_->variants) {
    if (is_counted(variant.offer)) needs.ledger(stock_key(variant.offer.sku.value));
  }
}

Result<void> ProductJob::decide(commit::Scope& scope) {
  after = {};
  const auto before = or_refusal(reads_.product(handle_));
  if (!before) return std::unexpected(before.error());
  was_there = before->has_value();
  if (!body_ && !was_there) return reject(Reason::offer_unknown, handle_);
  const auto tag = was_there ? std::optional(tag_of(**before)) : std::nullopt;
  if (auto ok = check_precondition(precondition_, tag, handle_); !ok) return ok;
  if (body_) {
    if (auto ok = put(scope, *before); !ok) return ok;
    if (was_there && tag == tag_of(after)) return {};
  } else {
    scope.writes().products_removed.push_back(handle_);
  }
  store::AuditRow row{
      .at_ms = scope.now_ms(), .actor = actor_, .what = "product", .subject = handle_};
  if (was_there) row.before = digest_of(**before);
  if (body_) row.after = digest_of(after);
  scope.writes().audit.push_back(std::move(row));
  scope.writes().catalog_read.push_back(scope.set().catalog_version());
  return {};
}

Result<std::vector<store::Offer>> ProductJob::stored_offers() const {
  std::vector<std::string> skus;
  for (const OfferDoc& variant : body_->variants) skus.push_back(variant.offer.sku.value);
  auto stored = or_refusal(reads_.offers(skus));
  if (!stored) return stored;
  for (std::size_t i = 0; i < skus.size(); ++i) {
    const store::Offer* offer = offer_of_sku(*stored, skus[i]);
    if (offer != nullptr && offer->handle != handle_) {
      return reject(Reason::id_duplicate, "/variants/" + std::to_string(i) + "/offer/sku");
    }
  }
  return stored;
}

Result<void> ProductJob::put(commit::Scope& scope,
                             const std::optional<store::ProductWithOffers>& before) {
  const auto shop = catalog_.at(scope.set().catalog_version());
  if (!shop) return std::unexpected(shop.error());
  if (auto ok = check_product(*body_, (*shop)->rules.rules()); !ok) return ok;
  const auto stored = stored_offers();
  if (!stored) return std::unexpected(stored.error());
  std::int64_t position = body_->position.value_or(before ? before->product.position : 0);
  if (!body_->position && !before) {
    const auto last = or_refusal(reads_.last_position());
    if (!last) return std::unexpected(last.error());
    position = *last + 1;
  }
  after.product = {.handle = handle_,
                   .position = position,
                   .bytes = canonical(stored_part(*body_)),
                   .search = searched_text(*body_)};
  take_offers(*stored, scope.now_ms());
  write(scope, before);
  settle_stock(scope);
  return {};
}

void ProductJob::take_offers(const std::vector<store::Offer>& stored, std::int64_t now_ms) {
  std::int64_t position = 0;
  for (OfferDoc variant : body_->variants) {
    if (const store::Offer* offer = offer_of_sku(stored, variant.offer.sku.value)) {
      // Histories are only added to, whatever the document says of the past.
      const auto doc = wire::decode<OfferDoc>(offer->bytes);
      if (doc) (void)carry_history(doc->offer, variant.offer, now_ms);
    }
    after.offers.push_back({.sku = variant.offer.sku.value,
                            .handle = handle_,
                            .position = ++position,
                            .bytes = canonical(variant)});
  }
}

void ProductJob::write(commit::Scope& scope,
                       const std::optional<store::ProductWithOffers>& before) const {
  if (before && tag_of(*before) == tag_of(after)) return;
  scope.writes().products.push_back(after.product);
  scope.writes().offers.insert(scope.writes().offers.end(), after.offers.begin(),
                               after.offers.end());
  if (!before) return;
  for (const store::Offer& offer : before->offers) {
    if (offer_of_sku(after.offers, offer.sku) == nullptr) {
      scope.writes().offers_removed.push_back(offer.sku);
    }
  }
}

/// How much may be sold beyond what is on hand follows from the offer.
void ProductJob::settle_stock(commit::Scope& scope) const {
  for (const OfferDoc& variant : body_->variants) {
    if (!is_counted(variant.offer)) continue;
    const store::LedgerRow row = scope.ledger(stock_key(variant.offer.sku.value));
    const std::int64_t backorder_max = backorder_max_of(variant.offer);
    if (row.exists && row.backorder_max == backorder_max) continue;
    scope.put_stock_policy({.sku = variant.offer.sku.value,
                            .location = std::string(kMainLocation),
                            .safety_stock = row.safety_stock,
                            .backorder_max = backorder_max});
  }
}

Result<void> CouponJob::decide(commit::Scope& scope) {
  const auto stored = or_refusal(reads_.coupon(code_));
  if (!stored) return std::unexpected(stored.error());
  was_there = stored->has_value();
  if (!promotion_ && !was_there) return reject(Reason::coupon_unknown, code_);
  if (promotion_) {
    const auto shop = catalog_.at(scope.set().catalog_version());
    if (!shop) return std::unexpected(shop.error());
    const Promotion* promotion = find_promotion((*shop)->rules.rules(), *promotion_);
    if (promotion == nullptr || !promotion->coupon) {
      return reject(Reason::reference_unknown, "/promotion");
    }
    if (was_there && (*stored)->promotion == *promotion_) return {};
    scope.writes().coupons.push_back({code_, *promotion_});
  } else {
    scope.writes().coupons_removed.push_back(code_);
  }
  store::AuditRow row{.at_ms = scope.now_ms(), .actor = actor_, .what = "coupon", .subject = code_};
  if (was_there) row.before = sha256((*stored)->promotion);
  if (promotion_) row.after = sha256(*promotion_);
  scope.writes().audit.push_back(std::move(row));
  scope.writes().catalog_read.push_back(scope.set().catalog_version());
  return {};
}

}  // namespace tandem::app
