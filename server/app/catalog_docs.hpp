// SPDX-License-Identifier: Apache-2.0
#pragma once
// How products and offers are kept in the store and shown by GET /v1/offers: canonical documents,
// written once at import, so that a list is put together from bytes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tandem/catalog/offer.hpp"

namespace tandem::app {

/// A product without its variants. `option_words` says what names and values of its options are
/// called in other languages.
struct ProductDoc {
  Translations body;
  std::vector<CategoryId> categories;
  std::string handle;
  std::optional<std::string> image;
  Translations name;
  std::map<std::string, Translations> option_words;
  std::vector<std::string> options;
};

/// One variant.
struct OfferDoc {
  std::optional<std::int64_t> compare_at_minor;
  Offer offer;
  std::vector<std::string> options;
};

}  // namespace tandem::app

namespace tandem {

template <>
struct Fields<app::ProductDoc> {
  using D = app::ProductDoc;
  static constexpr std::array list{
      required<&D::body>("body"),       required<&D::categories>("categories"),
      required<&D::handle>("handle"),   required<&D::image>("image"),
      required<&D::name>("name"),       required<&D::option_words>("option_words"),
      required<&D::options>("options"),
  };
};
template <>
struct Fields<app::OfferDoc> {
  using D = app::OfferDoc;
  static constexpr std::array list{
      required<&D::compare_at_minor>("compare_at_minor"),
      required<&D::offer>("offer"),
      required<&D::options>("options"),
  };
};

}  // namespace tandem
