// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/command.hpp"

namespace tandem {

Command::Command() = default;
Command::Command(const Command& other) = default;
Command::Command(Command&& other) noexcept = default;
Command& Command::operator=(const Command& other) = default;
Command& Command::operator=(Command&& other) noexcept = default;
Command::~Command() = default;

template <>
const Type& type_of<Command>() {
  static constexpr Type type = detail::make_type<Command>();
  return type;
}

}  // namespace tandem
