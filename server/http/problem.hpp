// SPDX-License-Identifier: Apache-2.0
#pragma once
// Refusals on the wire: RFC 9457 problem documents, made from the one list of reasons. Keys are
// sorted by bytes, as in all canonical JSON here, and `reason` is what programs look at.
//
//   problem(rejection(Reason::out_of_stock, "TEA-100")) is 409 with
//   {"reason":"out_of_stock","status":409,"subject":"TEA-100","title":"Nothing is left
//   …","type":"…"}

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "http/response.hpp"
#include "tandem/base/result.hpp"

namespace tandem::http {

inline constexpr std::string_view kProblemType = "application/problem+json";

/// A further member of a problem document; `json` is JSON already.
struct ProblemMember {
  std::string key;
  std::string json;
};

struct ProblemDetails {
  std::string detail = {};               // one sentence about this occurrence
  std::chrono::seconds retry_after{1};   // said only where the reason asks to wait
  std::vector<ProblemMember> members = {};  // such as the new quote of `quote_changed`
};

/// The problem document of a refusal. Carries Retry-After when waiting is the remedy: rate limits,
/// a busy or stopping server, a request with the same idempotency key still running.
[[nodiscard]] Response problem(const Rejection& rejection, const ProblemDetails& details);
[[nodiscard]] Response problem(const Rejection& rejection);

}  // namespace tandem::http
