// SPDX-License-Identifier: Apache-2.0
// From products of an export to offers of the core.
#include <algorithm>

#include "app/catalog_docs.hpp"
#include "app/import_shop.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/words.hpp"

namespace tandem::app {
namespace {

constexpr std::string_view kLanguage = "en";  // of the export's own columns
constexpr std::string_view kImages = "images/";

/// "Green Tea" as an id: lower case, words joined by dashes.
std::string slug(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (kept) {
      out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::vector<CategoryId> categories_of(const intake::Product& product) {
  std::vector<CategoryId> categories;
  const auto add = [&](std::string_view text) {
    CategoryId id{slug(text)};
    if (id.value.empty() || std::ranges::find(categories, id) != categories.end()) return;
    categories.push_back(std::move(id));
  };
  add(product.type);
  for (const std::string& tag : product.tags) add(tag);
  return categories;
}

std::optional<std::string> image_url(std::string_view src) {
  if (src.empty()) return std::nullopt;
  if (src.find("://") != std::string_view::npos) return std::string(src);
  if (src.starts_with(kImages)) src.remove_prefix(kImages.size());
  return "/images/" + std::string(src);
}

const std::string& word_in(const intake::Translation& translation, const std::string& word) {
  const auto found = translation.words.find(word);
  return found == translation.words.end() || found->second.empty() ? word : found->second;
}

/// The product's title and what makes this variant of it: "Assam Gold, 100 g".
Translations variant_name(const intake::Product& product, const intake::Variant& variant) {
  Translations names;
  std::string own = product.title;
  for (const std::string& value : variant.option_values) own += ", " + value;
  names[std::string(kLanguage)] = std::move(own);
  for (const auto& [language, translation] : product.translations) {
    if (translation.title.empty()) continue;
    std::string text = translation.title;
    const std::string_view comma = language == "fa" || language == "ar" ? "، " : ", ";
    for (const std::string& value : variant.option_values) {
      text.append(comma).append(word_in(translation, value));
    }
    names[language] = std::move(text);
  }
  return names;
}

ProductDoc document_of(const intake::Product& product) {
  ProductDoc doc;
  doc.body[std::string(kLanguage)] = product.body;
  doc.categories = categories_of(product);
  doc.handle = product.handle;
  if (!product.images.empty()) doc.image = image_url(product.images.front().src);
  doc.name[std::string(kLanguage)] = product.title;
  doc.options = product.options;
  for (const auto& [language, translation] : product.translations) {
    if (!translation.title.empty()) doc.name[language] = translation.title;
    if (!translation.body.empty()) doc.body[language] = translation.body;
    for (const auto& [word, text] : translation.words) doc.option_words[language][word] = text;
  }
  return doc;
}

std::string search_text(const intake::Product& product) {
  std::string text = product.title + '\n' + product.type + '\n' + product.vendor;
  for (const std::string& tag : product.tags) text += '\n' + tag;
  for (const auto& [language, translation] : product.translations) {
    text += '\n' + translation.title;
  }
  for (const intake::Variant& variant : product.variants) text += '\n' + variant.sku;
  return text;
}

StockPolicy policy_of(const intake::Variant& variant) {
  if (!variant.tracked) return StockPolicy::untracked;
  return variant.policy == intake::InventoryPolicy::continue_selling ? StockPolicy::backorder
                                                                     : StockPolicy::deny;
}

Offer offer_of(const intake::Product& product, const intake::Variant& variant) {
  Offer offer;
  offer.active =
      variant.active && product.published && product.status == intake::ProductStatus::active;
  offer.categories = categories_of(product);
  offer.kind = variant.requires_shipping ? OfferKind::goods : OfferKind::digital;
  offer.name = variant_name(product, variant);
  offer.returnable = product.returnable;
  offer.sku = {variant.sku};
  offer.stock_policy = policy_of(variant);
  if (const auto tax = intake::tax_class(product, variant); !tax.empty()) {
    offer.tax_class = TaxClassId{std::string(tax)};
  }
  offer.unit_price_minor = variant.price_minor;
  offer.weight_g = variant.weight_g;
  return offer;
}

/// What the rules and the core say of a variant.
std::string fault_of(WantedOffer& wanted, const intake::Variant& variant, const Rules& rules) {
  const auto& tax = wanted.doc.offer.tax_class;
  if (tax && std::ranges::find(rules.tax_classes, *tax, &TaxClass::id) == rules.tax_classes.end()) {
    return "the rules have no tax class \"" + tax->value + '"';
  }
  const auto done = apply_terms(variant.terms, wanted.doc.offer);
  if (done) return {};
  return std::string(name(done.error().reason)) + " at " + done.error().subject;
}

}  // namespace

WantedProduct to_product(const intake::Product& product, const Rules& rules, ImportReport& report) {
  WantedProduct wanted{.handle = product.handle,
                       .bytes = canonical(document_of(product)),
                       .search = search_text(product),
                       .offers = {}};
  for (const intake::Variant& variant : product.variants) {
    WantedOffer offer{.doc = {.compare_at_minor = variant.compare_at_minor,
                              .offer = offer_of(product, variant),
                              .options = variant.option_values},
                      .line = variant.line,
                      .quantity = variant.quantity};
    if (const std::string fault = fault_of(offer, variant, rules); !fault.empty()) {
      report.problems.push_back("line " + std::to_string(variant.line) + ": " + fault);
      ++report.refused;
      continue;
    }
    wanted.offers.push_back(std::move(offer));
  }
  return wanted;
}

}  // namespace tandem::app
