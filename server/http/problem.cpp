// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include <algorithm>
#include <string>

#include "http/text.hpp"
#include "tandem/wire/problem.hpp"

namespace tandem::http {
namespace {

bool asks_to_wait(const ReasonInfo& reason) {
  return reason.retry && (reason.http_status == 429 || reason.http_status == 503 ||
                          reason.reason == Reason::idempotency_key_in_flight);
}

/// A rate limit knows how long; the others pass soon.
std::string wait_of(const Rejection& rejection) {
  const bool knows = rejection.reason == Reason::rate_limited && rejection.limit;
  return std::to_string(knows ? std::max<std::int64_t>(1, *rejection.limit) : 1);
}

}  // namespace

Response problem(Rejection rejection) {
  // A subject may quote what a client sent before anything judged its bytes.
  rejection.subject = as_utf8(rejection.subject);
  const ReasonInfo& reason = info(rejection.reason);
  Response response;
  response.status = reason.http_status;
  response.refused = rejection.reason;
  response.body = wire::problem_document(rejection);
  response.headers.add("Content-Type", std::string(kProblemType));
  response.headers.add("Cache-Control", "no-store");
  if (asks_to_wait(reason)) response.headers.add("Retry-After", wait_of(rejection));
  return response;
}

}  // namespace tandem::http
