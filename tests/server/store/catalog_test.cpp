// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"
#include "store/text_fold.hpp"
#include "tandem/order/decide.hpp"

namespace tandem::store {
namespace {

class StoreCatalog : public StoreTest {
 protected:
  void add_products() {
    Writes writes;
    writes.products = {{"tea", 1, "{tea}", "Black Tea  چاي"},
                       {"cup", 1, "{cup}", "Cup فنجان"},
                       {"pot", 2, "{pot}", "Tea pot"}};
    writes.offers = {
        {"TEA-200", "tea", 2, "{200}"}, {"TEA-100", "tea", 1, "{100}"}, {"CUP", "cup", 1, "{c}"}};
    ok(commit(writes));
  }
  std::vector<std::string> handles(const ProductQuery& query) {
    std::vector<std::string> found;
    for (const auto& found_one : ok(reads().products(query)).products) {
      found.push_back(found_one.product.handle);
    }
    return found;
  }
};
TANDEM_FOR_EACH_ENGINE(StoreCatalog);

using Handles = std::vector<std::string>;

TEST_P(StoreCatalog, ProductsComeInOrderWithTheirOffers) {
  add_products();
  EXPECT_EQ(handles({}), (Handles{"cup", "tea", "pot"}));
  const auto tea = ok(reads().product("tea"));
  ASSERT_TRUE(tea);
  ASSERT_EQ(tea->offers.size(), 2U);
  EXPECT_EQ(tea->offers[0].sku, "TEA-100");
  EXPECT_EQ(tea->offers[1].bytes, "{200}");
}

TEST_P(StoreCatalog, PicturesAreReplacedAndRemoved) {
  Writes writes;
  writes.images = {{"a.png", "image/png", "one"}, {"b.png", "image/png", "two"}};
  ok(commit(writes));
  Writes replace;
  replace.images = {{"a.png", "image/webp", std::string("\0\xff", 2)}};
  replace.images_removed = {"b.png", "none.png"};
  ok(commit(replace));
  const auto image = ok(reads().image("a.png"));
  ASSERT_TRUE(image);
  EXPECT_EQ(image->content_type, "image/webp");
  EXPECT_EQ(image->bytes, std::string("\0\xff", 2));
  EXPECT_FALSE(ok(reads().image("b.png")));
}

TEST_P(StoreCatalog, PagesGoOnWhereTheyEnded) {
  add_products();
  auto page = ok(reads().products({.count_max = 2}));
  ASSERT_EQ(page.products.size(), 2U);
  EXPECT_EQ(handles({.after = page.next, .count_max = 2}), (Handles{"pot"}));
  EXPECT_EQ(ok(reads().products({.after = page.next, .count_max = 1})).next, "");
  EXPECT_EQ(handles({.after = "not a cursor"}).size(), 3U);
}

TEST_P(StoreCatalog, SearchFindsEveryWordInAnySpelling) {
  add_products();
  EXPECT_EQ(handles({.text = "TEA"}), (Handles{"tea", "pot"}));
  EXPECT_EQ(handles({.text = "tea black"}), (Handles{"tea"}));
  EXPECT_EQ(handles({.text = "چای"}), (Handles{"tea"}));
  EXPECT_EQ(handles({.text = "coffee"}), Handles{});
  EXPECT_EQ(handles({.text = "tea", .count_max = 1}), (Handles{"tea"}));
}

TEST_P(StoreCatalog, OffersAreFoundBySkuReplacedAndRemoved) {
  add_products();
  const std::vector<std::string> skus{"CUP", "NONE", "TEA-100"};
  EXPECT_EQ(ok(reads().offers(skus)).size(), 2U);
  Writes writes;
  writes.offers = {{"CUP", "cup", 1, "{dearer}"}};
  writes.offers_removed = {"TEA-100"};
  writes.products_removed = {"pot"};
  ok(commit(writes));
  const auto offers = ok(reads().offers(skus));
  ASSERT_EQ(offers.size(), 1U);
  EXPECT_EQ(offers[0].bytes, "{dearer}");
  EXPECT_EQ(handles({}), (Handles{"cup", "tea"}));
}

TEST_P(StoreCatalog, ARemovedProductTakesItsOffersAlong) {
  add_products();
  Writes writes;
  writes.products_removed = {"tea"};
  ok(commit(writes));
  EXPECT_TRUE(ok(reads().offers(std::vector<std::string>{"TEA-100"})).empty());
}

TEST_P(StoreCatalog, AnOfferNeedsItsProduct) {
  Writes writes;
  writes.offers = {{"X", "none", 1, "{}"}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCatalog, TheRulesPublishedLastAreCurrent) {
  EXPECT_FALSE(ok(reads().current_rules()));
  Writes writes;
  writes.rules = {{"r1", "one", kNow}, {"r2", "two", kNow}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().current_rules())->id, "r2");
  writes.rules = {{"r1", "one", kNow + 1}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().current_rules())->id, "r1");
  EXPECT_EQ(ok(reads().rules("r2"))->bytes, "two");
  writes.rules = {{"r1", "changed", kNow + 2}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCatalog, ASettingsVersionIsWrittenOnce) {
  Writes writes;
  writes.settings = {{1, "one", kNow}, {2, "two", kNow}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().current_settings())->bytes, "two");
  EXPECT_EQ(ok(reads().settings(1))->bytes, "one");
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreCatalog, CouponCodesIgnoreCase) {
  Writes writes;
  writes.coupons = {{"Hello", "welcome"}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().coupon(" hELLO "))->promotion, "welcome");
  writes = {};
  writes.coupons_removed = {"hello"};
  ok(commit(writes));
  EXPECT_FALSE(ok(reads().coupon("HELLO")));
}

TEST_P(StoreCatalog, ProductsAreFoundByManyHandles) {
  add_products();
  const std::vector<std::string> asked{"pot", "none", "tea"};
  std::vector<ProductWithOffers> found = ok(reads().products_named(asked));
  ASSERT_EQ(found.size(), 2U);
  std::ranges::sort(found, {}, [](const auto& one) { return one.product.handle; });
  EXPECT_EQ(found[0].product.bytes, "{pot}");
  EXPECT_TRUE(found[0].offers.empty());
  EXPECT_EQ(found[1].offers.size(), 2U);
  EXPECT_TRUE(ok(reads().products_named({})).empty());
  EXPECT_EQ(ok(reads().last_position()), 2);
}

TEST_P(StoreCatalog, EveryPublishedDocumentIsListedTheLatestFirst) {
  Writes writes;
  writes.rules = {{"r1", "one", kNow}, {"r2", "two", kNow + 1}, {"r1", "one", kNow + 2}};
  writes.settings = {{1, "one", kNow}, {2, "two", kNow}};
  ok(commit(writes));
  const auto rules = ok(reads().rules_versions());
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].id, "r1");
  EXPECT_EQ(rules[0].published_ms, kNow + 2);
  EXPECT_EQ(rules[1].id, "r2");
  const auto settings = ok(reads().settings_versions());
  ASSERT_EQ(settings.size(), 2U);
  EXPECT_EQ(settings[0].version, 2);
}

TEST_P(StoreCatalog, CouponsAreListedByCode) {
  Writes writes;
  writes.coupons = {{"B", "welcome"}, {"A", "welcome"}, {"C", "once"}};
  ok(commit(writes));
  const auto first = ok(reads().coupons("", 2));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[1].code, "B");
  ASSERT_EQ(ok(reads().coupons("B", 2)).size(), 1U);
}

TEST_P(StoreCatalog, TheAuditIsKeptInItsOrder) {
  Writes writes;
  writes.audit = {{0, kNow, "ann", "product", "tea", std::nullopt, Digest{1}},
                  {0, kNow + 1, "bob", "product", "tea", Digest{1}, std::nullopt}};
  ok(commit(writes));
  const auto rows = ok(reads().audit(0, 10));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].actor, "ann");
  EXPECT_EQ(rows[0].what, "product");
  EXPECT_FALSE(rows[0].before);
  EXPECT_EQ(rows[0].after, Digest{1});
  EXPECT_LT(rows[0].n, rows[1].n);
  EXPECT_FALSE(rows[1].after);
  EXPECT_EQ(ok(reads().audit(rows[0].n, 10)).size(), 1U);
  EXPECT_EQ(ok(reads().audit(0, 1)).size(), 1U);
}

TEST_P(StoreCatalog, AChangeDecidedOnAnotherVersionIsStale) {
  add_products();
  const std::int64_t version = ok(reads().catalog_version());
  Writes writes;
  writes.products_removed = {"pot"};
  writes.catalog_read = {version - 1};
  EXPECT_EQ(fault(commit(writes)), Fault::stale);
  writes.catalog_read = {version, version};  // the second one has not seen the first
  EXPECT_EQ(fault(commit(writes)), Fault::stale);
  writes.catalog_read = {version};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().catalog_version()), version + 1);
}

TEST_P(StoreCatalog, ImagesAndKeysComeBack) {
  Writes writes;
  writes.images = {{"a/tea.svg", "image/svg+xml", "<svg/>"}};
  writes.api_keys = {{Digest{1}, "till", "sales", kNow, std::nullopt}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().image("a/tea.svg"))->content_type, "image/svg+xml");
  EXPECT_FALSE(ok(reads().api_key(Digest{1}))->revoked_ms);
  writes.api_keys[0].revoked_ms = kNow;
  ok(commit(writes));
  EXPECT_EQ(ok(reads().api_key(Digest{1}))->revoked_ms, kNow);
  EXPECT_FALSE(ok(reads().api_key(Digest{2})));
  writes = {};
  writes.api_keys = {{Digest{2}, "books", "accounting", kNow - 1, std::nullopt}};
  ok(commit(writes));
  const std::vector<ApiKey> keys = ok(reads().api_keys());
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].name, "books");  // the oldest first
  EXPECT_EQ(keys[0].hash, Digest{2});
  EXPECT_EQ(keys[1].role, "sales");
  EXPECT_EQ(keys[1].revoked_ms, kNow);
}

TEST(TextFold, BringsSpellingsTogether) {
  EXPECT_EQ(fold_search("  Earl\n Grey "), "earl grey");
  EXPECT_EQ(fold_search("CRÈME Brûlée"), "creme brulee");
  EXPECT_EQ(fold_search("ΤΣΑΙ ЧАЙ"), "τσαι чай");
  EXPECT_EQ(fold_search("كتابي"), fold_search("کتابی"));
  EXPECT_EQ(fold_search("می\u200Cخواهم"), "میخواهم");
  EXPECT_EQ(fold_search("۱۲٣"), "123");
  EXPECT_EQ(fold_search("چـــای"), "چای");
  EXPECT_EQ(search_words(" چای  سبز "), (std::vector<std::string>{"چای", "سبز"}));
  EXPECT_EQ(fold_search(std::string_view("\xFF\xC3", 2)).empty(), false);
  EXPECT_EQ(fold_code(" sale۲۰ "), "SALE20");
}

}  // namespace
}  // namespace tandem::store
