// SPDX-License-Identifier: Apache-2.0
#pragma once
// Chance that is the same on every machine: a seeded generator (splitmix64) without the standard
// library's distributions, whose results differ between libraries.
//
//   Random random(7);   random.below(6) + 1   // a die

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tandem::workload {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  /// 0 … n − 1; 0 when n is 0.
  [[nodiscard]] std::int64_t below(std::int64_t n) {
    return n <= 0 ? 0 : static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
  }

  /// first … last.
  [[nodiscard]] std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + below(last - first + 1);
  }

  [[nodiscard]] bool chance(std::int64_t percent) { return below(100) < percent; }

  /// One of a list that is not empty.
  template <class List>
  [[nodiscard]] const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(std::size(list))))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace tandem::workload
