// SPDX-License-Identifier: Apache-2.0
#pragma once
// The columns of Shopify's product export and where each stands in a given file. Columns are found
// by name in any order, the case of letters aside, under the names of the long-standing export
// ("Variant Price") and of the newer one ("Price"). Metafields are found by what stands in their
// parentheses: "Title (fa) (product.metafields.custom.title_fa)" is `custom.title_fa`.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/csv.hpp"

namespace tandem::intake {

enum class Column : std::uint8_t {
  handle,
  title,
  body,
  vendor,
  type,
  tags,
  published,
  status,
  option1_name,
  option1_value,
  option2_name,
  option2_value,
  option3_name,
  option3_value,
  sku,
  grams,
  weight_unit,
  tracker,
  quantity,
  policy,
  price,
  compare_at,
  requires_shipping,
  taxable,
  tax_code,
  barcode,
  image_src,
  image_position,
  image_alt,
  variant_image,
  gift_card,
  tax_class,
  returnable,
  unit_code,
  quantity_scale,
  floor_price,
  sale_price,
  sale_starts,
  sale_ends,
  quantity_prices,
  group_prices,
  price_history,
  offer,
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::offer) + 1;

/// The column's name in the long-standing export, for use in sentences.
[[nodiscard]] std::string_view name(Column column);

/// A column that holds a product's title, body or option words in another language.
struct TranslationColumn {
  enum class Kind : std::uint8_t { title, body, options };

  std::size_t index = 0;
  std::string locale;
  Kind kind = Kind::title;
  std::string header;
};

/// Where the columns of one file stand.
struct Header {
  std::array<std::size_t, kColumns> index{};  // kAbsent where the file has no such column
  std::vector<TranslationColumn> translations;
  std::vector<std::string> unknown;  // columns of which nothing is read
  std::size_t width = 0;

  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

  [[nodiscard]] std::size_t at(Column column) const { return index[std::to_underlying(column)]; }
  [[nodiscard]] bool has(Column column) const { return at(column) != kAbsent; }
};

/// Something wrong with the header: the column it is about and a sentence.
struct HeaderFault {
  std::string column;
  std::string sentence;
};

/// Reads the first row. Faults: a column that stands twice, or a required one that is missing
/// (Handle, Title, Variant Price). With any fault the file cannot be read.
[[nodiscard]] Header read_header(const CsvRow& row, std::vector<HeaderFault>& faults);

}  // namespace tandem::intake
