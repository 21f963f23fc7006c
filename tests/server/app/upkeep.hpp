// SPDX-License-Identifier: Apache-2.0
#pragma once
// Staff at the catalogue's routes: requests with a key and with what they saw.

#include <string>

#include "shop_fixture.hpp"

namespace tandem::app::test {

/// The entity tag of an answer, with its quotation marks.
inline std::string tag_of(const Answer& answer) {
  return std::string(answer.response.headers.get("ETag").value_or(""));
}

class Staff {
 public:
  explicit Staff(Shop& shop, const std::string& role = "admin")
      : shop_(shop), key_(shop.key(role)) {}

  [[nodiscard]] Answer get(const std::string& target) const { return shop_.get(target, key_); }
  Answer put(const std::string& target, const Json& body, const std::string& if_match = "") const {
    return send(http::Method::put, target, if_match, body.dump());
  }
  Answer post(const std::string& target, const Json& body, const std::string& if_match) const {
    return send(http::Method::post, target, if_match, body.dump());
  }
  Answer remove(const std::string& target, const std::string& if_match) const {
    return send(http::Method::remove, target, if_match, "");
  }

 private:
  [[nodiscard]] Answer send(http::Method method, const std::string& target,
                            const std::string& if_match, std::string body) const {
    http::Request request{.method = method, .target = target};
    request.headers.set("Authorization", "Bearer " + key_);
    if (!body.empty()) request.headers.set("Content-Type", "application/json");
    if (!if_match.empty()) request.headers.set("If-Match", if_match);
    request.body = std::move(body);
    return shop_.call(std::move(request));
  }

  Shop& shop_;
  const std::string key_;
};

}  // namespace tandem::app::test
