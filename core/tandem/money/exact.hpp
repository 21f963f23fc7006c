// SPDX-License-Identifier: Apache-2.0
#pragma once
// Exact: an amount in 10⁻¹² minor units, the only type in which money is computed between two
// roundings. A division rounds half-even at 10⁻¹²; sums and differences are exact. What leaves the
// range becomes `overflowed`, stays so through every further step, and is refused at the end:
// it never wraps round.
//
//   const Exact tax = mul_div(Exact::minor(1999), 190'000, 1'190'000);   // 319.176470588235
//   round_minor(tax, Rounding::half_away) == 319

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "tandem/fields/fields.hpp"
#include "tandem/money/rounding.hpp"

namespace tandem {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

/// The largest amount in minor units, so that a JSON number is exact everywhere.
inline constexpr std::int64_t kMinorMax = (std::int64_t{1} << 53) - 1;

struct Exact {
  static constexpr std::int64_t kScale = 1'000'000'000'000;
  static constexpr std::int64_t kScaleOdd = 244'140'625;  // kScale = 2¹² · 5¹²
  static constexpr Int128 kOverflowed = static_cast<Int128>(Uint128{1} << 127);

  Int128 parts = 0;  // one minor unit has kScale parts

  [[nodiscard]] static constexpr Exact minor(std::int64_t amount) {
    return {static_cast<Int128>(amount) * kScale};
  }
  [[nodiscard]] static constexpr Exact overflow() { return {kOverflowed}; }

  [[nodiscard]] constexpr bool overflowed() const { return parts == kOverflowed; }
  /// The sign: −1, 0 or 1.
  [[nodiscard]] constexpr int sign() const { return parts < 0 ? -1 : (parts > 0 ? 1 : 0); }
  [[nodiscard]] constexpr bool is_zero() const { return parts == 0; }

  friend constexpr bool operator==(const Exact&, const Exact&) = default;
  friend constexpr auto operator<=>(const Exact&, const Exact&) = default;

  friend constexpr Exact operator+(Exact a, Exact b) {
    Exact sum;
    if (a.overflowed() || b.overflowed() || __builtin_add_overflow(a.parts, b.parts, &sum.parts)) {
      return overflow();
    }
    return sum;
  }
  friend constexpr Exact operator-(Exact a) { return a.overflowed() ? a : Exact{-a.parts}; }
  friend constexpr Exact operator-(Exact a, Exact b) { return a + -b; }
  constexpr Exact& operator+=(Exact b) { return *this = *this + b; }
  constexpr Exact& operator-=(Exact b) { return *this = *this - b; }
};

/// a · factor.
[[nodiscard]] Exact multiply(Exact a, std::int64_t factor);

/// a · b where b counts whole things as minor units count: a price times a quantity of 1.5.
[[nodiscard]] Exact multiply(Exact a, Exact b);

/// a · numerator / denominator with a 256-bit product, half-even at 10⁻¹². Overflows when the
/// denominator is 0.
[[nodiscard]] Exact mul_div(Exact a, Int128 numerator, Int128 denominator);

/// The largest whole number of minor units that is not above the figure. Saturates.
[[nodiscard]] std::int64_t floor_minor(Exact a);

/// Whether the figure is a whole number of minor units.
[[nodiscard]] bool is_whole(Exact a);

/// The figure in whole minor units. Saturates: a figure beyond kMinorMax is found by in_range().
[[nodiscard]] std::int64_t round_minor(Exact a, Rounding rounding);

/// round_minor() as an Exact, overflow kept.
[[nodiscard]] Exact rounded(Exact a, Rounding rounding);

/// The figure rounded to a multiple of `step` minor units; `step` is at least 1.
[[nodiscard]] Exact rounded_to(Exact a, std::int64_t step, Rounding rounding);

/// Whether the figure may be published as an amount: |a| ≤ kMinorMax.
[[nodiscard]] constexpr bool in_range(Exact a) {
  return !a.overflowed() && a <= Exact::minor(kMinorMax) && a >= Exact::minor(-kMinorMax);
}

/// floor(amount · weight / whole) and what is left over, below `whole`, for a largest-remainder
/// split. `amount` ≥ 0, 0 ≤ weight ≤ whole, whole > 0.
struct Portion {
  std::int64_t floor = 0;
  Int128 rest = 0;
};
[[nodiscard]] Portion portion(std::int64_t amount, Int128 weight, Int128 whole);

/// On the wire an Exact is a decimal text in minor units, at most 12 places, without an exponent,
/// trailing zeros or a plus sign: "1999.125". Reading also takes trailing zeros.
template <>
struct TextForm<Exact> {
  static bool parse(std::string_view text, Exact& value);
  static void format(const Exact& value, std::string& out);
};
template <>
inline constexpr std::string_view kTypeName<Exact> = "exact";

}  // namespace tandem
