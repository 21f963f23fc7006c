// SPDX-License-Identifier: Apache-2.0
// 128-bit division is slow, in WebAssembly most of all; each function therefore tries 64 bits
// first. Both ways give the same result to the last part.
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
  return Exact::of_parts(negative ? -parts : parts);
}

/// mul_div() in 64 bits: of whole minor units, or by a plain division; false when something does
/// not fit.
bool quick_mul_div(Exact a, Int128 numerator, Int128 denominator, Exact& result) {
  std::int64_t product = 0;
  if (!fits(numerator) || denominator <= 0 || denominator > 9'000'000 ||
      (!a.is_whole() && numerator != 1) ||
      __builtin_mul_overflow(a.floor, static_cast<std::int64_t>(numerator), &product)) {
    return false;
  }
  const auto by = static_cast<std::int64_t>(denominator);
  std::int64_t floor = product / by;
  std::int64_t rest = product - floor * by;  // |rest| < 9·10⁶
  if (rest == 0 && a.is_whole()) {
    result = Exact::minor(floor);
    return true;
  }
  if (rest < 0) {
    rest += by;
    --floor;
  }
  // The first twelve places, then the six beyond them: both steps fit 64 bits.
  constexpr std::int64_t kPlaces = Exact::kScale / Exact::kBeyond;
  const std::int64_t first = rest * kPlaces + a.above / Exact::kBeyond;
  const std::int64_t places = first / by;
  const std::int64_t beyond = (first - places * by) * Exact::kBeyond + a.above % Exact::kBeyond;
  std::int64_t above = beyond / by;
  const std::int64_t twice = (beyond - above * by) * 2;
  if (twice > by || (twice == by && (above & 1) != 0)) ++above;
  result = Exact::minor(floor) + Exact{0, places * Exact::kBeyond + above};
  return true;
}

}  // namespace

Exact Exact::of_parts(Int128 parts) {
  Int128 floor = parts / kScale;
  auto above = static_cast<std::int64_t>(parts % kScale);
  if (above < 0) {
    above += kScale;
    --floor;
  }
  return fits(floor) ? minor(static_cast<std::int64_t>(floor)) + Exact{0, above} : overflow();
}

Exact mul_div(Exact a, Int128 numerator, Int128 denominator) {
  if (a.overflowed() || denominator == 0) return Exact::overflow();
  if (numerator == denominator) return a;
  Exact quick;
  if (quick_mul_div(a, numerator, denominator, quick)) return quick;
  const bool negative = ((a.floor < 0) != (numerator < 0)) != (denominator < 0);
  const Uint128 by = magnitude(denominator);
  return half_even(divide(wide_product(magnitude(a.parts()), magnitude(numerator)), by), by,
                   negative);
}

Exact mul_div(Exact a, Exact numerator, Exact denominator) {
  if (a.overflowed() || numerator.overflowed() || denominator.overflowed())
    return Exact::overflow();
  if (denominator.is_whole()) {
    if (numerator.is_whole()) return mul_div(a, numerator.floor, denominator.floor);
    if (a.is_whole()) return mul_div(numerator, a.floor, denominator.floor);
  }
  return mul_div(a, numerator.parts(), denominator.parts());
}

Exact parts_per_million(Exact a, std::int64_t ppm) {
  constexpr std::int64_t kMillion = 1'000'000;
  constexpr std::int64_t kPart = Exact::kScale / kMillion;
  std::int64_t product = 0;
  if (!a.is_whole() || a.overflowed() || __builtin_mul_overflow(a.floor, ppm, &product)) {
    return mul_div(a, ppm, kMillion);
  }
  const std::int64_t floor = product / kMillion;
  const std::int64_t rest = product - floor * kMillion;
  return rest < 0 ? Exact{floor - 1, (rest + kMillion) * kPart} : Exact{floor, rest * kPart};
}

Exact multiply(Exact a, std::int64_t factor) {
  std::int64_t product = 0;
  if (a.is_whole() && !a.overflowed() && !__builtin_mul_overflow(a.floor, factor, &product)) {
    return Exact::minor(product);
  }
  return mul_div(a, factor, 1);
}

Exact multiply(Exact a, Exact b) {
  if (b.overflowed()) return b;
  return b.is_whole() ? multiply(a, b.floor) : mul_div(a, b, Exact::minor(1));
}

Exact rounded_to(Exact a, std::int64_t step, Rounding rounding) {
  if (step == 1) return rounded(a, rounding);
  if (!in_range(a) || step > kMinorMax) return Exact::overflow();
  a = twelve_places(a);
  std::int64_t steps = a.floor / step;
  std::int64_t rest = a.floor - steps * step;
  if (rest < 0) {
    rest += step;
    --steps;
  }
  if (rest == 0 && a.is_whole()) return a;
  // Twice what is above the step, less one step: whole units first, then the parts.
  const std::int64_t units = 2 * rest - step + 2 * a.above / Exact::kScale;
  const std::int64_t parts = 2 * a.above % Exact::kScale;
  const int against_half = units < 0 ? -1 : (units > 0 || parts > 0 ? 1 : 0);
  if (rounds_up(rounding, against_half, a.floor < 0, (steps & 1) != 0)) ++steps;
  return multiply(Exact::minor(steps), step);
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
  std::int64_t floor = 0;
  std::int64_t above = 0;
  for (const char digit : whole) {
    if (digit < '0' || digit > '9') return false;
    floor = floor * 10 + (digit - '0');
  }
  for (std::size_t place = 0; place < 12; ++place) {
    const char digit = place < places.size() ? places[place] : '0';
    if (digit < '0' || digit > '9') return false;
    above = above * 10 + (digit - '0');
  }
  above *= Exact::kBeyond;
  value = negative ? -Exact{floor, above} : Exact{floor, above};
  return in_range(value);
}

void TextForm<Exact>::format(const Exact& value, std::string& out) {
  const Exact read = twelve_places(value);
  const Exact magnitude = read.floor < 0 ? -read : read;
  if (read.floor < 0) out += '-';
  out += std::to_string(magnitude.floor);
  if (magnitude.is_whole()) return;
  std::string places = std::to_string(magnitude.above / Exact::kBeyond);
  places.insert(0, 12 - places.size(), '0');
  places.erase(places.find_last_not_of('0') + 1);
  out += '.';
  out += places;
}

}  // namespace tandem
