// SPDX-License-Identifier: Apache-2.0
#include "import/csv.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tandem::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// The length of the well-formed UTF-8 sequence at this place, 0 when there is none. The bounds of
// the second byte refuse overlong forms, surrogates and everything above U+10FFFF.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80U) return 1;
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || text.size() - at < length) return 0;
  const unsigned second = byte_at(text, at + 1);
  const unsigned low = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
  const unsigned high = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if (!is_continuation(byte_at(text, at + i))) return 0;
  return length;
}

// True when the eight bytes here are all ASCII and none is zero, which is nearly always.
bool eight_plain_bytes(std::string_view text, std::size_t at) {
  if (text.size() - at < 8) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, 8);
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  return (word & kHigh) == 0 && ((word - kOnes) & ~word & kHigh) == 0;
}

bool ends_plain_cell(char c) { return c == ',' || c == '\n' || c == '"'; }

std::uint32_t character_of(std::string_view text, std::size_t byte) {
  const std::size_t end = std::min(byte, text.size());
  std::size_t begin = text.substr(0, end).rfind('\n');
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  if (begin == 0 && text.starts_with(kByteOrderMark)) begin = std::min(end, kByteOrderMark.size());
  std::uint32_t count = 1;
  for (std::size_t i = begin; i < end; ++i)
    if (!is_continuation(byte_at(text, i))) ++count;
  return count;
}

}  // namespace

std::expected<void, CsvFault> check_text(std::string_view text, const CsvLimits& limits) {
  if (text.size() > limits.text_bytes)
    return std::unexpected(CsvFault{
        1, 1, 0, "The file is larger than " + std::to_string(limits.text_bytes) + " bytes."});
  const auto fault = [&](std::size_t at, std::string sentence) {
    const auto lines = std::ranges::count(text.substr(0, at), '\n');
    return std::unexpected(CsvFault{static_cast<std::uint32_t>(lines + 1), character_of(text, at),
                                    0, std::move(sentence)});
  };
  for (std::size_t at = 0; at < text.size();) {
    if (eight_plain_bytes(text, at)) {
      at += 8;
      continue;
    }
    if (text[at] == '\0') return fault(at, "The file holds the character U+0000.");
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return fault(at, "The file is not UTF-8 here; export it as UTF-8.");
    at += length;
  }
  return {};
}

CsvReader::CsvReader(std::string_view text, const CsvLimits& limits)
    : text_(text), limits_(limits) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

std::uint32_t CsvReader::character_at(std::size_t byte) const { return character_of(text_, byte); }

bool CsvReader::at_line_end() const {
  if (at_ >= text_.size() || text_[at_] == '\n') return true;
  return text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
}

void CsvReader::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
  if (at_ < text_.size()) {
    ++at_;
    ++line_;
  }
}

void CsvReader::fail(CsvRow& row, std::size_t byte, std::uint32_t line,
                     std::string sentence) const {
  row.fault = CsvFault{line, character_at(byte), row.cells.size() + 1, std::move(sentence)};
}

bool CsvReader::next(CsvRow& row) {
  while (at_ < text_.size() && at_line_end()) skip_line();
  if (at_ >= text_.size()) return false;
  row.line = line_;
  row.cells.clear();
  row.store.clear();
  row.fault.reset();
  if (rows_ >= limits_.rows) {
    fail(row, at_, line_, "The file has more than " + std::to_string(limits_.rows) + " rows.");
    row.fault->cell = 0;
    at_ = text_.size();
    return true;
  }
  ++rows_;
  read_row(row);
  return true;
}

// A row that fails is left at the start of the next line, so that one bad row does not hide the
// rest of the file.
void CsvReader::read_row(CsvRow& row) {
  const std::size_t start = at_;
  while (true) {
    if (row.cells.size() >= limits_.cells_per_row) {
      fail(row, at_, line_,
           "The row has more than " + std::to_string(limits_.cells_per_row) + " cells.");
      return skip_line();
    }
    if (!read_cell(row)) return skip_line();
    if (at_line_end()) break;
    ++at_;  // the comma
    if (at_line_end()) {
      row.cells.push_back({{}, line_, at_});
      break;
    }
  }
  if (at_ - start > limits_.row_bytes) {
    row.cells.clear();
    fail(row, start, row.line,
         "The row is longer than " + std::to_string(limits_.row_bytes) + " bytes.");
    row.fault->cell = 0;
  }
  skip_line();
}

bool CsvReader::read_cell(CsvRow& row) {
  if (text_[at_] == '"') return read_quoted(row);
  const std::size_t start = at_;
  std::size_t end = start;
  while (end < text_.size() && !ends_plain_cell(text_[end])) ++end;
  if (end < text_.size() && text_[end] == '"') {
    fail(row, end, line_, "A quotation mark stands inside a cell that is not quoted.");
    return false;
  }
  at_ = end;
  if (end < text_.size() && text_[end] == '\n' && end > start && text_[end - 1] == '\r')
    at_ = --end;
  if (end - start > limits_.cell_bytes) {
    fail(row, start, line_,
         "The cell is longer than " + std::to_string(limits_.cell_bytes) + " bytes.");
    return false;
  }
  row.cells.push_back({text_.substr(start, end - start), line_, start});
  return true;
}

bool CsvReader::read_quoted(CsvRow& row) {
  const std::size_t start = at_;
  const std::uint32_t line = line_;
  std::string* joined = nullptr;
  std::size_t piece = start + 1;
  std::size_t end = piece;
  while (true) {
    end = text_.find('"', end);
    if (end == std::string_view::npos) {
      fail(row, start, line, "The quotation mark that opens this cell is never closed.");
      at_ = text_.size();
      return false;
    }
    if (end + 1 >= text_.size() || text_[end + 1] != '"') break;
    if (joined == nullptr) joined = &row.store.emplace_back();
    joined->append(text_.substr(piece, end + 1 - piece));
    end += 2;
    piece = end;
  }
  std::string_view cell = text_.substr(piece, end - piece);
  if (joined != nullptr) cell = joined->append(cell);
  const auto within = text_.substr(start, end - start);
  line_ += static_cast<std::uint32_t>(std::ranges::count(within, '\n'));
  at_ = end + 1;
  if (!at_line_end() && text_[at_] != ',') {
    fail(row, at_, line_, "Something follows the quotation mark that closes the cell.");
    return false;
  }
  if (cell.size() > limits_.cell_bytes) {
    fail(row, start, line,
         "The cell is longer than " + std::to_string(limits_.cell_bytes) + " bytes.");
    return false;
  }
  row.cells.push_back({cell, line, start});
  return true;
}

}  // namespace tandem::intake
