// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads a command that a client decides by itself. The server reads the others; no client needs to
// understand what staff, providers or the scheduler send.
//
//   decode_local(value)   // {"type":"confirm_order"}: command_unknown

#include "tandem/base/result.hpp"
#include "tandem/order/command.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::sync {

/// Refuses, in this order: command_unknown (subject: its type), then what wire::read refuses.
[[nodiscard]] Result<LocalCommand> decode_local(const wire::Value& value);

}  // namespace tandem::sync
