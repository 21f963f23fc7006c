// SPDX-License-Identifier: Apache-2.0
#pragma once
// Coming back from a payment page. The address carries a token that alone suffices to finish: the
// provider is asked how the payment stands and the order learns it, whichever browser comes back,
// however it asks, and whether a webhook came before, comes later or never. The token works once;
// whoever comes again is only shown the shop.
//
//   return_path(options, "17-1", now_ms) == "/pay/return/17-1-1767830400000-…"

#include <cstdint>
#include <string>
#include <string_view>

#include "app/services.hpp"

namespace tandem::app {

/// How long the way back is open: longer than any payment page is.
inline constexpr std::int64_t kReturnMs = std::int64_t{7} * 24 * 3'600'000;

/// Where a provider sends the customer of this intent back to.
[[nodiscard]] std::string return_path(const Options& options, std::string_view intent_id,
                                      std::int64_t now_ms);

}  // namespace tandem::app
