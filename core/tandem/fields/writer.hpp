// SPDX-License-Identifier: Apache-2.0
#pragma once
// Canonical bytes: JSON with keys sorted by bytes, integers only, UTF-8, no spaces. The same value
// gives the same bytes natively and as WebAssembly; digests and comparisons rest on that.
//
//   canonical(AddLine{.quantity = 2, .sku = {"TEA-100"}}) == R"({"quantity":2,"sku":"TEA-100"})"

#include <cstdint>
#include <string>
#include <string_view>

#include "tandem/fields/fields.hpp"

namespace tandem {

/// Appends a JSON string: quote, backslash and control characters escaped, all else as it is.
void append_text(std::string& out, std::string_view text);

/// Appends a decimal integer.
void append_integer(std::string& out, std::int64_t value);

/// How names of fields are spelled. Only `wire` makes canonical bytes; `camel` ("unitPriceMinor")
/// is for JavaScript, and leaves the keys of maps, which are data, as they are.
enum class KeyStyle : std::uint8_t { wire, camel };

/// Appends the canonical bytes of the value described by `type`.
void append_value(std::string& out, const Type& type, const void* value,
                  KeyStyle keys = KeyStyle::wire);

/// Appends the canonical bytes of a message.
template <class T>
void append_canonical(std::string& out, const T& message) {
  append_value(out, type_of<T>(), &message);
}

/// The canonical bytes of a message.
template <class T>
[[nodiscard]] std::string canonical(const T& message) {
  std::string out;
  append_canonical(out, message);
  return out;
}

}  // namespace tandem
