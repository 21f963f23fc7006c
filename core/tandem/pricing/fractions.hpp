// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the floors of exact shares leave over: one minor unit each to the largest fractions. Private
// to pricing/.
//
//   const Winners winners(fractions, missing);
//   for (const Fraction& one : fractions) shares[one.at] += winners.hold(one) ? 1 : 0;

#include <cstdint>
#include <vector>

#include "tandem/pricing/compiled.hpp"

namespace tandem::pricing {

/// What a share has above its floor, in parts that are the same for all shares. Of equal ones the
/// smaller rank is the larger fraction, then the one that is listed first.
struct Fraction {
  std::int64_t rest = 0;  // not below 0
  Place rank = 0;
  Place at = 0;  // whose it is

  /// Written without branches: of the largest remainders none can be foreseen.
  [[nodiscard]] bool is_before(const Fraction& other) const {
    const bool tie =
        (rest == other.rest) & ((rank < other.rank) | ((rank == other.rank) & (at < other.at)));
    return (rest > other.rest) | tie;
  }
};

/// The `count` largest of some fractions, or all of them.
class Winners {
 public:
  Winners(const std::vector<Fraction>& fractions, std::int64_t count);

  [[nodiscard]] bool hold(const Fraction& one) const { return any_ && !last_.is_before(one); }

 private:
  bool any_ = false;
  Fraction last_;  // the smallest of them
};

}  // namespace tandem::pricing
