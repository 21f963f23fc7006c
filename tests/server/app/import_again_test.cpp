// SPDX-License-Identifier: Apache-2.0
// Importing the same shop again: only what differs is changed, and nothing is forgotten.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/import_shop.hpp"
#include "shop_fixture.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app::test {
namespace {

constexpr std::string_view kHeader =
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Inventory Policy,Variant Price,custom.sale_price,"
    "custom.sale_starts,custom.sale_ends,custom.price_history\n";
constexpr std::string_view kTea =
    "tea,Tea,Size,100 g,TEA-100,shopify,12,deny,20.00,,,,\n"
    "tea,,,200 g,TEA-200,shopify,5,deny,38.00,,,,\n";
constexpr std::string_view kCup = "cup,Cup,,,CUP,shopify,3,continue,9.00,,,,\n";

class ImportAgain : public ::testing::Test {
 protected:
  ImportReport import(const std::string& rows, ShopFiles files = {}) {
    files.products = std::filesystem::temp_directory_path() / ("tandem-" + random_hex(8));
    std::ofstream(files.products) << kHeader << rows;
    ImportReport report = import_shop(shop.store(), files, [](auto, auto, auto) {});
    std::filesystem::remove(files.products);
    return report;
  }
  ImportReport import_all() { return import(std::string(kTea) + std::string(kCup)); }
  Offer offer(const std::string& sku) {
    const auto offers = shop.store().reads().offers(std::vector{sku});
    EXPECT_EQ(offers->size(), 1U) << sku;
    return *wire::decode<Offer>(Json::parse(offers->front().bytes).at("offer").dump());
  }
  std::vector<store::AuditRow> audit() { return *shop.store().reads().audit(0, 1'000); }
  std::int64_t version() { return *shop.store().reads().catalog_version(); }

  Shop shop;
};

TEST_F(ImportAgain, TheSameFileChangesNothing) {
  const ImportReport first = import_all();
  ASSERT_TRUE(first.written);
  EXPECT_EQ(first.products.added, 2U);
  EXPECT_EQ(first.offers.added, 3U);
  EXPECT_EQ(first.counted, 3U);
  const std::int64_t before = version();
  const ImportReport again = import_all();
  ASSERT_TRUE(again.written);
  EXPECT_EQ(again.products.unchanged, 2U);
  EXPECT_EQ(again.offers.unchanged, 3U);
  EXPECT_EQ(again.products.changed + again.products.added + again.counted, 0U);
  EXPECT_EQ(version(), before);
  EXPECT_EQ(audit().size(), 2U);  // of the first import
  EXPECT_TRUE(shop.verify().sentences.empty());
}

TEST_F(ImportAgain, OnlyWhatDiffersIsChangedAndNoted) {
  import_all();
  const auto before = audit();
  const ImportReport again = import(std::string(kTea) +
                                    "cup,Cup,,,CUP,shopify,3,continue,9.50,,,,\n"
                                    "pot,Pot,,,POT,shopify,1,deny,30.00,,,,\n");
  EXPECT_EQ(again.products.unchanged, 1U);
  EXPECT_EQ(again.products.changed, 1U);
  EXPECT_EQ(again.products.added, 1U);
  EXPECT_EQ(again.offers.changed, 1U);
  EXPECT_EQ(again.counted, 1U);
  const auto rows = audit();
  ASSERT_EQ(rows.size(), before.size() + 2);
  const store::AuditRow& cup = rows[rows.size() - 2];
  EXPECT_EQ(cup.subject, "cup");
  EXPECT_EQ(cup.actor, "import");
  EXPECT_EQ(cup.before, before.back().after);
  EXPECT_NE(cup.after, cup.before);
  EXPECT_EQ(rows.back().subject, "pot");
  EXPECT_FALSE(rows.back().before);
  EXPECT_EQ(offer("CUP").unit_price_minor, 950);
}

TEST_F(ImportAgain, AProductThatTheFileDoesNotNameStaysUnlessAsked) {
  import_all();
  EXPECT_EQ(import("tea,Tea,Size,100 g,TEA-100,shopify,12,deny,20.00,,,,\n").products.unchanged,
            1U);
  EXPECT_EQ(shop.store().reads().product("tea")->value().offers.size(), 2U);
  EXPECT_TRUE(*shop.store().reads().product("cup"));
  EXPECT_EQ(shop.get("/v1/offers?q=TEA-200").body.at("total"), 1);

  const ImportReport removing =
      import("tea,Tea,Size,100 g,TEA-100,shopify,12,deny,20.00,,,,\n", {.remove_missing = true});
  EXPECT_EQ(removing.products.removed, 1U);
  EXPECT_EQ(removing.products.changed, 1U);
  EXPECT_EQ(removing.offers.removed, 2U);
  EXPECT_EQ(shop.store().reads().product("tea")->value().offers.size(), 1U);
  EXPECT_FALSE(*shop.store().reads().product("cup"));
  EXPECT_FALSE(audit().back().after);
  EXPECT_EQ(shop.stock_of("CUP").figures.on_hand, 3);  // the ledger forgets nothing
}

TEST_F(ImportAgain, NothingIsRemovedForARowThatIsRefused) {
  import_all();
  const ImportReport report = import(std::string(kTea) + "cup,Cup,,,CUP,shopify,3,deny,nine,,,,\n",
                                     {.skip_bad = true, .remove_missing = true});
  EXPECT_FALSE(report.written);
  EXPECT_EQ(report.refused, 1U);
  EXPECT_NE(report.problems.at(0).find("line 4"), std::string::npos) << report.problems.at(0);
  EXPECT_TRUE(*shop.store().reads().product("cup"));
}

TEST_F(ImportAgain, ABadRowLosesEverythingOrNothingOfTheOthers) {
  const std::string rows = std::string(kTea) + "cup,Cup,,,CUP,shopify,3,deny,nine,,,,\n";
  EXPECT_FALSE(import(rows).written);
  EXPECT_FALSE(*shop.store().reads().product("tea"));
  const ImportReport sound = import(rows, {.skip_bad = true});
  EXPECT_TRUE(sound.written);
  EXPECT_EQ(sound.products.added, 1U);
  EXPECT_EQ(sound.refused, 1U);
}

TEST_F(ImportAgain, AQuantityIsACountInTheLedger) {
  import_all();
  const std::string key = shop.key("warehouse");
  const Json kept{{"sku", "TEA-100"}, {"on_hand", 12}, {"safety_stock", 4}};
  EXPECT_EQ(shop.post("/v1/staff/stock", kept.dump(), key).status, 200);
  const ImportReport again = import(
      "tea,Tea,Size,100 g,TEA-100,shopify,9,deny,20.00,,,,\n"
      "tea,,,200 g,TEA-200,shopify,5,deny,38.00,,,,\n");
  EXPECT_EQ(again.counted, 1U);
  EXPECT_EQ(again.products.unchanged, 1U);
  EXPECT_EQ(shop.stock_of("TEA-100").figures.on_hand, 9);
  EXPECT_EQ(shop.stock_of("TEA-100").safety_stock, 4);  // the warehouse's word
  EXPECT_GT(shop.stock_of("CUP").backorder_max, 0);
  EXPECT_EQ(shop.stock_of("TEA-200").backorder_max, 0);
  EXPECT_TRUE(shop.verify().sentences.empty());
  import(std::string(kTea), {.keep_stock = true});
  EXPECT_EQ(shop.stock_of("TEA-100").figures.on_hand, 9);
}

TEST_F(ImportAgain, APriceThatComesDownLeavesItsHistory) {
  import_all();
  shop.pass(86'400'000);
  const std::int64_t cheaper_ms = shop.now_ms();
  import("cup,Cup,,,CUP,shopify,3,continue,8.00,,,,\n");
  const std::vector<PricePoint> expected{{0, 900}, {cheaper_ms, 800}};
  EXPECT_EQ(offer("CUP").price_history, expected);
  EXPECT_EQ(import("cup,Cup,,,CUP,shopify,3,continue,8.00,,,,\n").offers.unchanged, 1U);
  shop.pass(86'400'000);
  import("cup,Cup,,,CUP,shopify,3,continue,9.50,,,,\n");
  ASSERT_EQ(offer("CUP").price_history->size(), 3U);
  EXPECT_EQ(offer("CUP").price_history->front(), expected.front());
  // What the customer is told: the lowest price of the 30 days before it came down.
  shop.pass(86'400'000);
  import("cup,Cup,,,CUP,shopify,3,continue,9.00,,,,\n");
  const Offer cup = offer("CUP");
  EXPECT_EQ(lowest_before_reduction(cup, {.price = Exact::minor(900)}, shop.now_ms()), 800);
}

TEST_F(ImportAgain, AFileCannotRewriteTheHistory) {
  import("cup,Cup,,,CUP,shopify,3,continue,9.00,,,,2025-11-01=10.00; 2025-12-01=9.00\n");
  const ImportReport again =
      import("cup,Cup,,,CUP,shopify,3,continue,9.00,,,,2025-11-01=8.00; 2025-12-31=8.50\n");
  const auto history = *offer("CUP").price_history;
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].unit_price_minor, 1000);
  EXPECT_EQ(history[1].unit_price_minor, 900);
  EXPECT_EQ(history[2].unit_price_minor, 850);
  ASSERT_EQ(again.notes.size(), 1U);
  EXPECT_NE(again.notes[0].find("line 2"), std::string::npos);
}

TEST_F(ImportAgain, SalesThatHaveBeenAreInTheHistoryWhenAPriceChanges) {
  import("cup,Cup,,,CUP,shopify,3,continue,9.00,7.00,2026-01-03,2026-01-05,\n");
  shop.set_time(kStart + 10 * 86'400'000LL);
  import("cup,Cup,,,CUP,shopify,3,continue,8.00,,,,\n");
  const std::int64_t day = 86'400'000;
  const std::vector<PricePoint> expected{
      {0, 900}, {kStart + 2 * day, 700}, {kStart + 4 * day, 900}, {kStart + 10 * day, 800}};
  EXPECT_EQ(offer("CUP").price_history, expected);
}

TEST_F(ImportAgain, AVariantMayMoveToAnotherProduct) {
  import_all();
  const ImportReport moved = import("mug,Mug,,,CUP,shopify,3,continue,9.00,,,,\n");
  EXPECT_EQ(moved.products.added, 1U);
  EXPECT_EQ(moved.products.changed, 1U);
  EXPECT_TRUE(shop.store().reads().product("cup")->value().offers.empty());
  EXPECT_EQ(shop.store().reads().product("mug")->value().offers.size(), 1U);
  EXPECT_EQ(audit().back().subject, "cup");
}

}  // namespace
}  // namespace tandem::app::test
