// SPDX-License-Identifier: Apache-2.0
#pragma once
// Bodies of requests, and numbers in their targets, decoded. Commands of providers and of the
// system have no decoder here: they arise from verified webhooks, the worker and the scheduler
// alone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/order_job.hpp"
#include "payment/word.hpp"
#include "tandem/order/actor.hpp"

namespace tandem::app {

inline constexpr std::size_t kCommandsMax = 100;
inline constexpr std::size_t kIdDigits = 32;  // 128 bits

/// POST …/commands.
struct CommandsBody {
  std::int64_t base_version = 0;
  std::vector<Asked> commands;
  std::optional<std::string> core_version;
};

/// POST /v1/orders. With commands the order is made and changed in one request.
struct CreateBody {
  std::string order;
  std::string secret;
  std::optional<CommandsBody> commands;
};

/// What the demo provider tells: the signed body of its webhook.
using WebhookBody = payment::Fact;
using payment::ProviderEvent;

/// Both refuse what decoding refuses, then: size_exceeded (too many commands), command_unknown (not
/// one that this class of actor may send), value_unknown (ids that are not 32 hexadecimal digits,
/// place_order that is not last).
[[nodiscard]] Result<CommandsBody> decode_commands(std::string_view body, ActorClass sender);
[[nodiscard]] Result<CreateBody> decode_create(std::string_view body);

/// The one command of `{"command": …}`. Refuses what decoding refuses, and command_unknown.
[[nodiscard]] Result<Command> decode_command(std::string_view body, ActorClass sender);

/// Refuses what decoding refuses, then field_missing (a refund's word without its number).
[[nodiscard]] Result<WebhookBody> decode_webhook(std::string_view body);

/// A number of digits alone; nothing when the text is not one.
[[nodiscard]] std::optional<std::int64_t> number(std::string_view text);

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<payment::Fact> {
  using B = payment::Fact;
  static constexpr std::array list{
      required<&B::amount_minor>("amount_minor"),
      required<&B::attempt>("attempt"),
      required<&B::currency>("currency"),
      required<&B::event>("event"),
      required<&B::intent>("intent"),
      sparse<&B::occurred_ms>("occurred_ms"),
      sparse<&B::reason>("reason"),
      required<&B::reference>("reference"),
      sparse<&B::refund>("refund"),
  };
};
}  // namespace tandem
