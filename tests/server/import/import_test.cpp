// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "import/shopify.hpp"

namespace tandem::intake {
namespace {

// Tests run in the repository's folder.
constexpr const char* kExport = "tests/server/import/data/export.csv";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::string_view kHeader =
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Price,Image Src\n";

ProductCatalog read(std::string_view rows, const ReadOptions& options = {}) {
  return read_shopify(std::string(kHeader) + std::string(rows), options);
}

// The only problem that these rows have, as a person would read it.
std::string only_problem(std::string_view rows, const ReadOptions& options = {}) {
  const ProductCatalog catalog = read(rows, options);
  EXPECT_EQ(catalog.problems_total, 1U);
  return catalog.problems.empty() ? "" : to_string(catalog.problems.front());
}

std::vector<std::string> skus(const ProductCatalog& catalog) {
  std::vector<std::string> all;
  for (const Product& product : catalog.products)
    for (const Variant& variant : product.variants) all.push_back(variant.sku);
  return all;
}

TEST(ShopifyExport, ReadsProductsAsShopifyWritesThem) {
  const ProductCatalog catalog = read_shopify(file_text(kExport));
  ASSERT_TRUE(catalog.problems.empty()) << to_string(catalog.problems.front());
  ASSERT_EQ(catalog.products.size(), 4U);
  const Product& shirt = catalog.products[0];
  EXPECT_EQ(shirt.handle, "linen-shirt");
  EXPECT_EQ(shirt.body, "Washed linen, cut wide.\nCare: wash at 30 °C, don't tumble.");
  EXPECT_EQ(shirt.translations.at("fa").title, "پیراهن کتانی");
  EXPECT_EQ(shirt.translations.at("fa").body, "کتان شسته\u200Cشده با برش آزاد.");
  EXPECT_EQ(shirt.tags, (std::vector<std::string>{"linen", "summer", "\"wide\" cut"}));
  EXPECT_EQ(shirt.options, (std::vector<std::string>{"Size", "Color"}));
  EXPECT_EQ(shirt.tax_class, "standard");
  EXPECT_TRUE(shirt.returnable);
  ASSERT_EQ(shirt.images.size(), 3U);
  EXPECT_EQ(shirt.images[1].alt, "Buttons");  // by position, not by row
}

TEST(ShopifyExport, ReadsVariantsAsShopifyWritesThem) {
  const ProductCatalog catalog = read_shopify(file_text(kExport));
  ASSERT_EQ(catalog.products.size(), 4U);
  const std::vector<Variant>& shirts = catalog.products[0].variants;
  ASSERT_EQ(shirts.size(), 3U);
  EXPECT_EQ(shirts[0].sku, "000471");  // without the apostrophe that guards its zeros
  EXPECT_EQ(shirts[0].barcode, "4006381333931");
  EXPECT_EQ(shirts[0].price_minor, 5990);
  EXPECT_EQ(shirts[0].compare_at_minor, 7990);
  EXPECT_EQ(shirts[0].weight_g, 249);  // grams, though they are displayed as pounds
  EXPECT_EQ(shirts[0].quantity, 12);
  EXPECT_EQ(shirts[2].compare_at_minor, std::nullopt);
  EXPECT_EQ(shirts[2].policy, InventoryPolicy::continue_selling);
  EXPECT_EQ(shirts[2].quantity, 0);
  EXPECT_EQ(shirts[2].sku, "linen-shirt-m-moss-dark");
  EXPECT_TRUE(shirts[2].sku_derived);
  EXPECT_EQ(shirts[2].line, 5U);  // the first body spans two lines
}

TEST(ShopifyExport, ReadsKindsOfProducts) {
  const ProductCatalog catalog = read_shopify(file_text(kExport));
  ASSERT_EQ(catalog.products.size(), 4U);
  const Product& pattern = catalog.products[1];
  EXPECT_TRUE(pattern.options.empty());
  EXPECT_FALSE(pattern.returnable);
  EXPECT_FALSE(pattern.variants[0].requires_shipping);
  EXPECT_FALSE(pattern.variants[0].tracked);
  EXPECT_EQ(tax_class(pattern, pattern.variants[0]), "");
  const Product& card = catalog.products[2];
  EXPECT_TRUE(card.gift_card);
  EXPECT_EQ(tax_class(card, card.variants[0]), "zero");
  EXPECT_EQ(catalog.products[3].status, ProductStatus::archived);
  EXPECT_FALSE(catalog.products[3].published);
}

TEST(ShopifyExport, NotesWhatItDoesNotReadOnce) {
  const ProductCatalog catalog = read_shopify(file_text(kExport));
  ASSERT_EQ(catalog.notes.size(), 2U);
  EXPECT_EQ(catalog.notes[0].line, 5U);  // stock below zero
  EXPECT_EQ(catalog.notes[1].sentence,
            "Nothing is read of these columns: Material (product.metafields.custom.material), "
            "Color (product.metafields.shopify.color-pattern).");
}

TEST(ShopifyHeader, FindsColumnsInAnyOrderAndUnderNewerNames) {
  const ProductCatalog catalog = read_shopify(
      "price,Status,Title,Weight value (grams),URL handle,Continue selling when out of stock\n"
      "4.50,Draft,Tea,100,tea,CONTINUE\n");
  ASSERT_TRUE(catalog.problems.empty());
  ASSERT_EQ(catalog.products.size(), 1U);
  const Variant& tea = catalog.products[0].variants.at(0);
  EXPECT_EQ(tea.price_minor, 450);
  EXPECT_EQ(tea.weight_g, 100);
  EXPECT_EQ(tea.policy, InventoryPolicy::continue_selling);
  EXPECT_EQ(tea.sku, "tea");
  EXPECT_EQ(catalog.products[0].status, ProductStatus::draft);
}

TEST(ShopifyHeader, FindsTranslationsAmongMetafields) {
  const std::string header =
      "Handle,Title,Price,Words (de) (product.metafields.custom.options_de),"
      "Titel (product.metafields.custom.title_de)\n";
  const ProductCatalog catalog = read_shopify(header + "t,Tea,1,Size=Größe; Small = Klein;,Tee\n");
  ASSERT_TRUE(catalog.problems.empty());
  const Translation& german = catalog.products.at(0).translations.at("de");
  EXPECT_EQ(german.title, "Tee");
  EXPECT_EQ(german.words.at("Size"), "Größe");
  EXPECT_EQ(german.words.at("Small"), "Klein");
  const ProductCatalog broken = read_shopify(header + "t,Tea,1,Size,Tee\n");
  ASSERT_EQ(broken.problems.size(), 1U);
  EXPECT_EQ(broken.problems[0].column, "Words (de) (product.metafields.custom.options_de)");
}

TEST(ShopifyHeader, RejectsAFileThatIsNoExport) {
  const ProductCatalog missing = read_shopify("Handle,Name\na,b\n");
  EXPECT_FALSE(missing.readable);
  ASSERT_EQ(missing.problems.size(), 2U);
  EXPECT_EQ(missing.problems[0].column, "Title");
  EXPECT_EQ(missing.problems[1].column, "Variant Price");
  EXPECT_FALSE(read_shopify("").readable);
  EXPECT_FALSE(read_shopify("Handle,Title,Variant Price\n\xFF,b,1\n").readable);
  EXPECT_FALSE(read_shopify("Handle,Title,Price,Variant Price\na,b,1,1\n").readable);
}

TEST(ShopifyRows, RejectsBadNumbersByLineAndColumn) {
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1,4.505,\n"),
            "line 2, column Variant Price: \"4.505\" has more than 2 decimals, which the currency "
            "does not have.");
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1,-4,\n"),
            "line 2, column Variant Price: \"-4\" is negative; an amount is zero or more.");
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1,free,\n"),
            "line 2, column Variant Price: \"free\" is not a number; write it as 1234.5, without "
            "signs or grouping.");
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1,,\n"),
            "line 2, column Variant Price: The variant has no price.");
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1.5,4,\n"),
            "line 2, column Variant Inventory Qty: \"1.5\" is not a whole number.");
  EXPECT_EQ(only_problem("tea,Tea,,,T,shopify,1,4.5,\n", {.currency_exponent = 0}),
            "line 2, column Variant Price: \"4.5\" has more than 0 decimals, which the currency "
            "does not have.");
}

TEST(ShopifyRows, RejectsRowsThatBelongNowhere) {
  EXPECT_EQ(only_problem(",Tea,,,T,shopify,1,4,\n"),
            "line 2, column Handle: The row has no handle.");
  EXPECT_EQ(only_problem("tea,,,,T,shopify,1,4,\n"),
            "line 2, column Title: The first row of a product needs a title.");
  EXPECT_EQ(only_problem("a,A,,,A,,,1,\nb,B,,,B,,,1,\na,A,,,C,,,1,\n"),
            "line 4, column Handle: The rows of \"a\" ended at line 2; the rows of a product must "
            "follow each other.");
  EXPECT_EQ(only_problem("a,A,,,A,,,1,\na,,,,,,,,\n"),
            "line 3: The row adds neither a variant nor an image to its product.");
  EXPECT_EQ(only_problem("a,A,,,A,,,1\n"),
            "line 2: The row has 8 cells, the header 9; a comma or a quote is misplaced.");
  EXPECT_EQ(
      only_problem("a b,A,,,A,,,1,\n"),
      "line 2, column Handle: The handle is too long, or holds other than letters, digits and "
      "hyphens.");
}

TEST(ShopifyRows, RejectsOptionsThatDoNotFit) {
  EXPECT_EQ(only_problem("a,A,Size,S,A,,,1,\na,,Color,M,B,,,1,\n"),
            "line 3, column Option1 Name: The option differs from the one in the product's first "
            "row.");
  EXPECT_EQ(only_problem("a,A,Size,S,A,,,1,\na,,,,B,,,1,\n"),
            "line 3, column Option1 Value: The variant has no value for the option \"Size\".");
  EXPECT_EQ(only_problem("a,A,Size,S,A,,,1,\na,,,S,B,,,1,\n"),
            "line 3, column Option1 Value: The product already has a variant with these option "
            "values.");
  EXPECT_EQ(only_problem("a,A,,S,A,,,1,\n"),
            "line 2, column Option1 Value: There is a value, but the product has no such option.");
}

TEST(ShopifyRows, RejectsTheSameSkuTwice) {
  const ProductCatalog catalog = read("a,A,,,X,,,1,\nb,B,,,X,,,1,\nc,C,,,Y,,,1,\n");
  ASSERT_EQ(catalog.problems.size(), 1U);
  EXPECT_EQ(to_string(catalog.problems[0]),
            "line 3, column Variant SKU: The SKU \"X\" is already used in line 2.");
  EXPECT_EQ(skus(catalog), (std::vector<std::string>{"X", "Y"}));
}

TEST(ShopifyRows, DerivesMissingSkusThatGiveWayToGivenOnes) {
  const ProductCatalog catalog = read(
      "tea,Tea,Size,100 g,,,,1,\ntea,,,250 g,,,,1,\ntea-100,Other,Size,g,,,,1,\n"
      "cup,Cup,,,tea-100-g,,,1,\n");
  EXPECT_TRUE(catalog.problems.empty());
  EXPECT_EQ(skus(catalog),
            (std::vector<std::string>{"tea-100-g-2", "tea-250-g", "tea-100-g-3", "tea-100-g"}));
}

TEST(ShopifyRows, LeavesOutOnlyWhatIsWrong) {
  const ProductCatalog catalog = read(
      "a,A,Size,S,A1,,,bad,a.jpg\na,,,M,A2,,,2,\nb,,,,B1,,,1,\nb,,,,,,,,b.jpg\nc,C,,,C1,,,x,\n");
  EXPECT_EQ(catalog.problems_total, 3U);
  ASSERT_EQ(catalog.products.size(), 1U);
  EXPECT_EQ(skus(catalog), (std::vector<std::string>{"A2"}));
  EXPECT_EQ(catalog.products[0].images.size(), 1U);
}

TEST(ShopifyRows, ReportsBrokenQuotesAndReadsOn) {
  const ProductCatalog catalog = read("a,A \"x\",,,A,,,1,\nb,B,,,B,,,1,\n");
  ASSERT_EQ(catalog.problems.size(), 1U);
  EXPECT_EQ(to_string(catalog.problems[0]),
            "line 2, column cell 2: At character 5: A quotation mark stands inside a cell that is "
            "not quoted.");
  EXPECT_EQ(skus(catalog), (std::vector<std::string>{"B"}));
}

TEST(ShopifyRows, KeepsTheFirstProblemsAndCountsAll) {
  std::string rows;
  for (int i = 0; i < 50; ++i) rows += ",no handle,,,,,,1,\n";
  const ProductCatalog catalog = read(rows, {.limits = {.problems = 10}});
  EXPECT_EQ(catalog.problems.size(), 10U);
  EXPECT_EQ(catalog.problems_total, 50U);
}

TEST(ShopifyRows, RejectsControlCharactersAndLongTexts) {
  EXPECT_EQ(only_problem("a,\"A\x1B[2J\",,,A,,,1,\n"),
            "line 2, column Title: The text holds a line break or another control character.");
  EXPECT_EQ(only_problem("a," + std::string(600, 'x') + ",,,A,,,1,\n"),
            "line 2, column Title: The text is longer than 512 bytes.");
}

TEST(ShopifyRows, ReadsManyVariantsOfManyProducts) {
  std::string rows;
  for (int i = 0; i < 20'000; ++i) {
    const std::string handle = "p" + std::to_string(i);
    for (int v = 0; v < 5; ++v)
      rows += handle + (v == 0 ? ",Title," : ",,") + "Size," + std::to_string(v) + "," + handle +
              "-" + std::to_string(v) + ",shopify,3,19.90,\n";
  }
  const ProductCatalog catalog = read(rows);
  EXPECT_TRUE(catalog.problems.empty());
  EXPECT_EQ(catalog.products.size(), 20'000U);
  EXPECT_EQ(skus(catalog).size(), 100'000U);
}

}  // namespace
}  // namespace tandem::intake
