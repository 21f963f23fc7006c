// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reading Stripe's objects. They hold much that the shop does not know, fractions among it, so they
// are no messages of Tandem's own; what is missing or of another type reads as nothing.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::payment::stripe {

using Json = nlohmann::json;

/// A member of an object; null when there is none.
inline const Json& member(const Json& object, std::string_view key) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

/// A text; of an object that stands in an id's place (it was expanded) its id.
inline std::string text(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  if (value.is_object()) return text(value, "id");
  return value.is_string() ? value.get<std::string>() : std::string();
}

inline std::optional<std::int64_t> integer(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  if (!value.is_number_integer()) return std::nullopt;
  constexpr std::int64_t kMax = (std::int64_t{1} << 53) - 1;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(kMax)) {
    return std::nullopt;
  }
  return value.get<std::int64_t>();
}

/// Nothing when it is not JSON.
inline std::optional<Json> parsed(std::string_view text) {
  Json value = Json::parse(text, nullptr, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

}  // namespace tandem::payment::stripe
