// SPDX-License-Identifier: Apache-2.0
// Rules and settings as they are published, compared and brought back; and that every node notices.
#include <gtest/gtest.h>

#include "app/published.hpp"
#include "shop_fixture.hpp"
#include "upkeep.hpp"

namespace tandem::app::test {
namespace {

Json dearer_parcel() {
  Json rules = small_rules();
  rules["shipping_methods"][0]["price"]["amount_minor"] = 590;
  rules["promotions"].erase(1);
  return rules;
}

TEST(Published, RulesAreCheckedPublishedComparedAndBroughtBack) {
  Shop shop;
  const Staff staff(shop);
  const Answer first = staff.get("/v1/staff/rules");
  EXPECT_EQ(staff.put("/v1/staff/rules", dearer_parcel()).status, 428);
  EXPECT_EQ(staff.put("/v1/staff/rules", dearer_parcel(), "\"other\"").status, 412);
  const Answer second = staff.put("/v1/staff/rules", dearer_parcel(), tag_of(first));
  ASSERT_EQ(second.status, 200) << second.body;
  const std::string old_id = tag_of(first).substr(1, 64);
  const std::string new_id = tag_of(second).substr(1, 64);
  EXPECT_EQ(shop.get("/v1/rules").body.at("rules_id"), new_id);
  EXPECT_EQ(staff.get("/v1/staff/rules/versions/" + old_id).body, first.body);

  const Json versions = staff.get("/v1/staff/rules/versions").body.at("versions");
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].at("id"), new_id);
  const Json changes =
      staff.get("/v1/staff/rules/diff?from=" + old_id + "&to=" + new_id).body.at("changes");
  ASSERT_EQ(changes.size(), 2U) << changes;
  EXPECT_EQ(changes[0].at("path"), "/promotions/once");
  EXPECT_FALSE(changes[0].contains("new"));
  EXPECT_EQ(changes[1], Json::parse(R"({"new": 590, "old": 490,
      "path": "/shipping_methods/parcel/price/amount_minor"})"));

  const Json back{{"id", old_id}};
  EXPECT_EQ(staff.post("/v1/staff/rules/rollback", back, tag_of(first)).status, 412);
  EXPECT_EQ(tag_of(staff.post("/v1/staff/rules/rollback", back, tag_of(second))), tag_of(first));
  EXPECT_EQ(shop.get("/v1/rules").body.at("rules_id"), old_id);
  const Json unknown{{"id", "none"}};
  EXPECT_EQ(staff.post("/v1/staff/rules/rollback", unknown, "*").reason(), "reference_unknown");
  EXPECT_EQ(staff.get("/v1/staff/audit").body.at("rows").size(), 2U);
}

TEST(Published, AFaultIsNamedByItsPathAndChangesNothing) {
  Shop shop;
  const Staff staff(shop);
  const std::string tag = tag_of(staff.get("/v1/staff/rules"));
  Json rules = small_rules();
  rules["tax_classes"][0]["taxes"]["home"] = {"vat7"};
  const Answer refused = staff.put("/v1/staff/rules", rules, tag);
  EXPECT_EQ(refused.reason(), "reference_unknown");
  EXPECT_EQ(refused.body.at("subject").get<std::string>().rfind("/tax_classes/0/taxes", 0), 0U)
      << refused.body;
  rules = small_rules();
  rules["tax"] = 1;
  EXPECT_EQ(staff.put("/v1/staff/rules", rules, tag).body.at("subject"), "/tax");
  EXPECT_EQ(tag_of(staff.get("/v1/staff/rules")), tag);
  EXPECT_TRUE(staff.get("/v1/staff/audit").body.at("rows").empty());
}

Json with_two_classes() {
  Json rules = small_rules();
  rules["tax_classes"].push_back({{"id", "books \u00b7 %"}, {"taxes", {{"*", Json::array()}}}});
  return rules;
}

TEST(Published, RulesMustHaveTheTaxClassesThatProductsName) {
  Shop shop;
  const Staff staff(shop);
  shop.publish(with_two_classes());
  Offer book = goods("BOOK", 1000);
  book.tax_class = TaxClassId{"books \u00b7 %"};
  shop.sell(book);
  Offer tea = goods("TEA-100", 2000);
  tea.name["en"] = R"(Tea "tax_class":"none")";
  tea.tax_class = TaxClassId{"standard"};
  shop.sell(tea);
  const std::string tag = tag_of(staff.get("/v1/staff/rules"));
  const Answer refused = staff.put("/v1/staff/rules", small_rules(), tag);
  EXPECT_EQ(refused.reason(), "reference_unknown");
  EXPECT_EQ(refused.body.at("subject"), "offers/BOOK/offer/tax_class");
  EXPECT_EQ(tag_of(staff.get("/v1/staff/rules")), tag);
  Json dearer = with_two_classes();
  dearer["shipping_methods"][0]["price"]["amount_minor"] = 590;
  EXPECT_EQ(staff.put("/v1/staff/rules", dearer, tag).status, 200);
  const Json back{{"id", tag.substr(1, 64)}};
  EXPECT_EQ(staff.post("/v1/staff/rules/rollback", back, "*").status, 200);
  book.tax_class = TaxClassId{"standard"};
  shop.sell(book);
  EXPECT_EQ(staff.put("/v1/staff/rules", small_rules(), "*").status, 200);
}

/// The offers are read beside the writer; one that came meanwhile is seen all the same.
TEST(Published, WhatWasCheckedBeforeCountsUntilTheCatalogueChanges) {
  Shop shop;
  shop.publish(with_two_classes());
  const auto publish = [&](bool changes, const std::string& tax_class) {
    const auto now = current_edition(Paper::rules, shop.store().reads());
    PublishJob job(Paper::rules, {.text = small_rules().dump()},
                   {.if_match = '"' + (*now)->id + '"'}, "admin", shop.store().reads());
    job.check_before();
    if (changes) {
      Offer book = goods("BOOK", 1000);
      book.tax_class = TaxClassId{tax_class};
      shop.sell(book);
    }
    commit::CommitCounts counts;
    const std::array<commit::Job*, 1> jobs{&job};
    const auto outcomes = commit::run_batch(shop.store(), jobs, counts);
    const Rejection* refusal = commit::rejection(outcomes.front());
    return refusal == nullptr ? std::string() : refusal->subject;
  };
  EXPECT_EQ(publish(true, "books \u00b7 %"), "offers/BOOK/offer/tax_class") << "it came meanwhile";
  EXPECT_EQ(publish(false, {}), "offers/BOOK/offer/tax_class") << "it was found beforehand";
  EXPECT_EQ(publish(true, "standard"), "") << "it was mended meanwhile";
}

TEST(Published, WhatStopsWorkingIsTold) {
  Shop shop;
  const Staff staff(shop);
  const auto warnings = [](const Answer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::string all;
    const http::Headers& headers = answer.response.headers;
    for (std::size_t i = 0; i < headers.size(); ++i) {
      if (headers[i].name == "Tandem-Warning") all.append(headers[i].value) += '\n';
    }
    return all;
  };
  shop.code("HELLO", "once");
  shop.code("AGAIN", "once");
  EXPECT_EQ(warnings(staff.put("/v1/staff/rules", dearer_parcel(), "*")),
            "reference_unknown /promotions/once\n");
  EXPECT_EQ(warnings(staff.put("/v1/staff/rules", small_rules(), "*")), "");
  const Json without_demo{{"providers", {{"demo", {{"enabled", false}}}}}};
  EXPECT_EQ(warnings(staff.put("/v1/staff/settings", without_demo, "")),
            "provider_disabled /payment_methods/card/provider\n");
  Json rules = small_rules();
  rules["payment_methods"][0]["id"] = "card \u00b7";
  EXPECT_EQ(warnings(staff.put("/v1/staff/rules", rules, "*")),
            "provider_disabled /payment_methods/card%20%C2%B7/provider\n");
  rules["payment_methods"][0]["enabled"] = false;
  EXPECT_EQ(warnings(staff.put("/v1/staff/rules", rules, "*")), "");
  rules["payment_methods"].push_back(
      {{"id", "bank"}, {"provider", "wire_transfer"}, {"express", true}});
  EXPECT_EQ(warnings(staff.put("/v1/staff/rules", rules, "*")),
            "provider_cannot_express /payment_methods/bank/express\n");
}

TEST(Published, TheDocumentInForceIsNotPublishedAgain) {
  Shop shop;
  const Staff staff(shop);
  const std::string tag = tag_of(staff.get("/v1/staff/rules"));
  EXPECT_EQ(tag_of(staff.put("/v1/staff/rules", small_rules(), tag)), tag);
  EXPECT_EQ(staff.get("/v1/staff/rules/versions").body.at("versions").size(), 1U);
  EXPECT_TRUE(staff.get("/v1/staff/audit").body.at("rows").empty());
}

TEST(Published, SettingsHaveNumbers) {
  Shop shop;
  const Staff staff(shop);
  EXPECT_EQ(staff.get("/v1/staff/settings").reason(), "reference_unknown");
  EXPECT_EQ(tag_of(staff.put("/v1/staff/settings", {{"attempts_max", 3}})), "\"1\"");
  EXPECT_EQ(staff.put("/v1/staff/settings", {{"attempts_max", 4}}).status, 428);
  EXPECT_EQ(tag_of(staff.put("/v1/staff/settings", {{"attempts_max", 4}}, "\"1\"")), "\"2\"");
  EXPECT_EQ(staff.put("/v1/staff/settings", {{"attempts", 4}}, "\"2\"").body.at("subject"),
            "/attempts");
  const Json back{{"id", "1"}};
  EXPECT_EQ(tag_of(staff.post("/v1/staff/settings/rollback", back, "\"2\"")), "\"3\"");
  EXPECT_EQ(staff.get("/v1/staff/settings/diff?from=1&to=3").body.at("changes").size(), 0U);
  EXPECT_EQ(staff.get("/v1/staff/settings/versions").body.at("versions").size(), 3U);
  EXPECT_EQ(shop.app().router().handle({.target = "/v1/rules"}).status, 200);
}

TEST(Published, AnotherNodeNoticesAtOnce) {
  Shop shop;
  const Staff staff(shop);
  const auto store = shop.open_another();
  Application other(*store, shop.options());
  const auto rules_there = [&] {
    return Json::parse(other.router().handle({.target = "/v1/rules"}).content()).at("rules_id");
  };
  const Json before = rules_there();
  const Answer put = staff.put("/v1/staff/rules", dearer_parcel(), "*");
  EXPECT_NE(rules_there(), before);
  EXPECT_EQ('"' + rules_there().get<std::string>() + '"', tag_of(put));
}

TEST(Published, DifferencesNameElementsByTheirIds) {
  const auto found = differences(R"({"a":[1,2],"b":[{"id":"x","v":1},{"id":"y","v":2}]})",
                                 R"({"a":[1,3,4],"b":[{"id":"y","v":2},{"id":"x","v":9}],"c":{}})");
  ASSERT_TRUE(found);
  const std::vector<Difference> expected{{"/a/1", "2", "3"},
                                         {"/a/2", std::nullopt, "4"},
                                         {"/b/x/v", "1", "9"},
                                         {"/c", std::nullopt, "{}"}};
  EXPECT_EQ(*found, expected);
}

}  // namespace
}  // namespace tandem::app::test
