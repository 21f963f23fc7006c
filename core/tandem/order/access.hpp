// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which actor may send which command: the one table behind decoding, refusals and documentation.
//
//   allows(row("confirm_order"), Actor{.kind = ActorClass::staff, .role = StaffRole::sales})

#include <optional>
#include <span>
#include <string_view>

#include "tandem/base/result.hpp"
#include "tandem/order/actor.hpp"
#include "tandem/order/command.hpp"

namespace tandem {

/// One command and who may send it. `role` is the staff role that may; admin always may.
struct CommandRow {
  std::string_view command;
  ActorClass sender;
  std::optional<StaffRole> role;   // staff who may send it
  bool customer_too = false;       // sales on the customer's behalf
};

/// All rows, in the order of `Command`.
[[nodiscard]] std::span<const CommandRow> command_table();

/// Whether the actor may send the command with this index in `Command`.
/// Refuses, in this order: command_unknown (not for this class of actor), role_forbids.
[[nodiscard]] Result<void> check_access(std::size_t command, const Actor& actor);

}  // namespace tandem
