// SPDX-License-Identifier: Apache-2.0
#pragma once
// The messages that cross between the core and the outside, by name: what a schema of the whole
// begins with.
//
//   append_schema(out, sync::message_roots());

#include <span>

#include "tandem/fields/schema.hpp"

namespace tandem::sync {

[[nodiscard]] std::span<const SchemaRoot> message_roots();

}  // namespace tandem::sync
