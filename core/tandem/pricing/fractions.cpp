// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/fractions.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

namespace tandem::pricing {
namespace {

constexpr std::size_t kBuckets = 256;
constexpr std::size_t kFew = 32;  // so many need no buckets

/// Leaves only fractions among which the last of the `count` largest is, and answers how many of
/// them are wanted. Comparing all with each other costs several times as much as counting them
/// into buckets by their first digits, for no processor foresees what such comparisons answer.
std::size_t narrow(const std::vector<Fraction>& fractions, std::size_t count,
                   std::vector<Fraction>& few) {
  std::uint64_t digits = 0;
  for (const Fraction& one : fractions) digits |= static_cast<std::uint64_t>(one.rest);
  constexpr int kKept = std::bit_width(kBuckets - 1);
  const int shift = std::max(0, static_cast<int>(std::bit_width(digits)) - kKept);
  const auto bucket_of = [&](const Fraction& one) {
    return static_cast<std::size_t>(one.rest >> shift);
  };
  std::array<std::uint32_t, kBuckets> held{};
  for (const Fraction& one : fractions) ++held[bucket_of(one)];
  std::size_t bucket = kBuckets - 1;
  for (; held[bucket] < count; --bucket) count -= held[bucket];
  few.reserve(held[bucket]);
  for (const Fraction& one : fractions)
    if (bucket_of(one) == bucket) few.push_back(one);
  return count;
}

/// The last of the `count` largest.
Fraction last_of(std::span<Fraction> fractions, std::size_t count) {
  const auto last = fractions.begin() + static_cast<std::ptrdiff_t>(count - 1);
  std::nth_element(fractions.begin(), last, fractions.end(),
                   [](const Fraction& a, const Fraction& b) { return a.is_before(b); });
  return *last;
}

}  // namespace

Winners::Winners(const std::vector<Fraction>& fractions, std::int64_t count) {
  if (count <= 0 || fractions.empty()) return;
  any_ = true;
  const std::size_t wanted = std::min(static_cast<std::size_t>(count), fractions.size());
  if (fractions.size() <= kFew) {
    std::array<Fraction, kFew> few;
    std::ranges::copy(fractions, few.begin());
    last_ = last_of(std::span(few).first(fractions.size()), wanted);
    return;
  }
  std::vector<Fraction> few;
  const std::size_t of_few = narrow(fractions, wanted, few);
  last_ = last_of(few, of_few);
}

}  // namespace tandem::pricing
