// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which commands a build understands. A customer's browser has no use for staff's commands, and
// none of the provider's or the scheduler's ever come from outside.
//
//   decode_command(value, CommandSet::customer)   // {"type":"confirm_order"}: command_unknown

#include <cstdint>

#include "tandem/base/result.hpp"
#include "tandem/order/command.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::sync {

enum class CommandSet : std::uint8_t { customer, all };

/// Reads a command. Refuses, in this order: command_unknown (subject: its type), then what
/// wire::read refuses, with the JSON pointer of the place after `pointer`.
[[nodiscard]] Result<Command> decode_command(const wire::Value& value, CommandSet set,
                                             std::string_view pointer = {});

}  // namespace tandem::sync
