// SPDX-License-Identifier: Apache-2.0
#pragma once
// Comma-separated values as RFC 4180 defines them: quoted cells, doubled quotes, line breaks inside
// quotes, CRLF or LF, and a byte order mark that is skipped. The reader never copies the text: a
// cell is a view of it, or of the row's own store when it held doubled quotes, and it knows its
// place, so that every complaint can name a line and a column.
//
//   CsvReader reader(text);
//   for (CsvRow row; reader.next(row);) use(row.cells[0].text);

#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::intake {

/// Limits of what is read at all. A file beyond `text_bytes` is refused whole, a row beyond the
/// others is refused alone.
struct CsvLimits {
  std::size_t text_bytes = 256U << 20U;
  std::size_t cell_bytes = 128U << 10U;
  std::size_t row_bytes = 512U << 10U;
  std::size_t cells_per_row = 1024;
  std::size_t rows = 1'000'000;
};

/// One cell. `line` counts from 1; `start` is the byte at which the cell begins in the text.
struct CsvCell {
  std::string_view text;
  std::uint32_t line = 0;
  std::size_t start = 0;
};

/// What is wrong with a row or with the text. `cell` is the cell's number from 1, 0 for the row.
struct CsvFault {
  std::uint32_t line = 0;
  std::uint32_t character = 0;  // its place in the line, counted in characters from 1
  std::size_t cell = 0;
  std::string sentence;
};

/// One record. When `fault` is set the cells are not to be used; the next row may be sound.
struct CsvRow {
  std::uint32_t line = 0;
  std::vector<CsvCell> cells;
  std::optional<CsvFault> fault;
  std::deque<std::string> store;  // the texts of cells that held doubled quotes
};

/// Checks a whole text before it is read: its size, that it is UTF-8, and that it holds no U+0000.
[[nodiscard]] std::expected<void, CsvFault> check_text(std::string_view text,
                                                       const CsvLimits& limits = {});

/// Reads rows from a text that check_text accepted and that outlives the reader and its rows.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, const CsvLimits& limits = {});

  /// Reads the next row, passing over empty lines. False at the end of the text.
  [[nodiscard]] bool next(CsvRow& row);

  /// The place of a byte in its line, counted in characters from 1.
  [[nodiscard]] std::uint32_t character_at(std::size_t byte) const;

 private:
  void read_row(CsvRow& row);
  [[nodiscard]] bool read_cell(CsvRow& row);
  [[nodiscard]] bool read_quoted(CsvRow& row);
  void fail(CsvRow& row, std::size_t byte, std::uint32_t line, std::string sentence) const;
  void skip_line();
  [[nodiscard]] bool at_line_end() const;

  std::string_view text_;
  CsvLimits limits_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t rows_ = 0;
};

}  // namespace tandem::intake
