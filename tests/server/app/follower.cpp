// SPDX-License-Identifier: Apache-2.0
#include "follower.hpp"

#include <boost/asio/co_spawn.hpp>
#include <sstream>
#include <utility>

namespace tandem::app::test {
namespace {

/// One event as a client reads it; one without a name is a heartbeat.
Seen event_in(const std::string& text) {
  Seen seen;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("id: ")) seen.id = line.substr(4);
    if (line.starts_with("event: ")) seen.event = line.substr(7);
    if (line.starts_with("data: ")) seen.data = nlohmann::json::parse(line.substr(6));
  }
  return seen;
}

}  // namespace

Follower::Follower(const Application& app, const std::string& target, const std::string& bearer,
                   const std::string& last_id)
    : last_id_(last_id) {
  http::Request request{.target = target};
  request.headers.set("Authorization", "Bearer " + bearer);
  request.headers.set("Accept", "text/event-stream");
  if (!last_id.empty()) request.headers.set("Last-Event-ID", last_id);
  response_ = app.router().handle(std::move(request));
}

Follower::Follower(const Application& app, http::Request request) {
  request.headers.set("Accept", "text/event-stream");
  response_ = app.router().handle(std::move(request));
}

bool Follower::read() {
  std::optional<std::string> chunk;
  boost::asio::co_spawn(context_, response_.stream(),
                        [&](const std::exception_ptr& failed, std::optional<std::string> made) {
                          if (!failed) chunk = std::move(made);
                        });
  context_.restart();
  context_.run();
  if (!chunk) return false;
  while (!chunk->empty()) {
    const std::size_t end = chunk->find("\n\n") + 2;
    Seen seen = event_in(chunk->substr(0, end));
    chunk->erase(0, end);
    if (!seen.event.empty()) seen_.push_back(std::move(seen));
  }
  return true;
}

Seen Follower::next() {
  while (seen_.empty()) {
    if (!response_.stream || !read()) return {.event = "end"};
  }
  Seen seen = std::move(seen_.front());
  seen_.pop_front();
  last_id_ = seen.id;
  return seen;
}

}  // namespace tandem::app::test
