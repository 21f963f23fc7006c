// SPDX-License-Identifier: Apache-2.0
#pragma once
// One entry of a script: a command, facts that change, or time that passes. Amounts and digests may
// be stand-ins ("due", "current", {"after": 7}), which are put in from the shop as it is then.
//
//   {"at_ms":0,"order":"o1","actor":{"class":"customer"},"command":{"type":"renew_hold"}}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/replay/shop.hpp"

namespace tandem::replay {

struct Entry {
  std::int64_t at_ms = 0;
  std::optional<std::string> order;  // of a command
  Actor actor;
  std::optional<CommandId> command_id;
  const wire::Value* command = nullptr;
  const wire::Value* set = nullptr;
};

/// Reads an entry's frame. Refuses as the decoder does; an entry is one of the three kinds.
[[nodiscard]] Result<Entry> read_entry(const wire::Value& value, const std::string& pointer);

/// The digests that customers were shown: after each entry, by order.
using ShownDigests = std::vector<std::map<std::string, std::string>>;

/// Reads an entry's command with its stand-ins put in. Refuses as the decoder does; a type that no
/// command has is command_unknown, with the type as subject.
[[nodiscard]] Result<Command> read_command(const Entry& entry, Shop& shop,
                                           const ShownDigests& shown, const std::string& pointer);

}  // namespace tandem::replay
