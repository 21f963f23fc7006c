// SPDX-License-Identifier: Apache-2.0
#include "app/references.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "app/catalog_docs.hpp"
#include "app/facts.hpp"
#include "app/services.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kReferencesPage = 500;
constexpr std::size_t kWarningsMax = 20;

/// Shops have many offers and few tax classes: only offers whose bytes do not name one that is
/// known are decoded. A quotation mark inside of a text is escaped, so nothing else looks like the
/// key.
bool names_known(const std::string& bytes, const std::set<std::string>& known) {
  constexpr std::string_view kKey = "\"tax_class\":\"";
  const std::size_t at = bytes.find(kKey);
  if (at == std::string::npos) return true;
  const std::size_t from = at + kKey.size();
  const std::size_t to = bytes.find('"', from);
  return to != std::string::npos && known.contains(bytes.substr(from, to - from));
}

Result<void> check_offer_names(const store::Offer& offer, const Rules& rules) {
  const auto doc = wire::decode<OfferDoc>(offer.bytes);
  if (!doc || !doc->offer.tax_class) return {};
  const bool known = std::ranges::any_of(
      rules.tax_classes, [&](const TaxClass& one) { return one.id == *doc->offer.tax_class; });
  if (known) return {};
  return reject(Reason::reference_unknown, "offers/" + offer.sku + "/offer/tax_class");
}

}  // namespace

Result<void> check_offers(const Rules& rules, store::Reads& reads,
                          const std::function<bool(const store::Offer&)>& replaced) {
  std::set<std::string> known;
  for (const TaxClass& one : rules.tax_classes) known.insert(one.id.value);
  store::ProductQuery query{.count_max = kReferencesPage};
  for (;;) {
    const auto page = or_refusal(reads.products(query));
    if (!page) return std::unexpected(page.error());
    for (const store::ProductWithOffers& product : page->products) {
      for (const store::Offer& offer : product.offers) {
        if (names_known(offer.bytes, known) || (replaced && replaced(offer))) continue;
        if (auto ok = check_offer_names(offer, rules); !ok) return ok;
      }
    }
    if (page->next.empty()) return {};
    query.after = page->next;
  }
}

Result<std::vector<Rejection>> warnings_of(const Rules& rules, const Settings& settings,
                                           store::Reads& reads) {
  std::vector<Rejection> warnings;
  for (const PaymentMethod& method : rules.payment_methods) {
    if (!method.enabled) continue;
    const auto can = abilities(settings, method.provider);
    const std::string pointer = "/payment_methods/" + method.id.value;
    if (!can || !can->enabled) {
      warnings.push_back(rejection(Reason::provider_disabled, pointer + "/provider"));
    } else if (method.express && !can->express) {
      warnings.push_back(rejection(Reason::provider_cannot_express, pointer + "/express"));
    }
  }
  std::set<std::string> gone;
  std::string after;
  for (bool more = true; more;) {
    const auto codes = or_refusal(reads.coupons(after, kReferencesPage));
    if (!codes) return std::unexpected(codes.error());
    for (const store::Coupon& code : *codes) {
      const Promotion* promotion = find_promotion(rules, code.promotion);
      if (promotion == nullptr || !promotion->coupon) gone.insert(code.promotion);
    }
    more = static_cast<std::int64_t>(codes->size()) == kReferencesPage;
    if (more) after = codes->back().code;
  }
  for (const std::string& id : gone) {
    warnings.push_back(rejection(Reason::reference_unknown, "/promotions/" + id));
  }
  if (warnings.size() > kWarningsMax) warnings.resize(kWarningsMax);
  return warnings;
}

Result<Settings> settings_now(store::Reads& reads) {
  const auto document = or_refusal(reads.current_settings());
  if (!document) return std::unexpected(document.error());
  if (!*document) return Settings{};
  return wire::decode<Settings>((*document)->bytes);
}

}  // namespace tandem::app
