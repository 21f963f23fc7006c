// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ISO 4217 table: which currencies exist and how many decimals one minor unit stands for. It is
// the table for storage only; display and payment providers have tables of their own.
//
//   currency_named("KWD")->exponent == 3      currency_named("EURO") == std::nullopt

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tandem/fields/fields.hpp"

namespace tandem {

/// The day up to which ISO's amendments are in the table.
inline constexpr std::string_view kCurrencyTableDate = "2024-06-25";

/// A currency, by its three letters. Equality is that of the letters.
struct Currency {
  char code[4] = "";  // NUL-terminated
  std::uint8_t exponent = 0;  // decimals of the currency's minor unit

  [[nodiscard]] constexpr std::string_view name() const { return code; }
  friend bool operator==(const Currency& a, const Currency& b) { return a.name() == b.name(); }
};

/// All currencies, by code. Codes without a minor unit (gold, testing, bond units) are left out.
[[nodiscard]] std::span<const Currency> currencies();

/// The currency with this code, in capitals.
[[nodiscard]] std::optional<Currency> currency_named(std::string_view code);

template <>
struct TextForm<Currency> {
  static bool parse(std::string_view text, Currency& value) {
    const auto found = currency_named(text);
    if (found) value = *found;
    return found.has_value();
  }
  static void format(const Currency& value, std::string& out) { out += value.name(); }
};
template <>
inline constexpr std::string_view kTypeName<Currency> = "currency";

}  // namespace tandem
