// SPDX-License-Identifier: Apache-2.0
// Products and codes as staff keep them up over HTTP.
#include <gtest/gtest.h>

#include <array>

#include "app/product_job.hpp"
#include "commit/committer.hpp"
#include "shop_fixture.hpp"
#include "tandem/wire/decode.hpp"
#include "upkeep.hpp"

namespace tandem::app::test {
namespace {

Json tea() {
  return Json::parse(R"({"handle": "tea", "name": {"en": "Tea"}, "options": ["Size"],
    "variants": [
      {"compare_at_minor": null, "options": ["100 g"],
       "offer": {"sku": "TEA-100", "name": {"en": "Tea, 100 g"}, "unit_price_minor": 2000,
                 "tax_class": "standard",
                 "prices": [{"customer_groups": ["trade"], "unit_price_minor": 1500}]}},
      {"compare_at_minor": null, "options": ["200 g"],
       "offer": {"sku": "TEA-200", "name": {"en": "Tea, 200 g"}, "unit_price_minor": 3800,
                 "stock_policy": "backorder"}}]})");
}

TEST(Upkeep, AProductIsMadeReadChangedAndRemoved) {
  Shop shop;
  const Staff staff(shop);
  const Answer made = staff.put("/v1/staff/products/tea", tea());
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string tag = tag_of(made);
  const Answer read = staff.get("/v1/staff/products/tea");
  EXPECT_EQ(read.body, made.body);
  EXPECT_EQ(tag_of(read), tag);
  EXPECT_EQ(read.body.at("position"), 1);
  EXPECT_EQ(shop.get("/v1/offers/tea").body.at("variants").size(), 2U);
  EXPECT_GT(shop.stock_of("TEA-200").backorder_max, 0);

  Json changed = read.body;  // what was read can be sent back
  EXPECT_EQ(staff.put("/v1/staff/products/tea", changed, tag).body, read.body);
  changed["name"]["en"] = "Black tea";
  changed["variants"].erase(1);
  const Answer put = staff.put("/v1/staff/products/tea", changed, tag);
  ASSERT_EQ(put.status, 200) << put.body;
  EXPECT_NE(tag_of(put), tag);
  EXPECT_TRUE(shop.store().reads().offers(std::vector<std::string>{"TEA-200"})->empty());
  EXPECT_EQ(shop.get("/v1/offers?q=black").body.at("total"), 1);

  EXPECT_EQ(staff.remove("/v1/staff/products/tea", tag).reason(), "version_stale");
  EXPECT_EQ(staff.remove("/v1/staff/products/tea", tag_of(put)).status, 204);
  EXPECT_EQ(staff.get("/v1/staff/products/tea").reason(), "offer_unknown");
  EXPECT_EQ(staff.remove("/v1/staff/products/tea", "").reason(), "offer_unknown");
  EXPECT_TRUE(shop.verify().sentences.empty());
}

TEST(Upkeep, AChangeNamesWhatItSaw) {
  Shop shop;
  const Staff staff(shop);
  EXPECT_EQ(staff.put("/v1/staff/products/tea", tea(), "\"made-up\"").status, 412);
  const std::string tag = tag_of(staff.put("/v1/staff/products/tea", tea()));
  Json dearer = tea();
  dearer["variants"][0]["offer"]["unit_price_minor"] = 2100;
  const Answer blind = staff.put("/v1/staff/products/tea", dearer);
  EXPECT_EQ(blind.status, 428);
  EXPECT_EQ(blind.reason(), "precondition_required");
  EXPECT_EQ(staff.put("/v1/staff/products/tea", dearer, tag).status, 200);
  const Answer stale = staff.put("/v1/staff/products/tea", tea(), tag);
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.reason(), "version_stale");
  EXPECT_EQ(staff.put("/v1/staff/products/tea", tea(), "*").status, 200);

  http::Request only_new{.method = http::Method::put, .target = "/v1/staff/products/tea"};
  only_new.headers.set("Authorization", "Bearer " + shop.key("admin"));
  only_new.headers.set("Content-Type", "application/json");
  only_new.headers.set("If-None-Match", "*");
  only_new.body = tea().dump();
  EXPECT_EQ(shop.call(only_new).reason(), "version_stale");
}

TEST(Upkeep, APriceChangeIsAddedToTheHistory) {
  Shop shop;
  const Staff staff(shop);
  const Answer made = staff.put("/v1/staff/products/tea", tea());
  shop.pass(86'400'000);
  Json cheaper = made.body;
  cheaper["variants"][0]["offer"]["unit_price_minor"] = 1800;
  const Answer put = staff.put("/v1/staff/products/tea", cheaper, tag_of(made));
  const Json history = put.body.at("variants").at(0).at("offer").at("price_history");
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history.at(0).at("unit_price_minor"), 2000);
  EXPECT_EQ(history.at(1).at("from_ms"), shop.now_ms());
  Json rewritten = put.body;
  rewritten["variants"][0]["offer"]["price_history"] = Json::array();
  EXPECT_EQ(staff.put("/v1/staff/products/tea", rewritten, tag_of(put)).body, put.body);
}

TEST(Upkeep, WhatTheCoreRefusesNamesItsPlace) {
  Shop shop;
  const Staff staff(shop);
  const auto refused = [&](const char* pointer, const Json& value) {
    Json body = tea();
    body[Json::json_pointer(pointer)] = value;
    const Answer answer = staff.put("/v1/staff/products/tea", body);
    return answer.reason() + " at " + answer.body.value("subject", "");
  };
  EXPECT_EQ(refused("/variants/0/offer/tax_class", "luxury"),
            "reference_unknown at /variants/0/offer/tax_class");
  EXPECT_EQ(refused("/variants/1/offer/unit_price_minor", -1),
            "number_out_of_range at /variants/1/offer/unit_price_minor");
  EXPECT_EQ(refused("/variants/0/offer/prices/0", Json::object()),
            "field_missing at /variants/0/offer/prices/0/unit_price_minor");
  EXPECT_EQ(refused("/variants/1/offer/sku", "TEA-100"), "id_duplicate at /variants/1/offer/sku");
  EXPECT_EQ(refused("/variants/1/options", Json{"100 g"}), "id_duplicate at /variants/1/options");
  EXPECT_EQ(refused("/variants/1/options", Json::array()), "type_mismatch at /variants/1/options");
  EXPECT_EQ(refused("/variants", Json::array()), "field_missing at /variants");
  EXPECT_EQ(refused("/handle", "coffee"), "value_unknown at /handle");
  EXPECT_EQ(refused("/price", 1), "field_unknown at /price");
  EXPECT_EQ(shop.get("/v1/offers").body.at("total"), 0);
}

TEST(Upkeep, ASkuBelongsToOneProduct) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const Staff staff(shop);
  const Answer refused = staff.put("/v1/staff/products/tea", tea());
  EXPECT_EQ(refused.reason(), "id_duplicate");
  EXPECT_EQ(refused.body.at("subject"), "/variants/0/offer/sku");
}

TEST(Upkeep, OfTwoChangesInOneCommitTheSecondHasNotSeenTheFirst) {
  Shop shop;
  const std::string tag = tag_of(Staff(shop).put("/v1/staff/products/tea", tea()));
  Catalog catalog(shop.store().reads());
  const auto change = [&](const char* name) {
    Json body = tea();
    body["name"]["en"] = name;
    return ProductJob(catalog, shop.store().reads(), "tea", *wire::decode<ProductBody>(body.dump()),
                      {.if_match = tag}, name);
  };
  ProductJob ann = change("ann");
  ProductJob bob = change("bob");
  const std::array<commit::Job*, 2> jobs{&ann, &bob};
  commit::CommitCounts counts;
  const auto outcomes = commit::run_batch(shop.store(), jobs, counts);
  EXPECT_TRUE(commit::is_committed(outcomes[0]));
  const Rejection* refusal = commit::rejection(outcomes[1]);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->reason, Reason::version_stale);
  EXPECT_EQ(shop.get("/v1/offers/tea").body.at("name").at("en"), "ann");
}

TEST(Upkeep, OnlyAdminsChangeAndAllStaffRead) {
  Shop shop;
  for (const char* role : {"sales", "warehouse", "accounting"}) {
    const Staff staff(shop, role);
    EXPECT_EQ(staff.get("/v1/staff/products").status, 200) << role;
    EXPECT_EQ(staff.put("/v1/staff/products/tea", tea()).reason(), "role_forbids") << role;
    EXPECT_EQ(staff.remove("/v1/staff/products/tea", "*").reason(), "role_forbids") << role;
    EXPECT_EQ(staff.put("/v1/staff/coupons/A", {{"promotion", "once"}}).reason(), "role_forbids");
    EXPECT_EQ(staff.put("/v1/staff/rules", small_rules(), "*").reason(), "role_forbids");
  }
  EXPECT_EQ(shop.get("/v1/staff/products").status, 401);
  EXPECT_EQ(Staff(shop, "sales").get("/v1/staff/audit").reason(), "role_forbids");
  EXPECT_EQ(Staff(shop, "accounting").get("/v1/staff/audit").status, 200);
}

TEST(Upkeep, ProductsAreListedAPageAtATime) {
  Shop shop;
  const Staff staff(shop);
  for (int i = 0; i < 101; ++i) shop.sell(goods("S-" + std::to_string(1'000 + i), 100));
  const Answer first = staff.get("/v1/staff/products");
  EXPECT_EQ(first.body.at("products").size(), 100U);
  const std::string cursor = first.body.at("cursor");
  const Answer second = staff.get("/v1/staff/products?cursor=" + cursor);
  ASSERT_EQ(second.body.at("products").size(), 1U);
  EXPECT_EQ(second.body.at("products").at(0).at("handle"), "S-1100");
  EXPECT_EQ(second.body.at("cursor"), nullptr);
}

TEST(Upkeep, ACodeBelongsToAPromotionOfTheRules) {
  Shop shop;
  const Staff staff(shop);
  EXPECT_EQ(staff.put("/v1/staff/coupons/hello", {{"promotion", "nothing"}}).reason(),
            "reference_unknown");
  EXPECT_EQ(staff.put("/v1/staff/coupons/hello", {{"promotion", "welcome"}}).status, 201);
  EXPECT_EQ(staff.put("/v1/staff/coupons/HELLO", {{"promotion", "once"}}).status, 200);
  EXPECT_EQ(
      staff.get("/v1/staff/coupons").body,
      Json::parse(R"({"coupons": [{"code": "HELLO", "promotion": "once"}], "cursor": null})"));
  EXPECT_EQ(staff.remove("/v1/staff/coupons/Hello", "").status, 204);
  EXPECT_EQ(staff.remove("/v1/staff/coupons/Hello", "").reason(), "coupon_unknown");
}

TEST(Upkeep, EveryChangeIsInTheAudit) {
  Shop shop;
  const Staff staff(shop);
  const Answer made = staff.put("/v1/staff/products/tea", tea());
  staff.put("/v1/staff/coupons/hello", {{"promotion", "welcome"}});
  staff.put("/v1/staff/coupons/hello", {{"promotion", "welcome"}});  // changes nothing
  staff.remove("/v1/staff/products/tea", tag_of(made));
  const Json rows = staff.get("/v1/staff/audit?after=0").body.at("rows");
  ASSERT_EQ(rows.size(), 3U) << rows;
  EXPECT_EQ(rows[0].at("what"), "product");
  EXPECT_EQ(rows[0].at("subject"), "tea");
  EXPECT_EQ(rows[0].at("actor"), "ann");
  EXPECT_EQ(rows[0].at("at_ms"), shop.now_ms());
  EXPECT_EQ(rows[0].at("before"), nullptr);
  EXPECT_EQ(rows[1].at("what"), "coupon");
  EXPECT_EQ(rows[2].at("before"), rows[0].at("after"));
  EXPECT_EQ(rows[2].at("after"), nullptr);
  const std::string after = rows[1].at("n").dump();
  EXPECT_EQ(staff.get("/v1/staff/audit?after=" + after).body.at("rows").size(), 1U);
  EXPECT_EQ(staff.get("/v1/staff/audit?after=x").reason(), "value_unknown");
}

}  // namespace
}  // namespace tandem::app::test
