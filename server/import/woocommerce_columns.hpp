// SPDX-License-Identifier: Apache-2.0
#pragma once
// The columns of WooCommerce's product export and where each stands in a given file. Columns are
// found by name in any order, the case of letters aside. The names are those of an English shop:
// WooCommerce writes them in the language of the shop's administration.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/csv.hpp"
#include "import/shopify_columns.hpp"

namespace tandem::intake {

enum class WooColumn : std::uint8_t {
  id,
  type,
  sku,
  barcode,
  name,
  published,
  short_text,
  text,
  sale_starts,
  sale_ends,
  tax_status,
  tax_class,
  in_stock,
  stock,
  backorders,
  weight,
  sale_price,
  regular_price,
  categories,
  tags,
  images,
  parent,
};
inline constexpr std::size_t kWooColumns = static_cast<std::size_t>(WooColumn::parent) + 1;

[[nodiscard]] std::string_view name(WooColumn column);

/// What weights are written in: "Weight (kg)". The factor is grams for a unit, times 10⁹.
struct WeightUnit {
  std::string_view name;
  std::int64_t grams_e9 = 0;
};

/// An attribute takes two columns: "Attribute 1 name" and "Attribute 1 value(s)".
struct AttributeColumns {
  std::size_t name = 0;
  std::size_t values = Header::kAbsent;
};

struct WooHeader {
  std::array<std::size_t, kWooColumns> index{};  // Header::kAbsent where there is no such column
  std::vector<AttributeColumns> attributes;
  WeightUnit unit{};
  std::vector<std::string> unknown;  // columns of which nothing is read
  std::size_t width = 0;

  [[nodiscard]] std::size_t at(WooColumn column) const { return index[std::to_underlying(column)]; }
};

/// Whether a first row is one of WooCommerce's: it names a type and a regular price.
[[nodiscard]] bool is_woocommerce(const CsvRow& row);

/// Reads the first row. Faults: a column that stands twice, or a required one that is missing
/// (Type, Name, Regular price), or an unknown unit of weights.
[[nodiscard]] WooHeader read_woocommerce_header(const CsvRow& row,
                                                std::vector<HeaderFault>& faults);

}  // namespace tandem::intake
