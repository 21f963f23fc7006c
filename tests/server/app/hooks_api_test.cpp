// SPDX-License-Identifier: Apache-2.0
// Who keeps up operators' endpoints, and what is taken for one.
#include <gtest/gtest.h>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

const std::string kAll = "/v1/staff/webhooks";

std::string made_one(const Shop& shop, const std::string& admin) {
  const Answer made = shop.post(kAll, R"({"url":"https://shop.example/hook"})", admin);
  EXPECT_EQ(made.status, 201) << made.body;
  return made.body.at("webhook").at("id");
}

Answer change(const Shop& shop, http::Method method, const std::string& target,
              const std::string& key, const std::string& body, const std::string& if_match) {
  http::Request request{.method = method, .target = target, .body = body};
  request.headers.set("Authorization", "Bearer " + key);
  request.headers.set("Content-Type", "application/json");
  if (!if_match.empty()) request.headers.set("If-Match", if_match);
  return shop.call(std::move(request));
}

TEST(HooksApi, AreForTheRoleAdminAlone) {
  Shop shop;
  const std::string id = made_one(shop, shop.key("admin"));
  for (const char* role : {"sales", "warehouse", "accounting"}) {
    const std::string key = shop.key(role);
    EXPECT_EQ(shop.get(kAll, key).reason(), "role_forbids");
    EXPECT_EQ(shop.get(kAll + '/' + id, key).reason(), "role_forbids");
    EXPECT_EQ(shop.get(kAll + '/' + id + "/dead", key).reason(), "role_forbids");
    EXPECT_EQ(shop.post(kAll, R"({"url":"https://shop.example/hook"})", key).reason(),
              "role_forbids");
    EXPECT_EQ(shop.post(kAll + '/' + id + "/secret", "{}", key).reason(), "role_forbids");
    EXPECT_EQ(shop.post(kAll + '/' + id + "/replay", R"({"from_ms":0,"to_ms":1})", key).reason(),
              "role_forbids");
    EXPECT_EQ(change(shop, http::Method::remove, kAll + '/' + id, key, "", "*").reason(),
              "role_forbids");
    EXPECT_EQ(change(shop, http::Method::put, kAll + '/' + id, key,
                     R"({"enabled":true,"events":[],"url":"https://a.example/"})", "*")
                  .reason(),
              "role_forbids");
  }
  EXPECT_EQ(shop.get(kAll).reason(), "unauthorized");
}

TEST(HooksApi, ASecretIsToldOnce) {
  Shop shop;
  const std::string admin = shop.key("admin");
  const std::string id = made_one(shop, admin);
  EXPECT_EQ(shop.get(kAll, admin).body.dump().find("whsec_"), std::string::npos);
  EXPECT_EQ(shop.get(kAll + '/' + id, admin).body.dump().find("whsec_"), std::string::npos);
  const std::string own = "whsec_" + std::string(32, 'B');
  const Answer brought =
      shop.post(kAll, Json{{"url", "https://b.example/"}, {"secret", own}}.dump(), admin);
  EXPECT_EQ(brought.body.at("secret"), own);
}

TEST(HooksApi, TakesOnlyWhatMayBeCalled) {
  Shop shop;
  const std::string admin = shop.key("admin");
  for (const char* url :
       {"http://shop.example/hook", "ftp://shop.example/", "https://", "shop.example",
        "https://user@shop.example/", "https://shop.example:0/", "https://shop.example:70000/",
        "https://shop.example:x/", "https://[::1]/", "https://shop.example/a b",
        "https://shop.example/#a", "https://shop.example\\@10.0.0.1/", "https://shop.example?x"}) {
    const Answer answer = shop.post(kAll, Json{{"url", url}}.dump(), admin);
    EXPECT_EQ(answer.reason(), "value_unknown") << url;
    EXPECT_EQ(answer.body.value("subject", ""), "/url") << url;
  }
  const Answer event = shop.post(
      kAll, R"({"url":"https://shop.example/","events":["order_placed","order_eaten"]})", admin);
  EXPECT_EQ(event.reason(), "value_unknown");
  EXPECT_EQ(event.body.at("subject"), "/events/1");
  EXPECT_EQ(
      shop.post(kAll, R"({"url":"https://shop.example/","secret":"whsec_short"})", admin).reason(),
      "value_unknown");
  EXPECT_TRUE(shop.get(kAll, admin).body.at("webhooks").empty());
}

TEST(HooksApi, AChangeNamesWhatItSawAndIsAudited) {
  Shop shop;
  const std::string admin = shop.key("admin");
  const std::string one = kAll + '/' + made_one(shop, admin);
  const std::string body =
      R"({"enabled":false,"events":["order_placed"],"url":"https://c.example/"})";
  EXPECT_EQ(change(shop, http::Method::put, one, admin, body, "").reason(),
            "precondition_required");
  const Answer changed = change(shop, http::Method::put, one, admin, body, "\"1\"");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.response.headers.get("ETag"), "\"2\"");
  EXPECT_EQ(changed.body.at("events"), Json({"order_placed"}));
  EXPECT_EQ(change(shop, http::Method::put, one, admin, body, "\"1\"").reason(), "version_stale");
  shop.restart();
  EXPECT_EQ(shop.get(one, admin).body, changed.body);
  EXPECT_EQ(change(shop, http::Method::remove, one, admin, "", "\"1\"").reason(), "version_stale");
  EXPECT_EQ(change(shop, http::Method::remove, one, admin, "", "\"2\"").status, 204);
  EXPECT_EQ(shop.get(one, admin).status, 404);
  EXPECT_EQ(change(shop, http::Method::remove, one, admin, "", "\"2\"").status, 404);
  int audited = 0;
  const Json rows = shop.get("/v1/staff/audit", admin).body.at("rows");
  for (const Json& row : rows) {
    audited += row.at("what") == "webhook" ? 1 : 0;
  }
  EXPECT_EQ(audited, 3);
}

TEST(HooksApi, ThereAreTwentyAtMost) {
  Shop shop;
  const std::string admin = shop.key("admin");
  for (int i = 0; i < 20; ++i) (void)made_one(shop, admin);
  const Answer answer = shop.post(kAll, R"({"url":"https://shop.example/hook"})", admin);
  EXPECT_EQ(answer.reason(), "size_exceeded");
  EXPECT_EQ(answer.body.at("limit"), 20);
}

}  // namespace
}  // namespace tandem::app::test
