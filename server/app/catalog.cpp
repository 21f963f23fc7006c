// SPDX-License-Identifier: Apache-2.0
#include "app/catalog.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "app/catalog_docs.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/words.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

// What one version may keep in memory; beyond it everything is read again when asked for.
constexpr std::size_t kOffersMax = 20'000;
constexpr std::size_t kCodesMax = 20'000;

std::unexpected<Rejection> refuse(const store::Failure& failure) {
  return std::unexpected(store::rejection_of(failure));
}

}  // namespace

KnownOffer known_offer(Offer offer) {
  KnownOffer known{.offer = std::move(offer), .bytes = {}};
  known.bytes = canonical(known.offer);
  known.digest = sha256(known.bytes);
  return known;
}

Result<KnownOffer> decode_offer(const store::Offer& stored) {
  auto doc = wire::decode<OfferDoc>(stored.bytes);
  if (!doc) return std::unexpected(std::move(doc.error()));
  return known_offer(std::move(doc->offer));
}

Result<std::shared_ptr<const Shop>> Catalog::now() {
  const auto version = reads_.catalog_version();
  if (!version) return refuse(version.error());
  return at(*version);
}

Result<std::shared_ptr<const Shop>> Catalog::at(std::int64_t version) {
  const std::lock_guard lock(mutex_);
  if (shop_ && shop_->version == version) return shop_;
  const auto document = reads_.current_rules();
  if (!document) return refuse(document.error());
  if (!*document) return reject(Reason::reference_unknown, "rules");
  auto rules = wire::decode<Rules>((*document)->bytes);
  if (!rules) return std::unexpected(std::move(rules.error()));
  auto compiled = compile(*std::move(rules));
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  const auto stored = reads_.current_settings();
  if (!stored) return refuse(stored.error());
  auto settings = *stored ? wire::decode<Settings>((*stored)->bytes) : Settings{};
  if (!settings) return std::unexpected(std::move(settings.error()));
  auto hooks = reads_.hook_endpoints();
  if (!hooks) return refuse(hooks.error());
  shop_ = std::make_shared<const Shop>(Shop{.version = version,
                                            .rules = *std::move(compiled),
                                            .rules_id = sha256((*document)->bytes),
                                            .rules_bytes = (*document)->bytes,
                                            .settings = *std::move(settings),
                                            .hooks = *std::move(hooks)});
  return shop_;
}

std::vector<std::string> Catalog::places() {
  const std::lock_guard lock(mutex_);
  if (places_.empty()) {
    auto others = reads_.locations_but(kMainLocation);
    if (!others) return {std::string(kMainLocation)};
    places_ = *std::move(others);
    places_.emplace(places_.begin(), kMainLocation);
  }
  return places_;
}

void Catalog::note_place(const std::string& place) {
  if (place == kMainLocation) return;
  (void)places();
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(places_, place) != places_.end()) return;
  // The main place first, the others by name.
  places_.insert(std::upper_bound(places_.begin() + 1, places_.end(), place), place);
}

void Catalog::forget_others(std::int64_t version) {
  if (version == version_ && offers_.size() < kOffersMax && codes_.size() < kCodesMax) return;
  version_ = version;
  offers_.clear();
  codes_.clear();
}

Result<std::shared_ptr<const KnownOffer>> Catalog::offer(std::int64_t version,
                                                         const std::string& sku) {
  forget_others(version);
  if (const auto known = offers_.find(sku); known != offers_.end()) return known->second;
  const std::array skus{sku};
  const auto stored = reads_.offers(skus);
  if (!stored) return refuse(stored.error());
  std::shared_ptr<const KnownOffer> offer;
  if (!stored->empty()) {
    auto decoded = decode_offer(stored->front());
    if (!decoded) return std::unexpected(std::move(decoded.error()));
    offer = std::make_shared<const KnownOffer>(*std::move(decoded));
  }
  offers_.emplace(sku, offer);
  return offer;
}

Result<std::string> Catalog::promotion_of(std::int64_t version, const std::string& code) {
  forget_others(version);
  if (const auto known = codes_.find(code); known != codes_.end()) return known->second;
  const auto stored = reads_.coupon(code);
  if (!stored) return refuse(stored.error());
  const std::string promotion = *stored ? (*stored)->promotion : std::string();
  codes_.emplace(code, promotion);
  return promotion;
}

}  // namespace tandem::app
