// SPDX-License-Identifier: Apache-2.0
#include "letterbox.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace tandem::app::test {

std::string base64url(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  out.pop_back();
  return out;
}

std::string site_token(const Json& claims, const std::string& secret, const Json& head) {
  const std::string text = base64url(head.dump()) + '.' + base64url(claims.dump());
  crypto_auth_hmacsha256_state state;
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  const auto bytes = [](const std::string& of) {
    return reinterpret_cast<const unsigned char*>(of.data());
  };
  crypto_auth_hmacsha256_init(&state, bytes(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes(text), text.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return text + '.' + base64url(mac);
}

Json site_claims(const std::string& subject, const std::string& email) {
  return {{"sub", subject},
          {"email", email},
          {"aud", "tandem"},
          {"iat", kStart / 1'000},
          {"exp", kStart / 1'000 + 600}};
}

http::Request Browser::request(http::Method method, const std::string& target,
                               const std::string& body) const {
  http::Request request{.method = method, .target = target};
  request.headers.set("Host", "shop.example");
  std::string cookies;
  for (const auto& [name, value] : cookies_) {
    cookies += (cookies.empty() ? "" : "; ") + name + '=' + value;
  }
  if (!cookies.empty()) request.headers.set("Cookie", cookies);
  if (method == http::Method::get) return request;
  request.headers.set("Origin", "https://shop.example");
  if (!csrf.empty()) request.headers.set("X-CSRF-Token", csrf);
  if (!body.empty()) request.headers.set("Content-Type", "application/json");
  request.body = body;
  return request;
}

void Browser::keep(const Answer& answer) {
  const http::Headers& headers = answer.response.headers;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (headers[i].name != "Set-Cookie") continue;
    const std::string field(headers[i].value);
    const auto equals = field.find('=');
    const std::string name = field.substr(0, equals);
    const std::string value = field.substr(equals + 1, field.find(';') - equals - 1);
    cookies_[name] = value;
    if (value.empty()) cookies_.erase(name);
  }
}

void Browser::keep_session(const Answer& answer) {
  keep(answer);
  if (!answer.body.is_object() || !answer.body.contains("csrf_token")) return;
  csrf = answer.body.at("csrf_token");
  customer = answer.body.at("customer").at("id");
}

Answer Browser::identify(const std::string& token, const Json& more) {
  Json body = more;
  body["token"] = token;
  Answer answer = shop_.call(request(http::Method::post, "/v1/session/identify", body.dump()));
  keep_session(answer);
  return answer;
}

Answer Browser::get(const std::string& target) {
  Answer answer = shop_.call(request(http::Method::get, target));
  keep(answer);
  return answer;
}

Answer Browser::send(http::Method method, const std::string& target, const std::string& body) {
  Answer answer = shop_.call(request(method, target, body));
  keep(answer);
  return answer;
}

Answer Browser::press(const std::string& target) {
  http::Request pressing = request(http::Method::post, target);
  pressing.headers.remove("X-CSRF-Token");
  pressing.headers.set("Content-Type", "application/x-www-form-urlencoded");
  Answer answer = shop_.call(std::move(pressing));
  keep(answer);
  const Answer here = get("/v1/session");
  if (here.status == 200) keep_session(here);
  return answer;
}

}  // namespace tandem::app::test
