// SPDX-License-Identifier: Apache-2.0
#pragma once
// One row of WooCommerce's product export, its cells read by column.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/products.hpp"
#include "import/shopify_row.hpp"
#include "import/values.hpp"
#include "import/woocommerce_columns.hpp"

namespace tandem::intake {

class WooRow {
 public:
  WooRow(const WooHeader& header, const CsvRow& row, const ReadOptions& options,
         Complaints& complaints)
      : header_(header), row_(row), options_(options), complaints_(complaints) {}

  /// The trimmed text, without the apostrophe that guards against spreadsheets.
  [[nodiscard]] std::string_view raw(WooColumn column) const { return raw_at(header_.at(column)); }
  [[nodiscard]] std::string_view raw_at(std::size_t index) const;
  [[nodiscard]] bool blank(WooColumn column) const { return raw(column).empty(); }
  [[nodiscard]] bool is(WooColumn column, std::string_view text) const {
    return equal_ignoring_case(raw(column), text);
  }
  /// Whether the type names this: "variation, virtual" is of both.
  [[nodiscard]] bool is_of_type(std::string_view type) const;

  [[nodiscard]] std::string line_text(WooColumn column, std::size_t bytes_max);
  [[nodiscard]] std::string body_text(WooColumn column);
  /// A list by commas, with `\,` for a comma.
  [[nodiscard]] std::vector<std::string> texts(WooColumn column, std::size_t bytes_max);
  [[nodiscard]] std::int64_t amount(WooColumn column);
  [[nodiscard]] std::int64_t grams();
  /// The moment at which a day or time begins or, for `end`, is over; none when blank.
  [[nodiscard]] std::optional<std::int64_t> moment(WooColumn column, bool end);

  template <class T>
  [[nodiscard]] T value(std::string_view column, Read<T> read) {
    if (read) return std::move(*read);
    complain(column, std::move(read.error()));
    return T{};
  }

  void complain(WooColumn column, std::string sentence) { complain(name(column), sentence); }
  void complain(std::string_view column, std::string sentence);
  void note(WooColumn column, std::string sentence) {
    complaints_.note(row_.line, name(column), std::move(sentence));
  }

  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] std::uint32_t line() const { return row_.line; }
  [[nodiscard]] const WooHeader& header() const { return header_; }
  [[nodiscard]] const ReadLimits& limits() const { return options_.limits; }

 private:
  const WooHeader& header_;
  const CsvRow& row_;
  const ReadOptions& options_;
  Complaints& complaints_;
  bool sound_ = true;
};

/// What a row says of a product, but for its handle.
[[nodiscard]] Product read_woocommerce_product(WooRow& row);

/// What a row says of what can be bought, but for its options. A variation may leave to its
/// product what it does not say itself.
[[nodiscard]] Variant read_woocommerce_variant(WooRow& row);

}  // namespace tandem::intake
