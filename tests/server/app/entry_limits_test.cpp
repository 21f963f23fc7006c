// SPDX-License-Identifier: Apache-2.0
// Limits, asked for through every way in: the same attack stops at the same count.
#include <gtest/gtest.h>

#include "app/limits.hpp"
#include "signed_in.hpp"

namespace tandem::app::test {
namespace {

constexpr const char* kHome = "198.51.100.7";
constexpr const char* kNeighbour = "198.51.100.200";  // the same range
constexpr const char* kElsewhere = "203.0.113.1";
constexpr std::int64_t kHour = 3'600'000;

Options with(const LimitOptions& limits) {
  Options options;
  options.limits = limits;
  return options;
}

Answer create(const Shop& shop) {
  return shop.post("/v1/orders",
                   Json{{"order", random_hex(16)}, {"secret", random_hex(16)}}.dump());
}

void expect_limited(const Answer& answer, const std::string& subject, std::int64_t seconds) {
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.reason(), "rate_limited");
  EXPECT_EQ(answer.body.value("subject", ""), subject);
  EXPECT_EQ(answer.body.value("limit", std::int64_t{0}), seconds);
  EXPECT_EQ(answer.response.headers.get("Retry-After"), std::to_string(seconds));
}

TEST(Buckets, GiveBackEvenly) {
  Buckets buckets(4, 1'000, 100);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(buckets.take("a", 1, 0));
  EXPECT_EQ(buckets.take("a", 1, 0), 250);
  EXPECT_EQ(buckets.take("a", 1, 100), 150);
  EXPECT_FALSE(buckets.take("b", 4, 100));
  EXPECT_FALSE(buckets.take("a", 1, 250));
  EXPECT_TRUE(buckets.take("a", 1, 250));
  buckets.give_back("a", 1);
  EXPECT_FALSE(buckets.take("a", 1, 250));
  EXPECT_FALSE(buckets.take("a", 99, 10'000));  // no more than all there is
  EXPECT_TRUE(buckets.take("a", 1, 10'000));
  buckets.give_back("never seen", 1);
  Buckets endless(0, 1'000, 100);
  for (int i = 0; i < 1'000; ++i) EXPECT_FALSE(endless.take("a", 100, 0));
  EXPECT_EQ(endless.size(), 0U);
}

TEST(Buckets, KeepOnlySoMany) {
  Buckets buckets(1, 1'000, 10);
  for (int i = 0; i < 1'000; ++i) EXPECT_FALSE(buckets.take(std::to_string(i), 1, 0));
  EXPECT_EQ(buckets.size(), 10U);
  EXPECT_TRUE(buckets.take("999", 1, 0));
}

TEST(EntryLimits, OrdersAreCountedByAddressRange) {
  Shop shop(with({.orders_per_minute = 3}));
  shop.come_from(kHome);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(create(shop).status, 201);
  expect_limited(create(shop), "orders", 20);
  shop.come_from(kNeighbour);
  EXPECT_EQ(create(shop).status, 429);
  shop.come_from(kElsewhere);
  EXPECT_EQ(create(shop).status, 201);
  shop.come_from("2001:db8::1");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(create(shop).status, 201);
  shop.come_from("2001:db8:0:ff::1");
  EXPECT_EQ(create(shop).status, 429);
  shop.come_from(kHome);
  shop.pass(20'000);
  EXPECT_EQ(create(shop).status, 201);
  EXPECT_EQ(create(shop).status, 429);
}

TEST(EntryLimits, ForwardedAddressesCountOnlyFromTrustedProxies) {
  Options options = with({.orders_per_minute = 1});
  options.trusted_proxies = *http::networks(std::vector<std::string>{"127.0.0.1"});
  Shop shop(options);
  const auto from = [&](const char* peer, const std::string& forwarded) {
    http::Request request{.method = http::Method::post, .target = "/v1/orders"};
    request.remote_address = peer;
    request.headers.set("Content-Type", "application/json");
    request.headers.set("X-Forwarded-For", forwarded);
    request.body = Json{{"order", random_hex(16)}, {"secret", random_hex(16)}}.dump();
    return shop.call(request).status;
  };
  EXPECT_EQ(from("127.0.0.1", kHome), 201);
  EXPECT_EQ(from("127.0.0.1", std::string("6.6.6.6, ") + kHome), 429);  // it may say what it likes
  EXPECT_EQ(from("127.0.0.1", kElsewhere), 201);
  EXPECT_EQ(from("192.0.2.1", "5.5.5.5"), 201);
  EXPECT_EQ(from("192.0.2.1", "5.5.9.5"), 429);
}

TEST(EntryLimits, ExemptAddressesAreNotCounted) {
  Options options = with({.orders_per_minute = 1});
  options.limits.exempt = *http::networks(std::vector<std::string>{"198.51.100.7"});
  Shop shop(options);
  shop.come_from(kHome);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(create(shop).status, 201);
  shop.come_from(kNeighbour);
  EXPECT_EQ(create(shop).status, 201);
  EXPECT_EQ(create(shop).status, 429);
}

TEST(EntryLimits, CommandsAreCountedByOrderWhereverTheyComeFrom) {
  Shop shop(with({.commands_per_minute = 4}));
  shop.stock("TEA-100", 2000, 50);
  Client client(shop);
  Client other(shop);
  EXPECT_EQ(client.send({add("TEA-100", 1), add("TEA-100", 1), add("TEA-100", 1)}).status, 200);
  expect_limited(client.send({add("TEA-100", 1), add("TEA-100", 1)}), "commands", 15);
  shop.come_from(kElsewhere);
  EXPECT_EQ(client.send({add("TEA-100", 1)}).status, 200);
  EXPECT_EQ(client.send({add("TEA-100", 1)}).status, 429);
  EXPECT_EQ(other.send({add("TEA-100", 1)}).status, 200);
  // Staff work on many orders, and are known.
  const std::string key = shop.key("sales");
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(staff_send(shop, client.id, key, {{"type", "add_note"}, {"text", "x"}}).status, 200);
  }
}

TEST(EntryLimits, AStrangerUsesUpNobodysOrder) {
  Shop shop(with({.commands_per_minute = 4}));
  shop.stock("TEA-100", 2000, 50);
  Client client(shop);
  Client stranger(shop);
  stranger.id = client.id;
  for (int i = 0; i < 9; ++i) EXPECT_EQ(stranger.send({add("TEA-100", 1)}).status, 404);
  EXPECT_EQ(client.send({add("TEA-100", 1)}).status, 200);
}

TEST(EntryLimits, RefusedCodesAreCountedAcrossOrders) {
  Shop shop(with({.codes_per_hour = 3}));
  shop.stock("TEA-100", 2000, 50);
  shop.code("HELLO", "welcome");
  shop.gift_card("CARD-1", 500);
  shop.come_from(kHome);
  const auto use = [&](const char* type, const char* code) {
    Client client(shop);
    return client.send({add("TEA-100", 1), Json{{"type", type}, {"code", code}}});
  };
  for (int i = 0; i < 10; ++i) {  // what is right is given back
    EXPECT_EQ(use("apply_coupon", "HELLO").body.at("results").at(1).at("accepted"), true);
    EXPECT_EQ(use("apply_gift_card", "CARD-1").body.at("results").at(1).at("accepted"), true);
  }
  EXPECT_EQ(use("apply_coupon", "WRONG").status, 200);
  EXPECT_EQ(use("apply_gift_card", "WRONG").status, 200);
  shop.come_from(kNeighbour);
  EXPECT_EQ(use("apply_gift_card", "WRONG2").status, 200);
  expect_limited(use("apply_coupon", "WRONG3"), "codes", 1'200);
  // Through the back office, and with an order's making, the same.
  const Client client(shop);
  EXPECT_EQ(staff_send(shop, client.id, shop.key("sales"),
                       {{"type", "apply_gift_card"}, {"code", "WRONG"}})
                .status,
            429);
  const Json body{{"order", random_hex(16)},
                  {"secret", random_hex(16)},
                  {"commands", {item({{"type", "apply_coupon"}, {"code", "WRONG"}})}}};
  EXPECT_EQ(shop.post("/v1/orders", body.dump()).status, 429);
  shop.come_from(kElsewhere);
  EXPECT_EQ(use("apply_coupon", "WRONG").status, 200);
}

/// One stolen card after the other, each on an order of its own: how many are tried before the shop
/// says no.
int tried(Shop& shop, const std::function<Answer(const std::string& outcome)>& attempt) {
  int count = 0;
  while (count < 20 && attempt("declined").status != 429) ++count;
  EXPECT_EQ(shop.verify().total, 0U);
  return count;
}

constexpr std::int64_t kTries = 4;

class CardTesting : public testing::Test {
 protected:
  CardTesting() : shop_(with({.payments_per_hour = kTries})) {
    shop_.stock("TEA-100", 2000, 500);
    shop_.come_from(kHome);
  }
  Answer by_commands(const std::string& outcome) {
    Client client(shop_);
    client.fill({{"TEA-100", 1}});
    const Answer placed = client.place();
    if (placed.status == 429) return placed;
    return client.pay(outcome);
  }
  /// Made, filled and placed by one request; the digest is that of a cart like it.
  Answer by_creation(const std::string& outcome) {
    Client like(shop_);
    like.fill({{"TEA-100", 1}});
    std::vector<Json> commands{
        add("TEA-100", 1),
        {{"type", "set_contact"}, {"email", "ann@example.com"}, {"name", "Ann"}},
        {{"type", "set_address"},
         {"kind", "ship_to"},
         {"address",
          {{"country", "DE"},
           {"name", "Ann"},
           {"line1", "Linden 1"},
           {"city", "Berlin"},
           {"postcode", "10115"}}}},
        {{"type", "choose_shipping"}, {"method", "parcel"}},
        {{"type", "choose_payment"}, {"method", "card"}},
        {{"type", "place_order"}, {"expected_digest", like.digest()}}};
    Json body{{"order", random_hex(16)},
              {"secret", random_hex(16)},
              {"base_version", 0},
              {"commands", Json::array()}};
    for (const Json& command : commands) body["commands"].push_back(item(command));
    const Answer placed = shop_.post("/v1/orders", body.dump());
    if (placed.status == 429) return placed;
    EXPECT_EQ(placed.status, 201) << placed.body;
    return pay(placed.body.at("payment").at("redirect_url"), outcome);
  }
  Answer by_staff(const std::string& outcome) {
    Client client(shop_);
    client.fill({{"TEA-100", 1}});
    const Answer placed =
        staff_send(shop_, client.id, shop_.key("sales"),
                   {{"type", "place_order"}, {"expected_digest", client.digest()}});
    if (placed.status == 429) return placed;
    return pay(placed.body.at("payment").at("redirect_url"), outcome);
  }
  Answer pay(const std::string& page, const std::string& outcome) {
    http::Request request{.method = http::Method::post, .target = page};
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.body = "outcome=" + outcome;
    return shop_.call(std::move(request));
  }

  Shop shop_;
};

TEST_F(CardTesting, StopsAtTheSameCountThroughTheCommandsRoute) {
  EXPECT_EQ(tried(shop_, [this](auto outcome) { return by_commands(outcome); }), kTries);
  expect_limited(by_commands("declined"), "payments", 900);
}

TEST_F(CardTesting, StopsAtTheSameCountThroughCreation) {
  EXPECT_EQ(tried(shop_, [this](auto outcome) { return by_creation(outcome); }), kTries);
}

TEST_F(CardTesting, StopsAtTheSameCountThroughTheBackOffice) {
  EXPECT_EQ(tried(shop_, [this](auto outcome) { return by_staff(outcome); }), kTries);
}

TEST_F(CardTesting, StopsAtTheSameCountThroughAllOfThemTogether) {
  int turn = 0;
  EXPECT_EQ(tried(shop_,
                  [&](const std::string& outcome) {
                    ++turn;
                    if (turn % 3 == 0) return by_commands(outcome);
                    return turn % 3 == 1 ? by_creation(outcome) : by_staff(outcome);
                  }),
            kTries);
}

TEST_F(CardTesting, StopsAtTheSameCountOnThePayPageWhereverOrdersWerePlaced) {
  std::vector<std::string> pages;
  for (int i = 0; i < 10; ++i) {
    shop_.come_from("192.0." + std::to_string(i) + ".1");
    Client client(shop_);
    client.fill({{"TEA-100", 1}});
    pages.push_back(client.place().body.at("payment").at("redirect_url"));
  }
  shop_.come_from(kHome);
  std::size_t next = 0;
  EXPECT_EQ(tried(shop_, [&](const std::string& outcome) { return pay(pages[next++], outcome); }),
            kTries);
}

TEST_F(CardTesting, OneOrderAgainAndAgainIsCountedToo) {
  Client client(shop_);
  client.fill({{"TEA-100", 1}});
  int count = 0;
  while (count < 20 && client.place().status != 429) {
    client.pay("declined");
    client.catch_up();
    ++count;
  }
  EXPECT_EQ(count, kTries);
}

TEST_F(CardTesting, PaymentsThatSucceedCountForNothing) {
  for (int i = 0; i < 3 * kTries; ++i) EXPECT_EQ(by_commands("captured").status, 303) << i;
  for (int i = 0; i < 3 * kTries; ++i) {  // nor do those that nobody's card is behind
    Client client(shop_);
    client.fill({{"TEA-100", 1}}, "wire");
    EXPECT_EQ(client.place().status, 200) << i;
  }
  EXPECT_EQ(tried(shop_, [this](auto outcome) { return by_commands(outcome); }), kTries);
}

TEST_F(CardTesting, ARefusedOrderReachedNoProvider) {
  Client client(shop_);
  client.fill({{"TEA-100", 1}});
  for (int i = 0; i < 3 * kTries; ++i) {
    const Json wrong{{"type", "place_order"}, {"expected_digest", std::string(64, '0')}};
    EXPECT_EQ(client.send({wrong}).status, 409) << i;
  }
  EXPECT_EQ(client.place().status, 200);
}

TEST_F(CardTesting, ComesBackWithTimeAndIsNobodyElsesTrouble) {
  EXPECT_EQ(tried(shop_, [this](auto outcome) { return by_commands(outcome); }), kTries);
  shop_.come_from(kElsewhere);
  EXPECT_EQ(by_commands("captured").status, 303);
  shop_.come_from(kHome);
  shop_.pass(kHour / kTries);
  EXPECT_NE(by_commands("declined").status, 429);
  EXPECT_EQ(by_commands("declined").status, 429);
}

TEST(EntryLimits, WrongSignInsAreCountedByRangeAndByAccount) {
  Shop shop(with({.sign_ins_per_hour = 5, .account_sign_ins_per_hour = 3}));
  shop.user("ann@shop.example", "sales");
  shop.user("bob@shop.example", "sales");
  shop.come_from(kHome);
  for (int i = 0; i < 8; ++i) {  // what is right is given back
    EXPECT_EQ(sign_in(shop, "ann@shop.example", kPassword).status, 200);
  }
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in(shop, "ann@shop.example", "wrong").status, 401);
  expect_limited(sign_in(shop, "ann@shop.example", kPassword), "sign_in", 1'200);
  shop.come_from(kElsewhere);
  EXPECT_EQ(sign_in(shop, "ANN@shop.example", kPassword).status, 429);  // the account, anywhere
  // An account that does not exist is counted alike.
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sign_in(shop, "eve@shop.example", "wrong").status, 401);
  EXPECT_EQ(sign_in(shop, "eve@shop.example", "wrong").status, 429);
  shop.come_from(kHome);
  EXPECT_EQ(sign_in(shop, "bob@shop.example", "wrong").status, 401);
  EXPECT_EQ(sign_in(shop, "bob@shop.example", "wrong").status, 401);
  EXPECT_EQ(sign_in(shop, "bob@shop.example", kPassword).status, 429);  // the range
  shop.come_from(kElsewhere);
  EXPECT_EQ(sign_in(shop, "bob@shop.example", kPassword).status, 200);
}

}  // namespace
}  // namespace tandem::app::test
