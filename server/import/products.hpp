// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a reader of another system's export makes of it: products with variants, and what was wrong.
// Nothing is guessed and nothing is lost in silence: every row either adds to a product or is named
// in `problems` with its line, its column and a sentence. Whether a file with problems is imported
// at all is the caller's choice.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/csv.hpp"
#include "import/shopify_terms.hpp"

namespace tandem::intake {

enum class ProductStatus : std::uint8_t { active, draft, archived };

/// What happens when stock runs out; `continue` on the wire of Shopify.
enum class InventoryPolicy : std::uint8_t { deny, continue_selling };

struct Image {
  std::string src;  // as written: a URL, or a path relative to the file
  std::string alt;
  std::int64_t position = 0;

  friend bool operator==(const Image&, const Image&) = default;
};

/// One thing that can be bought.
struct Variant {
  std::string sku;
  bool sku_derived = false;  // the file gave none; made of the handle and the option values
  std::vector<std::string> option_values;  // one for each of the product's options
  std::int64_t price_minor = 0;
  std::optional<std::int64_t> compare_at_minor;
  std::int64_t weight_g = 0;
  bool tracked = false;  // false: stock is not counted and never runs out
  std::int64_t quantity = 0;
  InventoryPolicy policy = InventoryPolicy::deny;
  bool requires_shipping = true;
  bool active = true;  // false: not for sale by itself
  bool taxable = true;
  std::string tax_code;
  std::optional<std::string> tax_class;  // instead of the product's
  std::string barcode;
  std::string image;
  Terms terms;  // from the custom columns of the variant's own row
  std::uint32_t line = 0;
};

/// A product's texts in one further language; each may be empty. `words` holds what the names and
/// values of its options are called there.
struct Translation {
  std::string title;
  std::string body;
  std::map<std::string, std::string, std::less<>> words;
};

struct Product {
  std::string handle;
  std::string title;
  std::string body;  // plain text: the export's HTML without its tags
  std::map<std::string, Translation> translations;  // by locale, from custom.title_fa and so on
  std::string vendor;
  std::string type;
  std::vector<std::string> tags;
  bool published = true;
  ProductStatus status = ProductStatus::active;
  bool gift_card = false;
  bool returnable = true;  // from custom.returnable
  std::string tax_class;  // from custom.tax_class; empty: the shop's default class
  std::vector<std::string> options;  // names; empty for a product with one plain variant
  std::vector<Variant> variants;
  std::vector<Image> images;  // by position
  std::uint32_t line = 0;
};

/// The id of the variant's tax class: `zero` when it is not taxable, else the product's own class;
/// empty means the shop's default. (Shopify's tax codes belong to its tax services and are only
/// carried along.)
[[nodiscard]] std::string_view tax_class(const Product& product, const Variant& variant);

/// A complaint about a place in the file. `column` is empty when it is about the whole row.
struct Problem {
  std::uint32_t line = 0;
  std::string column;
  std::string sentence;

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// "line 12, column Variant Price: ..."
[[nodiscard]] std::string to_string(const Problem& problem);

struct ReadLimits {
  CsvLimits csv{};
  std::size_t handle_bytes = 255;
  std::size_t title_bytes = 512;
  std::size_t body_bytes = 64U << 10U;
  std::size_t sku_bytes = 128;
  std::size_t word_bytes = 255;  // vendor, type, tags, options, codes
  std::size_t url_bytes = 2048;
  std::size_t tags = 250;
  std::size_t variants_per_product = 2048;
  std::size_t images_per_product = 250;
  std::size_t problems = 1000;
};

struct ReadOptions {
  int currency_exponent = 2;  // decimals of the currency that the prices are in, 0 to 4
  ReadLimits limits{};
  std::function<void(std::size_t)> rows_read{};  // told every so many rows; may be empty
};

/// What a file holds. `problems` keeps the first `limits.problems`, `problems_total` counts all.
/// `products` are the sound rest: rows with problems are left out, products without any sound
/// variant too. `notes` are things to know that make no row wrong.
struct ProductCatalog {
  std::vector<Product> products;
  std::vector<Problem> problems;
  std::size_t problems_total = 0;
  std::vector<Problem> notes;
  bool readable = false;  // false: not CSV, not UTF-8, or a required column is missing
};

/// How often a reader tells how far it is.
inline constexpr std::size_t kRowsBetween = 1'000;

}  // namespace tandem::intake
