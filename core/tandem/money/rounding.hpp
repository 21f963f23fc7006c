// SPDX-License-Identifier: Apache-2.0
#pragma once
// The nine ways to round, by names that mean one thing each ("half up" means two and is banned).
//
//   half_away     2.5 → 3    −2.5 → −3       up        2.1 → 3    −2.1 → −3   (away from zero)
//   half_even     2.5 → 2    −2.5 → −2       down      2.9 → 2    −2.9 → −2   (toward zero)
//   half_ceiling  2.5 → 3    −2.5 → −2       ceiling   2.1 → 3    −2.9 → −2
//   half_floor    2.5 → 2    −2.5 → −3       floor     2.9 → 2    −2.1 → −3
//   half_zero     2.5 → 2    −2.5 → −2

#include "tandem/base/enum.hpp"

namespace tandem {

TANDEM_ENUM(Rounding, half_away, half_even, half_ceiling, half_floor, half_zero, up, down, ceiling,
            floor)

/// Whether a figure that lies above `floor` by a part of one unit goes to the next unit up.
/// `against_half` is the sign of (part − one half); `negative` and `odd` describe the figure and
/// its floor. The part must not be zero.
[[nodiscard]] constexpr bool rounds_up(Rounding rounding, int against_half, bool negative,
                                       bool odd) {
  switch (rounding) {
    case Rounding::up:
      return !negative;
    case Rounding::down:
      return negative;
    case Rounding::ceiling:
      return true;
    case Rounding::floor:
      return false;
    default:
      break;
  }
  if (against_half != 0) return against_half > 0;
  switch (rounding) {
    case Rounding::half_away:
      return !negative;
    case Rounding::half_zero:
      return negative;
    case Rounding::half_ceiling:
      return true;
    case Rounding::half_even:
      return odd;
    default:
      return false;
  }
}

}  // namespace tandem
