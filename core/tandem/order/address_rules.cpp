// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/address_rules.hpp"

#include <algorithm>
#include <array>

namespace tandem {
namespace {

/// Countries whose addresses cannot do without a region.
constexpr std::array<std::string_view, 14> kNeedRegion{"AE", "AU", "BR", "CA", "CN", "IN", "IR",
                                                       "IT", "JP", "KR", "MX", "TW", "US", "ZA"};

/// Countries that have no postcodes, or do well without: nobody should have to invent one.
constexpr std::array<std::string_view, 15> kNoPostcode{
    "AE", "AO", "BO", "BS", "CI", "GH", "HK", "IE", "JM", "KE", "PA", "QA", "TT", "YE", "ZW"};

bool contains(auto& sorted, std::string_view country) {
  return std::ranges::binary_search(sorted, country);
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \n") - from + 1);
}

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

void fold(std::optional<std::string>& field) {
  if (!field) return;
  *field = std::string(trimmed(ascii_digits(*field)));
  if (field->empty()) field.reset();
}

void trim(std::optional<std::string>& field) {
  if (!field) return;
  *field = std::string(trimmed(*field));
  if (field->empty()) field.reset();
}

}  // namespace

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (text.size() > 254 || at == 0 || at == std::string_view::npos) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  if (text.find_first_of(" \n,;<>") != std::string_view::npos) return false;
  const std::string_view domain = text.substr(at + 1);
  const auto dot = domain.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size();
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string ascii_digits(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const ForeignDigit digit = foreign_digit(text);
    out += digit.length == 0 ? text.front() : digit.digit;
    text.remove_prefix(std::max<std::size_t>(1, digit.length));
  }
  return out;
}

Address normalized(Address address) {
  fold(address.postcode);
  fold(address.phone);
  fold(address.tax_number);
  for (auto* field :
       {&address.city, &address.line1, &address.line2, &address.name, &address.neighborhood,
        &address.note, &address.organization, &address.region}) {
    trim(*field);
  }
  if (address.postcode) {
    for (char& c : *address.postcode) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
  return address;
}

std::vector<std::string> missing_address_fields(const Address& address) {
  std::vector<std::string> missing;
  if (!is_country(address.country)) missing.emplace_back("country");
  if (!address.region && contains(kNeedRegion, address.country)) missing.emplace_back("region");
  if (!address.postcode && !contains(kNoPostcode, address.country)) {
    missing.emplace_back("postcode");
  }
  return missing;
}

}  // namespace tandem
