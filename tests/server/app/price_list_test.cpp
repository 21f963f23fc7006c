// SPDX-License-Identifier: Apache-2.0
// Prices for groups, quantities and days: from the columns of an import to what a customer sees and
// pays over HTTP.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/import_shop.hpp"
#include "shop_fixture.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

constexpr std::string_view kHeader =
    "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,"
    "custom.unit_code,custom.quantity_scale,custom.floor_price,custom.sale_price,"
    "custom.sale_starts,custom.sale_ends,custom.quantity_prices,custom.group_prices,"
    "custom.price_history,custom.offer\n";

ImportReport import(Shop& shop, std::string_view rows) {
  const auto file = std::filesystem::temp_directory_path() / ("tandem-" + random_hex(8));
  std::ofstream(file) << kHeader << rows;
  const ImportReport report =
      import_shop(shop.store(), {.products = file.string()}, [](auto, auto, auto) {});
  std::filesystem::remove(file);
  return report;
}

// Tea at 20.00, on sale from the day before the shop's day; trade pays 15.00, from ten on 14.00.
constexpr std::string_view kTea =
    "tea,Tea,TEA,shopify,500,20.00,KGM,2,9.00,16.00,2025-12-31,2026-01-02T12:30,5=18.00,"
    "trade=15.00; trade 10=14.00,2025-11-01=20.00; 2025-12-20=17.00; 2025-12-25=20.00,\n";

Offer stored(Shop& shop, const std::string& sku) {
  const auto offers = shop.store().reads().offers(std::vector{sku});
  EXPECT_EQ(offers->size(), 1U);
  const Json doc = Json::parse(offers->front().bytes);
  return *wire::decode<Offer>(doc.at("offer").dump());
}

TEST(PriceLists, AreImportedFromColumns) {
  Shop shop;
  const ImportReport report = import(shop, kTea);
  ASSERT_TRUE(report.problems.empty()) << report.problems.front();
  const Offer tea = stored(shop, "TEA");
  EXPECT_EQ(tea.unit_price_minor, 2000);
  EXPECT_EQ(tea.unit_code, "KGM");
  EXPECT_EQ(tea.quantity_scale, 2);
  EXPECT_EQ(tea.floor_minor, 900);
  const std::int64_t new_year = kStart;  // 2026-01-01
  const std::vector<PriceRow> prices{
      {.ends_ms = new_year + 36 * 3'600'000 + 30 * 60'000,
       .starts_ms = new_year - 24 * 3'600'000,
       .unit_price_minor = 1600},
      {.quantity_from = 5, .unit_price_minor = 1800},
      {.customer_groups = {{"trade"}}, .unit_price_minor = 1500},
      {.customer_groups = {{"trade"}}, .quantity_from = 10, .unit_price_minor = 1400}};
  EXPECT_EQ(tea.prices, prices);
  ASSERT_EQ(tea.price_history->size(), 3U);
  EXPECT_EQ(tea.price_history->at(1).unit_price_minor, 1700);
}

TEST(PriceLists, AreImportedFromTheCoresOwnKeys) {
  Shop shop;
  const ImportReport report =
      import(shop,
             "tea,Tea,TEA,,,20.00,,,,,,,5=18.00,,,\"{\"\"kind\"\":\"\"service\"\",\"\"prices\"\":"
             "[{\"\"quantity_from\"\":9,\"\"unit_price_minor\"\":1700}],\"\"unit_code\"\":"
             "\"\"HUR\"\"}\"\n");
  ASSERT_TRUE(report.problems.empty()) << report.problems.front();
  const Offer tea = stored(shop, "TEA");
  EXPECT_EQ(tea.kind, OfferKind::service);
  EXPECT_EQ(tea.unit_code, "HUR");
  ASSERT_EQ(tea.prices->size(), 2U);
  EXPECT_EQ(tea.prices->at(1).quantity_from, 9);
}

TEST(PriceLists, ThatCannotBeReadAreNamedAndNothingIsImported) {
  Shop shop;
  const auto problem = [&](const std::string& cells) {
    const ImportReport report = import(shop, "tea,Tea,TEA,,,20.00," + cells + "\n");
    EXPECT_FALSE(report.written);
    return report.problems.empty() ? "" : report.problems.front();
  };
  EXPECT_NE(problem(",,,,2026-01-01,,,,,").find("a time but no price"), std::string::npos);
  EXPECT_NE(problem(",,,16,2026-13-01,,,,,").find("is no moment"), std::string::npos);
  EXPECT_NE(problem(",,,16,2026-01-02,2026-01-01,,,,").find("ends before"), std::string::npos);
  EXPECT_NE(problem(",,,,,,five=18,,,").find("custom.quantity_prices"), std::string::npos);
  EXPECT_NE(problem(",,,,,,,trade,,").find("trade=15.00"), std::string::npos);
  EXPECT_NE(problem("kilo,,,,,,,,,").find("/unit_code"), std::string::npos);
  EXPECT_NE(problem(",13,,,,,,,,").find("/quantity_scale"), std::string::npos);
  EXPECT_NE(problem(",,,,,,,,,{}}").find("line 2"), std::string::npos);
  EXPECT_NE(problem(",,,,,,,,\"2026-01-02=9; 2026-01-01=8\",").find("/price_history/1"),
            std::string::npos);
}

/// The unit price of the only line of a client's cart, as the client itself computes it.
std::int64_t unit_price(const Client& client) {
  return client.view().body.at("order").at("lines").at(0).at("unit_price_minor");
}

TEST(PriceLists, OfAGroupAreSeenAndPaidByItsMembersAlone) {
  Shop shop;
  ASSERT_TRUE(import(shop, kTea).written);
  shop.account({{"id", "ada"}, {"group", "trade"}});
  shop.account({{"id", "bob"}});
  const auto offers = [](const Answer& answer) { return answer.body.at("offers").dump(); };
  const auto buy = [&](Client& client, const char* account) {
    if (account != nullptr) {
      const Actor system{.kind = ActorClass::system};
      const Json attach{{"type", "attach_customer"}, {"customer", account}};
      const Answer done =
          shop.submit(client.id, system, {{"base_version", 0}, {"commands", {item(attach)}}});
      EXPECT_EQ(done.body.at("results").at(0).at("accepted"), true) << done.body;
      client.catch_up();
    }
    return client.fill({{"TEA", 10}});
  };
  Client member(shop);
  Client known(shop);
  Client stranger(shop);
  const Answer for_member = buy(member, "ada");
  const Answer for_known = buy(known, "bob");
  const Answer for_stranger = buy(stranger, nullptr);

  EXPECT_NE(offers(for_member).find("1400"), std::string::npos);
  for (const Answer& answer : {for_known, for_stranger}) {
    EXPECT_EQ(offers(answer).find("trade"), std::string::npos);
    EXPECT_EQ(offers(answer).find("1400"), std::string::npos);
  }
  EXPECT_EQ(shop.get("/v1/offers/tea").response.content().find("trade"), std::string_view::npos);

  EXPECT_EQ(unit_price(member), 1400);
  EXPECT_EQ(unit_price(known), 1600);
  EXPECT_EQ(unit_price(stranger), 1600);
  for (Client* client : {&member, &stranger}) {
    EXPECT_EQ(client->place().status, 200);
    client->pay("captured");
  }
  const auto paid = [](const Client& client) {
    return client.view().body.at("order").at("money").at("captured_minor").get<std::int64_t>();
  };
  EXPECT_EQ(paid(stranger) - paid(member), 10 * (1600 - 1400));
}

}  // namespace
}  // namespace tandem::app::test
