// SPDX-License-Identifier: Apache-2.0
#include "tandem/replay/entry.hpp"

#include <algorithm>

#include "tandem/order/axes.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::replay {
namespace {

struct Frame {
  std::optional<Actor> actor;
  std::int64_t at_ms = 0;
  std::optional<CommandId> command_id;
  std::optional<std::string> order;
};

}  // namespace
}  // namespace tandem::replay

template <>
struct tandem::Fields<tandem::replay::Frame> {
  using F = tandem::replay::Frame;
  static constexpr std::array list{
      tandem::sparse<&F::actor>("actor"), tandem::required<&F::at_ms>("at_ms"),
      tandem::sparse<&F::command_id>("command_id"), tandem::sparse<&F::order>("order")};
};

namespace tandem::replay {
namespace {

wire::Value* find_member(wire::Value& object, std::string_view key) {
  return const_cast<wire::Value*>(std::as_const(object).find(key));
}

/// What nothing that was shown has: the digest of a page that never was.
std::string no_digest() { return std::string(64, '0'); }

/// The digest that a stand-in means; anything else is left to the decoder.
std::optional<std::string> digest_meant(const wire::Value& value, const Entry& entry, Shop& shop,
                                        const ShownDigests& shown) {
  if (value.text() != nullptr && *value.text() == "current") {
    const auto quote = shop.show(*entry.order, entry.at_ms);
    return quote ? quote->quote_digest : no_digest();
  }
  const wire::Value* after = value.find("after");
  if (after == nullptr || after->integer() == nullptr) return std::nullopt;
  const auto index = static_cast<std::size_t>(*after->integer());
  if (*after->integer() < 0 || index >= shown.size()) return std::nullopt;
  const auto digest = shown[index].find(*entry.order);
  return digest == shown[index].end() ? no_digest() : digest->second;
}

/// The amount that a stand-in means. An order that is not there has none; the command says so.
std::optional<std::int64_t> amount_meant(const wire::Value& value, const Entry& entry,
                                         const Shop& shop) {
  if (value.text() == nullptr) return std::nullopt;
  const auto order = shop.orders().find(*entry.order);
  const OrderMoney money =
      order == shop.orders().end() ? OrderMoney{} : money_of(order->second.order);
  if (*value.text() == "due") return money.due_minor();
  if (*value.text() == "owed") return money.owed_minor();
  if (*value.text() == "refundable") return money.refundable_minor;
  return std::nullopt;
}

void put_in_stand_ins(wire::Value& command, const Entry& entry, Shop& shop,
                      const ShownDigests& shown) {
  if (wire::Value* digest = find_member(command, "expected_digest")) {
    if (auto meant = digest_meant(*digest, entry, shop, shown)) digest->data = *std::move(meant);
  }
  if (wire::Value* amount = find_member(command, "amount_minor")) {
    if (const auto meant = amount_meant(*amount, entry, shop)) amount->data = *meant;
  }
}

}  // namespace

Result<Entry> read_entry(const wire::Value& value, const std::string& pointer) {
  if (value.object() == nullptr) return reject(Reason::type_mismatch, pointer);
  Entry entry;
  entry.command = value.find("command");
  entry.set = value.find("set");
  wire::Members rest = *value.object();
  std::erase_if(rest, [](const wire::Member& m) { return m.key == "command" || m.key == "set"; });
  auto frame = wire::decode<Frame>(wire::Value{std::move(rest)}, pointer);
  if (!frame) return std::unexpected(std::move(frame.error()));
  if (entry.command != nullptr && !frame->order) {
    return reject(Reason::field_missing, pointer + "/order");
  }
  if (entry.command != nullptr && !frame->actor) {
    return reject(Reason::field_missing, pointer + "/actor");
  }
  if (entry.command != nullptr && entry.set != nullptr) {
    return reject(Reason::field_unknown, pointer + "/set");
  }
  entry.at_ms = frame->at_ms;
  entry.order = std::move(frame->order);
  entry.actor = frame->actor.value_or(Actor{});
  entry.command_id = std::move(frame->command_id);
  return entry;
}

Result<Command> read_command(const Entry& entry, Shop& shop, const ShownDigests& shown,
                             const std::string& pointer) {
  wire::Value command = *entry.command;
  const wire::Value* type = command.find("type");
  if (type != nullptr && type->text() != nullptr) {
    const auto& names = OneOf<Command>::names;
    if (std::ranges::find(names, *type->text()) == names.end()) {
      return reject(Reason::command_unknown, *type->text());
    }
  }
  put_in_stand_ins(command, entry, shop, shown);
  return wire::decode<Command>(command, pointer + "/command");
}

}  // namespace tandem::replay
