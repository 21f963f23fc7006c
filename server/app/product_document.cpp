// SPDX-License-Identifier: Apache-2.0
#include "app/product_document.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "tandem/digest/sha256.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {
namespace {

// As the import's limits.
constexpr std::size_t kHandleBytesMax = 255;
constexpr std::size_t kSkuBytesMax = 128;
constexpr std::size_t kTextBytesMax = std::size_t{64} << 10U;
constexpr std::size_t kVariantsMax = 2'048;
// No ceiling: far beyond any stock, far below the range of a counter.
constexpr std::int64_t kBackordersWithoutEnd = std::int64_t{1} << 40;

bool may_be_handle(std::string_view handle) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || static_cast<unsigned char>(c) >= 0x80U;
  };
  return !handle.empty() && handle.size() <= kHandleBytesMax && std::ranges::all_of(handle, fits);
}

Result<void> check_texts(const Translations& texts, const std::string& pointer) {
  for (const auto& [language, text] : texts) {
    if (text.size() <= kTextBytesMax) continue;
    return reject(Reason::size_exceeded, pointer + '/' + language,
                  static_cast<std::int64_t>(kTextBytesMax));
  }
  return {};
}

/// A refusal of a part, by its place in the whole.
std::unexpected<Rejection> placed(Rejection refusal, const std::string& pointer) {
  refusal.subject = pointer + refusal.subject;
  return std::unexpected(std::move(refusal));
}

Result<void> check_amounts(const Offer& offer) {
  const auto below = [](const auto& amount) { return amount && *amount < 0; };
  if (below(offer.unit_price_minor)) {
    return reject(Reason::number_out_of_range, "/unit_price_minor", 0);
  }
  if (offer.unit_price_minor && offer.unit_price_exact) {
    return reject(Reason::field_unknown, "/unit_price_exact");
  }
  if (offer.unit_price_exact && offer.unit_price_exact->sign() < 0) {
    return reject(Reason::number_out_of_range, "/unit_price_exact", 0);
  }
  if (below(offer.floor_minor)) return reject(Reason::number_out_of_range, "/floor_minor", 0);
  if (offer.weight_g < 0) return reject(Reason::number_out_of_range, "/weight_g", 0);
  for (std::size_t i = 0; i < offer.prices.value_or(std::vector<PriceRow>{}).size(); ++i) {
    const PriceRow& row = (*offer.prices)[i];
    const bool exact_below = row.unit_price_exact && row.unit_price_exact->sign() < 0;
    if (below(row.unit_price_minor) || exact_below) {
      return reject(Reason::number_out_of_range, "/prices/" + std::to_string(i), 0);
    }
  }
  return {};
}

Result<void> check_variant(const OfferDoc& variant, const ProductBody& body, const Rules& rules) {
  const Offer& offer = variant.offer;
  if (offer.sku.value.empty()) return reject(Reason::value_unknown, "/offer/sku");
  if (offer.sku.value.size() > kSkuBytesMax) {
    return reject(Reason::size_exceeded, "/offer/sku", static_cast<std::int64_t>(kSkuBytesMax));
  }
  if (variant.options.size() != body.options.size()) {
    return reject(Reason::type_mismatch, "/options",
                  static_cast<std::int64_t>(body.options.size()));
  }
  if (variant.compare_at_minor.value_or(0) < 0) {
    return reject(Reason::number_out_of_range, "/compare_at_minor", 0);
  }
  if (auto ok = check_amounts(offer); !ok) return placed(std::move(ok.error()), "/offer");
  const auto& tax = offer.tax_class;
  if (tax && std::ranges::find(rules.tax_classes, *tax, &TaxClass::id) == rules.tax_classes.end()) {
    return reject(Reason::reference_unknown, "/offer/tax_class");
  }
  if (auto ok = check_offer(offer); !ok) return placed(std::move(ok.error()), "/offer");
  return {};
}

}  // namespace

std::string product_document(const store::ProductWithOffers& product) {
  std::string out(product.product.bytes, 0, product.product.bytes.size() - 1);
  out += R"(,"position":)";
  append_integer(out, product.product.position);
  out += R"(,"variants":[)";
  for (const store::Offer& offer : product.offers) {
    if (out.back() != '[') out += ',';
    out += offer.bytes;
  }
  return out += "]}";
}

store::Digest digest_of(const store::ProductWithOffers& product) {
  return sha256(product_document(product));
}

Result<void> check_product(const ProductBody& body, const Rules& rules) {
  if (!may_be_handle(body.handle)) return reject(Reason::value_unknown, "/handle");
  if (body.name.empty()) return reject(Reason::field_missing, "/name");
  if (body.variants.empty()) return reject(Reason::field_missing, "/variants");
  if (body.variants.size() > kVariantsMax) {
    return reject(Reason::size_exceeded, "/variants", static_cast<std::int64_t>(kVariantsMax));
  }
  if (auto ok = check_texts(body.name, "/name"); !ok) return ok;
  if (auto ok = check_texts(body.body, "/body"); !ok) return ok;
  std::set<std::string> skus;
  std::set<std::vector<std::string>> choices;
  for (std::size_t i = 0; i < body.variants.size(); ++i) {
    const OfferDoc& variant = body.variants[i];
    const std::string pointer = "/variants/" + std::to_string(i);
    if (auto ok = check_variant(variant, body, rules); !ok) {
      return placed(std::move(ok.error()), pointer);
    }
    if (!skus.insert(variant.offer.sku.value).second) {
      return reject(Reason::id_duplicate, pointer + "/offer/sku");
    }
    if (!choices.insert(variant.options).second) {
      return reject(Reason::id_duplicate, pointer + "/options");
    }
  }
  return {};
}

std::int64_t backorder_max_of(const Offer& offer) {
  return offer.stock_policy == StockPolicy::backorder ? kBackordersWithoutEnd : 0;
}

}  // namespace tandem::app
