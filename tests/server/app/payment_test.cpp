// SPDX-License-Identifier: Apache-2.0
// Two commits, the provider's word, the worker and the scheduler.
#include <gtest/gtest.h>

#include "app/movements.hpp"
#include "http/page_policy.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

std::string axis(const Client& client, const std::string& name) {
  return client.view().body.at("order").at("axes").at(name);
}

Json webhook_body(const std::string& event, std::int64_t amount_minor) {
  return {{"amount_minor", amount_minor},
          {"attempt", 1},
          {"currency", "EUR"},
          {"event", event},
          {"intent", "1-1"},
          {"reference", "r-" + event}};
}

Answer send_webhook(const Shop& shop, const std::string& body, const std::string& signature) {
  http::Request request{.method = http::Method::post, .target = "/v1/webhooks/demo"};
  request.headers.set("Content-Type", "application/json");
  if (!signature.empty()) request.headers.set("Tandem-Signature", signature);
  request.body = body;
  return shop.call(std::move(request));
}

TEST(Payment, PendingIsCapturedLaterByTheWorker) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.place();
  EXPECT_EQ(client.pay("pending").status, 303);
  EXPECT_EQ(axis(client, "payment"), "pending");
  shop.app().round();
  EXPECT_EQ(axis(client, "payment"), "pending");
  shop.pass(5'000);
  shop.app().round();
  shop.restart();  // joins what the worker had sent off
  EXPECT_EQ(axis(client, "order"), "order");
}

TEST(Payment, AProviderCallThatNobodyMadeIsMadeFromTheOutbox) {
  Options options;
  options.worker.queue_max = 0;  // nothing is handed over: as after a crash between the commits
  options.place_patience = std::chrono::hours(1);  // nor does anybody wait for it
  Shop shop(options);
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  const Answer placed = client.place();
  EXPECT_EQ(placed.body.at("payment"), nullptr);
  shop.pass(kTaskLeaseMs + 1);
  shop.app().round();
  shop.restart();
  client.catch_up();
  EXPECT_EQ(client.pay("captured").status, 303);
  EXPECT_EQ(axis(client, "order"), "order");
}

TEST(Payment, AnAttemptThatNobodyAnswersExpiresAndGivesTheStockBack) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 2}});
  client.place();
  EXPECT_EQ(shop.stock_of("TEA-100").figures.held, 2);
  shop.pass(900'001);
  shop.app().round();
  EXPECT_EQ(shop.stock_of("TEA-100").figures.held, 0);
  EXPECT_EQ(axis(client, "order"), "quotation_sent");
  shop.pass(3'600'000);
  shop.app().round();
  EXPECT_EQ(axis(client, "order"), "quotation");
  EXPECT_TRUE(shop.verify().sentences.empty());
}

TEST(Payment, MailWaitsForAMailerAndIsNeverLookedAtAgain) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.place();
  client.pay("captured");
  shop.restart();
  const auto rows = shop.store().reads().outbox_of(1);
  ASSERT_TRUE(rows);
  int mails = 0;
  for (const store::OutboxRow& row : *rows) {
    if (!row.kind.starts_with("mail_")) continue;
    ++mails;
    EXPECT_EQ(row.due_ms, kNever);
    EXPECT_EQ(row.state, store::OutboxState::pending);
  }
  EXPECT_GE(mails, 2);
}

TEST(Payment, AWebhookNeedsASignatureOfNow) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.place();
  const payment::Demo stranger({.key = random_key()});
  const std::string body = webhook_body("captured", 2490).dump();
  EXPECT_EQ(send_webhook(shop, body, "").status, 401);
  EXPECT_EQ(send_webhook(shop, body, stranger.sign(body, shop.now_ms())).status, 401);
  EXPECT_EQ(axis(client, "payment"), "pending");
}

TEST(Payment, TheDemoProvidersWordIsSignedAndExpires) {
  const payment::Demo demo({.key = random_key()});
  const std::string signature = demo.sign("{}", kStart);
  EXPECT_TRUE(demo.verify(signature, "{}", kStart + 299'000));
  EXPECT_FALSE(demo.verify(signature, "{}", kStart + 301'000));
  EXPECT_FALSE(demo.verify(signature, "{ }", kStart));
  EXPECT_FALSE(demo.verify("t=1", "{}", kStart));
}

TEST(Payment, APageOfAnotherTokenDoesNotExist) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  const Answer placed = client.place();
  const std::string url = placed.body.at("payment").at("redirect_url");
  EXPECT_EQ(shop.get(url).status, 200);
  EXPECT_EQ(shop.get("/pay/demo/1-1-00000000000000000000000000000000").status, 404);
  const Answer page = shop.get(url + "?lang=fa");
  EXPECT_NE(page.response.content().find("۲۴٫۹۰ EUR"), std::string::npos);
  EXPECT_EQ(page.response.headers.get("Content-Security-Policy"),
            http::page_policy({}, "'wasm-unsafe-eval'"));
}

TEST(Payment, PayingTwiceOnThePageCapturesOnce) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  client.place();
  EXPECT_EQ(client.pay("captured").status, 303);
  EXPECT_EQ(client.pay("captured").status, 303);
  EXPECT_EQ(client.view().body.at("order").at("money").at("captured_minor"), 2490);
}

}  // namespace
}  // namespace tandem::app::test
