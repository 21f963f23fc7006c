// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the routes of operators' endpoints take and answer.
//   POST /v1/staff/webhooks   HookEndpointBody -> HookMade

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/hook_audit.hpp"

namespace tandem::app {

struct HookEndpointBody {
  bool enabled = true;
  std::vector<std::string> events;
  std::optional<std::string> secret;  // one that the receiver has already
  std::string url;
};

struct HookChangeBody {
  bool enabled = true;
  std::vector<std::string> events;
  std::string url;
};

struct HookList {
  std::vector<HookShown> webhooks;
};

/// With the secret: in the answer that made it, and in no other.
struct HookMade {
  std::string secret;
  HookShown webhook;
};

struct HookReplayBody {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

struct DeadHook {
  std::int64_t at_ms = 0;
  std::int64_t attempts = 0;
  std::string error;
  std::int64_t n = 0;
  std::int64_t order_no = 0;
  std::int64_t ordering = 0;
  std::int64_t version = 0;
};

struct DeadHooks {
  std::vector<DeadHook> messages;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::HookEndpointBody> {
  using B = app::HookEndpointBody;
  static constexpr std::array list{optional<&B::enabled>("enabled"), optional<&B::events>("events"),
                                   sparse<&B::secret>("secret"), required<&B::url>("url")};
};
template <>
struct Fields<app::HookChangeBody> {
  using B = app::HookChangeBody;
  static constexpr std::array list{required<&B::enabled>("enabled"), required<&B::events>("events"),
                                   required<&B::url>("url")};
};
template <>
struct Fields<app::HookList> {
  static constexpr std::array list{required<&app::HookList::webhooks>("webhooks")};
};
template <>
struct Fields<app::HookMade> {
  static constexpr std::array list{required<&app::HookMade::secret>("secret"),
                                   required<&app::HookMade::webhook>("webhook")};
};
template <>
struct Fields<app::HookReplayBody> {
  static constexpr std::array list{required<&app::HookReplayBody::from_ms>("from_ms"),
                                   required<&app::HookReplayBody::to_ms>("to_ms")};
};
template <>
struct Fields<app::DeadHook> {
  using D = app::DeadHook;
  static constexpr std::array list{
      required<&D::at_ms>("at_ms"),       required<&D::attempts>("attempts"),
      required<&D::error>("error"),       required<&D::n>("n"),
      required<&D::order_no>("order_no"), required<&D::ordering>("ordering"),
      required<&D::version>("version")};
};
template <>
struct Fields<app::DeadHooks> {
  static constexpr std::array list{required<&app::DeadHooks::messages>("messages")};
};
}  // namespace tandem
