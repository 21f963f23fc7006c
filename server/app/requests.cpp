// SPDX-License-Identifier: Apache-2.0
#include "app/requests.hpp"

#include <algorithm>
#include <charconv>

#include "app/operations.hpp"
#include "tandem/order/access.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct CommandItem {
  Command command;
  CommandId command_id;
};

struct CommandsMessage {
  std::optional<std::int64_t> base_version;
  std::vector<CommandItem> commands;
  std::optional<std::string> core_version;
};

struct CommandMessage {
  Command command;
};

struct CreateMessage {
  std::optional<std::int64_t> base_version;
  std::optional<std::vector<CommandItem>> commands;
  std::optional<std::string> core_version;
  std::string order;
  std::string secret;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CommandItem> {
  static constexpr std::array list{required<&app::CommandItem::command>("command"),
                                   required<&app::CommandItem::command_id>("command_id")};
};
template <>
struct Fields<app::CommandsMessage> {
  static constexpr std::array list{optional<&app::CommandsMessage::base_version>("base_version"),
                                   required<&app::CommandsMessage::commands>("commands"),
                                   optional<&app::CommandsMessage::core_version>("core_version")};
};
template <>
struct Fields<app::CommandMessage> {
  static constexpr std::array list{required<&app::CommandMessage::command>("command")};
};
template <>
struct Fields<app::CreateMessage> {
  using M = app::CreateMessage;
  static constexpr std::array list{optional<&M::base_version>("base_version"),
                                   optional<&M::commands>("commands"),
                                   optional<&M::core_version>("core_version"),
                                   required<&M::order>("order"), required<&M::secret>("secret")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

constexpr wire::Limits kLimits{.bytes_max = 1U << 20U, .depth_max = 16};

std::string place_of(std::size_t index, std::string_view rest) {
  return "/commands/" + std::to_string(index) + std::string(rest);
}

bool may_send(const CommandRow& row, ActorClass sender) {
  return row.sender == sender || (sender == ActorClass::staff && row.customer_too);
}

/// Looks at a command's type before anything else of it is read, so that a command of another class
/// of actor is told apart from a misspelled one only by its absence.
Result<void> check_type(const wire::Value& item, ActorClass sender) {
  const wire::Value* command = item.find("command");
  const wire::Value* type = command == nullptr ? nullptr : command->find("type");
  if (type == nullptr || type->text() == nullptr) return {};
  const auto row = std::ranges::find(command_table(), *type->text(), &CommandRow::command);
  if (row == command_table().end() || !may_send(*row, sender)) {
    return reject(Reason::command_unknown, *type->text());
  }
  return {};
}

Result<void> check_types(const wire::Value& body, ActorClass sender) {
  const wire::Value* commands = body.find("commands");
  if (commands == nullptr || commands->list() == nullptr) return {};
  const wire::List& list = *commands->list();
  if (list.size() > kCommandsMax) {
    return reject(Reason::size_exceeded, "/commands", static_cast<std::int64_t>(kCommandsMax));
  }
  for (const wire::Value& item : list) {
    if (auto ok = check_type(item, sender); !ok) return ok;
  }
  return {};
}

Result<std::vector<Asked>> take(std::vector<CommandItem> items) {
  std::vector<Asked> commands;
  commands.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_hex(items[i].command_id.value, kIdDigits)) {
      return reject(Reason::value_unknown, place_of(i, "/command_id"));
    }
    const bool places = std::holds_alternative<PlaceOrder>(items[i].command);
    if (places && i + 1 < items.size()) {
      return reject(Reason::value_unknown, place_of(i, "/command/type"));
    }
    commands.push_back(asked(std::move(items[i].command), std::move(items[i].command_id)));
  }
  return commands;
}

Result<wire::Value> parse_body(std::string_view body, ActorClass sender) {
  auto value = wire::parse(body, kLimits);
  if (!value) return value;
  if (auto ok = check_types(*value, sender); !ok) return std::unexpected(std::move(ok.error()));
  return value;
}

Result<CommandsBody> body_of(std::optional<std::int64_t> base_version,
                             std::vector<CommandItem> items,
                             std::optional<std::string> core_version) {
  if (base_version.value_or(0) < 0) return reject(Reason::number_out_of_range, "/base_version");
  auto commands = take(std::move(items));
  if (!commands) return std::unexpected(std::move(commands.error()));
  return CommandsBody{.base_version = base_version.value_or(0),
                      .commands = *std::move(commands),
                      .core_version = std::move(core_version)};
}

}  // namespace

Result<CommandsBody> decode_commands(std::string_view body, ActorClass sender) {
  const auto value = parse_body(body, sender);
  if (!value) return std::unexpected(value.error());
  auto message = wire::decode<CommandsMessage>(*value);
  if (!message) return std::unexpected(std::move(message.error()));
  return body_of(message->base_version, std::move(message->commands),
                 std::move(message->core_version));
}

Result<CreateBody> decode_create(std::string_view body) {
  const auto value = parse_body(body, ActorClass::customer);
  if (!value) return std::unexpected(value.error());
  auto message = wire::decode<CreateMessage>(*value);
  if (!message) return std::unexpected(std::move(message.error()));
  if (!is_hex(message->order, kIdDigits)) return reject(Reason::value_unknown, "/order");
  if (!is_hex(message->secret, kIdDigits)) return reject(Reason::value_unknown, "/secret");
  CreateBody create{.order = std::move(message->order), .secret = std::move(message->secret)};
  if (!message->commands) return create;
  auto commands = body_of(message->base_version, *std::move(message->commands),
                          std::move(message->core_version));
  if (!commands) return std::unexpected(std::move(commands.error()));
  create.commands = *std::move(commands);
  return create;
}

Result<Command> decode_command(std::string_view body, ActorClass sender) {
  const auto value = wire::parse(body, kLimits);
  if (!value) return std::unexpected(value.error());
  if (auto ok = check_type(*value, sender); !ok) return std::unexpected(std::move(ok.error()));
  auto message = wire::decode<CommandMessage>(*value);
  if (!message) return std::unexpected(std::move(message.error()));
  return std::move(message->command);
}

Result<WebhookBody> decode_webhook(std::string_view text) {
  auto body =
      wire::decode<WebhookBody>(text, wire::Limits{.bytes_max = 64U << 10U, .depth_max = 4});
  if (!body) return body;
  const bool of_refund =
      body->event == ProviderEvent::refund_succeeded || body->event == ProviderEvent::refund_failed;
  if (of_refund && !body->refund) return reject(Reason::field_missing, "/refund");
  return body;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end.ec == std::errc{} && end.ptr == text.data() + text.size();
  return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

Message commands_message() { return {"Commands", &type_of<CommandsMessage>}; }

Message command_message() { return {"OneCommand", &type_of<CommandMessage>}; }

Message create_message() { return {"CreateOrder", &type_of<CreateMessage>}; }

}  // namespace tandem::app
