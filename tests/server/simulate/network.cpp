// SPDX-License-Identifier: Apache-2.0
#include "network.hpp"

#include <utility>

#include "shop.hpp"

namespace tandem::simulate {

http::Request get(std::string target, const std::string& bearer) {
  http::Request request{.target = std::move(target)};
  if (!bearer.empty()) request.headers.set("Authorization", "Bearer " + bearer);
  return request;
}

http::Request post(std::string target, std::string body, const std::string& bearer) {
  http::Request request = get(std::move(target), bearer);
  request.method = http::Method::post;
  request.headers.set("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

/// One message, one way.
void Network::carry(const std::string& what, std::function<void()> arrive) {
  Random& random = parts_.random;
  const auto latency = [&] {
    const bool late = random.chance(faults.late);
    return random.between(1, late ? faults.late_ms : faults.latency_ms);
  };
  if (random.chance(faults.lost)) return parts_.story.tell("network", "lost: " + what);
  if (random.chance(faults.doubled)) {
    parts_.story.tell("network", "doubled: " + what);
    parts_.timeline.after(latency(), arrive);
  }
  parts_.timeline.after(latency(), std::move(arrive));
}

void Network::note(const std::string& order, const http::Response& response) {
  if (order.empty()) return;
  const Json body = Json::parse(response.content(), nullptr, false);
  if (!body.is_object() || !body.contains("version") || !body.contains("stream_digest")) return;
  parts_.auditor.told(order, body.at("version").get<std::int64_t>(),
                      body.at("stream_digest").get<std::string>());
}

void Network::call(const std::string& who, const http::Request& request, const std::string& order,
                   Server::Answered answered) {
  const std::string what = who + "'s " + request.target;
  carry("request, " + what, [this, what, request, order, answered = std::move(answered)] {
    parts_.server.deliver(request, [this, what, order, answered](const http::Response& response) {
      note(order, response);
      carry("answer, " + what, [answered, response] { answered(response); });
    });
  });
}

}  // namespace tandem::simulate
