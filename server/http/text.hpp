// SPDX-License-Identifier: Apache-2.0
#pragma once
// The small text rules of HTTP: case, lists, percent-encoding, UTF-8. All total: bad input is an
// answer, never undefined.
//
//   std::string out;
//   percent_decode("a%20b", out, Plus::literal) == true, out == "a b"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::http {

/// Whether `+` stands for itself (paths) or for a space (queries and forms).
enum class Plus : std::uint8_t { literal, space };

/// A control character other than tab: never part of a field's value, a path or a query.
[[nodiscard]] constexpr bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\t') || code == 0x7f;
}

/// ASCII letters in lower case, all else as it is.
[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Cuts the text before the first `mark` off `rest` and returns it; `rest` keeps what follows.
std::string_view cut(std::string_view& rest, char mark);

/// The text, with U+FFFD for every byte that is not well-formed UTF-8.
[[nodiscard]] std::string as_utf8(std::string_view text);

/// The instant that a date in one of HTTP's three forms (RFC 9110, section 5.6.7) names.
[[nodiscard]] std::optional<std::int64_t> date_ms(std::string_view text);

/// Appends the decoded text. False, with `out` unspecified, for a broken escape, for bytes that are
/// not UTF-8 and for control characters.
[[nodiscard]] bool percent_decode(std::string_view text, std::string& out, Plus plus);

}  // namespace tandem::http
