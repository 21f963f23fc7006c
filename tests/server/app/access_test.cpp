// SPDX-License-Identifier: Apache-2.0
// Sessions of staff: how they begin, whom they obey and when they end; and what a stranger learns.
#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "app/passwords.hpp"
#include "follower.hpp"
#include "signed_in.hpp"

namespace tandem::app::test {
namespace {

constexpr const char* kAnn = "ann@shop.example";
constexpr std::int64_t kMinute = 60'000;

/// A shop with somebody in sales and one order.
class AccessTest : public testing::Test {
 protected:
  AccessTest() : client_(opened(shop_)) {}
  static Shop& opened(Shop& shop) {
    shop.stock("TEA-100", 2000, 50);
    shop.user(kAnn, "sales");
    return shop;
  }
  [[nodiscard]] std::string target() const {
    return "/v1/staff/orders/" + client_.id + "/commands";
  }
  static std::string note() {
    return Json{{"base_version", 0},
                {"commands", {item({{"type", "add_note"}, {"text", "called"}})}}}
        .dump();
  }
  void change(const std::function<void(store::StaffUser&)>& act) {
    store::StaffUser user = **shop_.store().reads().staff_user(kAnn);
    act(user);
    store::Writes writes;
    writes.staff_users.push_back(user);
    shop_.write(writes);
  }

  Shop shop_;
  Client client_;
};

TEST_F(AccessTest, ASessionBeginsIsReadAndEnds) {
  const Answer began = sign_in(shop_, " Ann@Shop.EXAMPLE ", kPassword);
  ASSERT_EQ(began.status, 200);
  EXPECT_EQ(began.body.at("role"), "sales");
  EXPECT_EQ(began.body.at("email"), kAnn);
  EXPECT_EQ(began.body.at("ends_ms"), kStart + 60 * kMinute);
  const std::string cookie(began.response.headers.get("Set-Cookie").value());
  EXPECT_TRUE(cookie.starts_with("tandem_staff=")) << cookie;
  for (const char* part : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age=43200"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  }
  const SignedIn ann(shop_, kAnn);
  const Answer here = ann.get("/v1/staff/session");
  EXPECT_EQ(here.status, 200);
  EXPECT_EQ(here.body.at("csrf_token"), ann.csrf);
  EXPECT_EQ(here.response.headers.get("Cache-Control"), "no-store");
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 200);
  const Answer done = ann.sign_out();
  EXPECT_EQ(done.status, 204);
  EXPECT_NE(done.response.headers.get("Set-Cookie")->find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(ann.get("/v1/staff/session").status, 401);
  EXPECT_EQ(ann.post(target(), note()).status, 401);
}

TEST_F(AccessTest, OverTlsTheCookieIsTheHostsOwn) {
  Options options;
  options.trusted_proxies = *http::networks(std::vector<std::string>{"127.0.0.1"});
  Shop shop(options);
  shop.user(kAnn, "sales");
  http::Request request{.method = http::Method::post, .target = "/v1/staff/session"};
  request.remote_address = "127.0.0.1";
  request.headers.set("X-Forwarded-Proto", "https");
  request.headers.set("Content-Type", "application/json");
  request.body = Json{{"email", kAnn}, {"password", kPassword}}.dump();
  const std::string cookie(shop.call(request).response.headers.get("Set-Cookie").value());
  EXPECT_TRUE(cookie.starts_with("__Host-tandem_staff=")) << cookie;
  EXPECT_NE(cookie.find("; Secure"), std::string::npos);
  request = {.target = "/v1/staff/session", .remote_address = "127.0.0.1"};
  request.headers.set("X-Forwarded-Proto", "https");
  request.headers.set("Cookie", cookie.substr(0, cookie.find(';')));
  EXPECT_EQ(shop.call(request).status, 200);
  // A neighbour's page could have set one without the prefix.
  request.headers.set("Cookie", cookie.substr(7, cookie.find(';') - 7));
  EXPECT_EQ(shop.call(request).status, 401);
}

TEST_F(AccessTest, WhateverIsWrongSignInSaysTheSame) {
  const Answer wrong = sign_in(shop_, kAnn, "not the password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.reason(), "unauthorized");
  EXPECT_FALSE(wrong.response.headers.contains("Set-Cookie"));
  const auto expect_same = [&](const std::string& email, const std::string& password) {
    const Answer answer = sign_in(shop_, email, password);
    EXPECT_EQ(answer.status, 401) << email;
    EXPECT_EQ(answer.response.body, wrong.response.body) << email;
  };
  expect_same("bob@shop.example", kPassword);
  expect_same("", "");
  expect_same(kAnn, std::string(3'000, 'x'));
  expect_same(kAnn, std::string(kPassword) + "x");
  change([](store::StaffUser& user) { user.disabled_ms = 1; });
  expect_same(kAnn, kPassword);
  // An unknown account is looked at for as long as a known one.
  EXPECT_TRUE(costs_as_today(nobodys_hash()));
  EXPECT_TRUE(costs_as_today((*shop_.store().reads().staff_user(kAnn))->password_hash));
}

TEST_F(AccessTest, PasswordsWaitForAWhileAndThenAreTurnedAway) {
  std::promise<void> open;
  const std::shared_future<void> gate = open.get_future().share();
  Calls& passwords = shop_.app().services().passwords;
  std::latch running(2);
  const auto look = [gate, &running] {
    running.count_down();
    gate.wait();
  };
  EXPECT_TRUE(passwords.submit({}, look));
  EXPECT_TRUE(passwords.submit({}, look));
  running.wait();
  bool has_room = true;
  while (has_room) has_room = passwords.submit({}, [gate] { gate.wait(); });
  const Answer busy = sign_in(shop_, kAnn, kPassword);
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.reason(), "overloaded");
  EXPECT_EQ(busy.response.headers.get("Retry-After"), "1");
  EXPECT_EQ(shop_.get("/v1/rules").status, 200);  // others do not wait
  open.set_value();
  passwords.wait_idle();
  EXPECT_EQ(sign_in(shop_, kAnn, kPassword).status, 200);
}

TEST_F(AccessTest, OtherPagesSignNobodyIn) {
  http::Request request{.method = http::Method::post, .target = "/v1/staff/session"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Host", "shop.example");
  request.headers.set("Origin", "https://evil.example");
  request.body = Json{{"email", kAnn}, {"password", kPassword}}.dump();
  EXPECT_EQ(shop_.call(request).reason(), "origin_forbidden");
  request.headers.set("Origin", "https://shop.example");
  EXPECT_EQ(shop_.call(request).status, 200);
}

TEST_F(AccessTest, AChangeNeedsTheSessionsTokenAndItsOwnPage) {
  shop_.user("bob@shop.example", "admin");
  const SignedIn ann(shop_, kAnn);
  const SignedIn again(shop_, kAnn);
  const SignedIn bob(shop_, "bob@shop.example");
  const auto spoiled = [&](auto spoil) {
    http::Request request = ann.request(http::Method::post, target(), note());
    spoil(request.headers);
    const Answer answer = shop_.call(request);
    EXPECT_EQ(answer.status, 403);
    return answer.reason();
  };
  using H = http::Headers;
  EXPECT_EQ(spoiled([](H& h) { h.remove("X-CSRF-Token"); }), "csrf_token_invalid");
  EXPECT_EQ(spoiled([](H& h) { h.set("X-CSRF-Token", ""); }), "csrf_token_invalid");
  EXPECT_EQ(spoiled([](H& h) { h.set("X-CSRF-Token", std::string(64, '0')); }),
            "csrf_token_invalid");
  EXPECT_EQ(spoiled([&](H& h) { h.set("X-CSRF-Token", bob.csrf); }), "csrf_token_invalid");
  EXPECT_EQ(spoiled([&](H& h) { h.set("X-CSRF-Token", again.csrf); }), "csrf_token_invalid");
  EXPECT_EQ(spoiled([](H& h) { h.set("Origin", "https://evil.example"); }), "origin_forbidden");
  EXPECT_EQ(spoiled([](H& h) { h.set("Origin", "null"); }), "origin_forbidden");
  EXPECT_EQ(spoiled([](H& h) { h.remove("Origin"); }), "origin_forbidden");
  EXPECT_EQ(ann.post(target(), note()).status, 200);
  // Nothing was done before, and what was done is told under the user's id.
  const Json events = ann.get("/v1/staff/orders/" + client_.id + "/events").body.at("events");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.at(0).at("record").at("actor").at("id"), "u-ann");
  EXPECT_EQ(events.at(0).at("record").at("actor").at("role"), "sales");
}

TEST_F(AccessTest, AllowedOriginsMayNotUseASession) {
  Options options;
  options.allowed_origins = {"https://other.example"};
  Shop shop(options);
  shop.user(kAnn, "sales");
  const SignedIn ann(shop, kAnn);
  http::Request request = ann.request(http::Method::remove, "/v1/staff/session");
  request.headers.set("Origin", "https://other.example");
  EXPECT_EQ(shop.call(request).reason(), "origin_forbidden");
}

TEST_F(AccessTest, EveryChangingRouteOfStaffAsksForTheToken) {
  const SignedIn ann(shop_, kAnn);
  for (const std::string& route : {target(), std::string("/v1/staff/stock")}) {
    http::Request request = ann.request(http::Method::post, route, "{}");
    request.headers.remove("X-CSRF-Token");
    EXPECT_EQ(shop_.call(request).reason(), "csrf_token_invalid") << route;
  }
  http::Request out = ann.request(http::Method::remove, "/v1/staff/session");
  out.headers.remove("X-CSRF-Token");
  EXPECT_EQ(shop_.call(out).reason(), "csrf_token_invalid");
}

TEST_F(AccessTest, ASessionThatIsNotUsedEnds) {
  const SignedIn ann(shop_, kAnn);
  shop_.pass(59 * kMinute);
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 200);  // and is renewed
  EXPECT_EQ(ann.post(target(), note()).status, 200);   // whose commit comes after the renewal's
  shop_.pass(59 * kMinute);
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 200);
  EXPECT_EQ(ann.post(target(), note()).status, 200);
  shop_.pass(60 * kMinute);
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 401);
  EXPECT_EQ(ann.get("/v1/staff/session").status, 401);
}

TEST_F(AccessTest, EverySessionEndsAtLast) {
  const SignedIn ann(shop_, kAnn);
  for (int i = 0; i < 23; ++i) {
    shop_.pass(30 * kMinute);
    EXPECT_EQ(ann.post(target(), note()).status, 200) << i;
    EXPECT_EQ(ann.post(target(), note()).status, 200) << i;
  }
  EXPECT_EQ(ann.get("/v1/staff/session").body.at("ends_ms"), kStart + 12 * 60 * kMinute);
  shop_.pass(30 * kMinute);
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 401);
}

TEST_F(AccessTest, ADisabledUserIsOutAtOnceAndStaysOut) {
  const SignedIn ann(shop_, kAnn);
  change([](store::StaffUser& user) { user.disabled_ms = kStart; });
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 401);
  EXPECT_EQ(ann.post(target(), note()).status, 401);
  change([](store::StaffUser& user) {
    user.disabled_ms.reset();
    ++user.generation;
  });
  EXPECT_EQ(ann.get("/v1/staff/orders").status, 401);  // the old session does not come back
  const SignedIn anew(shop_, kAnn);
  EXPECT_EQ(anew.get("/v1/staff/orders").status, 200);
}

TEST_F(AccessTest, StreamsEndWithTheSessionThatOpenedThem) {
  const SignedIn ann(shop_, kAnn);
  const std::string of_order = "/v1/staff/orders/" + client_.id + "/events";
  Follower all(shop_.app(), ann.request(http::Method::get, "/v1/staff/events"));
  Follower one(shop_.app(), ann.request(http::Method::get, of_order));
  EXPECT_EQ(all.next().event, "position");
  client_.send({add("TEA-100", 1)});
  EXPECT_EQ(all.next().event, "order");
  EXPECT_EQ(one.next().event, "order");
  change([](store::StaffUser& user) { user.disabled_ms = kStart; });
  client_.send({add("TEA-100", 1)});
  EXPECT_EQ(all.next().event, "end");
  EXPECT_EQ(one.next().event, "end");
}

TEST_F(AccessTest, AStreamKeepsNoSessionAliveAndIsCutOffWhenItIsOver) {
  constexpr std::int64_t kMinuteMs = 60'000;
  const SignedIn ann(shop_, kAnn);
  Follower all(shop_.app(), ann.request(http::Method::get, "/v1/staff/events"));
  EXPECT_EQ(all.next().event, "position");
  shop_.pass(40 * kMinuteMs);
  client_.send({add("TEA-100", 1)});
  EXPECT_EQ(all.next().event, "order");
  shop_.pass(40 * kMinuteMs);
  client_.send({add("TEA-100", 1)});
  EXPECT_EQ(all.next().event, "end");
}

TEST_F(AccessTest, SigningOutEndsAStreamThatWaits) {
  const SignedIn ann(shop_, kAnn);
  Follower all(shop_.app(), ann.request(http::Method::get, "/v1/staff/events"));
  EXPECT_EQ(all.next().event, "position");
  EXPECT_EQ(ann.sign_out().status, 204);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(all.next().event, "end");
  // Sooner than the heartbeat, at which it would be found out in any case.
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

TEST_F(AccessTest, ANewRoleHoldsAtOnce) {
  const SignedIn ann(shop_, kAnn);
  change([](store::StaffUser& user) { user.role = "warehouse"; });
  EXPECT_EQ(ann.post(target(), note()).body.at("results").at(0).at("rejected").at("reason"),
            "role_forbids");
}

TEST_F(AccessTest, SigningInAgainEndsTheSessionBefore) {
  const SignedIn ann(shop_, kAnn);
  http::Request request = ann.request(http::Method::post, "/v1/staff/session",
                                      Json{{"email", kAnn}, {"password", kPassword}}.dump());
  EXPECT_EQ(shop_.call(request).status, 200);
  EXPECT_EQ(ann.get("/v1/staff/session").status, 401);
}

TEST_F(AccessTest, SessionsSurviveARestartAndCookiesThatAreNoneAreNothing) {
  const SignedIn ann(shop_, kAnn);
  shop_.restart();
  EXPECT_EQ(ann.get("/v1/staff/session").status, 200);
  EXPECT_EQ(ann.post(target(), note()).status, 200);
  for (const std::string& cookie :
       {std::string("tandem_staff="), "tandem_staff=" + random_hex(32),
        std::string("tandem_staff=' OR 1=1"), "Xtandem_staff=" + ann.cookie.substr(13)}) {
    http::Request request{.target = "/v1/staff/session"};
    request.headers.set("Cookie", cookie);
    EXPECT_EQ(shop_.call(request).status, 401) << cookie;
  }
}

TEST_F(AccessTest, AKeyGoesBeforeASession) {
  const SignedIn ann(shop_, kAnn);
  http::Request request = ann.request(http::Method::get, "/v1/staff/orders");
  request.headers.set("Authorization", "Bearer tk_wrong");
  EXPECT_EQ(shop_.call(request).status, 401);
  request.headers.set("Authorization", "Basic YTpi");
  EXPECT_EQ(shop_.call(request).status, 401);
}

TEST_F(AccessTest, AKeyOfOneUserIsNotAnothers) {
  shop_.user("bob@shop.example", "admin");
  shop_.user("eve@shop.example", "admin");
  const SignedIn bob(shop_, "bob@shop.example");
  const SignedIn eve(shop_, "eve@shop.example");
  const auto adjust = [&](const SignedIn& who, std::int64_t on_hand) {
    http::Request request = who.request(http::Method::post, "/v1/staff/stock",
                                        Json{{"sku", "TEA-100"}, {"on_hand", on_hand}}.dump());
    request.headers.set("Idempotency-Key", "one");
    return shop_.call(request);
  };
  EXPECT_EQ(adjust(bob, 40).status, 200);
  EXPECT_EQ(adjust(eve, 30).status, 200);
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 30);
  EXPECT_EQ(adjust(bob, 40).response.headers.get("Idempotency-Replayed"), "true");
}

TEST_F(AccessTest, AStrangerLearnsNothingFromIds) {
  client_.send({add("TEA-100", 1)});
  const Client other(shop_);
  const std::string unknown = random_hex(16);
  const std::string body =
      Json{{"base_version", 0}, {"commands", {item(add("TEA-100", 1))}}}.dump();
  for (const std::string tail : {"", "/events", "/possible", "/receipt"}) {
    const Answer foreign = shop_.get("/v1/orders/" + client_.id + tail, other.secret);
    const Answer none = shop_.get("/v1/orders/" + unknown + tail, other.secret);
    EXPECT_EQ(foreign.status, 404) << tail;
    EXPECT_EQ(foreign.response.body, none.response.body) << tail;
    EXPECT_EQ(foreign.response.headers.size(), none.response.headers.size()) << tail;
  }
  const Answer foreign = shop_.post("/v1/orders/" + client_.id + "/commands", body, other.secret);
  const Answer none = shop_.post("/v1/orders/" + unknown + "/commands", body, other.secret);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.response.body, none.response.body);
  // Who is not staff learns as little of orders by their numbers.
  EXPECT_EQ(shop_.get("/v1/staff/orders/1").response.body,
            shop_.get("/v1/staff/orders/999").response.body);
}

}  // namespace
}  // namespace tandem::app::test
