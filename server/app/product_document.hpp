// SPDX-License-Identifier: Apache-2.0
#pragma once
// A product as one document: what is stored of it and of its variants, by the same field lists. Its
// digest is its entity tag and what the audit names.
//
//   {"body":{},"categories":[],"handle":"tea","image":null,"name":{"en":"Tea"},"option_words":{},
//    "options":[],"position":1,"variants":[{"compare_at_minor":null,"offer":{…},"options":[]}]}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/catalog_docs.hpp"
#include "store/catalog.hpp"
#include "tandem/base/result.hpp"
#include "tandem/catalog/rules.hpp"

namespace tandem::app {

/// A whole product. Without a position it stays where it is, or comes last when it is new.
struct ProductBody {
  Translations body;
  std::vector<CategoryId> categories;
  std::string handle;
  std::optional<std::string> image;
  Translations name;
  std::map<std::string, Translations> option_words;
  std::vector<std::string> options;
  std::optional<std::int64_t> position;
  std::vector<OfferDoc> variants;
};

/// The canonical bytes of the document, put together from what is stored.
[[nodiscard]] std::string product_document(const store::ProductWithOffers& product);

/// The digest of the document.
[[nodiscard]] store::Digest digest_of(const store::ProductWithOffers& product);

/// Checks what the field lists cannot; subjects are JSON pointers into the document. Refuses:
/// value_unknown (a handle that an address cannot hold), field_missing (a name, a variant),
/// size_exceeded, id_duplicate (a SKU or a choice of options twice), type_mismatch (not one value
/// for each option), number_out_of_range (an amount or a weight below 0), field_unknown (two
/// spellings of a price), reference_unknown (a tax class), then as check_offer.
[[nodiscard]] Result<void> check_product(const ProductBody& body, const Rules& rules);

/// How much of it may be sold beyond what is on hand.
[[nodiscard]] std::int64_t backorder_max_of(const Offer& offer);

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::ProductBody> {
  using B = app::ProductBody;
  static constexpr std::array list{
      optional<&B::body>("body"),         optional<&B::categories>("categories"),
      required<&B::handle>("handle"),     optional<&B::image>("image"),
      required<&B::name>("name"),         optional<&B::option_words>("option_words"),
      optional<&B::options>("options"),   sparse<&B::position>("position"),
      required<&B::variants>("variants"),
  };
};
}  // namespace tandem
