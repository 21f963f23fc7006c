// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/address_rules.hpp"

#include <algorithm>
#include <array>

#include "tandem/base/text.hpp"

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
