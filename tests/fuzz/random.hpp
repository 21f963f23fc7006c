// SPDX-License-Identifier: Apache-2.0
#pragma once
// A seeded source of choices (splitmix64): the same seed, the same inputs on every machine.
//
//   Random random(7);   random.below(3)   // 0, 1 or 2

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace tandem::fuzz {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E37'79B9'7F4A'7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBU;
    return z ^ (z >> 31U);
  }

  /// A number below `end`, which is not 0.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }

  bool one_in(std::size_t times) { return below(times) == 0; }

  /// One of a list that is not empty.
  template <class List>
  auto& pick(List&& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace tandem::fuzz
