// SPDX-License-Identifier: Apache-2.0
#include "import/woocommerce.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace tandem::intake {
namespace {

constexpr std::int64_t kMarch = 1'772'323'200'000;  // 2026-03-01
constexpr std::int64_t kDay = 86'400'000;

ProductCatalog exported() {
  std::ifstream file("tests/server/import/data/woocommerce.csv", std::ios::binary);
  EXPECT_TRUE(file);
  return read_products(std::string{std::istreambuf_iterator<char>(file), {}});
}

constexpr std::string_view kWooHeader =
    "ID,Type,SKU,Name,Stock,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n";

std::string only_woo_problem(std::string_view rows) {
  const ProductCatalog catalog = read_products(std::string(kWooHeader) + std::string(rows));
  EXPECT_EQ(catalog.problems_total, 1U);
  return catalog.problems.empty() ? "" : to_string(catalog.problems.front());
}

TEST(WooCommerceExport, ReadsVariableProductsWhateverTheOrderOfRows) {
  const ProductCatalog catalog = exported();
  ASSERT_TRUE(catalog.problems.empty()) << to_string(catalog.problems.front());
  ASSERT_EQ(catalog.products.size(), 2U);
  const Product& shirt = catalog.products[0];
  EXPECT_EQ(shirt.handle, "shirt");
  EXPECT_EQ(shirt.title, "Linen shirt");
  EXPECT_EQ(shirt.body, "Washed linen.\nCut wide.\n\nCare: wash at 30.");
  EXPECT_EQ(shirt.tags, (std::vector<std::string>{"Clothing", "Shirts", "Summer", "linen"}));
  EXPECT_EQ(shirt.options, (std::vector<std::string>{"Size", "Color"}));
  ASSERT_EQ(shirt.images.size(), 2U);
  EXPECT_EQ(shirt.images[1].src, "https://shop.example/b.jpg");
  ASSERT_EQ(shirt.variants.size(), 2U);
  EXPECT_EQ(shirt.variants[0].sku, "shirt-s-blue");
  EXPECT_EQ(shirt.variants[0].option_values, (std::vector<std::string>{"S", "Blue"}));
  EXPECT_EQ(shirt.variants[0].price_minor, 4990);
  EXPECT_EQ(shirt.variants[0].weight_g, 250);
  EXPECT_EQ(shirt.variants[0].quantity, 7);
  EXPECT_EQ(tax_class(shirt, shirt.variants[0]), "");
}

TEST(WooCommerceExport, ReadsSalesStockAndTaxOfVariations) {
  const ProductCatalog catalog = exported();
  ASSERT_EQ(catalog.products.size(), 2U);
  const Variant& second = catalog.products[0].variants.at(1);
  EXPECT_EQ(second.sku, "shirt-m-blue");
  EXPECT_TRUE(second.sku_derived);
  EXPECT_EQ(second.weight_g, 261);
  EXPECT_EQ(second.quantity, 0);  // below zero in the file
  EXPECT_EQ(second.policy, InventoryPolicy::continue_selling);
  EXPECT_EQ(tax_class(catalog.products[0], second), "reduced");
  ASSERT_EQ(second.terms.prices.size(), 1U);
  EXPECT_EQ(second.terms.prices[0].price_minor, 3990);
  EXPECT_EQ(second.terms.prices[0].starts_ms, kMarch);
  EXPECT_EQ(second.terms.prices[0].ends_ms, kMarch + 31 * kDay);  // the last day counts whole
}

TEST(WooCommerceExport, ReadsSimpleProducts) {
  const ProductCatalog catalog = exported();
  ASSERT_EQ(catalog.products.size(), 2U);
  const Product& pattern = catalog.products[1];
  EXPECT_FALSE(pattern.published);
  EXPECT_EQ(pattern.body, "A \\n stays.");
  EXPECT_EQ(pattern.tags, (std::vector<std::string>{"Patterns", "Paper, card"}));
  const Variant& variant = pattern.variants.at(0);
  EXPECT_FALSE(variant.requires_shipping);
  EXPECT_FALSE(variant.tracked);
  EXPECT_EQ(variant.barcode, "4006381333931");
  EXPECT_EQ(tax_class(pattern, variant), "zero");
  EXPECT_EQ(variant.terms.prices.at(0).starts_ms, kMarch + 8 * 3'600'000 + 30 * 60'000);
  EXPECT_EQ(variant.terms.prices.at(0).ends_ms, kMarch + 2 * kDay);
}

TEST(WooCommerceExport, NotesWhatItDoesNotRead) {
  const ProductCatalog catalog = exported();
  ASSERT_EQ(catalog.notes.size(), 2U);
  EXPECT_EQ(to_string(catalog.notes[0]).rfind("line 4, column Stock", 0), 0U);
  EXPECT_EQ(catalog.notes[1].sentence, "Nothing is read of these columns: Meta: _origin.");
}

TEST(WooCommerceRows, AreRefusedByLineAndColumn) {
  EXPECT_EQ(only_woo_problem("1,grouped,G,Set,,5,,,\n"),
            "line 2, column Type: The type is none of simple, variable and variation.");
  EXPECT_EQ(only_woo_problem("1,simple,A,Cup,,five,,,\n").rfind("line 2, column Regular price", 0),
            0U);
  EXPECT_EQ(only_woo_problem("1,simple,A,Cup,,,,,\n"),
            "line 2, column Regular price: There is no price.");
  EXPECT_EQ(only_woo_problem("2,variation,B,Cup,,5,none,Size,S\n"),
            "line 2, column Parent: The file has no variable product of this SKU or id.");
  EXPECT_EQ(only_woo_problem("1,variable,A,Cup,,,,,\n2,variation,B,Cup,,5,A,Size,\n"),
            "line 3, column Attribute: The variation is of any \"Size\"; make one for each value.");
  EXPECT_EQ(only_woo_problem("1,variable,A,Cup,,,,,\n2,variation,B,Cup,parent,5,A,Size,S\n"),
            "line 3, column Stock: The stock is counted for all variations together; count each by "
            "itself.");
  EXPECT_EQ(only_woo_problem("1,simple,A,Cup,,5,,,\n2,simple,A,Mug,,5,,,\n").rfind("line 3", 0),
            0U);
  EXPECT_EQ(only_woo_problem("1,variable,A,Cup,,,,,\n2,variation,B,Cup,,5,A,Size,S\n"
                             "3,variation,C,Cup,,6,A,Size,S\n"),
            "line 4, column Attribute: The product already has a variation with these values.");
}

TEST(WooCommerceRows, SoundOnesStayWhereOthersAreBad) {
  const ProductCatalog catalog =
      read_products(std::string(kWooHeader) + "1,simple,A,Cup,,5,,,\n2,external,B,Mug,,5,,,\n");
  EXPECT_EQ(catalog.problems_total, 1U);
  ASSERT_EQ(catalog.products.size(), 1U);
  EXPECT_EQ(catalog.products[0].variants[0].sku, "A");
}

TEST(WooCommerceHeader, NeedsItsColumnsOnce) {
  EXPECT_FALSE(read_products("Type,Regular price\nsimple,5\n").readable);
  EXPECT_FALSE(read_products("Type,Name,Name,Regular price\n").readable);
  EXPECT_FALSE(read_products("Type,Name,Regular price,Weight (stone)\n").readable);
  EXPECT_TRUE(read_products("type,name,regular price\n").readable);
  // Anything else is Shopify's.
  EXPECT_TRUE(read_products("Handle,Title,Variant Price\ntea,Tea,2.00\n").readable);
}

}  // namespace
}  // namespace tandem::intake
