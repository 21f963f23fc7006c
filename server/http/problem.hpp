// SPDX-License-Identifier: Apache-2.0
#pragma once
// Refusals as responses: the core's problem document (RFC 9457) with the status that the one list
// of reasons gives it.
//
//   problem(rejection(Reason::out_of_stock, "TEA-100")) is 409 with
//   {"limit":null,"reason":"out_of_stock","status":409,"subject":"TEA-100","title":"…","type":"…"}

#include <string_view>

#include "http/response.hpp"
#include "tandem/base/result.hpp"

namespace tandem::http {

inline constexpr std::string_view kProblemType = "application/problem+json";

/// The problem document of a refusal. Carries Retry-After when waiting is the remedy: rate limits,
/// a busy or stopping server, a request with the same idempotency key still running.
[[nodiscard]] Response problem(Rejection rejection);

}  // namespace tandem::http
