// SPDX-License-Identifier: Apache-2.0
#include "fuzz/messages.hpp"

#include <algorithm>
#include <array>

#include "tandem/fields/writer.hpp"
#include "tandem/order/command.hpp"
#include "tandem/order/record.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/order/view.hpp"
#include "tandem/pricing/pricing.hpp"
#include "tandem/sync/messages.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::fuzz {
namespace {

template <class T>
std::string round_trip(const wire::Value& value) {
  const auto message = wire::decode<T>(value);
  if (!message) return {};
  const std::string written = canonical(*message);
  if (auto broken = check_canonical(written); !broken.empty()) return broken;
  const auto again = wire::decode<T>(written, {.depth_max = 64});
  if (!again) {
    return "cannot be read back, " + std::string(name(again.error().reason)) + " at " +
           again.error().subject + ": " + written;
  }
  const std::string twice = canonical(*again);
  return twice == written ? "" : "changes when read back: " + written + " to " + twice;
}

template <class T>
Message message(std::string_view name) {
  return {name, &type_of<T>(), &round_trip<T>};
}

const auto& messages() {
  static const std::array all{
      message<Actor>("actor"),
      message<Address>("address"),
      message<sync::Answer>("answer"),
      message<sync::Batch>("batch"),
      message<Cart>("cart"),
      message<Command>("command"),
      message<Event>("event"),
      message<std::vector<Event>>("events"),
      message<QuoteFacts>("facts"),
      message<QuoteInput>("input"),
      message<std::vector<Offer>>("offers"),
      message<Quote>("quote"),
      message<Record>("record"),
      message<Rules>("rules"),
      message<Settings>("settings"),
  };
  return all;
}

}  // namespace

const Message* message_named(std::string_view name) {
  const auto found = std::ranges::find(messages(), name, &Message::name);
  return found == messages().end() ? nullptr : &*found;
}

std::string check_canonical(std::string_view bytes) {
  const auto value = wire::parse(bytes, {.depth_max = 64});
  if (!value) {
    return "is no JSON of ours, " + std::string(name(value.error().reason)) + " at " +
           value.error().subject + ": " + std::string(bytes);
  }
  std::string written;
  wire::append_value(written, *value);
  return written == bytes ? "" : "is not canonical: " + std::string(bytes);
}

}  // namespace tandem::fuzz
