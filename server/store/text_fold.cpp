// SPDX-License-Identifier: Apache-2.0
#include "store/text_fold.hpp"

#include <algorithm>
#include <cstdint>

#include "tandem/order/address_rules.hpp"

namespace tandem::store {
namespace {

constexpr char32_t kNothing = 0;

/// Takes one character off the front; a broken byte counts as one character of its own.
char32_t take(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  std::size_t size = 1;
  char32_t value = first;
  if (first >= 0xF0) {
    size = 4;
    value = first & 0x07U;
  } else if (first >= 0xE0) {
    size = 3;
    value = first & 0x0FU;
  } else if (first >= 0xC0) {
    size = 2;
    value = first & 0x1FU;
  }
  size = std::min(size, text.size());
  for (std::size_t i = 1; i < size; ++i) value = (value << 6U) | (byte(i) & 0x3FU);
  text.remove_prefix(size);
  return value;
}

void put(std::string& text, char32_t value) {
  const auto byte = [&](char32_t bits) { text.push_back(static_cast<char>(bits & 0xFFU)); };
  if (value < 0x80) {
    byte(value);
  } else if (value < 0x800) {
    byte(0xC0U | (value >> 6U));
    byte(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    byte(0xE0U | (value >> 12U));
    byte(0x80U | ((value >> 6U) & 0x3FU));
    byte(0x80U | (value & 0x3FU));
  } else {
    byte(0xF0U | (value >> 18U));
    byte(0x80U | ((value >> 12U) & 0x3FU));
    byte(0x80U | ((value >> 6U) & 0x3FU));
    byte(0x80U | (value & 0x3FU));
  }
}

char32_t fold_arabic(char32_t c) {
  switch (c) {
    case 0x64A:                 // Arabic yeh
    case 0x649:
      return 0x6CC;   // alef maksura → Persian yeh
    case 0x643:
      return 0x6A9;   // Arabic kaf → Persian kaf
    case 0x629:                 // teh marbuta
    case 0x6C0:
      return 0x647;   // heh with yeh above → heh
    case 0x622:                 // alef with madda
    case 0x623:                 // alef with hamza
    case 0x625:
    case 0x671:
      return 0x627;   // → alef
    case 0x624:
      return 0x648;   // waw with hamza → waw
    case 0x626:
      return 0x6CC;   // yeh with hamza → Persian yeh
    case 0x640:
      return kNothing;  // tatweel only stretches
    default:
      break;
  }
  if (c >= 0x64B && c <= 0x65F) return kNothing;  // vowel marks
  return c;
}

// Latin-1's letters from U+00C0 on without their accents; '*' stays as it is (lower case below).
constexpr std::string_view kLatin =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y";

char32_t fold_latin(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xFF) {
    const char plain = kLatin[c - 0xC0];
    if (plain != '*') return static_cast<char32_t>(plain);
    return c < 0xDF && c != 0xD7 ? c + 32 : c;
  }
  if (c >= 0x100 && c <= 0x137) return c | 1U;           // Latin Extended-A: upper is even
  if (c >= 0x139 && c <= 0x148) return c + (c & 1U);     // here upper is odd
  if (c >= 0x14A && c <= 0x177) return c | 1U;
  if (c >= 0x179 && c <= 0x17E) return c + (c & 1U);
  return c;
}

char32_t fold(char32_t c) {
  if (c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200A)) return U' ';
  if (c >= 0x200B && c <= 0x200F) return kNothing;  // half-space and direction marks
  if (c < 0x180) return fold_latin(c);
  if (c >= 0x391 && c <= 0x3A9) return c + 32;  // Greek
  if (c >= 0x410 && c <= 0x42F) return c + 32;  // Cyrillic
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return fold_arabic(c);
}

}  // namespace

std::string fold_search(std::string_view text) {
  const std::string digits = ascii_digits(text);
  text = digits;
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = fold(take(text));
    if (c == kNothing) continue;
    if (c == U' ' && (folded.empty() || folded.back() == ' ')) continue;
    put(folded, c);
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

std::vector<std::string> search_words(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = fold_search(text);
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    words.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

}  // namespace tandem::store
