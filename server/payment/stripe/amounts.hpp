// SPDX-License-Identifier: Apache-2.0
#pragma once
// Amounts as Stripe's API wants them. It has a currency table of its own that is neither ISO's nor
// a display's: some currencies go without decimals, some with decimals that must be zero. An amount
// that it cannot take is refused and never rounded, so what is charged is what the customer saw.
//
//   to_stripe(500, "JPY") == 500     to_stripe(500, "ISK") == 50000     to_stripe(5124, "KWD"): no

#include <cstdint>
#include <optional>
#include <string_view>

namespace tandem::payment::stripe {

/// Minor units of ISO 4217 as the API's amount. Nothing when the API has no such amount.
[[nodiscard]] std::optional<std::int64_t> to_stripe(std::int64_t amount_minor,
                                                    std::string_view currency);

/// How the API counts a currency: an amount is minor units of ISO 4217 times `multiplier`, divided
/// by `divisor`, and a whole number of `step`.
struct Counting {
  std::int64_t divisor = 1;
  std::int64_t multiplier = 1;
  std::int64_t step = 1;
};

/// Nothing when the API does not have the currency, or it is not clear how it counts it.
[[nodiscard]] std::optional<Counting> counting_of(std::string_view currency);

/// And back; `currency` in capitals.
[[nodiscard]] std::optional<std::int64_t> from_stripe(std::int64_t amount,
                                                      std::string_view currency);

}  // namespace tandem::payment::stripe
