// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/fractions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem::pricing {
namespace {

/// Fractions below `limit`, many of them alike where that is small.
std::vector<Fraction> fractions_of(Place count, std::int64_t limit) {
  std::vector<Fraction> fractions;
  std::uint64_t state = count;
  for (Place at = 0; at < count; ++at) {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const auto rest = static_cast<std::int64_t>(state >> 2U) % limit;
    fractions.push_back({rest, static_cast<Place>(state >> 60U), at});
  }
  return fractions;
}

std::vector<Place> held(const Winners& winners, const std::vector<Fraction>& fractions) {
  std::vector<Place> places;
  for (const Fraction& one : fractions)
    if (winners.hold(one)) places.push_back(one.at);
  return places;
}

std::vector<Place> first_of_sorted(std::vector<Fraction> fractions, std::size_t count) {
  std::ranges::sort(fractions, [](const Fraction& a, const Fraction& b) { return a.is_before(b); });
  std::vector<Place> places;
  for (std::size_t i = 0; i < std::min(count, fractions.size()); ++i) {
    places.push_back(fractions[i].at);
  }
  std::ranges::sort(places);
  return places;
}

TEST(Fractions, TheLargestWin) {
  for (const Place size : {1U, 2U, 10U, 32U, 33U, 300U, 1'000U}) {
    for (const std::int64_t limit : {std::int64_t{1}, std::int64_t{3}, std::int64_t{1'000},
                                     std::int64_t{1'000'000'000'000'000'000}}) {
      const auto fractions = fractions_of(size, limit);
      for (const std::size_t count :
           {std::size_t{1}, std::size_t{size / 3 + 1}, std::size_t{size}, std::size_t{size + 5}}) {
        const Winners winners(fractions, static_cast<std::int64_t>(count));
        EXPECT_EQ(held(winners, fractions), first_of_sorted(fractions, count))
            << size << " below " << limit << ", " << count << " of them";
      }
    }
  }
}

TEST(Fractions, NothingIsMissing) {
  const auto fractions = fractions_of(10, 1'000);
  EXPECT_TRUE(held(Winners(fractions, 0), fractions).empty());
  EXPECT_TRUE(held(Winners(fractions, -1), fractions).empty());
}

TEST(Fractions, OfEqualOnesTheSmallerRankIsLarger) {
  const std::vector<Fraction> fractions{{5, 2, 0}, {5, 1, 1}, {5, 1, 2}, {7, 9, 3}};
  EXPECT_EQ(held(Winners(fractions, 2), fractions), (std::vector<Place>{1, 3}));
}

}  // namespace
}  // namespace tandem::pricing
