// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the shop publishes, decoded and kept: rules, settings, offers, codes. Everything belongs to
// one version of the catalog in the store; when that has moved on, everything is read anew. Inside
// a batch nobody else can write, so what a decision sees is what the batch's version names.
//
//   auto shop = catalog.at(set.catalog_version());
//   auto offer = shop->offer("TEA-100");

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/reads.hpp"
#include "tandem/catalog/offer.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::app {

/// An offer with its canonical bytes and their digest: the fact that an order is placed on.
struct KnownOffer {
  Offer offer;
  std::string bytes;
  Digest digest{};
};

/// Rules and settings of one version.
struct Shop {
  std::int64_t version = 0;
  CompiledRules rules;
  Digest rules_id{};
  std::string rules_bytes;
  Settings settings;
  std::vector<store::HookEndpoint> hooks{};  // who wants to be told of orders
};

class Catalog {
 public:
  explicit Catalog(store::Reads& reads) : reads_(reads) {}

  /// The shop as it is now. Refuses: overloaded (the database does not answer), reference_unknown
  /// with subject "rules" (nothing was published yet), what decoding refuses.
  [[nodiscard]] Result<std::shared_ptr<const Shop>> now();
  /// The shop at this version of the catalog, which must be the current one.
  [[nodiscard]] Result<std::shared_ptr<const Shop>> at(std::int64_t version);

  /// Null when there is no such offer. Both refuse when the database does not answer. They are for
  /// use inside a batch only.
  [[nodiscard]] Result<std::shared_ptr<const KnownOffer>> offer(std::int64_t version,
                                                                const std::string& sku);
  /// Where stock lies: the main place first. A new place is noted when something arrives there.
  [[nodiscard]] std::vector<std::string> places();
  void note_place(const std::string& place);

  /// The promotion of a folded code; empty when there is no such code.
  [[nodiscard]] Result<std::string> promotion_of(std::int64_t version, const std::string& code);

 private:
  void forget_others(std::int64_t version);

  store::Reads& reads_;
  std::mutex mutex_;  // guards shop_ and places_
  std::shared_ptr<const Shop> shop_;
  std::vector<std::string> places_;
  // Of the writer's thread alone.
  std::int64_t version_ = -1;
  std::map<std::string, std::shared_ptr<const KnownOffer>, std::less<>> offers_;
  std::map<std::string, std::string, std::less<>> codes_;
};

/// An offer with what follows from it.
[[nodiscard]] KnownOffer known_offer(Offer offer);

/// An offer as it stands in the store.
[[nodiscard]] Result<KnownOffer> decode_offer(const store::Offer& stored);

}  // namespace tandem::app
