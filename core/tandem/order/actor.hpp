// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who sends a command. The class decides which commands may be sent at all; a staff role narrows
// it further (`admin` may send every staff command). See command_table() for the rows.
//   Actor{.kind = ActorClass::staff, .role = StaffRole::sales}

#include <cstdint>
#include <optional>
#include <string>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

TANDEM_ENUM(ActorClass, customer, staff, provider, system)
TANDEM_ENUM(StaffRole, sales, warehouse, accounting, admin)

struct Actor {
  ActorClass kind = ActorClass::customer;
  std::optional<std::string> id;           // customer or staff user
  std::optional<ProviderId> provider;      // of class provider
  std::optional<StaffRole> role;           // of class staff

  friend bool operator==(const Actor&, const Actor&) = default;
};

template <>
struct Fields<Actor> {
  static constexpr std::array list{required<&Actor::kind>("class"), sparse<&Actor::id>("id"),
                                   sparse<&Actor::provider>("provider"),
                                   sparse<&Actor::role>("role")};
};

}  // namespace tandem
