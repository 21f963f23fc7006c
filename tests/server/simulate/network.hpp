// SPDX-License-Identifier: Apache-2.0
#pragma once
// What lies between a client and the shop: requests and answers are lost, late, doubled, and
// overtake one another.

#include <functional>
#include <optional>
#include <string>

#include "auditor.hpp"
#include "server.hpp"

namespace tandem::simulate {

/// Percent of the messages, each way.
struct NetworkFaults {
  std::int64_t lost = 6;
  std::int64_t doubled = 5;
  std::int64_t late = 8;
  std::int64_t latency_ms = 120;    // of one that is not late
  std::int64_t late_ms = 45'000;
};

class Network {
 public:
  struct Parts {
    Timeline& timeline;
    Random& random;
    Story& story;
    Server& server;
    Auditor& auditor;
  };
  explicit Network(const Parts& parts) : parts_(parts) {}

  NetworkFaults faults;

  /// `answered` is called never, once or twice. What the answer says of the order is noted as told
  /// even if it is lost on its way.
  void call(const std::string& who, const http::Request& request, const std::string& order,
            Server::Answered answered);

 private:
  void carry(const std::string& what, std::function<void()> arrive);
  void note(const std::string& order, const http::Response& response);

  Parts parts_;
};

[[nodiscard]] http::Request get(std::string target, const std::string& bearer);
[[nodiscard]] http::Request post(std::string target, std::string body, const std::string& bearer);

}  // namespace tandem::simulate
