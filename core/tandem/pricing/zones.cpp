// SPDX-License-Identifier: Apache-2.0
// Which zone holds a destination. Countries and regions compare without case; a postcode, whatever
// the script of its digits, matches a prefix, a pattern that ends in a star, or a range of codes of
// equal length.
#include <algorithm>

#include "tandem/base/text.hpp"
#include "tandem/pricing/appraisal.hpp"
#include "tandem/pricing/compiled.hpp"

namespace tandem::pricing {
namespace {

char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

bool same_text(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, upper, upper);
}

/// The code in capitals, its digits as ASCII, without blanks.
std::string normal_postcode(std::string_view code) {
  std::string normal;
  for (const char letter : ascii_digits(code))
    if (letter != ' ') normal += upper(letter);
  return normal;
}

bool postcode_matches(std::string_view pattern, const std::string& code) {
  const std::size_t dash = pattern.find('-');
  if (dash != std::string_view::npos) {
    const std::string from = normal_postcode(pattern.substr(0, dash));
    const std::string to = normal_postcode(pattern.substr(dash + 1));
    if (from.size() == to.size() && !from.empty()) {
      const std::string head = code.substr(0, from.size());
      return head.size() == from.size() && head >= from && head <= to;
    }
  }
  std::string prefix = normal_postcode(pattern);
  if (prefix.ends_with('*')) prefix.pop_back();
  return code.starts_with(prefix);
}

}  // namespace

bool zone_holds(const Zone& zone, const Destination& destination) {
  const auto is_country = [&](const std::string& c) { return same_text(c, destination.country); };
  if (!zone.countries.empty() && std::ranges::none_of(zone.countries, is_country)) return false;
  const auto is_region = [&](const std::string& region) {
    return destination.region && same_text(region, *destination.region);
  };
  if (!zone.regions.empty() && std::ranges::none_of(zone.regions, is_region)) return false;
  if (zone.postcodes.empty()) return true;
  if (!destination.postcode) return false;
  const std::string code = normal_postcode(*destination.postcode);
  return std::ranges::any_of(
      zone.postcodes, [&](const std::string& pattern) { return postcode_matches(pattern, code); });
}

bool same_country(std::string_view a, std::string_view b) { return same_text(a, b); }

Place zone_of(const Rules& rules, const Destination& destination) {
  const auto found = std::ranges::find_if(
      rules.zones, [&](const Zone& zone) { return zone_holds(zone, destination); });
  if (found == rules.zones.end()) return kNowhere;
  return static_cast<Place>(found - rules.zones.begin());
}

}  // namespace tandem::pricing

namespace tandem {

const Zone* tax_zone(const CompiledRules& rules, const Destination& destination) {
  const pricing::Place place = pricing::zone_of(rules.rules(), destination);
  return place == pricing::kNowhere ? nullptr : &rules.rules().zones[place];
}

}  // namespace tandem
