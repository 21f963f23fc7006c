// SPDX-License-Identifier: Apache-2.0
#include "import/woocommerce_columns.hpp"

#include <algorithm>
#include <optional>

#include "import/values.hpp"

namespace tandem::intake {
namespace {

struct WooName {
  WooColumn column;
  std::string_view name;
};

constexpr std::array<WooName, kWooColumns> kWooNames{{
    {WooColumn::id, "ID"},
    {WooColumn::type, "Type"},
    {WooColumn::sku, "SKU"},
    {WooColumn::barcode, "GTIN, UPC, EAN, or ISBN"},
    {WooColumn::name, "Name"},
    {WooColumn::published, "Published"},
    {WooColumn::short_text, "Short description"},
    {WooColumn::text, "Description"},
    {WooColumn::sale_starts, "Date sale price starts"},
    {WooColumn::sale_ends, "Date sale price ends"},
    {WooColumn::tax_status, "Tax status"},
    {WooColumn::tax_class, "Tax class"},
    {WooColumn::in_stock, "In stock?"},
    {WooColumn::stock, "Stock"},
    {WooColumn::backorders, "Backorders allowed?"},
    {WooColumn::weight, "Weight"},
    {WooColumn::sale_price, "Sale price"},
    {WooColumn::regular_price, "Regular price"},
    {WooColumn::categories, "Categories"},
    {WooColumn::tags, "Tags"},
    {WooColumn::images, "Images"},
    {WooColumn::parent, "Parent"},
}};

constexpr bool woo_names_follow_the_enumeration() {
  for (std::size_t i = 0; i < kWooColumns; ++i)
    if (std::to_underlying(kWooNames[i].column) != i) return false;
  return true;
}
static_assert(woo_names_follow_the_enumeration());

constexpr std::array<WeightUnit, 4> kUnits{{{"kg", 1'000'000'000'000},
                                            {"g", 1'000'000'000},
                                            {"lbs", 453'592'370'000},
                                            {"oz", 28'349'523'125}}};

// Published columns that a shop's catalog here has no use for.
constexpr std::array<std::string_view, 16> kWooUnused{
    "Is featured?",     "Visibility in catalog",
    "Low stock amount", "Sold individually?",
    "Purchase note",    "Shipping class",
    "Download limit",   "Download expiry days",
    "Grouped products", "Upsells",
    "Cross-sells",      "External URL",
    "Button text",      "Position",
    "Brands",           "Allow customer reviews?"};
constexpr std::array<std::string_view, 5> kWooUnusedBeginnings{"Length (", "Width (", "Height (",
                                                               "Download ", "Swatches "};

bool begins(std::string_view text, std::string_view beginning) {
  return equal_ignoring_case(text.substr(0, beginning.size()), beginning);
}

bool has_no_use(std::string_view header) {
  return std::ranges::any_of(kWooUnused, [&](auto n) { return equal_ignoring_case(header, n); }) ||
         std::ranges::any_of(kWooUnusedBeginnings, [&](auto n) { return begins(header, n); });
}

std::optional<WooColumn> woo_column_named(std::string_view header) {
  for (const WooName& row : kWooNames)
    if (equal_ignoring_case(header, row.name)) return row.column;
  return begins(header, "Weight (") ? std::optional(WooColumn::weight) : std::nullopt;
}

// "Attribute 12 value(s)" is 12 and "value(s)"; nothing for what is no attribute's column.
std::optional<std::pair<std::size_t, std::string_view>> attribute(std::string_view header) {
  constexpr std::string_view kWord = "Attribute ";
  if (!begins(header, kWord)) return std::nullopt;
  std::size_t number = 0;
  std::size_t at = kWord.size();
  for (; at < header.size() && header[at] >= '0' && header[at] <= '9' && number < 1'000; ++at)
    number = number * 10 + static_cast<std::size_t>(header[at] - '0');
  if (number == 0 || at >= header.size() || header[at] != ' ') return std::nullopt;
  return std::pair(number, header.substr(at + 1));
}

void read_unit(std::string_view header, WooHeader& read, std::vector<HeaderFault>& faults) {
  const std::size_t open = header.find('(');
  std::string_view unit = open == std::string_view::npos ? "kg" : header.substr(open + 1);
  if (unit.ends_with(')')) unit.remove_suffix(1);
  const auto found = std::ranges::find(kUnits, unit, &WeightUnit::name);
  if (found == kUnits.end())
    faults.push_back({std::string(header), "The unit of weights is none of kg, g, lbs and oz."});
  else
    read.unit = *found;
}

}  // namespace

std::string_view name(WooColumn column) { return kWooNames[std::to_underlying(column)].name; }

bool is_woocommerce(const CsvRow& row) {
  bool type = false;
  bool price = false;
  for (const CsvCell& cell : row.cells) {
    const auto column = woo_column_named(trimmed(cell.text));
    type = type || column == WooColumn::type;
    price = price || column == WooColumn::regular_price;
  }
  return type && price;
}

WooHeader read_woocommerce_header(const CsvRow& row, std::vector<HeaderFault>& faults) {
  WooHeader header;
  header.index.fill(Header::kAbsent);
  header.width = row.cells.size();
  std::vector<std::pair<std::size_t, AttributeColumns>> attributes;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string_view text = trimmed(row.cells[i].text);
    if (const auto column = woo_column_named(text)) {
      std::size_t& index = header.index[std::to_underlying(*column)];
      if (index != Header::kAbsent)
        faults.push_back({std::string(text), "The column stands in the file twice."});
      index = i;
      if (*column == WooColumn::weight) read_unit(text, header, faults);
    } else if (const auto found = attribute(text)) {
      const auto known = [&](const auto& one) { return one.first == found->first; };
      auto place = std::ranges::find_if(attributes, known);
      if (place == attributes.end())
        place = attributes.insert(place, {found->first, {Header::kAbsent, Header::kAbsent}});
      if (equal_ignoring_case(found->second, "name")) place->second.name = i;
      if (equal_ignoring_case(found->second, "value(s)")) place->second.values = i;
    } else if (!text.empty() && !has_no_use(text)) {
      header.unknown.emplace_back(text);
    }
  }
  for (const auto& [number, columns] : attributes)
    if (columns.name != Header::kAbsent && columns.values != Header::kAbsent)
      header.attributes.push_back(columns);
  for (const WooColumn required : {WooColumn::type, WooColumn::name, WooColumn::regular_price})
    if (header.at(required) == Header::kAbsent)
      faults.push_back({std::string(name(required)),
                        "The file has no such column; it is not a WooCommerce product export."});
  return header;
}

}  // namespace tandem::intake
