// SPDX-License-Identifier: Apache-2.0
#pragma once
// What this build understands: the one place where the customer's and staff's builds differ.

#include "tandem/sync/commands.hpp"

namespace tandem::web {

#ifdef TANDEM_STAFF_BUILD
inline constexpr auto kCommands = sync::CommandSet::all;
#else
inline constexpr auto kCommands = sync::CommandSet::customer;
#endif

}  // namespace tandem::web
