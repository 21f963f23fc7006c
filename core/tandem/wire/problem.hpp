// SPDX-License-Identifier: Apache-2.0
#pragma once
// A refusal as a problem document (RFC 9457): what verbs and the server answer with.
//
//   {"limit":null,"reason":"field_missing","status":400,"subject":"/rules",
//    "title":"A required key is missing.","type":"about:blank#field_missing", …}

#include <string>

#include "tandem/base/result.hpp"

namespace tandem::wire {

/// Canonical bytes; `also` and `changes` only when there are any.
[[nodiscard]] std::string problem_document(const Rejection& rejection);

}  // namespace tandem::wire
