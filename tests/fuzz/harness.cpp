// SPDX-License-Identifier: Apache-2.0
#include "fuzz/harness.hpp"

#include "fuzz/messages.hpp"
#include "fuzz/sums.hpp"
#include "tandem/order/event.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem::fuzz {
namespace {

/// Tries the messages of a document, outermost first.
std::string check_value(const wire::Value& value) {
  if (const auto* list = value.list()) {
    for (const wire::Value& element : *list) {
      if (auto broken = check_value(element); !broken.empty()) return broken;
    }
  } else if (const auto* members = value.object()) {
    for (const auto& [key, member] : *members) {
      if (const Message* message = message_named(key)) {
        if (auto broken = message->round_trip(member); !broken.empty()) return key + ' ' + broken;
      }
      if (auto broken = check_value(member); !broken.empty()) return broken;
    }
  }
  return {};
}

std::string check_problem(std::string_view bytes) {
  if (auto broken = check_canonical(bytes); !broken.empty()) return "a problem " + broken;
  const auto problem = wire::parse(bytes);
  return problem->find("reason") == nullptr ? "a problem without a reason" : "";
}

}  // namespace

std::string check_messages(std::string_view bytes) {
  const auto value = wire::parse(bytes);
  if (!value) return {};
  std::string written;
  wire::append_value(written, *value);
  if (auto broken = check_canonical(written); !broken.empty()) return broken;
  if (auto broken = message_named("input")->round_trip(*value); !broken.empty()) return broken;
  return check_value(*value);
}

std::string check_quote(std::string_view bytes) {
  int status = 0;
  const std::string answer = wire::quote_verb(bytes, status);
  if (status != 0) return check_problem(answer);
  if (auto broken = check_canonical(answer); !broken.empty()) return "the quote " + broken;
  const auto quote = wire::decode<Quote>(answer, {.depth_max = 64});
  if (!quote) return "the quote cannot be read";
  const auto input = wire::decode<QuoteInput>(bytes);
  if (auto broken = broken_sum(*quote, *input); !broken.empty()) return broken + ": " + answer;
  return {};
}

std::string check_replay(std::string_view bytes) {
  const VerbAnswer answer = replay_verb(bytes);
  if (answer.status != 0) return check_problem(answer.bytes);
  if (auto broken = check_canonical(answer.bytes); !broken.empty()) return "the answer " + broken;
  const auto value = wire::parse(answer.bytes, {.depth_max = 64});
  for (const wire::Value& step : *value->find("steps")->list()) {
    const wire::Value* events = step.find("events");
    if (events == nullptr || events->list() == nullptr) continue;
    if (!wire::decode<std::vector<Event>>(*events)) return "an event cannot be read back";
    if (auto broken = message_named("events")->round_trip(*events); !broken.empty()) return broken;
  }
  return {};
}

}  // namespace tandem::fuzz
