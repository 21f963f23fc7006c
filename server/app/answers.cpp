// SPDX-License-Identifier: Apache-2.0
#include "app/answers.hpp"

#include <algorithm>

#include "tandem/fields/writer.hpp"

namespace tandem::app {
namespace {

void append_nullable(std::string& out, const std::optional<std::int64_t>& value) {
  if (value) {
    append_integer(out, *value);
  } else {
    out += "null";
  }
}

/// Free text about a cancellation is written by staff for staff.
bool may_see(std::string_view part, Audience audience) {
  return audience == Audience::staff || part != "reason";
}

void append_event(std::string& out, const store::Event& event, std::span<const store::Part> parts,
                  Audience audience) {
  out += R"({"parts":[)";
  bool first = true;
  for (const store::Part& part : parts) {
    if (part.n != event.n || !may_see(part.name, audience)) continue;
    if (!first) out += ',';
    first = false;
    append_canonical(out, StoredPart{.bytes = part.bytes, .name = part.name, .salt = {part.salt}});
  }
  out += R"(],"record":)";
  out += event.bytes;
  out += '}';
}

void append_results(std::string& out, std::span<const CommandResult> results) {
  out += R"("results":[)";
  for (std::size_t i = 0; i < results.size(); ++i) {
    const CommandResult& result = results[i];
    if (i > 0) out += ',';
    out += result.rejected ? R"({"accepted":false,"command_id":)"
                           : R"({"accepted":true,"command_id":)";
    append_text(out, result.id ? result.id->value : std::string());
    if (result.rejected) {
      out += R"(,"rejected":)";
      out += rejected_json(*result.rejected);
    }
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string payment_json(const Order& order, std::int64_t order_no,
                         const payment::Providers& providers) {
  if (order.attempts.empty()) return "null";
  const Attempt& attempt = order.attempts.back();
  if (attempt.state != AttemptState::pending || attempt.superseded) return "null";
  const payment::Provider* provider = payment::find_provider(providers, attempt.provider.value);
  if (provider == nullptr) return "null";
  const auto page = provider->page({.id = payment::intent_id(order_no, attempt.number),
                                    .order_no = order_no,
                                    .attempt = attempt.number,
                                    .amount_minor = attempt.amount_minor,
                                    .currency = order.currency});
  if (!page) return "null";
  std::string out = R"({"attempt":)";
  append_integer(out, attempt.number);
  out += R"(,"redirect_url":)";
  append_text(out, *page);
  out += '}';
  return out;
}

std::string rejected_json(const Rejection& rejection) {
  std::string out = R"({"also":[)";
  for (const Fault& fault : rejection.also) {
    if (out.back() != '[') out += ',';
    out += R"({"limit":)";
    append_nullable(out, fault.limit);
    out += R"(,"subject":)";
    append_text(out, fault.subject);
    out += '}';
  }
  out += R"(],"changes":[)";
  for (const Change& change : rejection.changes) {
    if (out.back() != '[') out += ',';
    out += R"({"code":)";
    append_text(out, enum_name(change.code));
    out += R"(,"now":)";
    append_nullable(out, change.now);
    out += R"(,"subject":)";
    append_text(out, change.subject);
    out += R"(,"was":)";
    append_nullable(out, change.was);
    out += '}';
  }
  out += R"(],"limit":)";
  append_nullable(out, rejection.limit);
  out += R"(,"reason":)";
  append_text(out, name(rejection.reason));
  out += R"(,"subject":)";
  append_text(out, rejection.subject);
  out += '}';
  return out;
}

void append_events(std::string& out, std::span<const store::Event> events,
                   std::span<const store::Part> parts, Audience audience) {
  out += R"("events":[)";
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i > 0) out += ',';
    append_event(out, events[i], parts, audience);
  }
  out += ']';
}

std::string commands_json(const OrderAnswer& answer, const OrderAnswer* second,
                          const AnswerTexts& texts) {
  const OrderAnswer& last = second == nullptr ? answer : *second;
  std::vector<store::Event> events = answer.events;
  std::vector<store::Part> parts = answer.parts;
  if (second != nullptr) {
    std::ranges::copy(second->events, std::back_inserter(events));
    std::ranges::copy(second->parts, std::back_inserter(parts));
  }
  std::string out;
  out.reserve(8192);
  out += R"({"core_version":)";
  append_text(out, texts.core_version);
  out += ',';
  append_events(out, events, parts, texts.audience);
  out += R"(,"facts":)";
  append_canonical(out, last.facts);
  out += R"(,"offers":[)";
  for (std::size_t i = 0; i < answer.offers.size(); ++i) {
    if (i > 0) out += ',';
    out += answer.offers[i]->bytes;
  }
  out += R"(],"order_no":)";
  append_integer(out, answer.head.order_no);
  out += R"(,"payment":)";
  out += texts.payment;
  out += ',';
  append_results(out, answer.results);
  out += R"(,"rules_id":)";
  append_text(out, hex(last.rules_id));
  out += R"(,"server_time_ms":)";
  append_integer(out, last.now_ms);
  out += R"(,"stream_digest":)";
  append_text(out, hex(last.head.head));
  out += R"(,"version":)";
  append_integer(out, last.head.version);
  out += '}';
  return out;
}

}  // namespace tandem::app
