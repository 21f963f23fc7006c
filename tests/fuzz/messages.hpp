// SPDX-License-Identifier: Apache-2.0
#pragma once
// The messages that documents hold, by the name under which they stand in them.
//
//   message_named("rules")->type == &type_of<Rules>()

#include <string>
#include <string_view>

#include "tandem/fields/type.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::fuzz {

struct Message {
  std::string_view name;
  const Type* type;
  /// What is broken about reading and writing the value, if it can be read at all.
  std::string (*round_trip)(const wire::Value&);
};

/// The message of that name, else nullptr.
[[nodiscard]] const Message* message_named(std::string_view name);

/// Whether the bytes are what the parser's own writer makes of them.
[[nodiscard]] std::string check_canonical(std::string_view bytes);

}  // namespace tandem::fuzz
