// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/commands.hpp"

#include <algorithm>

#include "tandem/order/access.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::sync {

Result<Command> decode_command(const wire::Value& value, CommandSet set, std::string_view pointer) {
  const wire::Value* type = value.find("type");
  if (type != nullptr && type->text() != nullptr) {
    const auto row = std::ranges::find(command_table(), *type->text(), &CommandRow::command);
    const bool known = row != command_table().end() &&
                       (set == CommandSet::all || row->sender == ActorClass::customer);
    if (!known) return reject(Reason::command_unknown, *type->text());
  }
  return wire::decode<Command>(value, pointer);
}

}  // namespace tandem::sync
