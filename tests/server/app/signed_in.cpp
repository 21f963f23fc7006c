// SPDX-License-Identifier: Apache-2.0
#include "signed_in.hpp"

#include <gtest/gtest.h>

namespace tandem::app::test {

Answer sign_in(const Shop& shop, const std::string& email, const std::string& password) {
  return shop.post("/v1/staff/session", Json{{"email", email}, {"password", password}}.dump());
}

SignedIn::SignedIn(const Shop& shop, const std::string& email) : shop_(shop) {
  const Answer answer = sign_in(shop, email, kPassword);
  EXPECT_EQ(answer.status, 200) << answer.body;
  csrf = answer.body.value("csrf_token", "");
  const std::string field(answer.response.headers.get("Set-Cookie").value_or(""));
  cookie = field.substr(0, field.find(';'));
}

http::Request SignedIn::request(http::Method method, const std::string& target,
                                const std::string& body) const {
  http::Request request{.method = method, .target = target};
  request.headers.set("Host", "shop.example");
  request.headers.set("Cookie", cookie);
  if (method == http::Method::get) return request;
  request.headers.set("Origin", "https://shop.example");
  request.headers.set("X-CSRF-Token", csrf);
  if (!body.empty()) request.headers.set("Content-Type", "application/json");
  request.body = body;
  return request;
}

Answer SignedIn::get(const std::string& target) const {
  return shop_.call(request(http::Method::get, target));
}

Answer SignedIn::post(const std::string& target, const std::string& body) const {
  return shop_.call(request(http::Method::post, target, body));
}

Answer SignedIn::sign_out() const {
  return shop_.call(request(http::Method::remove, "/v1/staff/session"));
}

}  // namespace tandem::app::test
