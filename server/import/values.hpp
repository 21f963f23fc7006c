// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the text of a cell means: amounts, whole numbers, weights, yes and no, plain text. Each
// reader answers the value or one sentence that says what is wrong with the text. No floating
// point anywhere: an amount is read digit by digit into minor units.
//
//   read_amount("19.90", 2)  == 1990
//   read_amount("19.905", 2) == "\"19.905\" has more than 2 decimals, ..."

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace tandem::intake {

/// A value, or the sentence for people that says why there is none.
template <class T>
using Read = std::expected<T, std::string>;

/// The largest amount in minor units, and the largest count of anything else.
inline constexpr std::int64_t kAmountMax = 9'007'199'254'740'991;
inline constexpr std::int64_t kCountMax = 1'000'000'000;

/// The text without spaces, tabs and line breaks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// True when the two are equal, the case of ASCII letters aside.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// An amount in the currency's minor units. `exponent` is the currency's number of decimals, 0 to
/// 4; further decimals are accepted only when they are zero. Refuses signs, grouping and symbols.
[[nodiscard]] Read<std::int64_t> read_amount(std::string_view text, int exponent);

/// A whole number, possibly negative.
[[nodiscard]] Read<std::int64_t> read_whole_number(std::string_view text);

/// A weight in whole grams, zero or more; decimals are rounded, halves up.
[[nodiscard]] Read<std::int64_t> read_grams(std::string_view text);

/// A moment in UTC as milliseconds since 1970: `2026-03-01`, `2026-03-01T08:30`, with or without a
/// `Z` behind it.
[[nodiscard]] Read<std::int64_t> read_instant(std::string_view text);

/// TRUE or FALSE in any case.
[[nodiscard]] Read<bool> read_yes_no(std::string_view text);

/// One line of text: trimmed, without control characters or line breaks, at most `bytes_max` long.
[[nodiscard]] Read<std::string> read_line_text(std::string_view text, std::size_t bytes_max);

/// Text of several lines: tabs become spaces, CRLF becomes LF, other control characters refused.
[[nodiscard]] Read<std::string> read_free_text(std::string_view text, std::size_t bytes_max);

/// The text a person sees in a piece of HTML: tags fall away, scripts and styles with what they
/// hold, paragraphs and breaks become line breaks, entities become characters.
[[nodiscard]] std::string plain_text(std::string_view html);

/// The text as part of an identifier: ASCII letters in lower case, digits and other scripts stay,
/// every run of anything else becomes one hyphen, with none at the ends.
[[nodiscard]] std::string slug(std::string_view text);

}  // namespace tandem::intake
