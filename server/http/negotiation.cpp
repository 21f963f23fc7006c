// SPDX-License-Identifier: Apache-2.0
#include "http/negotiation.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "http/text.hpp"

namespace tandem::http {
namespace {

// A weight in thousandths; nothing if it is no weight.
std::optional<int> weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int value = text[0] - '0';
  for (std::size_t i = 2; i < 5; ++i) {
    const char digit = i < text.size() ? text[i] : '0';
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return std::min(value, 1000);
}

/// The weight among the parameters of an element: 1000 when it is not told.
int weight_in(std::string_view parameters) {
  int given = 1000;
  while (!parameters.empty()) {
    std::string_view value = trim(cut(parameters, ';'));
    if (equals_ignoring_case(trim(cut(value, '=')), "q")) given = weight(trim(value)).value_or(0);
  }
  return given;
}

struct Weights {
  std::optional<int> brotli, gzip, identity, any;
};

Weights weights_of(std::string_view accept_encoding) {
  Weights weights;
  while (!accept_encoding.empty()) {
    std::string_view parameters = cut(accept_encoding, ',');
    const std::string_view coding = trim(cut(parameters, ';'));
    const int given = weight_in(parameters);
    if (equals_ignoring_case(coding, "br")) weights.brotli = given;
    if (equals_ignoring_case(coding, "gzip")) weights.gzip = given;
    if (equals_ignoring_case(coding, "identity")) weights.identity = given;
    if (coding == "*") weights.any = given;
  }
  return weights;
}

std::string_view without_weakness(std::string_view entity_tag) {
  if (entity_tag.starts_with("W/")) entity_tag.remove_prefix(2);
  return entity_tag;
}

}  // namespace

Coding preferred_coding(std::string_view accept_encoding, Codings at_hand) {
  const Weights given = weights_of(accept_encoding);
  const int any = given.any.value_or(0);
  const int brotli = at_hand.brotli ? given.brotli.value_or(any) : 0;
  const int gzip = at_hand.gzip ? given.gzip.value_or(any) : 0;
  const int identity = given.identity.value_or(0);  // unnamed: acceptable, but least of all
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return Coding::brotli;
  if (gzip > 0 && gzip >= identity) return Coding::gzip;
  return Coding::identity;
}

bool asks_for_page(std::string_view accept) {
  while (!accept.empty()) {
    std::string_view parameters = cut(accept, ',');
    const std::string_view type = trim(cut(parameters, ';'));
    if (equals_ignoring_case(type, "text/html")) return weight_in(parameters) > 0;
  }
  return false;
}

bool names_entity_tag(std::string_view if_none_match, std::string_view entity_tag) {
  const std::string_view wanted = without_weakness(entity_tag);
  if (trim(if_none_match) == "*") return true;
  while (!if_none_match.empty()) {
    if (without_weakness(trim(cut(if_none_match, ','))) == wanted) return true;
  }
  return false;
}

std::string_view media_type(std::string_view content_type) { return trim(cut(content_type, ';')); }

}  // namespace tandem::http
