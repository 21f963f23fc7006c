// SPDX-License-Identifier: Apache-2.0
// A purchase from the first click to the confirmed order, as a browser would make it.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

TEST(Checkout, AFirstPurchaseIsConfirmedWithTheAmountThatWasShown) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  shop.stock("POT-1", 3500, 3);
  shop.stock("CUP-1", 990, 40);
  shop.code("HELLO", "welcome");
  Client client(shop);
  client.fill({{"TEA-100", 2}, {"POT-1", 1}, {"CUP-1", 4}});
  client.send({{{"type", "apply_coupon"}, {"code", " hello "}}});
  const std::string shown = client.digest();

  const Answer placed = client.place();
  ASSERT_EQ(placed.status, 200);
  EXPECT_EQ(client.last_result().at("accepted"), true) << client.last_result();
  EXPECT_EQ(placed.body.at("payment").at("attempt"), 1);
  EXPECT_EQ(shop.stock_of("POT-1").figures.held, 1);
  EXPECT_EQ(client.pay("captured").status, 303);

  const Answer view = client.view();
  EXPECT_EQ(view.body.at("order").at("axes").at("order"), "order");
  EXPECT_EQ(view.body.at("order").at("axes").at("payment"), "paid");
  EXPECT_EQ(view.body.at("order").at("axes").at("delivery"), "ready");
  // (4000 + 3500 + 3960) less 10 %, and the parcel.
  EXPECT_EQ(view.body.at("order").at("totals").at("total_minor"), 10314 + 490);
  EXPECT_EQ(view.body.at("order").at("money").at("captured_minor"), 10314 + 490);
  EXPECT_EQ(view.body.at("order").at("quote_digest"), shown);
  EXPECT_EQ(client.catch_up().status, 200);
  EXPECT_EQ(view.body.at("stream_digest"), client.chain());
  EXPECT_EQ(client.order().state, OrderState::order);
  EXPECT_EQ(shop.stock_of("POT-1").figures.held, 0);
  EXPECT_EQ(shop.stock_of("POT-1").figures.reserved, 1);
  const Findings findings = shop.verify();
  EXPECT_TRUE(findings.sentences.empty()) << findings.sentences.front();
  EXPECT_EQ(findings.orders, 1);
}

TEST(Checkout, TheOfferThatAnOrderWasPlacedOnIsKeptUnderItsDigest) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  const Answer placed = client.place();
  for (const Json& event : placed.body.at("events")) {
    const Json& body = event.at("record").at("event");
    if (body.at("type") != "order_placed") continue;
    Digest digest;
    ASSERT_TRUE(TextForm<Digest>::parse(body.at("facts").at(0).get<std::string>(), digest));
    const auto fact = shop.store().reads().fact(digest);
    ASSERT_TRUE(fact && *fact);
    EXPECT_EQ(sha256(**fact), digest);
    return;
  }
  FAIL() << "the order was not placed";
}

TEST(Checkout, APriceThatChangedIsNamedAndASecondConfirmationPlaces) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  shop.stock("TEA-100", 2100, 12);

  EXPECT_EQ(client.place().status, 409);
  const Json refused = client.last_result().at("rejected");
  EXPECT_EQ(refused.at("reason"), "quote_changed");
  const Json change{
      {"code", "price_changed"}, {"now", 2100}, {"subject", "TEA-100"}, {"was", 2000}};
  EXPECT_EQ(refused.at("changes").at(0), change);
  EXPECT_EQ(client.view().body.at("order").at("axes").at("order"), "quotation");

  client.place();
  EXPECT_EQ(client.last_result().at("accepted"), true) << client.last_result();
}

TEST(Checkout, WhatWasShownIsNamedAfterARestartToo) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  shop.stock("TEA-100", 2100, 12);
  shop.restart();
  client.place();
  EXPECT_EQ(client.last_result().at("rejected").at("changes").at(0).at("was"), 2000);
}

TEST(Checkout, ACodeThatTheCustomerHasUsedIsToldInTheAnswerThatNamesTheCustomer) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  shop.code("ONCE", "once");
  const Json code{{"type", "apply_coupon"}, {"code", "ONCE"}};
  Client first(shop);
  first.send({code});
  first.fill({{"TEA-100", 1}});
  first.place();
  EXPECT_EQ(first.pay("captured").status, 303);

  Client again(shop);
  const auto verdict = [](const Answer& answer) {
    return answer.body.at("facts").at("coupons").at("ONCE").at("verdict");
  };
  EXPECT_EQ(verdict(again.send({code})), "ok");
  EXPECT_EQ(verdict(again.fill({{"TEA-100", 1}})), "coupon_used_by_customer");
  EXPECT_EQ(again.view().body.at("order").at("totals").at("discount_minor"), 0);
  again.place();
  EXPECT_EQ(again.last_result().at("accepted"), true) << again.last_result();
}

TEST(Checkout, ADeclinedPaymentReturnsToTheSameCart) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 5}});
  client.place();
  EXPECT_EQ(client.pay("declined").status, 303);
  const Json view = client.view().body.at("order");
  EXPECT_EQ(view.at("axes").at("order"), "quotation");
  EXPECT_EQ(view.at("lines").at(0).at("quantity"), 5);
  EXPECT_EQ(view.at("totals").at("total_minor"), 10490);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.held, 0);
  client.catch_up();
  client.place();
  EXPECT_EQ(client.last_result().at("accepted"), true) << client.last_result();
}

TEST(Checkout, ACommandSentTwiceHappensOnce) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  const Json command = item(add("TEA-100", 2));
  const Json body{{"base_version", 0}, {"commands", {command, command}}};
  client.send_body(body);
  client.send_body(body);
  EXPECT_EQ(client.last_result().at("accepted"), true);
  EXPECT_EQ(client.view().body.at("order").at("lines").at(0).at("quantity"), 2);

  Json other = command;
  other["command"]["quantity"] = 3;
  client.send_body({{"base_version", 0}, {"commands", {other}}});
  EXPECT_EQ(client.last_result().at("rejected").at("reason"), "command_id_reused");
}

TEST(Checkout, TwoTabsOfOneCartSeeEachOther) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  shop.stock("CUP-1", 990, 12);
  Client first(shop);
  Client second(shop, false);
  second.id = first.id;
  second.secret = first.secret;
  first.send({add("TEA-100", 1)});
  second.send({add("CUP-1", 1)});
  EXPECT_EQ(second.order().lines.size(), 2U);
  first.send({add("TEA-100", 1)});
  EXPECT_EQ(first.order().lines.size(), 2U);
  EXPECT_EQ(first.order().lines.front().quantity, 2);
}

TEST(Checkout, AnotherTabsChangeOfAddressIsSeenWhenPlacing) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.send({{{"type", "place_order"},
                {"expected_digest", client.digest()},
                {"expected_version", client.order().version - 1}}});
  EXPECT_EQ(client.last_result().at("rejected").at("reason"), "version_stale");
}

TEST(Checkout, TheCartSurvivesARestart) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.send({add("TEA-100", 3)});
  const Answer before = client.view();
  shop.restart();
  const Answer after = client.view();
  EXPECT_EQ(before.body, after.body);
  client.send({add("TEA-100", 1)});
  EXPECT_EQ(client.order().lines.front().quantity, 4);
}

TEST(Checkout, AnOrderIsMadeAndFilledInOneRequest) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop, false);
  const Json body{{"order", client.id},
                  {"secret", client.secret},
                  {"base_version", 0},
                  {"commands", {item(add("TEA-100", 2))}}};
  const Answer made = shop.post("/v1/orders", body.dump());
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body.at("results").at(0).at("accepted"), true);
  const Answer again = shop.post("/v1/orders", body.dump());
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body.at("version"), made.body.at("version"));
}

TEST(Checkout, AnEmptyOrderHasAViewAndAVersion) {
  Shop shop;
  const Client client(shop);
  const Answer view = client.view();
  EXPECT_EQ(view.status, 200);
  EXPECT_EQ(view.body.at("version"), 0);
  EXPECT_EQ(view.body.at("order").at("lines"), Json::array());
  EXPECT_EQ(view.response.headers.get("ETag"), "\"0\"");
}

}  // namespace
}  // namespace tandem::app::test
