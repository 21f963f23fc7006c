// SPDX-License-Identifier: Apache-2.0
// Operators' endpoints: what they are told and how often, against a server that takes it, and where
// this server lets itself be sent.
#include <gtest/gtest.h>

#include "app/hook_message.hpp"
#include "hook_receiver.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

/// Names lead where the test says.
Options told_options(std::vector<const char*> addresses = {"127.0.0.1"}) {
  Options options;
  options.hooks.allow_http = true;
  options.hooks.networks = *http::networks(std::vector<std::string>{"127.0.0.1"});
  options.hooks.patience = std::chrono::milliseconds(500);
  options.hooks.resolver = [addresses = std::move(addresses)](const std::string&) {
    std::vector<http::IpAddress> all;
    for (const char* address : addresses) all.push_back(*http::parse_address(address));
    return all;
  };
  return options;
}

/// A shop with one endpoint and a customer's order.
struct Told {
  explicit Told(Options options = told_options(), Json body = {}) : shop(std::move(options)) {
    shop.stock("TEA-100", 2000, 100);
    admin = shop.key("admin");
    if (!body.contains("url")) body["url"] = receiver.url();
    const Answer made = shop.post("/v1/staff/webhooks", body.dump(), admin);
    EXPECT_EQ(made.status, 201) << made.body;
    if (made.status != 201) return;
    secret = made.body.at("secret");
    id = made.body.at("webhook").at("id");
    client = std::make_unique<Client>(shop);
  }

  [[nodiscard]] std::string at(const std::string& rest = "") const {
    return "/v1/staff/webhooks/" + id + rest;
  }
  [[nodiscard]] Answer send(http::Method method, const std::string& target, const Json& body,
                            const std::string& if_match = "*") const {
    http::Request request{.method = method, .target = target, .body = body.dump()};
    request.headers.set("Authorization", "Bearer " + admin);
    request.headers.set("Content-Type", "application/json");
    request.headers.set("If-Match", if_match);
    return shop.call(std::move(request));
  }
  void happen() const { (void)client->send({add("TEA-100", 1)}); }
  std::size_t round() {
    shop.app().round();
    return receiver.got().size();
  }
  [[nodiscard]] bool has_figure(const std::string& line) const {
    const std::string text(shop.get("/metrics", admin).response.content());
    return text.find('\n' + line + '\n') != std::string::npos;
  }
  [[nodiscard]] Json dead() const { return shop.get(at("/dead"), admin).body.at("messages"); }

  HookReceiver receiver;
  Shop shop;
  std::string admin;
  std::string secret;
  std::string id;
  std::unique_ptr<Client> client;
};

TEST(HookSignature, IsTheOneOfTheSpecificationsExample) {
  EXPECT_EQ(hook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                           1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(HookSignature, ASecretHas24To64Bytes) {
  EXPECT_TRUE(is_hook_secret(new_hook_secret()));
  EXPECT_NE(new_hook_secret(), new_hook_secret());
  EXPECT_TRUE(is_hook_secret("whsec_" + std::string(32, 'A')));  // 24 bytes
  EXPECT_FALSE(is_hook_secret("whsec_" + std::string(28, 'A')));  // 21
  EXPECT_FALSE(is_hook_secret("whsec_" + std::string(88, 'A')));  // 66
  EXPECT_FALSE(is_hook_secret("sec_" + std::string(32, 'A')));
  EXPECT_FALSE(is_hook_secret("whsec_" + std::string(31, 'A') + "!"));
}

TEST(Hooks, TellEachCommitOfAnOrderOnceAndInOrder) {
  Told told;
  told.happen();
  (void)told.client->send(
      {add("TEA-100", 1), Json{{"type", "set_contact"}, {"email", "ann@example.com"}}});
  EXPECT_EQ(told.round(), 2U);
  EXPECT_EQ(told.round(), 2U);
  const auto got = told.receiver.got();
  const Json& first = got.at(0).body;
  EXPECT_EQ(first.at("type"), "order.changed");
  EXPECT_EQ(first.at("timestamp"), "2026-01-01T00:00:00.000Z");
  EXPECT_EQ(first.at("data").at("order"), told.client->id);
  EXPECT_EQ(first.at("data").at("state"), "quotation");
  EXPECT_EQ(first.at("data").at("ordering"), 1);
  const Json& second = got.at(1).body.at("data");
  EXPECT_EQ(second.at("ordering"), 2);
  EXPECT_EQ(second.at("version"), told.client->order().version);
  EXPECT_EQ(second.at("total_minor"), 4000);
  EXPECT_EQ(std::ranges::count(second.at("events"), Json("contact_set")), 1);
  EXPECT_EQ(got.at(1).text.find("ann@example.com"), std::string::npos);
  EXPECT_LT(got.at(1).text.size(), 20'000U);
  EXPECT_NE(got.at(0).id, got.at(1).id);
  EXPECT_EQ(got.at(0).timestamp, std::to_string(kStart / 1'000));
  EXPECT_EQ(got.at(0).signature,
            hook_signature(told.secret, got.at(0).id, kStart / 1'000, got.at(0).text));
}

TEST(Hooks, TellOnlyOfTheEventsThatAreAskedFor) {
  Told told(told_options(), {{"events", {"contact_set"}}});
  told.happen();
  (void)told.client->send({Json{{"type", "set_contact"}, {"email", "ann@example.com"}}});
  ASSERT_EQ(told.round(), 1U);
  EXPECT_EQ(told.receiver.got().at(0).body.at("data").at("ordering"), 1);
}

TEST(Hooks, AreTriedAgainOnScheduleAndThenGivenUp) {
  Told told;
  told.receiver.answers = [](const Got&) { return HookReceiver::status(500); };
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  std::size_t tries = 1;
  for (const std::int64_t wait : {5 * kSecond, 5 * kMinute, 30 * kMinute, 2 * kHour, 5 * kHour,
                                  10 * kHour, 14 * kHour, 20 * kHour, 24 * kHour}) {
    told.shop.pass(wait - 1);
    EXPECT_EQ(told.round(), tries) << wait;
    EXPECT_TRUE(told.has_figure("tandem_webhook_lag_seconds 0"));
    told.shop.pass(1 + 2 * kSecond);
    EXPECT_TRUE(told.has_figure("tandem_webhook_lag_seconds 2"));
    EXPECT_EQ(told.round(), ++tries) << wait;
  }
  told.shop.pass(100 * kHour);
  EXPECT_EQ(told.round(), 10U);
  const auto got = told.receiver.got();
  EXPECT_EQ(got.front().id, got.back().id);
  EXPECT_EQ(got.front().text, got.back().text);
  EXPECT_NE(got.front().timestamp, got.back().timestamp);
  ASSERT_EQ(told.dead().size(), 1U);
  EXPECT_EQ(told.dead().at(0).at("error"), "status 500");
  EXPECT_EQ(told.dead().at(0).at("attempts"), 10);
  EXPECT_TRUE(told.has_figure("tandem_webhooks_dead 1"));
  EXPECT_TRUE(told.has_figure("tandem_webhook_endpoints_disabled 0"));
}

TEST(Hooks, JitterOnlyMakesThemLater) {
  Options options = told_options();
  options.hooks.random = [] { return std::uint64_t{100}; };
  Told told(std::move(options));
  told.receiver.answers = [](const Got&) { return HookReceiver::status(500); };
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  told.shop.pass(5 * kSecond + 99);
  EXPECT_EQ(told.round(), 1U);
  told.shop.pass(1);
  EXPECT_EQ(told.round(), 2U);
}

TEST(Hooks, AReceiverSaysWhenItWantsToBeAskedAgain) {
  Told told;
  told.receiver.answers = [](const Got&) {
    auto response = HookReceiver::status(503);
    response.headers.add("Retry-After", "120");
    return response;
  };
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  told.shop.pass(119 * kSecond);
  EXPECT_EQ(told.round(), 1U);
  told.receiver.answers = nullptr;
  told.shop.pass(kSecond);
  EXPECT_EQ(told.round(), 2U);
  told.shop.pass(kHour);
  EXPECT_EQ(told.round(), 2U);
}

TEST(Hooks, AReceiverMaySayItAsADate) {
  Told told;
  told.receiver.answers = [](const Got&) {
    auto response = HookReceiver::status(429);
    response.headers.add("Retry-After", "Thu, 01 Jan 2026 00:02:00 GMT");
    return response;
  };
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  told.shop.pass(119 * kSecond);
  EXPECT_EQ(told.round(), 1U);
  told.receiver.answers = nullptr;
  told.shop.pass(kSecond);
  EXPECT_EQ(told.round(), 2U);
}

TEST(Hooks, AReceiverThatIsGoneIsToldNoMore) {
  Told told;
  told.receiver.answers = [](const Got&) { return HookReceiver::status(410); };
  told.happen();
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  const Json shown = told.shop.get(told.at(), told.admin).body;
  EXPECT_EQ(shown.at("enabled"), false);
  EXPECT_EQ(shown.at("why"), "answered 410");
  EXPECT_TRUE(told.has_figure("tandem_webhook_endpoints_disabled 1"));
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  EXPECT_EQ(told.dead().size(), 2U);  // the second one was there when it went
  const Json rows = told.shop.get("/v1/staff/audit", told.admin).body.at("rows");
  EXPECT_EQ(rows.back().at("what"), "webhook");
  EXPECT_EQ(rows.back().at("actor"), "system");
}

TEST(Hooks, AReceiverThatIsSlowHoldsNothingUp) {
  Told told;
  std::atomic<bool> may_answer = false;
  told.receiver.answers = [&](const Got&) {
    may_answer.wait(false);
    return HookReceiver::status(200);
  };
  told.happen();
  told.shop.app().round();
  may_answer = true;
  may_answer.notify_all();
  told.shop.pass(5 * kSecond);
  told.shop.app().round();
  EXPECT_EQ(told.receiver.got().size(), 2U);
  told.shop.pass(kHour);
  EXPECT_EQ(told.round(), 2U);
}

TEST(Hooks, ARedirectIsNotFollowed) {
  Told told;
  HookReceiver within;
  told.receiver.answers = [&](const Got&) {
    auto response = HookReceiver::status(307);
    response.headers.add("Location", within.url("127.0.0.1"));
    return response;
  };
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  EXPECT_TRUE(within.got().empty());
  told.receiver.answers = nullptr;
  told.shop.pass(5 * kSecond);
  EXPECT_EQ(told.round(), 2U);
}

TEST(Hooks, GoToNoAddressWithinUnlessItIsListed) {
  for (const char* address : {"127.0.0.2", "10.1.2.3", "169.254.169.254", "100.64.0.1", "::1",
                              "::ffff:10.0.0.1", "fd00::1", "fe80::1", "224.0.0.1", "0.0.0.0"}) {
    Told told(told_options({address}));
    told.happen();
    EXPECT_EQ(told.round(), 0U) << address;
    const auto rows = told.shop.store().reads().hooks_due(kStart + kMinute, 10);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().last_error, "the host's address is not a public one") << address;
  }
}

TEST(Hooks, TheAddressThatWasJudgedIsTheOneThatIsCalled) {
  // The second time it is asked the name leads elsewhere, as a rebinding attack has it.
  auto times = std::make_shared<int>(0);
  Options options = told_options();
  options.hooks.resolver = [times](const std::string&) {
    const char* address = ++*times == 1 ? "127.0.0.1" : "127.0.0.2";
    return std::vector{*http::parse_address(address)};
  };
  Told told(std::move(options));
  told.happen();
  EXPECT_EQ(told.round(), 1U);
  EXPECT_EQ(*times, 1);
}

TEST(Hooks, AnUnknownNameIsTriedAgain) {
  Told told(told_options({}));
  told.happen();
  EXPECT_EQ(told.round(), 0U);
  const auto rows = told.shop.store().reads().hooks_due(kStart + kMinute, 10);
  EXPECT_EQ(rows->front().last_error, "the host's name has no address");
}

TEST(Hooks, BothSecretsSignForADayAfterARoll) {
  Told told;
  const Answer rolled = told.send(http::Method::post, told.at("/secret"), Json::object());
  ASSERT_EQ(rolled.status, 200) << rolled.body;
  const std::string fresh = rolled.body.at("secret");
  EXPECT_NE(fresh, told.secret);
  told.happen();
  ASSERT_EQ(told.round(), 1U);
  const auto signed_by = [&](const Got& got, const std::string& secret) {
    return hook_signature(secret, got.id, told.shop.now_ms() / 1'000, got.text);
  };
  const Got both = told.receiver.got().back();
  EXPECT_EQ(both.signature, signed_by(both, fresh) + ' ' + signed_by(both, told.secret));
  told.shop.pass(24 * kHour);
  told.happen();
  ASSERT_EQ(told.round(), 2U);
  const Got one = told.receiver.got().back();
  EXPECT_EQ(one.signature, signed_by(one, fresh));
}

TEST(Hooks, AReplaySendsTheSameMessagesOnceMore) {
  Told told;
  told.happen();
  told.shop.pass(kMinute);
  told.happen();
  EXPECT_EQ(told.round(), 2U);
  const Answer replayed = told.send(http::Method::post, told.at("/replay"),
                                    {{"from_ms", kStart + kMinute}, {"to_ms", kStart + kHour}});
  EXPECT_EQ(replayed.status, 202) << replayed.body;
  EXPECT_EQ(told.round(), 3U);
  const auto got = told.receiver.got();
  EXPECT_EQ(got.at(2).id, got.at(1).id);
  EXPECT_EQ(got.at(2).text, got.at(1).text);
  EXPECT_EQ(
      told.send(http::Method::post, told.at("/replay"), {{"from_ms", 2}, {"to_ms", 1}}).reason(),
      "number_out_of_range");
}

}  // namespace
}  // namespace tandem::app::test
