// SPDX-License-Identifier: Apache-2.0
// The sample shop reads without a complaint and holds every kind of thing that a shop sells.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "import/shopify.hpp"

namespace tandem::intake {
namespace {

constexpr const char* kFolder = "examples/shop/";

const ProductCatalog& shop() {
  static const ProductCatalog catalog = [] {
    std::ifstream file(std::string(kFolder) + "products.csv", std::ios::binary);
    return read_shopify(std::string{std::istreambuf_iterator<char>(file), {}});
  }();
  return catalog;
}

// How many variants fulfill a condition.
template <class Condition>
std::size_t count(Condition condition) {
  std::size_t found = 0;
  for (const Product& product : shop().products)
    for (const Variant& variant : product.variants)
      if (condition(product, variant)) ++found;
  return found;
}

TEST(SampleShop, ReadsWithoutAComplaint) {
  ASSERT_TRUE(shop().readable);
  for (const Problem& problem : shop().problems) ADD_FAILURE() << to_string(problem);
  for (const Problem& note : shop().notes) ADD_FAILURE() << to_string(note);
  EXPECT_GE(shop().products.size(), 190U);
  EXPECT_GE(count([](auto&, auto&) { return true; }), 300U);
}

TEST(SampleShop, IsWrittenInEnglishAndPersian) {
  for (const Product& product : shop().products) {
    ASSERT_TRUE(product.translations.contains("fa")) << product.handle;
    const Translation& persian = product.translations.at("fa");
    EXPECT_FALSE(persian.title.empty() || persian.body.empty()) << product.handle;
    EXPECT_FALSE(product.body.empty()) << product.handle;
    for (const std::string& option : product.options)
      EXPECT_TRUE(persian.words.contains(option)) << product.handle << ' ' << option;
    for (const Variant& variant : product.variants)
      for (const std::string& value : variant.option_values)
        EXPECT_TRUE(persian.words.contains(value)) << product.handle << ' ' << value;
    // Arabic letters where Persian ones belong would hide a product from a search.
    for (const char* arabic : {"ي", "ك"})
      EXPECT_EQ((persian.title + persian.body).find(arabic), std::string::npos) << product.handle;
  }
}

TEST(SampleShop, HasEveryTaxClass) {
  std::map<std::string, std::size_t> classes;
  for (const Product& product : shop().products)
    for (const Variant& variant : product.variants)
      ++classes[std::string(tax_class(product, variant))];
  EXPECT_EQ(classes.size(), 4U);
  for (const char* name : {"standard", "reduced", "digital", "zero"})
    EXPECT_GT(classes[name], 0U) << name;
}

TEST(SampleShop, HasEveryKindOfStock) {
  using enum InventoryPolicy;
  EXPECT_GE(count([](auto&, auto& v) { return v.tracked && v.quantity == 0 && v.policy == deny; }),
            5U);
  EXPECT_GE(count([](auto&, auto& v) { return v.policy == continue_selling; }), 5U);
  EXPECT_GE(count([](auto&, auto& v) { return !v.tracked && v.requires_shipping; }), 1U);
  EXPECT_GE(count([](auto&, auto& v) { return !v.requires_shipping; }), 10U);
  EXPECT_GE(count([](auto& p, auto& v) { return !p.returnable && v.requires_shipping; }), 5U);
  EXPECT_GE(count([](auto& p, auto&) { return p.gift_card; }), 1U);
  EXPECT_GE(count([](auto&, auto& v) { return v.compare_at_minor > v.price_minor; }), 5U);
}

TEST(SampleShop, HasOnePictureForEachProduct) {
  std::set<std::string> pictures;
  for (const Product& product : shop().products) {
    ASSERT_EQ(product.images.size(), 1U) << product.handle;
    const std::string path = kFolder + product.images[0].src;
    EXPECT_TRUE(std::filesystem::is_regular_file(path)) << path;
    EXPECT_LE(std::filesystem::file_size(path), 2048U) << path;
    pictures.insert(product.images[0].src);
  }
  EXPECT_EQ(pictures.size(), shop().products.size());
}

}  // namespace
}  // namespace tandem::intake
