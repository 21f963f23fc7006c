// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sharing an amount over lines. Every method hands out the whole amount; what a line cannot take is
// shared again, with the same method and weights, over the lines that still have room; if none has,
// it is lost. Ties go to the smaller line id where the method does not say otherwise.

#include <cstdint>
#include <vector>

#include "tandem/pricing/work.hpp"

namespace tandem::pricing {

/// One taker of a share, in cart order.
struct Sharer {
  Place line = 0;
  Exact weight;
  Exact low;  // a share is never below this …
  Exact high;  // … nor above this
  std::int64_t units = 0;  // pieces, for even_per_unit
  Exact given;  // the share, in the end
  Exact own;  // a percentage's own unrounded amount, for even_per_unit
};

/// Shares `amount` and fills `given`. `is_percentage` tells even_per_unit which of its two ways to
/// go. Notes a refusal zero_weights in the work when the policy asks for it.
void share(Work& work, std::vector<Sharer>& sharers, Exact amount, bool is_percentage);

/// The same by one method, whatever the policy says.
void share_by(Work& work, DiscountSharing method, std::vector<Sharer>& sharers, Exact amount);

}  // namespace tandem::pricing
