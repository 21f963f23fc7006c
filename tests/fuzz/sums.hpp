// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the figures of a quote owe each other, whatever its rules are.
//
//   broken_sum(quote, input) == ""

#include <string>

#include "tandem/pricing/pricing.hpp"

namespace tandem::fuzz {

/// The first sum that does not come out, in words; empty when there is none.
[[nodiscard]] std::string broken_sum(const Quote& quote, const QuoteInput& input);

}  // namespace tandem::fuzz
