// SPDX-License-Identifier: Apache-2.0
#include "import/shopify_columns.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "import/values.hpp"

namespace tandem::intake {
namespace {

struct ColumnName {
  Column column;
  std::string_view classic;
  std::string_view newer;
};

constexpr std::array<ColumnName, kColumns> kNames{{
    {Column::handle, "Handle", "URL handle"},
    {Column::title, "Title", "Title"},
    {Column::body, "Body (HTML)", "Description"},
    {Column::vendor, "Vendor", "Vendor"},
    {Column::type, "Type", "Type"},
    {Column::tags, "Tags", "Tags"},
    {Column::published, "Published", "Published on online store"},
    {Column::status, "Status", "Status"},
    {Column::option1_name, "Option1 Name", "Option1 name"},
    {Column::option1_value, "Option1 Value", "Option1 value"},
    {Column::option2_name, "Option2 Name", "Option2 name"},
    {Column::option2_value, "Option2 Value", "Option2 value"},
    {Column::option3_name, "Option3 Name", "Option3 name"},
    {Column::option3_value, "Option3 Value", "Option3 value"},
    {Column::sku, "Variant SKU", "SKU"},
    {Column::grams, "Variant Grams", "Weight value (grams)"},
    {Column::weight_unit, "Variant Weight Unit", "Weight unit for display"},
    {Column::tracker, "Variant Inventory Tracker", "Inventory tracker"},
    {Column::quantity, "Variant Inventory Qty", "Inventory quantity"},
    {Column::policy, "Variant Inventory Policy", "Continue selling when out of stock"},
    {Column::price, "Variant Price", "Price"},
    {Column::compare_at, "Variant Compare At Price", "Compare-at price"},
    {Column::requires_shipping, "Variant Requires Shipping", "Requires shipping"},
    {Column::taxable, "Variant Taxable", "Charge tax"},
    {Column::tax_code, "Variant Tax Code", "Tax code"},
    {Column::barcode, "Variant Barcode", "Barcode"},
    {Column::image_src, "Image Src", "Product image URL"},
    {Column::image_position, "Image Position", "Image position"},
    {Column::image_alt, "Image Alt Text", "Image alt text"},
    {Column::variant_image, "Variant Image", "Variant image URL"},
    {Column::gift_card, "Gift Card", "Gift card"},
    {Column::tax_class, "custom.tax_class", "custom.tax_class"},
    {Column::returnable, "custom.returnable", "custom.returnable"},
    {Column::unit_code, "custom.unit_code", "custom.unit_code"},
    {Column::quantity_scale, "custom.quantity_scale", "custom.quantity_scale"},
    {Column::floor_price, "custom.floor_price", "custom.floor_price"},
    {Column::sale_price, "custom.sale_price", "custom.sale_price"},
    {Column::sale_starts, "custom.sale_starts", "custom.sale_starts"},
    {Column::sale_ends, "custom.sale_ends", "custom.sale_ends"},
    {Column::quantity_prices, "custom.quantity_prices", "custom.quantity_prices"},
    {Column::group_prices, "custom.group_prices", "custom.group_prices"},
    {Column::price_history, "custom.price_history", "custom.price_history"},
    {Column::offer, "custom.offer", "custom.offer"},
}};

constexpr bool names_follow_the_enumeration() {
  for (std::size_t i = 0; i < kColumns; ++i)
    if (std::to_underlying(kNames[i].column) != i) return false;
  return true;
}
static_assert(names_follow_the_enumeration());

// Published columns that a shop's catalog here has no use for; naming them as unknown would bury
// the ones a person should look at.
constexpr std::array<std::string_view, 8> kUnused{"Product Category",
                                                  "Cost per item",
                                                  "Variant Fulfillment Service",
                                                  "Fulfillment service",
                                                  "SEO Title",
                                                  "SEO Description",
                                                  "Option1 Linked To",
                                                  "Variant Inventory Location"};
constexpr std::array<std::string_view, 8> kUnusedBeginnings{
    "Google Shopping / ",  "Included / ", "Price / ",          "Compare At Price / ",
    "Compare-at price / ", "Unit Price ", "Option2 Linked To", "Option3 Linked To"};

bool begins_ignoring_case(std::string_view text, std::string_view beginning) {
  return equal_ignoring_case(text.substr(0, beginning.size()), beginning);
}

bool is_unused(std::string_view header) {
  return std::ranges::any_of(kUnused, [&](auto n) { return equal_ignoring_case(header, n); }) ||
         std::ranges::any_of(kUnusedBeginnings,
                             [&](auto n) { return begins_ignoring_case(header, n); });
}

// What a metafield's header names: `custom.title_fa`, or nothing when it is no metafield.
std::string_view metafield(std::string_view header) {
  constexpr std::string_view kMark = "(product.metafields.";
  const std::size_t at = header.rfind(kMark);
  if (at == std::string_view::npos || !header.ends_with(')')) return {};
  const std::size_t begin = at + kMark.size();
  return header.substr(begin, header.size() - 1 - begin);
}

std::optional<TranslationColumn> translation(std::string_view key, std::size_t index,
                                             std::string_view header) {
  using Kind = TranslationColumn::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 3> kPrefixes{
      {{"custom.title_", Kind::title},
       {"custom.body_", Kind::body},
       {"custom.options_", Kind::options}}};
  for (const auto& [prefix, kind] : kPrefixes) {
    if (key.starts_with(prefix) && key.size() > prefix.size())
      return TranslationColumn{index, std::string(key.substr(prefix.size())), kind,
                               std::string(header)};
  }
  return std::nullopt;
}

std::optional<Column> column_named(std::string_view header, std::string_view key) {
  const std::string_view wanted = key.empty() ? header : key;
  for (const ColumnName& row : kNames)
    if (equal_ignoring_case(wanted, row.classic) || equal_ignoring_case(wanted, row.newer))
      return row.column;
  return std::nullopt;
}

}  // namespace

std::string_view name(Column column) { return kNames[std::to_underlying(column)].classic; }

Header read_header(const CsvRow& row, std::vector<HeaderFault>& faults) {
  Header header;
  header.index.fill(Header::kAbsent);
  header.width = row.cells.size();
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string_view text = trimmed(row.cells[i].text);
    const std::string_view key = metafield(text);
    if (const auto column = column_named(text, key)) {
      std::size_t& index = header.index[std::to_underlying(*column)];
      if (index != Header::kAbsent)
        faults.push_back({std::string(text), "The column stands in the file twice."});
      index = i;
    } else if (auto found = translation(key, i, text)) {
      header.translations.push_back(std::move(*found));
    } else if (!text.empty() && !is_unused(text)) {
      header.unknown.emplace_back(text);
    }
  }
  for (const Column required : {Column::handle, Column::title, Column::price})
    if (!header.has(required))
      faults.push_back({std::string(name(required)),
                        "The file has no such column; it is not a Shopify product export."});
  return header;
}

}  // namespace tandem::intake
