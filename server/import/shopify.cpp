// SPDX-License-Identifier: Apache-2.0
#include "import/shopify.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

#include "import/shopify_columns.hpp"
#include "import/shopify_row.hpp"
#include "import/values.hpp"

namespace tandem::intake {
namespace {

constexpr std::array kOptionNames{Column::option1_name, Column::option2_name, Column::option3_name};
constexpr std::array kOptionValues{Column::option1_value, Column::option2_value,
                                   Column::option3_value};

// What tells variants of a product apart; the separator cannot stand in a cell's text.
std::string combination(const std::vector<std::string>& values) {
  std::string key;
  for (const std::string& value : values) (key += value) += '\x1F';
  return key;
}

std::string derived_sku(const Product& product, const Variant& variant) {
  std::string values;
  for (const std::string& value : variant.option_values) (values += value) += ' ';
  const std::string ending = slug(values);
  return ending.empty() ? product.handle : product.handle + "-" + ending;
}

// A row adds a variant when it says anything that only a variant has.
bool adds_variant(const RowReader& row) {
  return !row.blank(Column::price) || !row.blank(Column::sku) ||
         std::ranges::any_of(kOptionValues, [&](Column c) { return !row.blank(c); });
}

// Gathers rows into products. Rows of one product follow each other; the first carries the
// product's own texts, the others add variants and images.
class Gatherer {
 public:
  Gatherer(ProductCatalog& catalog, const Header& header, const ReadOptions& options)
      : catalog_(catalog),
        header_(header),
        options_(options),
        complaints_(catalog, options.limits.problems) {}

  void add(const CsvRow& row);
  void finish();

 private:
  [[nodiscard]] bool begin(RowReader& row, std::string handle);
  void read_options(RowReader& row);
  void check_option_names(RowReader& row);
  void add_variant(RowReader& row);
  void add_image(RowReader& row);
  void place_among_options(RowReader& row, Variant& variant);
  void name_sku(RowReader& row, Variant& variant);
  void end_product();
  void settle_derived_skus();

  ProductCatalog& catalog_;
  const Header& header_;
  const ReadOptions& options_;
  Complaints complaints_;
  Product product_;
  bool open_ = false;     // a product is being gathered
  bool refused_ = false;  // its first row is not sound, so that it will be left out
  std::set<std::string, std::less<>> combinations_;
  std::unordered_map<std::string, std::uint32_t> handles_;  // with the line of the last row
  std::unordered_map<std::string, std::uint32_t> skus_;     // with the line
};

void Gatherer::add(const CsvRow& csv_row) {
  if (!complaints_.fits(csv_row, header_.width)) return;
  RowReader row(header_, csv_row, options_, complaints_);
  std::string handle(row.raw(Column::handle));
  if (handle.empty()) return row.complain(Column::handle, "The row has no handle.");
  const bool first = !open_ || product_.handle != handle;
  if (first) {
    end_product();
    if (!begin(row, std::move(handle))) return;
  }
  handles_[product_.handle] = row.line();
  const bool variant = first || adds_variant(row);
  if (!first) check_option_names(row);
  if (!variant && row.blank(Column::image_src))
    return row.complain("", "The row adds neither a variant nor an image to its product.");
  add_image(row);
  if (variant) add_variant(row);
}

bool Gatherer::begin(RowReader& row, std::string handle) {
  if (const auto seen = handles_.find(handle); seen != handles_.end()) {
    row.complain(Column::handle, "The rows of \"" + handle + "\" ended at line " +
                                     std::to_string(seen->second) +
                                     "; the rows of a product must follow each other.");
    return false;
  }
  product_ = read_product(row, std::move(handle));
  combinations_.clear();
  open_ = true;
  read_options(row);
  refused_ = !row.sound();
  return true;
}

// A product without options is exported as the option "Title" with the value "Default Title".
void Gatherer::read_options(RowReader& row) {
  if (row.raw(Column::option1_name) == "Title" && row.raw(Column::option1_value) == "Default Title")
    return;
  bool gap = false;
  for (const Column column : kOptionNames) {
    std::string option = row.line_text(column, options_.limits.word_bytes);
    if (option.empty()) {
      gap = true;
    } else if (gap) {
      row.complain(column, "The option before this one has no name.");
    } else if (std::ranges::find(product_.options, option) != product_.options.end()) {
      row.complain(column, "Two options have the same name.");
    } else {
      product_.options.push_back(std::move(option));
    }
  }
}

void Gatherer::check_option_names(RowReader& row) {
  for (std::size_t i = 0; i < kOptionNames.size(); ++i) {
    const std::string_view option = row.raw(kOptionNames[i]);
    const bool plain = product_.options.empty() && option == "Title" && i == 0;
    if (option.empty() || plain) continue;
    if (i >= product_.options.size() || product_.options[i] != option)
      row.complain(kOptionNames[i], "The option differs from the one in the product's first row.");
  }
}

void Gatherer::place_among_options(RowReader& row, Variant& variant) {
  const std::size_t options = product_.options.size();
  for (std::size_t i = 0; i < kOptionValues.size(); ++i) {
    std::string value = row.line_text(kOptionValues[i], options_.limits.word_bytes);
    const bool plain = options == 0 && i == 0 && value == "Default Title";
    if (i < options && value.empty())
      row.complain(kOptionValues[i],
                   "The variant has no value for the option \"" + product_.options[i] + "\".");
    if (i >= options && !value.empty() && !plain)
      row.complain(kOptionValues[i], "There is a value, but the product has no such option.");
    if (i < options) variant.option_values.push_back(std::move(value));
  }
  if (!row.sound()) return;
  if (!combinations_.insert(combination(variant.option_values)).second)
    row.complain(Column::option1_value,
                 "The product already has a variant with these option values.");
}

void Gatherer::name_sku(RowReader& row, Variant& variant) {
  if (variant.sku.empty()) {
    variant.sku_derived = true;
    variant.sku = derived_sku(product_, variant);
    if (variant.sku.size() > options_.limits.sku_bytes)
      row.complain(Column::sku,
                   "The variant needs a SKU: one made of its handle and option values "
                   "would be too long.");
    return;
  }
  const auto [place, added] = skus_.try_emplace(variant.sku, row.line());
  if (!added)
    row.complain(Column::sku, "The SKU \"" + variant.sku + "\" is already used in line " +
                                  std::to_string(place->second) + ".");
}

void Gatherer::add_variant(RowReader& row) {
  Variant variant = read_variant(row);
  place_among_options(row, variant);
  if (row.sound()) name_sku(row, variant);
  if (row.sound() && product_.variants.size() >= options_.limits.variants_per_product)
    row.complain("", "The product has more than " +
                         std::to_string(options_.limits.variants_per_product) + " variants.");
  if (row.sound()) product_.variants.push_back(std::move(variant));
}

// An image belongs to the product: it stays even when the variant beside it is refused.
void Gatherer::add_image(RowReader& row) {
  if (row.blank(Column::image_src)) return;
  Image image = read_image(row, static_cast<std::int64_t>(product_.images.size()) + 1);
  if (product_.images.size() >= options_.limits.images_per_product)
    return row.complain(Column::image_src, "The product has too many images.");
  if (!row.sound()) return;
  const auto after =
      std::ranges::upper_bound(product_.images, image.position, {}, &Image::position);
  product_.images.insert(after, std::move(image));
}

void Gatherer::end_product() {
  if (!open_) return;
  open_ = false;
  if (refused_ || product_.variants.empty()) return;
  catalog_.products.push_back(std::move(product_));
}

// Derived SKUs give way to given ones wherever those stand in the file, and to earlier derived
// ones, so that the same file always yields the same SKUs.
void Gatherer::settle_derived_skus() {
  for (Product& product : catalog_.products) {
    for (Variant& variant : product.variants) {
      if (!variant.sku_derived) continue;
      const std::string base = variant.sku;
      for (int n = 2; !skus_.try_emplace(variant.sku, variant.line).second; ++n)
        variant.sku = base + "-" + std::to_string(n);
    }
  }
}

void Gatherer::finish() {
  end_product();
  settle_derived_skus();
  if (!header_.has(Column::quantity))
    complaints_.note(1, name(Column::quantity),
                     "The file has no such column: tracked products get a stock of 0.");
  if (header_.unknown.empty()) return;
  std::string names;
  for (const std::string& column : header_.unknown) names += (names.empty() ? "" : ", ") + column;
  complaints_.note(1, "", "Nothing is read of these columns: " + names + ".");
}

}  // namespace

std::string_view tax_class(const Product& product, const Variant& variant) {
  if (!variant.taxable) return "zero";
  return variant.tax_class ? *variant.tax_class : product.tax_class;
}

std::string to_string(const Problem& problem) {
  std::string place = "line " + std::to_string(problem.line);
  if (!problem.column.empty()) place += ", column " + problem.column;
  return place + ": " + problem.sentence;
}

ProductCatalog read_shopify(std::string_view text, const ReadOptions& options) {
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
  if (!reader.next(row)) {
    complaints.problem(1, "", "The file is empty.");
    return catalog;
  }
  if (row.fault) {
    complaints.problem(row.line, "", row.fault->sentence);
    return catalog;
  }
  std::vector<HeaderFault> faults;
  const Header header = read_header(row, faults);
  for (HeaderFault& fault : faults)
    complaints.problem(row.line, fault.column, std::move(fault.sentence));
  if (!faults.empty()) return catalog;
  catalog.readable = true;
  Gatherer gatherer(catalog, header, options);
  for (std::size_t rows = 1; reader.next(row); ++rows) {
    gatherer.add(row);
    if (options.rows_read && rows % kRowsBetween == 0) options.rows_read(rows);
  }
  gatherer.finish();
  return catalog;
}

}  // namespace tandem::intake
