// SPDX-License-Identifier: Apache-2.0
#pragma once
// An operator's endpoint as it is shown, without its secrets, and the row of the audit that a
// change of it makes.

#include <cstdint>
#include <string>
#include <vector>

#include "store/catalog.hpp"
#include "store/hooks.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::app {

struct HookShown {
  std::int64_t created_ms = 0;
  bool enabled = true;
  std::vector<std::string> events;  // empty: all
  std::string id;
  std::string url;
  std::int64_t version = 0;
  std::string why;  // it was disabled by itself
};

[[nodiscard]] HookShown shown_hook(const store::HookEndpoint& endpoint);

/// Null: it was not there, or is no longer.
[[nodiscard]] store::AuditRow hook_audit(std::string actor, std::int64_t at_ms,
                                         const store::HookEndpoint* before,
                                         const store::HookEndpoint* after);

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::HookShown> {
  using S = app::HookShown;
  static constexpr std::array list{required<&S::created_ms>("created_ms"),
                                   required<&S::enabled>("enabled"),
                                   required<&S::events>("events"),
                                   required<&S::id>("id"),
                                   required<&S::url>("url"),
                                   required<&S::version>("version"),
                                   required<&S::why>("why")};
};
}  // namespace tandem
