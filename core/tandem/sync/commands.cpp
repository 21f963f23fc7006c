// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/commands.hpp"

#include <algorithm>

#include "tandem/wire/decode.hpp"

namespace tandem::sync {

Result<LocalCommand> decode_local(const wire::Value& value) {
  const wire::Value* type = value.find(OneOf<LocalCommand>::discriminator);
  if (type != nullptr && type->text() != nullptr) {
    const auto& names = OneOf<LocalCommand>::names;
    const bool known = std::ranges::find(names, *type->text()) != names.end();
    if (!known) return reject(Reason::command_unknown, *type->text());
  }
  return wire::decode<LocalCommand>(value);
}

}  // namespace tandem::sync
