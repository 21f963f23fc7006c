// SPDX-License-Identifier: Apache-2.0
#pragma once
// Changes of staff name what they saw: nobody overwrites what another one did meanwhile.

#include <optional>
#include <string>
#include <string_view>

#include "http/request.hpp"
#include "tandem/base/result.hpp"

namespace tandem::app {

/// What a request says it saw.
struct Precondition {
  std::optional<std::string> if_match;
  bool if_none_match_any = false;  // If-None-Match: *
};

[[nodiscard]] Precondition precondition_of(const http::Request& request);

/// `tag` is the thing's entity tag without its quotation marks; none: it is not there. Refuses:
/// version_stale (it is another one, or not there, or there although it must not be),
/// precondition_required (it is there and the request does not say which one it saw).
[[nodiscard]] Result<void> check_precondition(const Precondition& precondition,
                                              const std::optional<std::string>& tag,
                                              const std::string& subject);

}  // namespace tandem::app
