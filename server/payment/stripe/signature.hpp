// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Stripe-Signature header of a webhook: "t=<seconds>,v1=<hex>[,v1=…]", an HMAC-SHA256 over
// "<t>.<body>" under the endpoint's secret. While a secret is being rolled there are two, on either
// side; one that fits suffices.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tandem::payment::stripe {

inline constexpr std::int64_t kToleranceMs = 300'000;

/// Whether the body is the provider's and recent. Compares in constant time.
[[nodiscard]] bool verify(std::string_view header, std::string_view body,
                          std::span<const std::string> secrets, std::int64_t now_ms);

/// HMAC-SHA256 over "<seconds>.<body>", as hexadecimal digits.
[[nodiscard]] std::string signature(std::int64_t seconds, std::string_view body,
                                    std::string_view secret);

}  // namespace tandem::payment::stripe
