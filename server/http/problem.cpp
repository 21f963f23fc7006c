// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include <algorithm>

#include "http/text.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::http {
namespace {

std::string text(std::string_view value) {
  std::string out;
  append_text(out, as_utf8(value));
  return out;
}

std::string integer(std::int64_t value) {
  std::string out;
  append_integer(out, value);
  return out;
}

bool asks_to_wait(const ReasonInfo& reason) {
  return reason.retry && (reason.http_status == 429 || reason.http_status == 503 ||
                          reason.reason == Reason::idempotency_key_in_flight);
}

// A value that may be absent, as JSON.
std::string nullable(const std::optional<std::int64_t>& value) {
  return value ? integer(*value) : "null";
}

std::string list(const std::vector<std::string>& elements) {
  std::string out = "[";
  for (const std::string& element : elements) {
    if (out.size() > 1) out += ',';
    out += element;
  }
  return out + ']';
}

std::string faults(const std::vector<Fault>& also) {
  std::vector<std::string> out;
  for (const Fault& fault : also) {
    out.push_back(R"({"limit":)" + nullable(fault.limit) + R"(,"subject":)" + text(fault.subject) +
                  '}');
  }
  return list(out);
}

std::string named_changes(const std::vector<Change>& changes) {
  std::vector<std::string> out;
  for (const Change& change : changes) {
    out.push_back(R"({"code":)" + text(enum_name(change.code)) + R"(,"now":)" +
                  nullable(change.now) + R"(,"subject":)" + text(change.subject) + R"(,"was":)" +
                  nullable(change.was) + '}');
  }
  return list(out);
}

std::string document(std::vector<ProblemMember> members) {
  std::ranges::sort(members, {}, &ProblemMember::key);
  std::string out = "{";
  for (const ProblemMember& member : members) {
    if (out.size() > 1) out += ',';
    append_text(out, member.key);
    out += ':';
    out += member.json;
  }
  out += '}';
  return out;
}

}  // namespace

Response problem(const Rejection& rejection) { return problem(rejection, ProblemDetails{}); }

Response problem(const Rejection& rejection, const ProblemDetails& details) {
  const ReasonInfo& reason = info(rejection.reason);
  std::vector<ProblemMember> members = details.members;
  members.push_back({"reason", text(reason.name)});
  members.push_back({"status", integer(reason.http_status)});
  members.push_back({"title", text(reason.sentence)});
  members.push_back({"type", text("urn:tandem:reason:" + std::string(reason.name))});
  if (!rejection.also.empty()) members.push_back({"also", faults(rejection.also)});
  if (!rejection.changes.empty()) members.push_back({"changes", named_changes(rejection.changes)});
  if (!details.detail.empty()) members.push_back({"detail", text(details.detail)});
  if (rejection.limit) members.push_back({"limit", integer(*rejection.limit)});
  if (!rejection.subject.empty()) members.push_back({"subject", text(rejection.subject)});

  Response response;
  response.status = reason.http_status;
  response.body = document(std::move(members));
  response.headers.add("Content-Type", std::string(kProblemType));
  response.headers.add("Cache-Control", "no-store");
  if (asks_to_wait(reason)) {
    response.headers.add("Retry-After", std::to_string(details.retry_after.count()));
  }
  return response;
}

}  // namespace tandem::http
