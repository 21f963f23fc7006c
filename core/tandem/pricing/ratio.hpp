// SPDX-License-Identifier: Apache-2.0
#pragma once
// A fraction in lowest terms, used while rules are compiled: compound, included and division rates
// become one fraction each, so that a tax of a line is a single exact multiplication and division.
// What does not fit is `overflowed` and stays so.
//
//   Ratio{190'000, 1'000'000} + Ratio::one()   →  119/100

#include "tandem/money/exact.hpp"

namespace tandem::pricing {

inline constexpr std::int64_t kMillion = 1'000'000;

struct Ratio {
  Int128 numerator = 0;
  Int128 denominator = 1;  // above 0, but for `overflowed`, where it is 0

  [[nodiscard]] static constexpr Ratio one() { return {1, 1}; }
  [[nodiscard]] static constexpr Ratio parts_per_million(std::int64_t ppm) {
    return reduced(ppm, kMillion);
  }
  [[nodiscard]] static constexpr Ratio overflow() { return {0, 0}; }
  [[nodiscard]] constexpr bool overflowed() const { return denominator == 0; }
  [[nodiscard]] constexpr bool is_zero() const { return numerator == 0 && !overflowed(); }

  friend constexpr bool operator==(const Ratio&, const Ratio&) = default;

  friend constexpr Ratio operator+(Ratio a, Ratio b) {
    Int128 left = 0;
    Int128 right = 0;
    Int128 sum = 0;
    Int128 below = 0;
    if (!product(a.numerator, b.denominator, left) || !product(b.numerator, a.denominator, right) ||
        !product(a.denominator, b.denominator, below)) {
      return overflow();
    }
    if (__builtin_add_overflow(left, right, &sum)) return overflow();
    return reduced(sum, below);
  }

  friend constexpr Ratio operator*(Ratio a, Ratio b) {
    // Cross-reduced first, so that what fits in the end fits on the way.
    const Ratio first = reduced(a.numerator, b.denominator);
    const Ratio second = reduced(b.numerator, a.denominator);
    Int128 above = 0;
    Int128 below = 0;
    if (a.overflowed() || b.overflowed() || !product(first.numerator, second.numerator, above) ||
        !product(first.denominator, second.denominator, below)) {
      return overflow();
    }
    return {above, below};
  }

  /// 1 / a; overflows for 0.
  [[nodiscard]] constexpr Ratio inverse() const {
    return numerator == 0 ? overflow() : reduced(denominator, numerator);
  }

 private:
  // Numbers are kept below 2^126 so that negation and addition of two never overflow.
  static constexpr Int128 kLimit = static_cast<Int128>(1) << 126;

  static constexpr Int128 magnitude(Int128 value) { return value < 0 ? -value : value; }

  static constexpr bool product(Int128 a, Int128 b, Int128& out) {
    if (a != 0 && magnitude(b) > kLimit / magnitude(a)) return false;
    out = a * b;
    return true;
  }

  static constexpr Ratio reduced(Int128 above, Int128 below) {
    if (below == 0) return overflow();
    Int128 a = magnitude(above);
    Int128 b = magnitude(below);
    while (b != 0) {
      const Int128 rest = a % b;
      a = b;
      b = rest;
    }
    const Int128 sign = below < 0 ? -1 : 1;
    return {sign * (above / a), sign * (below / a)};
  }
};

/// a / b. Places that neither uses are left out, so that products mostly fit 128 bits.
[[nodiscard]] constexpr Ratio ratio_of(Exact a, Exact b) {
  constexpr std::int64_t kUnused = Exact::kScale / kMillion;
  const bool is_short = a.above % kUnused == 0 && b.above % kUnused == 0;
  const Int128 by = is_short ? kUnused : 1;
  return {a.parts() / by, b.parts() / by};
}

/// a · ratio, half-even at 10⁻¹⁸.
[[nodiscard]] inline Exact multiply(Exact a, const Ratio& ratio) {
  if (ratio.numerator == ratio.denominator) return a;
  return mul_div(a, ratio.numerator, ratio.denominator);
}

}  // namespace tandem::pricing
