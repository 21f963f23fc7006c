// SPDX-License-Identifier: Apache-2.0
#pragma once
// One row of a product export, its cells read by column. What cannot be read is reported with the
// row's place and answered with an empty value, so that one pass finds every fault of a row.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/shopify.hpp"
#include "import/shopify_columns.hpp"
#include "import/values.hpp"

namespace tandem::intake {

/// Where complaints go: the first ones are kept, all are counted.
class Complaints {
 public:
  Complaints(ProductCatalog& catalog, std::size_t problems_max)
      : catalog_(catalog), problems_max_(problems_max) {}

  void problem(std::uint32_t line, std::string_view column, std::string sentence);
  void note(std::uint32_t line, std::string_view column, std::string sentence);
  /// Whether a row could be read and has as many cells as the header; complains if not.
  [[nodiscard]] bool fits(const CsvRow& row, std::size_t width);
  [[nodiscard]] std::size_t total() const { return catalog_.problems_total; }

 private:
  ProductCatalog& catalog_;
  std::size_t problems_max_;
};

class RowReader {
 public:
  RowReader(const Header& header, const CsvRow& row, const ReadOptions& options,
            Complaints& complaints)
      : header_(header), row_(row), options_(options), complaints_(complaints) {}

  /// The trimmed text, empty when the cell is blank or the file has no such column.
  [[nodiscard]] std::string_view raw(Column column) const { return raw_at(header_.at(column)); }
  [[nodiscard]] std::string_view raw_at(std::size_t index) const;
  [[nodiscard]] bool blank(Column column) const { return raw(column).empty(); }

  [[nodiscard]] std::string line_text(Column column, std::size_t bytes_max);
  [[nodiscard]] std::string body_text(std::size_t index, std::string_view header);
  [[nodiscard]] std::string line_text_at(std::size_t index, std::string_view header,
                                         std::size_t bytes_max);
  [[nodiscard]] std::string code(Column column, std::size_t bytes_max);
  [[nodiscard]] bool yes_no(Column column, bool when_blank, bool when_absent);
  [[nodiscard]] std::int64_t amount(Column column) { return amount(column, raw(column)); }
  [[nodiscard]] std::int64_t amount(Column column, std::string_view text);
  [[nodiscard]] std::int64_t whole_number(Column column);
  [[nodiscard]] std::int64_t grams();

  /// What was read of a column; a complaint about it and an empty value when nothing was.
  template <class T>
  [[nodiscard]] T value(Column column, Read<T> read) {
    return value_or_complaint(name(column), std::move(read));
  }

  void complain(Column column, std::string sentence) { complain(name(column), sentence); }
  void complain(std::string_view column, std::string sentence);
  void note(Column column, std::string sentence) {
    complaints_.note(row_.line, name(column), std::move(sentence));
  }

  /// True while nothing of this row was complained about.
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] std::uint32_t line() const { return row_.line; }
  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] const ReadLimits& limits() const { return options_.limits; }

 private:
  template <class T>
  T value_or_complaint(std::string_view column, Read<T> read) {
    if (read) return std::move(*read);
    complain(column, std::move(read.error()));
    return T{};
  }

  const Header& header_;
  const CsvRow& row_;
  const ReadOptions& options_;
  Complaints& complaints_;
  bool sound_ = true;
};

/// Reads what a product's first row says about the product itself.
[[nodiscard]] Product read_product(RowReader& row, std::string handle);

/// Reads what a row says about a variant, but for its place among the product's options.
[[nodiscard]] Variant read_variant(RowReader& row);

/// Reads a row's image; its position is the given one when the file names none.
[[nodiscard]] Image read_image(RowReader& row, std::int64_t position);

}  // namespace tandem::intake
