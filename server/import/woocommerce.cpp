// SPDX-License-Identifier: Apache-2.0
#include "import/woocommerce.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>
#include <utility>

#include "import/shopify.hpp"
#include "import/woocommerce_row.hpp"

namespace tandem::intake {
namespace {

// A product while its variations are gathered.
struct Parent {
  Product product;
  bool variable = false;
  bool sound = true;
  std::vector<std::vector<std::pair<std::string, std::string>>> choices;  // of each variant
};

class WooGatherer {
 public:
  WooGatherer(ProductCatalog& catalog, const WooHeader& header, const ReadOptions& options)
      : catalog_(catalog),
        header_(header),
        options_(options),
        complaints_(catalog, options.limits.problems) {}

  // Products first, whatever the order of the rows.
  void add_product(const CsvRow& csv_row);
  void add_variation(const CsvRow& csv_row);
  void finish();

 private:
  void name_handle(WooRow& row, Parent& parent);
  void keep_variant(WooRow& row, Parent& parent, Variant variant,
                    std::vector<std::pair<std::string, std::string>> choices);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> choices_of(WooRow& row);
  void settle_options(Parent& parent);
  void settle_skus(Product& product);

  ProductCatalog& catalog_;
  const WooHeader& header_;
  const ReadOptions& options_;
  Complaints complaints_;
  std::deque<Parent> parents_;
  std::unordered_map<std::string, Parent*> by_name_;  // "id:12" and the SKU
  std::set<std::string> handles_;
  std::unordered_map<std::string, std::uint32_t> skus_;  // with the line
};

void WooGatherer::add_product(const CsvRow& csv_row) {
  if (!complaints_.fits(csv_row, header_.width)) return;
  WooRow row(header_, csv_row, options_, complaints_);
  if (row.is_of_type("variation")) return;
  const bool variable = row.is_of_type("variable");
  if (!variable && !row.is_of_type("simple"))
    return row.complain(WooColumn::type, "The type is none of simple, variable and variation.");
  Parent& parent = parents_.emplace_back();
  parent.variable = variable;
  parent.product = read_woocommerce_product(row);
  name_handle(row, parent);
  const std::string id(row.raw(WooColumn::id));
  const std::string sku(row.raw(WooColumn::sku));
  if (!id.empty()) by_name_.emplace("id:" + id, &parent);
  if (!sku.empty()) by_name_.emplace(sku, &parent);
  if (!variable) keep_variant(row, parent, read_woocommerce_variant(row), {});
  parent.sound = row.sound();
}

void WooGatherer::name_handle(WooRow& row, Parent& parent) {
  std::string handle = slug(row.raw(WooColumn::sku));
  if (handle.empty()) handle = slug(row.raw(WooColumn::name));
  if (handles_.contains(handle) && !row.blank(WooColumn::id))
    handle += "-" + slug(row.raw(WooColumn::id));
  if (handle.empty() || handle.size() > row.limits().handle_bytes)
    row.complain(WooColumn::name, "No address can be made of the SKU or the name.");
  else if (!handles_.insert(handle).second)
    row.complain(WooColumn::name, "Another product has the same SKU or name.");
  parent.product.handle = std::move(handle);
}

std::vector<std::pair<std::string, std::string>> WooGatherer::choices_of(WooRow& row) {
  std::vector<std::pair<std::string, std::string>> choices;
  for (const AttributeColumns& columns : header_.attributes) {
    const std::string_view attribute = row.raw_at(columns.name);
    if (attribute.empty()) continue;
    constexpr std::string_view kColumn = "Attribute";
    std::string name = row.value(kColumn, read_line_text(attribute, row.limits().word_bytes));
    const std::string_view text = row.raw_at(columns.values);
    if (text.empty())
      row.complain(kColumn, "The variation is of any \"" + name + "\"; make one for each value.");
    choices.emplace_back(std::move(name),
                         row.value(kColumn, read_line_text(text, row.limits().word_bytes)));
  }
  return choices;
}

void WooGatherer::add_variation(const CsvRow& csv_row) {
  if (csv_row.fault || csv_row.cells.size() != header_.width) return;  // complained of already
  WooRow row(header_, csv_row, options_, complaints_);
  if (!row.is_of_type("variation")) return;
  const auto found = by_name_.find(std::string(row.raw(WooColumn::parent)));
  if (found == by_name_.end() || !found->second->variable)
    return row.complain(WooColumn::parent, "The file has no variable product of this SKU or id.");
  if (!found->second->sound)
    return row.complain(WooColumn::parent, "The variation's product was refused.");
  Variant variant = read_woocommerce_variant(row);
  keep_variant(row, *found->second, std::move(variant), choices_of(row));
}

void WooGatherer::keep_variant(WooRow& row, Parent& parent, Variant variant,
                               std::vector<std::pair<std::string, std::string>> choices) {
  if (!variant.sku.empty()) {
    const auto [place, added] = skus_.try_emplace(variant.sku, row.line());
    if (!added)
      row.complain(WooColumn::sku, "The SKU \"" + variant.sku + "\" is already used in line " +
                                       std::to_string(place->second) + ".");
  }
  if (parent.product.variants.size() >= row.limits().variants_per_product)
    row.complain("", "The product has too many variations.");
  if (!row.sound()) return;
  parent.product.variants.push_back(std::move(variant));
  parent.choices.push_back(std::move(choices));
}

// The options of a product are the attributes that its variations choose of.
void WooGatherer::settle_options(Parent& parent) {
  Product& product = parent.product;
  for (const auto& choices : parent.choices)
    for (const auto& [name, value] : choices)
      if (std::ranges::find(product.options, name) == product.options.end())
        product.options.push_back(name);
  std::set<std::vector<std::string>> taken;
  std::vector<Variant> sound;
  for (std::size_t i = 0; i < product.variants.size(); ++i) {
    Variant& variant = product.variants[i];
    for (const std::string& option : product.options) {
      const auto chosen =
          std::ranges::find(parent.choices[i], option, &std::pair<std::string, std::string>::first);
      if (chosen != parent.choices[i].end()) variant.option_values.push_back(chosen->second);
    }
    if (variant.option_values.size() != product.options.size())
      complaints_.problem(variant.line, "Attribute",
                          "The variation has no value for an attribute that others have.");
    else if (!taken.insert(variant.option_values).second)
      complaints_.problem(variant.line, "Attribute",
                          "The product already has a variation with these values.");
    else
      sound.push_back(std::move(variant));
  }
  product.variants = std::move(sound);
}

void WooGatherer::settle_skus(Product& product) {
  for (Variant& variant : product.variants) {
    if (!variant.sku.empty()) continue;
    variant.sku_derived = true;
    std::string values;
    for (const std::string& value : variant.option_values) (values += value) += ' ';
    const std::string ending = slug(values);
    const std::string base = ending.empty() ? product.handle : product.handle + "-" + ending;
    variant.sku = base;
    for (int n = 2; !skus_.try_emplace(variant.sku, variant.line).second; ++n)
      variant.sku = base + "-" + std::to_string(n);
  }
}

void WooGatherer::finish() {
  for (Parent& parent : parents_) {
    if (!parent.sound) continue;
    settle_options(parent);
    settle_skus(parent.product);
    if (parent.product.variants.empty())
      complaints_.note(parent.product.line, "",
                       "The product has nothing that can be bought and is left out.");
    else
      catalog_.products.push_back(std::move(parent.product));
  }
  if (header_.unknown.empty()) return;
  std::string names;
  for (const std::string& column : header_.unknown) names += (names.empty() ? "" : ", ") + column;
  complaints_.note(1, "", "Nothing is read of these columns: " + names + ".");
}

}  // namespace

ProductCatalog read_woocommerce(std::string_view text, const ReadOptions& options) {
  ProductCatalog catalog;
  Complaints complaints(catalog, options.limits.problems);
  if (const auto checked = check_text(text, options.limits.csv); !checked) {
    const CsvFault& fault = checked.error();
    complaints.problem(fault.line, "",
                       "At character " + std::to_string(fault.character) + ": " + fault.sentence);
    return catalog;
  }
  CsvReader reader(text, options.limits.csv);
  CsvRow row;
  if (!reader.next(row) || row.fault) {
    complaints.problem(1, "", row.fault ? row.fault->sentence : "The file is empty.");
    return catalog;
  }
  std::vector<HeaderFault> faults;
  const WooHeader header = read_woocommerce_header(row, faults);
  for (HeaderFault& fault : faults)
    complaints.problem(row.line, fault.column, std::move(fault.sentence));
  if (!faults.empty()) return catalog;
  catalog.readable = true;
  WooGatherer gatherer(catalog, header, options);
  for (std::size_t rows = 1; reader.next(row); ++rows) {
    gatherer.add_product(row);
    if (options.rows_read && rows % kRowsBetween == 0) options.rows_read(rows);
  }
  CsvReader again(text, options.limits.csv);
  if (again.next(row))
    while (again.next(row)) gatherer.add_variation(row);
  gatherer.finish();
  return catalog;
}

ProductCatalog read_products(std::string_view text, const ReadOptions& options) {
  CsvReader reader(text, options.limits.csv);
  CsvRow row;
  const bool sound = check_text(text, options.limits.csv) && reader.next(row) && !row.fault;
  return sound && is_woocommerce(row) ? read_woocommerce(text, options)
                                      : read_shopify(text, options);
}

}  // namespace tandem::intake
