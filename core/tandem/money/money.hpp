// SPDX-License-Identifier: Apache-2.0
#pragma once
// Money: whole minor units of one currency, |minor| ≤ 2^53 − 1. Overflow and mixed currencies are
// refusals, never wrap-around. allocate() hands out every minor unit.
//
//   allocate(Money{100, eur}, {1, 1, 1})  →  34, 33, 33

#include <cstdint>
#include <span>
#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/money/currency.hpp"
#include "tandem/money/exact.hpp"

namespace tandem {

struct Money {
  std::int64_t minor = 0;
  Currency currency;

  friend bool operator==(const Money&, const Money&) = default;
};

/// Refuses: currency_unknown (the two differ), amount_out_of_range.
[[nodiscard]] Result<Money> add(Money a, Money b);

/// Refuses: currency_unknown (the two differ), amount_out_of_range.
[[nodiscard]] Result<Money> subtract(Money a, Money b);

/// Refuses: amount_out_of_range.
[[nodiscard]] Result<Money> multiply(Money a, std::int64_t factor);

/// The amount shared by weight, by largest remainder; equal remainders go to the earlier share.
/// A negative amount is shared as its mirror. Weights are at least 0.
/// Refuses: amount_out_of_range (an amount or weight beyond the range), zero_weights.
[[nodiscard]] Result<std::vector<Money>> allocate(Money amount,
                                                  std::span<const std::int64_t> weights);

}  // namespace tandem
