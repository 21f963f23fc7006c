// SPDX-License-Identifier: Apache-2.0
// Nearly every figure of a shop fits 64 bits once it is counted in minor units, and 128-bit
// division is slow in WebAssembly; each function therefore tries 64 bits first. Both ways give the
// same result to the last part.
#include "tandem/money/exact.hpp"

#include <limits>

#include "tandem/base/text.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();
constexpr Uint128 kInt128Max = ~Uint128{0} >> 1U;

bool fits(Int128 value) { return value >= kInt64Min && value <= kInt64Max; }

Uint128 magnitude(Int128 value) {
  return value < 0 ? Uint128{0} - static_cast<Uint128>(value) : static_cast<Uint128>(value);
}

/// A 256-bit product.
struct Wide {
  Uint128 high = 0;
  Uint128 low = 0;
};

Wide wide_product(Uint128 a, Uint128 b) {
  constexpr Uint128 kMask = ~std::uint64_t{0};
  const Uint128 a0 = a & kMask;
  const Uint128 a1 = a >> 64U;
  const Uint128 b0 = b & kMask;
  const Uint128 b1 = b >> 64U;
  const Uint128 low = a0 * b0;
  const Uint128 cross = a1 * b0 + (low >> 64U);
  const Uint128 other = a0 * b1 + (cross & kMask);
  return {a1 * b1 + (cross >> 64U) + (other >> 64U), (other << 64U) | (low & kMask)};
}

struct Quotient {
  Uint128 quotient = 0;
  Uint128 rest = 0;
  bool overflowed = false;
};

/// Schoolbook division, one bit at a time; only products beyond 128 bits come here.
Quotient divide(Wide value, Uint128 by) {
  if (value.high == 0) return {value.low / by, value.low % by};
  if (value.high >= by) return {.overflowed = true};
  Uint128 rest = value.high;
  Uint128 quotient = 0;
  for (unsigned bit = 128; bit-- > 0;) {
    const bool carry = (rest >> 127U) != 0;
    rest = (rest << 1U) | ((value.low >> bit) & 1U);
    quotient <<= 1U;
    if (carry || rest >= by) {
      rest -= by;
      quotient |= 1U;
    }
  }
  return {quotient, rest};
}

/// The quotient rounded half-even, with a sign.
Exact half_even(Quotient division, Uint128 by, bool negative) {
  if (division.overflowed) return Exact::overflow();
  const Uint128 other = by - division.rest;
  const bool up =
      division.rest > other || (division.rest == other && (division.quotient & 1U) != 0);
  const Uint128 result = division.quotient + (up ? 1U : 0U);
  if (result > kInt128Max) return Exact::overflow();
  const auto parts = static_cast<Int128>(result);
  return {negative ? -parts : parts};
}

/// A figure as whole minor units and the parts above them, 0 ≤ above < kScale. Only figures whose
/// parts fit 75 bits: the scale's twelve factors of two are shifted out first.
struct Split {
  std::int64_t floor = 0;
  std::int64_t above = 0;
  bool fits = false;
};

inline Split split(Exact a) {
  const Int128 shifted = a.parts >> 12;
  if (!fits(shifted)) return {};
  const auto odd = static_cast<std::int64_t>(shifted);
  const std::int64_t toward_zero = odd / Exact::kScaleOdd;
  const std::int64_t rest = odd - toward_zero * Exact::kScaleOdd;
  const std::int64_t below = rest >> 63;  // −1 when the rest is negative, else 0
  const auto low = static_cast<std::int64_t>(static_cast<std::uint64_t>(a.parts) & 4095U);
  return {toward_zero + below, (rest + (below & Exact::kScaleOdd)) * 4096 + low, true};
}

/// As split(), for any figure; saturates.
Split split_slowly(Exact a) {
  Int128 floor = a.parts / Exact::kScale;
  Int128 rest = a.parts % Exact::kScale;
  if (rest < 0) {
    rest += Exact::kScale;
    --floor;
  }
  if (floor > kInt64Max) return {kInt64Max, 0, true};
  if (floor < kInt64Min) return {kInt64Min, 0, true};
  return {static_cast<std::int64_t>(floor), static_cast<std::int64_t>(rest), true};
}

inline Split parts_of(Exact a) {
  const Split quick = split(a);
  if (quick.fits) [[likely]]
    return quick;
  return split_slowly(a);
}

/// mul_div() of whole minor units in 64 bits; false when something does not fit.
bool quick_mul_div(Exact a, Int128 numerator, Int128 denominator, Exact& result) {
  if (!fits(numerator) || denominator <= 0 || denominator > 9'000'000) return false;
  const Split value = split(a);
  std::int64_t product = 0;
  if (!value.fits || value.above != 0 ||
      __builtin_mul_overflow(value.floor, static_cast<std::int64_t>(numerator), &product)) {
    return false;
  }
  const auto by = static_cast<std::int64_t>(denominator);
  const std::int64_t whole = product / by;
  const std::int64_t scaled = product % by * Exact::kScale;  // |rest| < 9·10⁶
  std::int64_t above = scaled / by;
  const std::int64_t rest = scaled % by;
  const std::int64_t twice = (rest < 0 ? -rest : rest) * 2;
  if (twice > by || (twice == by && (above & 1) != 0)) above += rest < 0 ? -1 : 1;
  result = {Exact::minor(whole).parts + above};
  return true;
}

}  // namespace

Exact mul_div(Exact a, Int128 numerator, Int128 denominator) {
  if (a.overflowed() || denominator == 0) return Exact::overflow();
  Exact quick;
  if (quick_mul_div(a, numerator, denominator, quick)) return quick;
  const bool negative = ((a.parts < 0) != (numerator < 0)) != (denominator < 0);
  const Uint128 by = magnitude(denominator);
  return half_even(divide(wide_product(magnitude(a.parts), magnitude(numerator)), by), by,
                   negative);
}

Exact multiply(Exact a, std::int64_t factor) { return mul_div(a, factor, 1); }

Exact multiply(Exact a, Exact b) {
  if (b.overflowed()) return b;
  const Split count = split(b);
  if (count.fits && count.above == 0) return multiply(a, count.floor);
  return mul_div(a, b.parts, Exact::kScale);
}

std::int64_t floor_minor(Exact a) { return parts_of(a).floor; }

bool is_whole(Exact a) {
  if ((static_cast<std::uint64_t>(a.parts) & 4095U) != 0) return false;
  return parts_of(a).above == 0;
}

std::int64_t round_minor(Exact a, Rounding rounding) {
  const Split value = parts_of(a);
  if (value.above == 0) return value.floor;
  constexpr std::int64_t kHalf = Exact::kScale / 2;
  const int against_half = value.above > kHalf ? 1 : (value.above < kHalf ? -1 : 0);
  const bool up = rounds_up(rounding, against_half, a.parts < 0, (value.floor & 1) != 0);
  return value.floor + (up ? 1 : 0);
}

Exact rounded(Exact a, Rounding rounding) {
  if (!in_range(a)) return Exact::overflow();
  return Exact::minor(round_minor(a, rounding));
}

Exact rounded_to(Exact a, std::int64_t step, Rounding rounding) {
  if (step == 1) return rounded(a, rounding);
  if (!in_range(a) || step > kMinorMax) return Exact::overflow();
  const Int128 unit = Exact::minor(step).parts;
  Int128 floor = a.parts / unit;
  Int128 above = a.parts % unit;
  if (above < 0) {
    above += unit;
    --floor;
  }
  if (above == 0) return a;
  const Int128 other = unit - above;
  const int against_half = above > other ? 1 : (above < other ? -1 : 0);
  if (rounds_up(rounding, against_half, a.parts < 0, (floor & 1) != 0)) ++floor;
  return {floor * unit};
}

Portion portion(std::int64_t amount, Int128 weight, Int128 whole) {
  std::int64_t product = 0;
  if (fits(whole) && !__builtin_mul_overflow(amount, static_cast<std::int64_t>(weight), &product)) {
    const auto by = static_cast<std::int64_t>(whole);
    return {product / by, product % by};
  }
  const Quotient exact =
      divide(wide_product(static_cast<Uint128>(amount), magnitude(weight)), magnitude(whole));
  return {static_cast<std::int64_t>(exact.quotient), static_cast<Int128>(exact.rest)};
}

bool TextForm<Exact>::parse(std::string_view typed, Exact& value) {
  const std::string ascii = ascii_digits(typed);
  std::string_view text = ascii;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view places =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const bool has_places = point == std::string_view::npos || !places.empty();
  if (whole.empty() || whole.size() > 16 || places.size() > 12 || !has_places) return false;
  if (whole.size() > 1 && whole.front() == '0') return false;
  Int128 parts = 0;
  for (std::size_t i = 0; i < whole.size() + 12; ++i) {
    const std::size_t place = i - whole.size();
    const char digit = i < whole.size() ? whole[i] : (place < places.size() ? places[place] : '0');
    if (digit < '0' || digit > '9') return false;
    parts = parts * 10 + (digit - '0');
  }
  value = {negative ? -parts : parts};
  return in_range(value);
}

void TextForm<Exact>::format(const Exact& value, std::string& out) {
  Uint128 rest = magnitude(value.parts);
  std::string digits;
  for (std::size_t i = 0; i < 13 || rest != 0; ++i) {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (value.parts < 0) out += '-';
  out.append(digits.rbegin(), digits.rend() - 12);
  const std::size_t zeros = digits.find_first_not_of('0');
  if (zeros >= 12) return;
  out += '.';
  out.append(digits.rend() - 12, digits.rend() - static_cast<std::ptrdiff_t>(zeros));
}

}  // namespace tandem
