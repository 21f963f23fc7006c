// SPDX-License-Identifier: Apache-2.0
#include "tandem/base/text.hpp"

#include <algorithm>

namespace tandem {
namespace {

/// Length and value of a digit of another script at the start of the text; length 0 if none.
struct ForeignDigit {
  std::size_t length = 0;
  char digit = '0';
};

ForeignDigit foreign_digit(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto ascii = [](unsigned value) { return static_cast<char>('0' + value); };
  if (byte(0) == 0xD9U && byte(1) >= 0xA0U && byte(1) <= 0xA9U) {  // U+0660 … U+0669
    return {2, ascii(byte(1) - 0xA0U)};
  }
  if (byte(0) == 0xDBU && byte(1) >= 0xB0U && byte(1) <= 0xB9U) {  // U+06F0 … U+06F9
    return {2, ascii(byte(1) - 0xB0U)};
  }
  if (byte(0) == 0xEFU && byte(1) == 0xBCU && byte(2) >= 0x90U && byte(2) <= 0x99U) {  // U+FF10 …
    return {3, ascii(byte(2) - 0x90U)};
  }
  return {};
}

}  // namespace

std::string ascii_digits(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const ForeignDigit digit = foreign_digit(text);
    out += digit.length == 0 ? text.front() : digit.digit;
    text.remove_prefix(std::max<std::size_t>(1, digit.length));
  }
  return out;
}

std::string fold_code(std::string_view code) {
  const auto from = code.find_first_not_of(" \n");
  if (from == std::string_view::npos) return {};
  std::string folded = ascii_digits(code.substr(from, code.find_last_not_of(" \n") - from + 1));
  for (char& c : folded) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return folded;
}

}  // namespace tandem
