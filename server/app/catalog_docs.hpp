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

/// What lists of products are: put together from stored bytes.
struct ShownVariant {
  std::optional<std::int64_t> availability;  // null: not counted
  std::optional<std::int64_t> compare_at_minor;
  Offer offer;
  std::vector<std::string> options;
};

struct ShownProduct {
  Translations body;
  std::vector<CategoryId> categories;
  std::string handle;
  std::optional<std::string> image;
  Translations name;
  std::map<std::string, Translations> option_words;
  std::vector<std::string> options;
  std::vector<ShownVariant> variants;
};

struct ShownProducts {
  std::optional<std::string> cursor;
  std::vector<ShownProduct> products;
  std::int64_t total = 0;
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
template <>
struct Fields<app::ShownVariant> {
  using V = app::ShownVariant;
  static constexpr std::array list{required<&V::availability>("availability"),
                                   required<&V::compare_at_minor>("compare_at_minor"),
                                   required<&V::offer>("offer"), required<&V::options>("options")};
};
template <>
struct Fields<app::ShownProduct> {
  using P = app::ShownProduct;
  static constexpr std::array list{
      required<&P::body>("body"),       required<&P::categories>("categories"),
      required<&P::handle>("handle"),   required<&P::image>("image"),
      required<&P::name>("name"),       required<&P::option_words>("option_words"),
      required<&P::options>("options"), required<&P::variants>("variants"),
  };
};
template <>
struct Fields<app::ShownProducts> {
  using P = app::ShownProducts;
  static constexpr std::array list{required<&P::cursor>("cursor"),
                                   required<&P::products>("products"),
                                   required<&P::total>("total")};
};

}  // namespace tandem
