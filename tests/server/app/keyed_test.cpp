// SPDX-License-Identifier: Apache-2.0
// The same request again does nothing and gets the same answer.
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "app/keyed.hpp"
#include "commit/committer.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

constexpr std::string_view kReplayed = "Idempotency-Replayed";

http::Request keyed_request(const std::string& target, const std::string& body,
                            const std::string& key, const std::string& bearer = {}) {
  http::Request request{.method = http::Method::post, .target = target};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Idempotency-Key", key);
  if (!bearer.empty()) request.headers.set("Authorization", "Bearer " + bearer);
  request.body = body;
  return request;
}

bool replayed(const Answer& answer) { return answer.response.headers.contains(kReplayed); }

class Keyed : public testing::Test {
 protected:
  void SetUp() override { shop_.stock("TEA-100", 2000, 5); }

  [[nodiscard]] Answer stock(const std::string& body, const std::string& key) const {
    return shop_.call(keyed_request("/v1/staff/stock", body, key, staff_));
  }

  Shop shop_;
  const std::string staff_ = shop_.key("warehouse");
};

TEST_F(Keyed, TheSameRequestGetsTheSameAnswerAndDoesNothing) {
  const Answer first = stock(R"({"sku":"TEA-100","on_hand":12})", "k1");
  EXPECT_EQ(first.status, 200);
  EXPECT_FALSE(replayed(first));
  (void)shop_.post("/v1/staff/stock", R"({"sku":"TEA-100","on_hand":30})", staff_);
  // The same as JSON: neither spaces nor the order of keys count, nor quotation marks of the key.
  const Answer second = stock(R"({ "on_hand" : 12, "sku" : "TEA-100" })", "\"k1\"");
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, first.body);
  EXPECT_TRUE(replayed(second));
  EXPECT_EQ(second.response.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 30);
}

TEST_F(Keyed, AnotherBodyIsRefused) {
  EXPECT_EQ(stock(R"({"sku":"TEA-100","on_hand":12})", "k1").status, 200);
  const Answer other = stock(R"({"sku":"TEA-100","on_hand":13})", "k1");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.reason(), "idempotency_key_reused");
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 12);
}

TEST_F(Keyed, AKeyIsItsPrincipalsOnThatRoute) {
  EXPECT_EQ(stock(R"({"sku":"TEA-100","on_hand":12})", "k1").status, 200);
  const std::string other = shop_.key("admin");
  const Answer answer = shop_.call(
      keyed_request("/v1/staff/stock", R"({"sku":"TEA-100","on_hand":13})", "k1", other));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 13);
}

TEST_F(Keyed, ARefusalIsAnAnswerToo) {
  Client client(shop_);
  client.fill({{"TEA-100", 3}});
  client.place();
  const std::string body = R"({"sku":"TEA-100","on_hand":1})";
  const Answer refused = stock(body, "k1");
  EXPECT_EQ(refused.reason(), "on_hand_below_reserved");
  EXPECT_FALSE(replayed(refused));
  client.send({{{"type", "cancel_order"}}});
  const Answer again = stock(body, "k1");
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.body, refused.body);
  EXPECT_TRUE(replayed(again));
  EXPECT_EQ(again.response.headers.get("Content-Type"), http::kProblemType);
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 5);
}

TEST_F(Keyed, KeysAreVisibleCharacters) {
  const std::string body = R"({"sku":"TEA-100","on_hand":12})";
  for (const std::string& key : {std::string(), std::string("\"\""), std::string("a b"),
                                 std::string("\xc3\xa4"), std::string(256, 'k')}) {
    EXPECT_EQ(stock(body, key).reason(), "value_unknown") << key;
  }
  EXPECT_EQ(stock(body, std::string(255, 'k')).status, 200);
}

TEST_F(Keyed, ManyAtOnceAreOne) {
  std::atomic<int> carried_out = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const Answer answer = stock(R"({"sku":"TEA-100","on_hand":12})", "k1");
      EXPECT_EQ(answer.status, 200);
      if (!replayed(answer)) ++carried_out;
    });
  }
  threads.clear();
  EXPECT_EQ(carried_out, 1);
}

TEST_F(Keyed, AnOrderIsMadeOnce) {
  const std::string id = random_hex(16);
  const std::string secret = random_hex(16);
  Json body{{"order", id}, {"secret", secret}, {"base_version", 0}};
  body["commands"] = {item(add("TEA-100", 1))};
  const auto create = [&] { return shop_.call(keyed_request("/v1/orders", body.dump(), "k1")); };
  const Answer first = create();
  EXPECT_EQ(first.status, 201) << first.body;
  const Answer second = create();
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.body, first.body);
  EXPECT_TRUE(replayed(second));
  EXPECT_TRUE(second.response.headers.contains("Set-Cookie"));
  body["order"] = random_hex(16);
  EXPECT_EQ(create().reason(), "idempotency_key_reused");
  body["secret"] = random_hex(16);
  body["commands"] = {item(add("TEA-100", 1))};
  EXPECT_EQ(create().status, 201) << "another customer's key";
  EXPECT_TRUE(shop_.verify().sentences.empty());
}

TEST_F(Keyed, APlacedOrderIsPlacedOnce) {
  Client client(shop_);
  client.fill({{"TEA-100", 1}});
  Json body{{"order", client.id}, {"secret", client.secret}, {"base_version", 0}};
  body["commands"] = {item({{"type", "place_order"}, {"expected_digest", client.digest()}})};
  for (int i = 0; i < 3; ++i) {
    const Answer answer = shop_.call(keyed_request("/v1/orders", body.dump(), "k1"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body.at("results").back().at("accepted"), true) << answer.body;
    EXPECT_EQ(replayed(answer), i > 0);
  }
  EXPECT_EQ(client.view().body.at("order").at("payments").size(), 1U);
}

TEST_F(Keyed, AnAnswerIsKeptForADay) {
  const std::string body = R"({"sku":"TEA-100","on_hand":12})";
  EXPECT_EQ(stock(body, "k1").status, 200);
  shop_.pass(kKeyKeptMs);
  shop_.app().round();
  EXPECT_TRUE(replayed(stock(body, "k1")));
  shop_.pass(3'600'001);
  shop_.app().round();
  EXPECT_FALSE(replayed(stock(body, "k1")));
}

/// Refuses as a server that is in trouble.
class Troubled final : public commit::Job {
 public:
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope&) override { return reject(Reason::overloaded); }
};

TEST_F(Keyed, TroubleIsNotKept) {
  const auto request = keyed_request("/", "{}", "k1");
  const auto key = key_of(request, "POST /", "somebody");
  ASSERT_TRUE(key && *key);
  KeyedJob job(std::make_shared<Troubled>(), **key, [] { return http::json(200, "{}"); });
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&job};
  const auto outcomes = commit::run_batch(shop_.store(), jobs, counts);
  ASSERT_NE(commit::rejection(outcomes.front()), nullptr);
  EXPECT_FALSE(*shop_.store().reads().idempotency((*key)->id));
}

TEST_F(Keyed, AKeyThatAnotherNodeWorksOnIsWaitedForAWhile) {
  if (!shop_.store().is_shared()) return;  // one node has it alone
  const std::string body = R"({"sku":"TEA-100","on_hand":12})";
  const auto request = keyed_request("/v1/staff/stock", body, "k1", staff_);
  const std::string principal = hex(sha256("Bearer " + staff_));
  const auto key = key_of(request, "POST /v1/staff/stock", principal);
  ASSERT_TRUE(key && *key);
  // Another node has begun and does not end.
  const auto node = shop_.open_another();
  auto other = node->begin_batch();
  ASSERT_TRUE(other);
  ASSERT_TRUE((*other)->load_idempotency(std::array{(*key)->id}));
  const Answer waiting = shop_.call(request);
  EXPECT_EQ(waiting.status, 409);
  EXPECT_EQ(waiting.reason(), "idempotency_key_in_flight");
  EXPECT_TRUE(waiting.response.headers.contains("Retry-After"));
  // It ends while somebody waits.
  std::jthread waits([&] { EXPECT_EQ(shop_.call(request).status, 200); });
  (*other)->rollback();
}

}  // namespace
}  // namespace tandem::app::test
