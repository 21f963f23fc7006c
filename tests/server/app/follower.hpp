// SPDX-License-Identifier: Apache-2.0
#pragma once
// A client of an event stream: reads it as it comes, remembers the last id, and can be cut off.
//
//   Follower follower(app, "/v1/staff/events", key);
//   const Seen seen = follower.next();     // waits for the next event
//   Follower again(other, "/v1/staff/events", key, follower.last_id());

#include <boost/asio/io_context.hpp>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>

#include "app/application.hpp"

namespace tandem::app::test {

struct Seen {
  std::string id;
  std::string event;
  nlohmann::json data;
};

class Follower {
 public:
  Follower(const Application& app, const std::string& target, const std::string& bearer,
           const std::string& last_id = "");
  /// As whoever sends this request.
  Follower(const Application& app, http::Request request);

  /// The next event but heartbeats. An event named `end` when the stream has ended.
  [[nodiscard]] Seen next();
  [[nodiscard]] const std::string& last_id() const { return last_id_; }
  [[nodiscard]] const http::Response& response() const { return response_; }

 private:
  [[nodiscard]] bool read();

  boost::asio::io_context context_;  // outlives what the stream holds
  http::Response response_;
  std::deque<Seen> seen_;
  std::string last_id_;
};

}  // namespace tandem::app::test
