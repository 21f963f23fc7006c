// SPDX-License-Identifier: Apache-2.0
#pragma once
// An operator's own server, which is told of orders: it keeps what it gets and answers as it is
// bidden.
//
//   HookReceiver receiver;
//   receiver.answers = [](const Got&) { return HookReceiver::status(500); };

#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "http/listener.hpp"
#include "http/router.hpp"

namespace tandem::app::test {

struct Got {
  std::string id;
  std::string timestamp;
  std::string signature;
  std::string text;
  nlohmann::json body;
};

class HookReceiver {
 public:
  HookReceiver() {
    router_.route("/{path...}").post([this](const http::Request& request) {
      return take(request);
    });
    auto listener = http::Listener::start(router_, {.threads = 1});
    if (!listener) std::abort();
    listener_ = std::move(*listener);
  }
  HookReceiver(const HookReceiver&) = delete;
  HookReceiver& operator=(const HookReceiver&) = delete;
  ~HookReceiver() { listener_->stop(std::chrono::seconds(2)); }

  [[nodiscard]] std::string url(const std::string& host = "hooks.example") const {
    return "http://" + host + ':' + std::to_string(listener_->port()) + "/tandem";
  }
  [[nodiscard]] std::vector<Got> got() {
    const std::lock_guard lock(mutex_);
    return got_;
  }
  [[nodiscard]] static http::Response status(std::uint16_t status) {
    http::Response response;
    response.status = status;
    return response;
  }

  std::function<http::Response(const Got&)> answers;

 private:
  http::Response take(const http::Request& request) {
    const auto field = [&](const char* name) {
      return std::string(request.headers.get(name).value_or(""));
    };
    const Got got{.id = field("webhook-id"),
                  .timestamp = field("webhook-timestamp"),
                  .signature = field("webhook-signature"),
                  .text = request.body,
                  .body = nlohmann::json::parse(request.body)};
    {
      const std::lock_guard lock(mutex_);
      got_.push_back(got);
    }
    return answers ? answers(got) : status(204);
  }

  http::Router router_;
  std::mutex mutex_;
  std::vector<Got> got_;
  std::unique_ptr<http::Listener> listener_;
};

}  // namespace tandem::app::test
