// SPDX-License-Identifier: Apache-2.0
// What every answer bears, who may read it from other pages, and what the log says of a request.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

std::string field(const Answer& answer, std::string_view name) {
  return std::string(answer.response.headers.get(name).value_or(""));
}

Options behind_proxy() {
  Options options;
  options.trusted_proxies = *http::networks(std::vector<std::string>{"127.0.0.1"});
  return options;
}

TEST(SiteHeaders, EveryAnswerForbidsWhatItDoesNotNeed) {
  const Shop shop;
  for (const char* target : {"/v1/rules", "/v1/nothing", "/healthz", "/pay/demo/x", "/v1/core"}) {
    const Answer answer = shop.get(target);
    EXPECT_EQ(field(answer, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(field(answer, "Referrer-Policy"), "same-origin") << target;
    EXPECT_NE(field(answer, "Content-Security-Policy").find("frame-ancestors 'none'"),
              std::string::npos)
        << target;
    EXPECT_NE(field(answer, "Content-Security-Policy").find("default-src 'none'"),
              std::string::npos)
        << target;
    EXPECT_EQ(field(answer, "Strict-Transport-Security"), "") << target;
    EXPECT_EQ(field(answer, "Access-Control-Allow-Origin"), "") << target;
  }
}

constexpr auto kBrowser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

Answer opened(const Shop& shop, const std::string& target, const std::string& accept) {
  http::Request request{.target = target};
  request.headers.set("Accept", accept);
  return shop.call(std::move(request));
}

TEST(UnknownAddress, OpenedByABrowserIsAPage) {
  Shop shop;
  const std::string key = shop.key("admin");
  for (const char* target :
       {"/no/such/page", "/v1/nothing", "/core/nothing", "/v1/unsubscribe/x"}) {
    const Answer page = opened(shop, target, kBrowser);
    EXPECT_EQ(page.status, 404) << target;
    EXPECT_EQ(field(page, "Content-Type"), "text/html; charset=utf-8") << target;
    EXPECT_EQ(field(page, "Vary"), "Accept") << target;
    EXPECT_NE(field(page, "Content-Security-Policy").find("style-src"), std::string::npos);
    const std::string text(page.response.content());
    EXPECT_NE(text.find("<h1>There is no such page</h1>"), std::string::npos) << text;
    EXPECT_NE(text.find("/pay/page.css"), std::string::npos) << text;
    EXPECT_EQ(text.find("such/page"), std::string::npos) << "nothing of the address comes back";
  }
  const std::string figures(shop.get("/metrics", key).response.content());
  EXPECT_NE(figures.find(R"(tandem_refusals_total{reason="route_unknown"} 4)"), std::string::npos)
      << "it is counted as ever";
}

TEST(UnknownAddress, StaysAProblemForPrograms) {
  const Shop shop;
  for (const char* accept : {"", "*/*", "application/json", "application/json, text/html;q=0"}) {
    const Answer answer = opened(shop, "/no/such/page", accept);
    EXPECT_EQ(answer.status, 404) << accept;
    EXPECT_EQ(field(answer, "Content-Type"), "application/problem+json") << accept;
    EXPECT_EQ(field(answer, "Vary"), "Accept") << accept;
    EXPECT_EQ(answer.reason(), "route_unknown") << accept;
  }
  // Only of addresses: what else is refused stays a problem, whoever asks.
  EXPECT_EQ(opened(shop, "/metrics", kBrowser).reason(), "unauthorized");
}

TEST(UnknownAddress, IsToldInTheShopsLanguage) {
  Options options;
  options.post.language = "fa";
  const Shop shop(options);
  const Answer page = opened(shop, "/no/such/page", kBrowser);
  EXPECT_NE(page.response.content().find("dir=\"rtl\""), std::string_view::npos);
}

TEST(SiteHeaders, BehindTlsBrowsersAreToldToStayThere) {
  const Shop shop(behind_proxy());
  http::Request request{.target = "/v1/rules", .remote_address = "127.0.0.1"};
  request.headers.set("X-Forwarded-Proto", "https");
  EXPECT_EQ(field(shop.call(request), "Strict-Transport-Security"), "max-age=31536000");
  request.remote_address = "192.0.2.1";
  EXPECT_EQ(field(shop.call(request), "Strict-Transport-Security"), "");
}

TEST(SiteHeaders, AnOrdersCookieIsSecuredByATrustedProxysWordOnly) {
  const Shop shop(behind_proxy());
  http::Request request{.method = http::Method::post, .target = "/v1/orders"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("X-Forwarded-Proto", "https");
  for (const char* peer : {"127.0.0.1", "192.0.2.1"}) {
    request.remote_address = peer;
    request.body = Json{{"order", random_hex(16)}, {"secret", random_hex(16)}}.dump();
    const bool secured = field(shop.call(request), "Set-Cookie").starts_with("__Host-");
    EXPECT_EQ(secured, std::string_view(peer) == "127.0.0.1");
  }
}

class Cors : public testing::Test {
 protected:
  static Options options() {
    Options options;
    options.allowed_origins = {"https://page.example"};
    return options;
  }
  Answer preflight(const std::string& origin, const std::string& method) {
    http::Request request{.method = http::Method::options, .target = "/v1/orders"};
    request.headers.set("Origin", origin);
    request.headers.set("Access-Control-Request-Method", method);
    request.headers.set("Access-Control-Request-Headers", "authorization, content-type");
    return shop_.call(request);
  }
  Answer get_from(const std::string& origin) {
    http::Request request{.target = "/v1/rules"};
    request.headers.set("Origin", origin);
    return shop_.call(request);
  }
  Shop shop_{options()};
};

TEST_F(Cors, APreflightAllowsWhatTheApiNeeds) {
  const Answer answer = preflight("https://page.example", "POST");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(field(answer, "Access-Control-Allow-Origin"), "https://page.example");
  EXPECT_EQ(field(answer, "Access-Control-Allow-Methods"), "GET, POST, PUT, DELETE");
  const std::string headers = field(answer, "Access-Control-Allow-Headers");
  for (const char* name : {"Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID",
                           "Tandem-Other-Secret"}) {
    EXPECT_NE(headers.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(headers.find("X-CSRF-Token"), std::string::npos);  // sessions stay at home
  EXPECT_EQ(field(answer, "Vary"), "Origin");
}

TEST_F(Cors, OtherOriginsGetNothing) {
  for (const std::string origin : {"https://evil.example", "null", "https://page.example.evil",
                                   "http://page.example", "https://page.example:444"}) {
    const Answer refused = preflight(origin, "POST");
    EXPECT_EQ(refused.reason(), "origin_forbidden") << origin;
    EXPECT_EQ(field(refused, "Access-Control-Allow-Origin"), "") << origin;
    const Answer read = get_from(origin);
    EXPECT_EQ(field(read, "Access-Control-Allow-Origin"), "") << origin;
    EXPECT_EQ(field(read, "Vary"), "Origin") << origin;
  }
}

TEST_F(Cors, NoOriginMayUseCookies) {
  const Answer read = get_from("https://page.example");
  EXPECT_EQ(field(read, "Access-Control-Allow-Origin"), "https://page.example");
  EXPECT_EQ(field(read, "Access-Control-Allow-Credentials"), "");
  EXPECT_EQ(field(preflight("https://page.example", "POST"), "Access-Control-Allow-Credentials"),
            "");
}

TEST(RequestId, IsMadeAndTakenFromTrustedProxiesOnly) {
  const Shop shop(behind_proxy());
  const auto id = [&](const char* peer, const std::string& given) {
    http::Request request{.target = "/healthz", .remote_address = peer};
    if (!given.empty()) request.headers.set("X-Request-Id", given);
    return field(shop.call(request), "X-Request-Id");
  };
  const std::string made = id("192.0.2.1", "");
  EXPECT_TRUE(is_hex(made, 16)) << made;
  EXPECT_NE(id("192.0.2.1", ""), made);
  EXPECT_EQ(id("127.0.0.1", "edge-7.a_B"), "edge-7.a_B");
  EXPECT_NE(id("192.0.2.1", "edge-7"), "edge-7");
  for (const std::string& odd : {std::string("a b"), std::string("a\"b"), std::string(65, 'x'),
                                 std::string("a\nb"), std::string("چای")}) {
    EXPECT_TRUE(is_hex(id("127.0.0.1", odd), 16)) << odd;
  }
}

TEST(RequestLog, NamesThePatternAndNobody) {
  std::vector<std::pair<bool, std::string>> lines;
  Options options;
  options.log_request = [&](bool failed, const std::string& line) {
    lines.emplace_back(failed, line);
  };
  Shop shop(options);
  shop.come_from("198.51.100.7");
  const std::string order = random_hex(16);
  const Answer answer = shop.get("/v1/orders/" + order + "?email=ann@example.com", "a-secret");
  ASSERT_EQ(lines.size(), 1U);
  const Json line = Json::parse(lines[0].second);
  EXPECT_FALSE(lines[0].first);
  EXPECT_EQ(line.at("request"), field(answer, "X-Request-Id"));
  EXPECT_EQ(line.at("method"), "GET");
  EXPECT_EQ(line.at("route"), "/v1/orders/{id}");
  EXPECT_EQ(line.at("status"), 404);
  EXPECT_EQ(line.at("reason"), "order_unknown");
  EXPECT_GE(line.at("took_us"), 0);
  for (const std::string& personal :
       {order, std::string("198.51"), std::string("ann"), std::string("a-secret")}) {
    EXPECT_EQ(lines[0].second.find(personal), std::string::npos) << personal;
  }
  (void)shop.get("/no/such/" + order);
  EXPECT_EQ(Json::parse(lines.at(1).second).at("route"), "none");
}

}  // namespace
}  // namespace tandem::app::test
