// SPDX-License-Identifier: Apache-2.0
// Customers who are signed in: how sessions begin, whom they obey, and what belongs to an account.
#include <gtest/gtest.h>

#include "follower.hpp"
#include "letterbox.hpp"

namespace tandem::app::test {
namespace {

using http::Method;

Options with_site() {
  Options options;
  options.identity.keys = {kSiteSecret};
  return options;
}

class CustomersTest : public testing::Test {
 protected:
  CustomersTest() : shop_(with_site()), ann_(shop_) { shop_.stock("TEA-100", 2000, 50); }
  Answer sign_ann_in(const Json& more = Json::object()) {
    return ann_.identify(site_token(site_claims("s-1", "ann@example.com")), more);
  }

  Shop shop_;
  Browser ann_;
};

TEST_F(CustomersTest, ASessionBeginsIsReadAndEnds) {
  const Answer began = sign_ann_in();
  ASSERT_EQ(began.status, 200) << began.body;
  EXPECT_EQ(began.body.at("customer").at("email"), "ann@example.com");
  EXPECT_EQ(began.body.at("ends_ms"), kStart + 1'209'600'000);
  EXPECT_FALSE(began.body.contains("token"));
  const std::string cookie(began.response.headers.get("Set-Cookie").value_or(""));
  EXPECT_TRUE(cookie.starts_with("tandem_customer=")) << cookie;
  for (const char* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=7776000"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  }
  const Answer here = ann_.get("/v1/session");
  EXPECT_EQ(here.body.at("csrf_token"), ann_.csrf);
  EXPECT_EQ(here.response.headers.get("Cache-Control"), "no-store");
  http::Request forged = ann_.request(Method::remove, "/v1/session");
  forged.headers.remove("X-CSRF-Token");
  EXPECT_EQ(shop_.call(forged).reason(), "csrf_token_invalid");
  forged.headers.set("Origin", "https://evil.example");
  EXPECT_EQ(shop_.call(forged).reason(), "origin_forbidden");
  EXPECT_EQ(ann_.send(Method::remove, "/v1/session").status, 204);
  EXPECT_FALSE(ann_.has_cookie("tandem_customer"));
  EXPECT_EQ(ann_.get("/v1/session").status, 204);
}

TEST_F(CustomersTest, ASessionEndsWhenItIsNotUsedAndAtLast) {
  constexpr std::int64_t kDay = 86'400'000;
  sign_ann_in();
  for (int i = 0; i < 6; ++i) {
    shop_.pass(13 * kDay);
    EXPECT_EQ(ann_.get("/v1/session").status, 200) << i;
    // That it was used is written behind the answer; this waits for it.
    EXPECT_EQ(ann_.send(Method::put, "/v1/customer", "{}").status, 200);
  }
  shop_.pass(13 * kDay);
  // An ended session is told once; the browser forgets its cookie then.
  EXPECT_EQ(ann_.get("/v1/session").status, 401);
  EXPECT_FALSE(ann_.has_cookie("tandem_customer"));
  EXPECT_EQ(ann_.get("/v1/session").status, 204);
}

TEST_F(CustomersTest, AnAppSendsItsSessionAsABearer) {
  const Answer began = sign_ann_in({{"bearer", true}});
  ASSERT_EQ(began.status, 200);
  EXPECT_FALSE(began.response.headers.contains("Set-Cookie"));
  const std::string token = began.body.at("token");
  EXPECT_EQ(shop_.get("/v1/session", token).status, 200);
  EXPECT_EQ(shop_.get("/v1/session", token + "0").status, 401);
  // An app makes and changes orders of the account without the orders' secrets.
  const std::string id = random_hex(16);
  const Json made{{"order", id}, {"secret", random_hex(16)}};
  ASSERT_EQ(shop_.post("/v1/orders", made.dump(), token).status, 201);
  const std::string target = "/v1/orders/" + id;
  const Json body{{"base_version", 0}, {"commands", {item(add("TEA-100", 1))}}};
  // It is nobody's before its first command: then the secret counts.
  ASSERT_EQ(shop_.post(target + "/commands", body.dump(), made.at("secret")).status, 200);
  EXPECT_EQ(shop_.get(target, token).status, 404);
}

TEST_F(CustomersTest, ARefusedTokenSignsNobodyIn) {
  Json claims = site_claims("s-1", "ann@example.com");
  claims["aud"] = "other";
  const Answer refused = ann_.identify(site_token(claims));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.reason(), "token_audience_wrong");
  EXPECT_FALSE(ann_.has_cookie("tandem_customer"));
  http::Request foreign =
      ann_.request(Method::post, "/v1/session/identify",
                   Json{{"token", site_token(site_claims("s-1", "ann@example.com"))}}.dump());
  foreign.headers.set("Origin", "https://evil.example");
  EXPECT_EQ(shop_.call(foreign).reason(), "origin_forbidden");
}

TEST_F(CustomersTest, TheSiteNamesOneAccountAgainAndUpdatesIt) {
  sign_ann_in();
  const std::string id = ann_.customer;
  Json claims = site_claims("s-1", "Ann@New.example");
  claims["name"] = "Ann";
  claims["group"] = "trade";
  const Answer again = ann_.identify(site_token(claims));
  EXPECT_EQ(ann_.customer, id);
  EXPECT_EQ(again.body.at("customer").at("email"), "ann@new.example");
  EXPECT_EQ(again.body.at("customer").at("group"), "trade");
  Browser bob(shop_);
  bob.identify(site_token(site_claims("s-2", "ann@new.example")));
  EXPECT_NE(bob.customer, id);
}

TEST_F(CustomersTest, AShopWithoutAccountsSignsNobodyIn) {
  Json rules = small_rules();
  rules["policies"] = {{"account", "guest"}};
  shop_.publish(rules);
  EXPECT_EQ(sign_ann_in().reason(), "accounts_off");
  EXPECT_EQ(shop_.post("/v1/session/link", R"({"email":"ann@example.com"})").reason(),
            "accounts_off");
}

TEST_F(CustomersTest, AShopThatRequiresAccountsTakesNoGuestsOrder) {
  Json rules = small_rules();
  rules["policies"] = {{"account", "required"}};
  shop_.publish(rules);
  Client client(shop_);
  client.fill({{"TEA-100", 1}});
  client.place();
  EXPECT_EQ(client.last_result().at("rejected").at("reason"), "account_required");
  ann_.has(client);
  ASSERT_EQ(sign_ann_in().body.at("cart").at("order"), client.id);
  client.catch_up();
  client.place();
  EXPECT_TRUE(client.order().is_placed()) << client.last_result();
}

TEST_F(CustomersTest, TheBrowsersCartBecomesTheAccountsAndTakesUpTheOther) {
  Client first(shop_);
  first.send({add("TEA-100", 2)});
  ann_.has(first);
  EXPECT_EQ(sign_ann_in().body.at("cart").at("order"), first.id);
  Browser elsewhere(shop_);
  Client second(shop_);
  second.send({add("TEA-100", 1)});
  elsewhere.has(second);
  const std::string token = site_token(site_claims("s-1", "ann@example.com"));
  const Answer merged = elsewhere.identify(token);
  EXPECT_EQ(merged.body.at("cart").at("order"), second.id);
  EXPECT_EQ(merged.body.at("cart").at("merged"), first.id);
  EXPECT_TRUE(merged.body.at("cart").at("refused").is_null());
  while (shop_.app().run_command()) continue;
  second.catch_up();
  EXPECT_EQ(second.order().lines.at(0).quantity, 3);
  first.catch_up();
  EXPECT_EQ(first.order().state, OrderState::canceled);
  // Once more it changes nothing.
  const std::int64_t version = second.order().version;
  const Answer again = elsewhere.identify(token);
  EXPECT_EQ(again.body.at("cart").at("order"), second.id);
  EXPECT_TRUE(again.body.at("cart").at("merged").is_null());
  second.catch_up();
  EXPECT_EQ(second.order().version, version);
  EXPECT_EQ(elsewhere.get("/v1/session").body.at("cart").at("order"), second.id);
}

TEST_F(CustomersTest, ACartWhoseSecretTheBrowserLacksIsNotTaken) {
  Client strangers(shop_);
  strangers.send({add("TEA-100", 2)});
  const Answer began = sign_ann_in({{"cart", strangers.id}});
  EXPECT_TRUE(began.body.at("cart").at("order").is_null());
  strangers.catch_up();
  EXPECT_FALSE(strangers.order().customer);
}

TEST_F(CustomersTest, OrdersMadeWhileSignedInBelongToTheAccount) {
  sign_ann_in();
  const std::string id = random_hex(16);
  const Json body{{"order", id},
                  {"secret", random_hex(16)},
                  {"base_version", 0},
                  {"commands", {item(add("TEA-100", 1))}}};
  ASSERT_EQ(ann_.send(Method::post, "/v1/orders", body.dump()).status, 201);
  const Answer list = ann_.get("/v1/customer/orders");
  ASSERT_EQ(list.body.at("orders").size(), 1U);
  EXPECT_EQ(list.body.at("orders").at(0).at("id"), id);
  EXPECT_EQ(list.body.at("orders").at(0).at("state"), "quotation");
  EXPECT_TRUE(list.body.at("cursor").is_null());
  // Another browser of the same customer has no secret, and needs none.
  Browser elsewhere(shop_);
  elsewhere.identify(site_token(site_claims("s-1", "ann@example.com")));
  const std::string target = "/v1/orders/" + id;
  EXPECT_EQ(elsewhere.get(target).status, 200);
  EXPECT_EQ(elsewhere.get(target + "/events?after=0").status, 200);
  const std::string more =
      Json{{"base_version", 1}, {"commands", {item(add("TEA-100", 1))}}}.dump();
  EXPECT_EQ(elsewhere.send(Method::post, target + "/commands", more).status, 200);
  http::Request forged = elsewhere.request(Method::post, target + "/commands", more);
  forged.headers.set("X-CSRF-Token", "0");
  EXPECT_EQ(shop_.call(forged).reason(), "csrf_token_invalid");
  // A stranger's session is told what an unknown order is.
  Browser bob(shop_);
  bob.identify(site_token(site_claims("s-2", "bob@example.com")));
  const Answer foreign = bob.get(target);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.response.body, bob.get("/v1/orders/" + random_hex(16)).response.body);
  EXPECT_EQ(bob.send(Method::post, target + "/commands", more).reason(), "order_unknown");
  EXPECT_TRUE(bob.get("/v1/customer/orders").body.at("orders").empty());
}

TEST_F(CustomersTest, AStreamEndsWithTheSessionThatOpenedItAndKeepsNoneAlive) {
  Client client(shop_);
  client.send({add("TEA-100", 1)});
  ann_.has(client);
  sign_ann_in();
  const std::string token = site_token(site_claims("s-1", "ann@example.com"));
  Browser phone(shop_);
  phone.identify(token);
  const std::string events = "/v1/orders/" + client.id + "/events";
  Follower by_secret(shop_.app(), events, client.secret);
  Follower by_session(shop_.app(), phone.request(Method::get, events));
  EXPECT_EQ(by_secret.next().event, "order");
  EXPECT_EQ(by_session.next().event, "order");
  EXPECT_EQ(phone.send(Method::remove, "/v1/session").status, 204);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(by_session.next().event, "end");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  client.send({add("TEA-100", 1)});
  EXPECT_EQ(by_secret.next().event, "order");

  constexpr std::int64_t kDay = 86'400'000;
  Browser tablet(shop_);
  tablet.identify(token);
  Follower left_open(shop_.app(), tablet.request(Method::get, events));
  for (const char* event : {"order", "order", "end"}) {
    EXPECT_EQ(left_open.next().event, event);
    shop_.pass(10 * kDay);
    client.send({add("TEA-100", 1)});
  }
}

TEST_F(CustomersTest, SigningOutTakesTheOrdersOfTheAccountOutOfTheBrowser) {
  Client client(shop_);
  client.send({add("TEA-100", 1)});
  ann_.has(client);
  sign_ann_in();
  EXPECT_EQ(ann_.send(Method::remove, "/v1/session").status, 204);
  EXPECT_FALSE(ann_.has_cookie("tandem_" + client.id));
}

TEST_F(CustomersTest, AnOwnOrderIsOrderedAgain) {
  Client client(shop_);
  client.fill({{"TEA-100", 2}});
  ann_.has(client);
  sign_ann_in();
  client.catch_up();
  client.place();
  client.pay("captured");
  client.catch_up();
  ASSERT_TRUE(client.order().confirmed_ms);
  const std::string id = random_hex(16);
  const Json again{{"order", id},
                   {"secret", random_hex(16)},
                   {"base_version", 0},
                   {"commands", {item({{"type", "reorder"}, {"from", client.id}})}}};
  const Answer made = ann_.send(Method::post, "/v1/orders", again.dump());
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_FALSE(made.body.at("results").at(0).contains("rejected")) << made.body;
  EXPECT_EQ(ann_.get("/v1/orders/" + id).body.at("order").at("lines").at(0).at("quantity"), 2);
  Browser bob(shop_);
  bob.identify(site_token(site_claims("s-2", "bob@example.com")));
  Json stolen = again;
  stolen["order"] = random_hex(16);
  stolen["commands"] = {item({{"type", "reorder"}, {"from", client.id}})};
  const Answer refused = bob.send(Method::post, "/v1/orders", stolen.dump());
  EXPECT_EQ(refused.body.at("results").at(0).at("rejected").at("reason"), "order_unknown");
}

TEST_F(CustomersTest, TheAddressBookIsValidatedAndTheCustomersOwn) {
  sign_ann_in();
  const std::string target = "/v1/customer/addresses/home";
  EXPECT_EQ(ann_.send(Method::put, target, R"({"country":"Germany"})").reason(),
            "address_incomplete");
  const Answer missing = ann_.send(Method::put, target, R"({"country":"US"})");
  EXPECT_EQ(missing.reason(), "address_incomplete");
  const Json home{{"country", "DE"},
                  {"name", "Ann"},
                  {"line1", "Linden 1"},
                  {"city", "Berlin"},
                  {"postcode", "۱۰۱۱۵"}};
  const Answer kept = ann_.send(Method::put, target, home.dump());
  ASSERT_EQ(kept.status, 200) << kept.body;
  EXPECT_EQ(kept.body.at("postcode"), "10115");
  EXPECT_EQ(ann_.send(Method::put, "/v1/customer/addresses/A%20b", home.dump()).reason(),
            "value_unknown");
  Browser bob(shop_);
  bob.identify(site_token(site_claims("s-2", "bob@example.com")));
  EXPECT_TRUE(bob.get("/v1/customer").body.at("addresses").empty());
  EXPECT_EQ(bob.send(Method::remove, target).reason(), "address_unknown");
  const Json addresses = ann_.get("/v1/customer").body.at("addresses");
  ASSERT_EQ(addresses.size(), 1U);
  EXPECT_EQ(addresses.at(0).at("id"), "home");
  EXPECT_EQ(addresses.at(0).at("address").at("city"), "Berlin");
  EXPECT_EQ(ann_.send(Method::remove, target).status, 204);
  EXPECT_EQ(ann_.send(Method::remove, target).reason(), "address_unknown");
}

TEST_F(CustomersTest, AnAddressBookEnds) {
  sign_ann_in();
  const Json home{{"country", "DE"},
                  {"name", "Ann"},
                  {"line1", "Linden 1"},
                  {"city", "Berlin"},
                  {"postcode", "10115"}};
  const std::string target = "/v1/customer/addresses/a";
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(ann_.send(Method::put, target + std::to_string(i), home.dump()).status, 200) << i;
  }
  EXPECT_EQ(ann_.send(Method::put, target + "50", home.dump()).reason(), "size_exceeded");
  EXPECT_EQ(ann_.send(Method::put, target + "7", home.dump()).status, 200);
}

TEST_F(CustomersTest, TheProfileChangesByTheKeysThatAreSent) {
  sign_ann_in();
  const Answer changed = ann_.send(Method::put, "/v1/customer", R"({"reminders":false})");
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.body.at("customer").at("reminders"), false);
  EXPECT_EQ(changed.body.at("customer").at("email"), "ann@example.com");
  ann_.send(Method::put, "/v1/customer", R"({"name":" Ann "})");
  const Json customer = ann_.get("/v1/customer").body.at("customer");
  EXPECT_EQ(customer.at("name"), "Ann");
  EXPECT_EQ(customer.at("reminders"), false);
}

TEST_F(CustomersTest, TheGroupOfTheAccountPricesItsOrders) {
  Client client(shop_);
  client.send({add("TEA-100", 1)});
  ann_.has(client);
  Json claims = site_claims("s-1", "ann@example.com");
  claims["group"] = "trade";
  ann_.identify(site_token(claims));
  const Answer facts = client.catch_up();
  EXPECT_EQ(facts.body.at("facts").at("customer_group"), "trade");
  EXPECT_EQ(facts.body.at("facts").at("orders_placed"), 0);
}

}  // namespace
}  // namespace tandem::app::test
