// SPDX-License-Identifier: Apache-2.0
#include "app/answers.hpp"

#include <algorithm>

#include "tandem/fields/writer.hpp"

namespace tandem::app {
namespace {

/// Free text is written by staff for staff.
bool may_see(std::string_view part, Audience audience) {
  return audience == Audience::staff || (part != "reason" && part != "note");
}

}  // namespace

void disclose(std::vector<Disclosed>& to, std::span<const store::Event> events,
              std::span<const store::Part> parts, Audience audience) {
  for (const store::Event& event : events) {
    Disclosed& disclosed = to.emplace_back();
    disclosed.record.bytes = event.bytes;
    for (const store::Part& part : parts) {
      if (part.n != event.n || !may_see(part.name, audience)) continue;
      disclosed.parts.push_back({.bytes = part.bytes, .name = part.name, .salt = {part.salt}});
    }
  }
}

std::optional<sync::PaymentStep> payment_step(const Order& order, std::int64_t order_no,
                                              const payment::Providers& providers) {
  if (order.attempts.empty()) return std::nullopt;
  const Attempt& attempt = order.attempts.back();
  if (attempt.state != AttemptState::pending || attempt.superseded) return std::nullopt;
  const payment::Provider* provider = payment::find_provider(providers, attempt.provider.value);
  if (provider == nullptr) return std::nullopt;
  auto page = provider->page({.id = payment::intent_id(order_no, attempt.number),
                              .order_no = order_no,
                              .attempt = attempt.number,
                              .amount_minor = attempt.amount_minor,
                              .currency = order.currency});
  if (!page) return std::nullopt;
  return sync::PaymentStep{.attempt = attempt.number, .redirect_url = *std::move(page)};
}

std::string commands_json(const OrderAnswer& answer, const OrderAnswer* second, AnswerFrame frame) {
  const OrderAnswer& last = second == nullptr ? answer : *second;
  sync::StoredAnswer message;
  message.core_version = std::move(frame.core_version);
  disclose(message.events, answer.events, answer.parts, frame.audience);
  if (second != nullptr) {
    disclose(message.events, second->events, second->parts, frame.audience);
  }
  message.facts = last.facts;
  for (const auto& offer : answer.offers) message.offers.push_back({offer->bytes});
  message.order_no = answer.head.order_no;
  message.payment = std::move(frame.payment);
  for (const CommandResult& result : answer.results) {
    message.results.push_back({.accepted = !result.rejected,
                               .command_id = result.id.value_or(CommandId{}),
                               .rejected = result.rejected});
  }
  message.rules_id = last.shop->rules_id;
  message.server_time_ms = last.now_ms;
  message.stream_digest = last.head.head;
  message.version = last.head.version;
  std::string out;
  out.reserve(8192);
  append_canonical(out, message);
  return out;
}

}  // namespace tandem::app
