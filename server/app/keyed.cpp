// SPDX-License-Identifier: Apache-2.0
#include "app/keyed.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::app {
namespace {

constexpr std::string_view kField = "Idempotency-Key";
constexpr std::size_t kKeyBytesMax = 255;
constexpr std::chrono::milliseconds kAskAgain{50};

/// An answer as it is stored: its type on a line of its own, then its content.
store::Bytes stored(const http::Response& answer) {
  store::Bytes bytes(answer.headers.get("Content-Type").value_or(""));
  bytes += '\n';
  bytes += answer.content();
  return bytes;
}

http::Response from_stored(const store::IdempotencyRow& row) {
  std::string_view text = row.response;
  const std::string_view type = http::cut(text, '\n');
  http::Response answer;
  answer.status = static_cast<std::uint16_t>(row.status);
  answer.headers.add("Content-Type", std::string(type));
  answer.headers.add("Idempotency-Replayed", "true");
  answer.body = text;
  return answer;
}

bool in_flight(const commit::Outcome& outcome) {
  const Rejection* refusal = commit::rejection(outcome);
  return refusal != nullptr && refusal->reason == Reason::idempotency_key_in_flight;
}

}  // namespace

Result<std::optional<RequestKey>> key_of(const http::Request& request, std::string_view route,
                                         std::string_view principal) {
  const auto field = request.headers.get(kField);
  if (!field) return std::nullopt;
  std::string_view key = *field;
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') {
    key = key.substr(1, key.size() - 2);
  }
  const bool visible = std::ranges::all_of(key, [](char c) { return c > ' ' && c <= '~'; });
  if (key.empty() || key.size() > kKeyBytesMax || !visible) {
    return reject(Reason::value_unknown, std::string(kField));
  }
  const auto body = wire::parse(request.body, {.bytes_max = request.body.size()});
  if (!body) return std::unexpected(body.error());
  std::string canonical;
  wire::append_value(canonical, *body);
  RequestKey found;
  found.id = {.scope = std::string(principal) + ' ' + std::string(route), .key = std::string(key)};
  found.request = sha256(canonical);
  return found;
}

void KeyedJob::declare(commit::Needs& needs) {
  needs.idempotency(key_.id);
  job_->declare(needs);
}

void KeyedJob::declare_ledgers(const commit::WorkingSet& set, commit::Needs& needs) {
  job_->declare_ledgers(set, needs);
}

Result<void> KeyedJob::decide(commit::Scope& scope) {
  ran_ = false;
  if (const store::IdempotencyRow* row = scope.idempotency(key_.id)) {
    if (row->status == 0) return reject(Reason::idempotency_key_in_flight);
    if (row->request != key_.request) return reject(Reason::idempotency_key_reused);
    answer_ = from_stored(*row);
    return {};
  }
  auto done = job_->decide(scope);
  if (done) {
    answer_ = answering_();
  } else if (info(done.error().reason).http_status >= 500) {
    return done;
  } else {
    scope.start_over();
    answer_ = http::problem(done.error());
  }
  ran_ = done.has_value();
  if (answer_.status >= 500) return {};
  scope.put_idempotency({.id = key_.id,
                         .request = key_.request,
                         .status = answer_.status,
                         .response = stored(answer_),
                         .created_ms = scope.now_ms()});
  return {};
}

boost::asio::awaitable<commit::Outcome> run_keyed(Dispatcher& dispatcher,
                                                  std::chrono::milliseconds patience,
                                                  std::shared_ptr<KeyedJob> job,
                                                  std::shared_ptr<OrderJob> order, Reply reply) {
  const auto end = std::chrono::steady_clock::now() + patience;
  auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor);
  while (true) {
    commit::Outcome outcome = co_await dispatcher.run(job, order, reply);
    if (!in_flight(outcome) || std::chrono::steady_clock::now() >= end) co_return outcome;
    timer.expires_after(kAskAgain);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

}  // namespace tandem::app
