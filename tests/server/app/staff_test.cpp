// SPDX-License-Identifier: Apache-2.0
// The staff's routes, and who may not use them.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

TEST(Staff, ABankTransferReservesNothingUntilStaffConfirm) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("sales");
  Client client(shop);
  client.fill({{"TEA-100", 4}}, "wire");
  const Answer placed = client.place();
  EXPECT_EQ(client.last_result().at("accepted"), true) << client.last_result();
  EXPECT_EQ(placed.body.at("payment"), nullptr);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.held, 0);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.reserved, 0);

  const Answer confirmed = staff_send(shop, client.id, key, {{"type", "confirm_order"}});
  EXPECT_EQ(confirmed.status, 200);
  EXPECT_EQ(confirmed.body.at("results").at(0).at("accepted"), true);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.reserved, 4);
  EXPECT_EQ(client.view().body.at("order").at("axes").at("order"), "order");
  EXPECT_TRUE(shop.verify().sentences.empty());
}

TEST(Staff, ARoleMayOnlySendItsOwnCommands) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.send({add("TEA-100", 1)});
  const Answer refused =
      staff_send(shop, client.id, shop.key("accounting"), {{"type", "confirm_order"}});
  EXPECT_EQ(refused.body.at("results").at(0).at("rejected").at("reason"), "role_forbids");
}

TEST(Staff, AKeyIsNeeded) {
  Shop shop;
  const Client client(shop);
  const Json command{{"type", "confirm_order"}};
  EXPECT_EQ(staff_send(shop, client.id, "", command).status, 401);
  EXPECT_EQ(staff_send(shop, client.id, "tk_nobody", command).status, 401);
  EXPECT_EQ(staff_send(shop, client.id, client.secret, command).status, 401);
  EXPECT_EQ(shop.get("/v1/staff/orders").status, 401);
}

TEST(Staff, TheListShowsOrdersByState) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const std::string key = shop.key("admin");
  Client first(shop);
  first.send({add("TEA-100", 1)});
  Client second(shop);
  second.fill({{"TEA-100", 1}}, "wire");
  second.place();
  const Answer all = shop.get("/v1/staff/orders", key);
  EXPECT_EQ(all.body.at("orders").size(), 2U);
  EXPECT_EQ(all.body.at("orders").at(0).at("order_no"), 2);
  const Answer sent = shop.get("/v1/staff/orders?state=quotation_sent", key);
  ASSERT_EQ(sent.body.at("orders").size(), 1U);
  EXPECT_EQ(sent.body.at("orders").at(0).at("payment"), "pending");
  EXPECT_EQ(shop.get("/v1/staff/orders/2", key).body.at("order").at("axes").at("order"),
            "quotation_sent");
  EXPECT_EQ(shop.get("/v1/staff/orders?state=open", key).status, 400);
}

TEST(Staff, UnknownForeignAndWronglySignedOrdersAnswerAlike) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const Client client(shop);
  const Client other(shop);
  const std::string body =
      Json{{"base_version", 0}, {"commands", {item(add("TEA-100", 1))}}}.dump();
  const auto commands = [&](const std::string& id, const std::string& secret) {
    return shop.post("/v1/orders/" + id + "/commands", body, secret);
  };
  const Answer unknown = commands(random_hex(16), client.secret);
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.reason(), "order_unknown");
  EXPECT_EQ(commands(client.id, other.secret).body, unknown.body);
  EXPECT_EQ(shop.get("/v1/orders/" + client.id, other.secret).body, unknown.body);
  EXPECT_EQ(shop.get("/v1/orders/" + random_hex(16), other.secret).body, unknown.body);
  const Json again{{"order", client.id}, {"secret", other.secret}};
  EXPECT_EQ(shop.post("/v1/orders", again.dump()).body, unknown.body);
}

TEST(Staff, ACookieActsOnlyForTheShopsOwnPages) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const Client client(shop);
  http::Request request{.method = http::Method::post,
                        .target = "/v1/orders/" + client.id + "/commands"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Host", "shop.example");
  request.headers.set("Cookie", "tandem_" + client.id + "=" + client.secret);
  request.body = Json{{"commands", {item(add("TEA-100", 1))}}}.dump();
  EXPECT_EQ(shop.call(request).reason(), "origin_forbidden");
  request.headers.set("Origin", "https://evil.example");
  EXPECT_EQ(shop.call(request).reason(), "origin_forbidden");
  request.headers.set("Origin", "https://shop.example");
  EXPECT_EQ(shop.call(request).status, 200);
}

}  // namespace
}  // namespace tandem::app::test
