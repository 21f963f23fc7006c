// SPDX-License-Identifier: Apache-2.0
// What goes by mail: links to sign in with, letters about orders, and the way out of reminders; and
// what becomes of a person's data.
#include <gtest/gtest.h>

#include "letterbox.hpp"

namespace tandem::app::test {
namespace {

using http::Method;

constexpr const char* kUrl = "https://shop.example";

class CustomerMailTest : public testing::Test {
 protected:
  CustomerMailTest() : shop_(with_post(box_)), ann_(shop_) { shop_.stock("TEA-100", 2000, 50); }
  static Options with_post(const std::shared_ptr<Letterbox>& box) {
    Options options;
    options.identity.keys = {kSiteSecret};
    options.post.mailer = box;
    options.post.public_url = kUrl;
    options.limits.links_per_hour = 6;
    options.limits.account_links_per_hour = 3;
    return options;
  }
  Answer ask(const std::string& email, const std::string& language = "en") {
    return shop_.post("/v1/session/link", Json{{"email", email}, {"language", language}}.dump());
  }
  /// The path of the link in the newest mail.
  [[nodiscard]] std::string link() const {
    const auto mails = box_->mails();
    if (mails.empty()) return "/none";
    const std::string& text = mails.back().text;
    const auto at = text.find(kUrl) + std::string_view(kUrl).size();
    return text.substr(at, text.find('\n', at) - at);
  }
  /// Until the worker has brought so many mails.
  void wait_for_mails(std::size_t count) { EXPECT_TRUE(box_->was_tried(count)) << count; }

  std::shared_ptr<Letterbox> box_ = std::make_shared<Letterbox>();
  Shop shop_;
  Browser ann_;
};

TEST_F(CustomerMailTest, ALinkSignsInOnce) {
  const Answer asked = ask(" Ann@Example.com ");
  EXPECT_EQ(asked.status, 202);
  wait_for_mails(1);
  const mail::Message mail = box_->mails().at(0);
  EXPECT_EQ(mail.to, "ann@example.com");
  EXPECT_TRUE(mail.unsubscribe_url.empty());
  // Looking does not use it up.
  for (int i = 0; i < 3; ++i) {
    const Answer page = ann_.get(link());
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.response.body.find("<button>"), std::string::npos);
  }
  const Answer pressed = ann_.press(link());
  EXPECT_EQ(pressed.status, 303);
  EXPECT_EQ(pressed.response.headers.get("Location"), "/");
  EXPECT_EQ(ann_.get("/v1/session").body.at("customer").at("email"), "ann@example.com");
  Browser other(shop_);
  EXPECT_EQ(other.press(link()).status, 410);
  const Answer gone = other.get(link());
  EXPECT_EQ(gone.status, 410);
  EXPECT_NE(gone.response.body.find("<a href=\"/\">Back to the shop</a>"), std::string::npos);
  http::Request persian = other.request(Method::get, link());
  persian.headers.set("Accept-Language", "fa-IR,en;q=0.5");
  EXPECT_NE(shop_.call(persian).response.body.find("dir=\"rtl\""), std::string::npos);
  EXPECT_EQ(other.get("/v1/session").status, 204);
}

TEST_F(CustomerMailTest, AnotherLinkOfTheSameAddressIsTheSameAccount) {
  ask("ann@example.com");
  wait_for_mails(1);
  ann_.press(link());
  ask("ann@example.com", "fa");
  wait_for_mails(2);
  EXPECT_NE(box_->mails().at(1).html.find("dir=\"rtl\""), std::string::npos);
  Browser other(shop_);
  other.press(link());
  EXPECT_EQ(other.customer, ann_.customer);
  // What a site only claims about an address leads to no account of it.
  Browser claims(shop_);
  claims.identify(site_token(site_claims("s-1", "ann@example.com")));
  EXPECT_NE(claims.customer, ann_.customer);
  Json verified = site_claims("s-2", "ann@example.com");
  verified["email_verified"] = true;
  claims.identify(site_token(verified));
  EXPECT_EQ(claims.customer, ann_.customer);
}

TEST_F(CustomerMailTest, ALinkLeadsBackWithTheReasonWhyTheCartsWereNotJoined) {
  Options options = with_post(box_);
  options.history_max = 10;
  options.post.return_path = "/account?tab=cart#/checkout";
  Shop shop(options);
  shop.stock("TEA-100", 2000, 50);
  const auto sign_in = [&](Browser& browser, std::size_t mails) {
    EXPECT_EQ(shop.post("/v1/session/link", R"({"email":"ann@example.com"})").status, 202);
    wait_for_mails(mails);
    return std::string(browser.press(link()).response.headers.get("Location").value_or(""));
  };
  Browser elsewhere(shop);
  Client first(shop);
  first.send({add("TEA-100", 2)});
  elsewhere.has(first);
  EXPECT_EQ(sign_in(elsewhere, 1), "/account?tab=cart#/checkout");

  Browser here(shop);
  Client second(shop);
  second.send({add("TEA-100", 1)});
  while (second.order().version < options.history_max) {
    second.send({{{"type", "set_quantity"},
                  {"line", "TEA-100"},
                  {"quantity", 1 + second.order().version % 3}}});
  }
  here.has(second);
  EXPECT_EQ(sign_in(here, 2), "/account?tab=cart&cart_refused=size_exceeded#/checkout");
  first.catch_up();
  EXPECT_EQ(first.order().state, OrderState::quotation);
}

TEST_F(CustomerMailTest, ALinkEndsAfterAQuarterOfAnHour) {
  ask("ann@example.com");
  wait_for_mails(1);
  shop_.pass(kLinkMs - 1);
  EXPECT_EQ(ann_.get(link()).status, 200);
  shop_.pass(1);
  EXPECT_EQ(ann_.get(link()).status, 410);
  EXPECT_EQ(ann_.press(link()).status, 410);
}

TEST_F(CustomerMailTest, AnAppUsesALinkInJson) {
  ask("ann@example.com");
  wait_for_mails(1);
  const Answer used = shop_.post(link(), R"({"bearer":true})");
  ASSERT_EQ(used.status, 200) << used.body;
  EXPECT_EQ(shop_.get("/v1/customer", used.body.at("token")).status, 200);
  EXPECT_EQ(shop_.post(link(), R"({"bearer":true})").reason(), "link_ended");
}

TEST_F(CustomerMailTest, OnlyWhatTheShopMadeIsALinkAndForeignPagesCannotPress) {
  ask("ann@example.com");
  wait_for_mails(1);
  const std::string forged = "/v1/session/link/" + random_hex(16) + '-' + random_hex(16);
  EXPECT_EQ(ann_.get(forged).status, 410);
  EXPECT_EQ(ann_.press(forged).status, 410);
  http::Request foreign = ann_.request(Method::post, link());
  foreign.headers.set("Content-Type", "application/x-www-form-urlencoded");
  foreign.headers.set("Origin", "https://evil.example");
  EXPECT_EQ(shop_.call(foreign).reason(), "origin_forbidden");
  EXPECT_EQ(ann_.get(link()).status, 200);
}

TEST_F(CustomerMailTest, TheStoreHasNothingThatSignsIn) {
  ask("ann@example.com");
  wait_for_mails(1);
  const std::string token = link().substr(std::string("/v1/session/link/").size());
  const auto stored = shop_.store().reads().customer_link(sha256(token));
  ASSERT_TRUE(stored && *stored);
  for (const store::OutboxRow& row : *shop_.store().reads().outbox_of(0)) {
    EXPECT_EQ(row.payload.find(token), std::string::npos);
    EXPECT_EQ(row.payload.find("ann"), std::string::npos);
  }
}

TEST_F(CustomerMailTest, EveryAddressIsAnsweredAlikeAndLimited) {
  ask("ann@example.com");
  wait_for_mails(1);
  ann_.press(link());
  const Answer known = ask("ann@example.com");
  const Answer unknown = ask("bob@example.com");
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.response.body, unknown.response.body);
  EXPECT_EQ(ask("nobody").reason(), "value_unknown");
  EXPECT_EQ(ask("ann@example.com").status, 202);
  const Answer limited = ask("ANN@example.com");
  EXPECT_EQ(limited.status, 429);
  EXPECT_EQ(limited.body.at("subject"), "links");
  ask("carl@example.com");
  ask("dora@example.com");
  EXPECT_EQ(ask("eve@example.com").status, 429);
}

TEST_F(CustomerMailTest, AMailThatFailsIsSentLaterAndARefusedOneIsShown) {
  box_->fail(mail::Trouble::temporary);
  ask("ann@example.com");
  wait_for_mails(1);
  EXPECT_TRUE(box_->mails().empty());
  box_->fail(std::nullopt);
  // The first time may come before it was written when to try again.
  for (int i = 0; i < 2; ++i) {
    shop_.pass(120'000);
    shop_.app().round();
  }
  ASSERT_GE(box_->mails().size(), 1U);
  box_->fail(mail::Trouble::refused);
  const std::size_t before = box_->tries();
  ask("bob@example.com");
  wait_for_mails(before + 1);
  shop_.app().round();
  ask("carl@example.com");  // behind the outcome, in the same queue
  EXPECT_GE(shop_.store().reads().outbox_dead(0, 10)->size(), 1U);
}

TEST_F(CustomerMailTest, AConfirmedOrderIsTold) {
  Client client(shop_);
  client.fill({{"TEA-100", 2}});
  client.place();
  client.pay("captured");
  wait_for_mails(2);
  shop_.app().round();
  const auto mails = box_->mails();
  const auto confirmed = std::ranges::find_if(
      mails, [](const mail::Message& one) { return one.subject.contains("confirmed"); });
  ASSERT_NE(confirmed, mails.end());
  const mail::Message& mail = *confirmed;
  EXPECT_EQ(mail.to, "ann@example.com");
  EXPECT_NE(mail.text.find("44.90 EUR"), std::string::npos) << mail.text;
  EXPECT_TRUE(mail.unsubscribe_url.empty());
}

TEST_F(CustomerMailTest, AReminderHasAWayOutWithOnePost) {
  shop_.settle({{"abandoned", {{"reminder", true}}}});
  Client client(shop_);
  client.send({add("TEA-100", 1)});
  ann_.has(client);
  ann_.identify(site_token(site_claims("s-1", "ann@example.com")));
  shop_.pass(86'400'000);
  shop_.app().round();  // the reminder is decided
  wait_for_mails(1);
  const mail::Message mail = box_->mails().at(0);
  EXPECT_EQ(mail.to, "ann@example.com");
  const std::string path = mail.unsubscribe_url.substr(std::string_view(kUrl).size());
  ASSERT_TRUE(path.starts_with("/v1/unsubscribe/")) << mail.unsubscribe_url;
  EXPECT_NE(ann_.get(path).response.body.find("<form"), std::string::npos);
  client.catch_up();
  EXPECT_FALSE(client.order().unsubscribed);
  // As a mail program does it: no cookies, no page of the shop.
  http::Request one_click{.method = Method::post, .target = path};
  one_click.headers.set("Content-Type", "application/x-www-form-urlencoded");
  one_click.body = "List-Unsubscribe=One-Click";
  EXPECT_EQ(shop_.call(one_click).status, 200);
  EXPECT_EQ(shop_.call(one_click).status, 200);
  client.catch_up();
  EXPECT_TRUE(client.order().unsubscribed);
  EXPECT_FALSE((*shop_.store().reads().customer(ann_.customer))->reminders);
  one_click.target = "/v1/unsubscribe/1-" + random_hex(16);
  EXPECT_EQ(shop_.call(one_click).status, 404);
}

TEST_F(CustomerMailTest, WithoutAMailServerMailsWaitAndAreCounted) {
  std::vector<std::string> told;
  Options options;
  options.log = [&](std::string_view line) { told.emplace_back(line); };
  Shop shop(options);
  const Answer asked = shop.post("/v1/session/link", R"({"email":"ann@example.com"})");
  EXPECT_EQ(asked.status, 202);
  shop.pass(3'600'000);
  shop.app().round();
  EXPECT_EQ(*shop.store().reads().mails_waiting(10), 1);
  EXPECT_EQ(std::ranges::count_if(
                told, [](const std::string& line) { return line.contains("smtp_url"); }),
            1);
  const std::string key = shop.key("admin");
  const std::string metrics = shop.get("/metrics", key).response.body;
  EXPECT_NE(metrics.find("tandem_mails_waiting 1"), std::string::npos);
}

TEST_F(CustomerMailTest, AllOfAPersonsDataIsOneDocument) {
  Client client(shop_);
  client.fill({{"TEA-100", 1}});
  ann_.has(client);
  ann_.identify(site_token(site_claims("s-1", "ann@example.com")));
  const Json home{{"country", "DE"},
                  {"name", "Ann"},
                  {"line1", "Linden 1"},
                  {"city", "Berlin"},
                  {"postcode", "10115"}};
  ann_.send(Method::put, "/v1/customer/addresses/home", home.dump());
  const Answer all = ann_.get("/v1/customer/export");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.body.at("account").at("subject"), "s-1");
  EXPECT_EQ(all.body.at("account").at("email"), "ann@example.com");
  EXPECT_EQ(all.body.at("addresses").at(0).at("address").at("line1"), "Linden 1");
  EXPECT_EQ(all.body.at("sessions").size(), 1U);
  const Json order = all.body.at("orders").at(0);
  EXPECT_EQ(order.at("id"), client.id);
  EXPECT_NE(order.at("history").dump().find("Linden 1"), std::string::npos);
  EXPECT_EQ(shop_.get("/v1/customer/export").status, 401);
}

TEST_F(CustomerMailTest, ErasureTakesWhatMayGoAndSaysWhatStays) {
  Client bought(shop_);
  bought.fill({{"TEA-100", 1}});
  ann_.has(bought);
  ann_.identify(site_token(site_claims("s-1", "ann@example.com")));
  bought.catch_up();
  bought.place();
  bought.pay("captured");
  bought.catch_up();
  ASSERT_TRUE(bought.order().confirmed_ms);
  Client cart(shop_);
  cart.fill({{"TEA-100", 1}});
  ann_.has(cart);
  ann_.identify(site_token(site_claims("s-1", "ann@example.com")));
  http::Request forged = ann_.request(Method::remove, "/v1/customer");
  forged.headers.remove("X-CSRF-Token");
  EXPECT_EQ(shop_.call(forged).reason(), "csrf_token_invalid");
  const std::string id = ann_.customer;
  const Answer done = ann_.send(Method::remove, "/v1/customer");
  ASSERT_EQ(done.status, 200) << done.body;
  ASSERT_EQ(done.body.at("erased").size(), 1U);
  EXPECT_EQ(done.body.at("erased").at(0).at("id"), cart.id);
  ASSERT_EQ(done.body.at("kept").size(), 1U);
  EXPECT_EQ(done.body.at("kept").at(0).at("id"), bought.id);
  EXPECT_EQ(done.body.at("kept").at(0).at("reason"), "bookkeeping");
  EXPECT_EQ(done.body.at("kept").at(0).at("parts"), Json({"address", "contact"}));
  EXPECT_EQ(cart.view().body.dump().find("Linden"), std::string::npos);
  EXPECT_NE(bought.view().body.dump().find("Linden"), std::string::npos);
  EXPECT_FALSE(*shop_.store().reads().customer(id));
  EXPECT_EQ(ann_.get("/v1/session").status, 204);
  const Findings findings = shop_.verify();
  EXPECT_EQ(findings.total, 0U) << findings.sentences.front();
  // Who comes back is somebody new.
  ann_.identify(site_token(site_claims("s-1", "ann@example.com")));
  EXPECT_NE(ann_.customer, id);
  EXPECT_TRUE(ann_.get("/v1/customer/orders").body.at("orders").empty());
}

}  // namespace
}  // namespace tandem::app::test
