// SPDX-License-Identifier: Apache-2.0
#pragma once
// Exact: the only type in which money is computed between two roundings. A figure is read at twelve
// places of a minor unit, where it is rounded half-even, and carries six more, so that a sum of
// thirds that is a half is read as one: a division rounds half-even at 10⁻¹⁸; sums and differences
// are exact. What leaves the range becomes `overflowed`, stays so through every further step, and
// is refused at the end: it never wraps round.
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

/// Whole minor units and the parts above them apart: nearly every figure of a shop is whole, and is
/// then computed as the one 64-bit number that it is.
struct Exact {
  static constexpr std::int64_t kScale = 1'000'000'000'000'000'000;
  static constexpr std::int64_t kBeyond = 1'000'000;  // parts of one at the twelfth place
  static constexpr std::int64_t kFloorMax = (std::int64_t{1} << 61) - 1;
  /// So far from every floor that no sum with it, and no difference from it, is one.
  static constexpr std::int64_t kOverflowed = -3 * (std::int64_t{1} << 61);

  std::int64_t floor = 0;  // the largest whole number of minor units that is not above the figure
  std::int64_t above = 0;  // parts on top of it, below kScale: one minor unit has kScale parts

  [[nodiscard]] static constexpr Exact minor(std::int64_t amount) {
    return is_floor(amount) ? Exact{amount, 0} : overflow();
  }
  [[nodiscard]] static constexpr Exact overflow() { return {kOverflowed, 0}; }
  /// A number of parts; overflows beyond kFloorMax.
  [[nodiscard]] static Exact of_parts(Int128 parts);
  [[nodiscard]] constexpr Int128 parts() const {
    return static_cast<Int128>(floor) * kScale + above;
  }

  [[nodiscard]] constexpr bool overflowed() const { return floor == kOverflowed; }
  /// Whether the figure is a whole number of minor units.
  [[nodiscard]] constexpr bool is_whole() const { return above == 0; }
  /// The sign: −1, 0 or 1.
  [[nodiscard]] constexpr int sign() const { return floor < 0 ? -1 : (is_zero() ? 0 : 1); }
  [[nodiscard]] constexpr bool is_zero() const { return floor == 0 && above == 0; }

  friend constexpr bool operator==(const Exact&, const Exact&) = default;
  friend constexpr auto operator<=>(const Exact& a, const Exact& b) {
    return a.floor != b.floor ? a.floor <=> b.floor : a.above <=> b.above;
  }

  friend constexpr Exact operator+(Exact a, Exact b) {
    const std::int64_t rest = a.above + b.above;
    const bool carries = rest >= kScale;
    const std::int64_t sum = wrapped(unsigned_of(a.floor) + unsigned_of(b.floor) + carries);
    return is_floor(sum) ? Exact{sum, carries ? rest - kScale : rest} : overflow();
  }
  friend constexpr Exact operator-(Exact a, Exact b) {
    const std::int64_t rest = a.above - b.above;
    const bool borrows = rest < 0;
    const std::int64_t left = wrapped(unsigned_of(a.floor) - unsigned_of(b.floor) - borrows);
    // Of two that overflowed the difference would look like a figure.
    const bool fits = is_floor(left) && !b.overflowed();
    return fits ? Exact{left, borrows ? rest + kScale : rest} : overflow();
  }
  friend constexpr Exact operator-(Exact a) { return Exact{} - a; }
  constexpr Exact& operator+=(Exact b) { return *this = *this + b; }
  constexpr Exact& operator-=(Exact b) { return *this = *this - b; }

 private:
  static constexpr bool is_floor(std::int64_t floor) {
    return unsigned_of(floor) + kFloorMax <= 2 * unsigned_of(kFloorMax);
  }
  static constexpr std::uint64_t unsigned_of(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
  }
  static constexpr std::int64_t wrapped(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
  }
};

/// a · factor.
[[nodiscard]] Exact multiply(Exact a, std::int64_t factor);

/// a · b where b counts whole things as minor units count: a price times a quantity of 1.5.
[[nodiscard]] Exact multiply(Exact a, Exact b);

/// a · numerator / denominator with a 256-bit product, half-even at 10⁻¹⁸. Overflows when the
/// denominator is 0.
[[nodiscard]] Exact mul_div(Exact a, Int128 numerator, Int128 denominator);
[[nodiscard]] Exact mul_div(Exact a, Exact numerator, Exact denominator);

/// Whether the figure may be published as an amount: |a| ≤ kMinorMax.
[[nodiscard]] constexpr bool in_range(Exact a) {
  // In one comparison: a floor of kMinorMax with parts above it is beyond.
  constexpr auto kMax = static_cast<std::uint64_t>(kMinorMax);
  return static_cast<std::uint64_t>(a.floor) + kMax <= 2 * kMax - (a.is_whole() ? 0 : 1);
}

/// ppm of an amount: mul_div(a, ppm, 1'000'000).
[[nodiscard]] Exact parts_per_million(Exact a, std::int64_t ppm);

/// The figure as it is read.
[[nodiscard]] constexpr Exact twelve_places(Exact a) {
  const std::int64_t beyond = a.above % Exact::kBeyond;
  if (beyond == 0) return a;
  const std::int64_t places = a.above / Exact::kBeyond;
  const std::int64_t half = Exact::kBeyond / 2;
  const bool up = beyond > half || (beyond == half && (places & 1) != 0);
  const std::int64_t above = (places + (up ? 1 : 0)) * Exact::kBeyond;
  return above == Exact::kScale ? Exact{a.floor + 1, 0} : Exact{a.floor, above};
}

/// The figure in whole minor units. What overflowed saturates: in_range() finds it.
[[nodiscard]] constexpr std::int64_t round_minor(Exact a, Rounding rounding) {
  if (a.above == 0) return a.floor;
  constexpr std::int64_t kHalf = Exact::kScale / 2;
  constexpr std::int64_t kNear = Exact::kBeyond / 2;  // reads as the same at twelve places
  if (a.above <= kNear || a.above >= Exact::kScale - kNear) {
    return a.floor + (a.above > kHalf ? 1 : 0);
  }
  const int against_half = a.above > kHalf + kNear ? 1 : (a.above < kHalf - kNear ? -1 : 0);
  return a.floor + (rounds_up(rounding, against_half, a.floor < 0, (a.floor & 1) != 0) ? 1 : 0);
}

/// round_minor() as an Exact, overflow kept.
[[nodiscard]] constexpr Exact rounded(Exact a, Rounding rounding) {
  return in_range(a) ? Exact{round_minor(a, rounding), 0} : Exact::overflow();
}

/// The figure rounded to a multiple of `step` minor units; `step` is at least 1.
[[nodiscard]] Exact rounded_to(Exact a, std::int64_t step, Rounding rounding);

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
