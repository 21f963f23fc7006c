// SPDX-License-Identifier: Apache-2.0
#include "network.hpp"

#include <cstdlib>
#include <string_view>
#include <utility>

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
  // The keys ascend, so both stand at the end: reading all of it would take most of the time.
  constexpr std::string_view kDigest = R"("stream_digest":")";
  constexpr std::string_view kVersion = R"("version":)";
  const std::string_view text = response.content();
  const auto digest = text.rfind(kDigest);
  const auto version = text.rfind(kVersion);
  if (digest == std::string_view::npos || version == std::string_view::npos) return;
  parts_.auditor.told(order, std::atoll(text.data() + version + kVersion.size()),
                      std::string(text.substr(digest + kDigest.size(), 64)));
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
