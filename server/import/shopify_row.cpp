// SPDX-License-Identifier: Apache-2.0
#include "import/shopify_row.hpp"

#include <algorithm>
#include <utility>

namespace tandem::intake {
namespace {

// A handle is part of an address and the key that joins rows, so that what an address cannot hold
// plainly is refused. Letters of other scripts are allowed, as Shopify allows them.
bool is_handle_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80U;
}

std::vector<std::string> read_tags(RowReader& row) {
  const std::string text = row.line_text(Column::tags, row.limits().word_bytes * row.limits().tags);
  std::vector<std::string> tags;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view tag = trimmed(std::string_view(text).substr(at, end - at));
    if (!tag.empty() && std::ranges::find(tags, tag) == tags.end()) tags.emplace_back(tag);
    at = end + 1;
  }
  if (tags.size() > row.limits().tags)
    row.complain(Column::tags,
                 "The product has more than " + std::to_string(row.limits().tags) + " tags.");
  return tags;
}

// Sets the status. Shopify's `unlisted` can be bought by those who know the address; here such a
// product counts as active but not published.
void read_status(RowReader& row, Product& product) {
  const std::string_view text = row.raw(Column::status);
  if (text.empty() || equal_ignoring_case(text, "active")) return;
  if (equal_ignoring_case(text, "draft"))
    product.status = ProductStatus::draft;
  else if (equal_ignoring_case(text, "archived"))
    product.status = ProductStatus::archived;
  else if (equal_ignoring_case(text, "unlisted"))
    product.published = false;
  else
    row.complain(Column::status, "The status is none of active, draft, archived and unlisted.");
}

// The words of options are written as `Size=اندازه; Small=کوچک`.
void read_words(RowReader& row, const TranslationColumn& column, Translation& translation) {
  const std::string text = row.line_text_at(column.index, column.header, row.limits().body_bytes);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view pair = trimmed(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == pair.size())
      return row.complain(column.header, "The words of options are written as Size=...; Small=...");
    translation.words.insert_or_assign(std::string(trimmed(pair.substr(0, equals))),
                                       std::string(trimmed(pair.substr(equals + 1))));
  }
}

void read_translation(RowReader& row, const TranslationColumn& column, Translation& translation) {
  switch (column.kind) {
    case TranslationColumn::Kind::title:
      translation.title = row.line_text_at(column.index, column.header, row.limits().title_bytes);
      return;
    case TranslationColumn::Kind::body:
      translation.body = row.body_text(column.index, column.header);
      return;
    case TranslationColumn::Kind::options:
      read_words(row, column, translation);
      return;
  }
}

InventoryPolicy read_policy(RowReader& row) {
  const std::string_view text = row.raw(Column::policy);
  if (equal_ignoring_case(text, "continue") || equal_ignoring_case(text, "true"))
    return InventoryPolicy::continue_selling;
  if (!text.empty() && !equal_ignoring_case(text, "deny") && !equal_ignoring_case(text, "false"))
    row.complain(Column::policy, "The policy is neither deny nor continue.");
  return InventoryPolicy::deny;
}

void read_stock(RowReader& row, Variant& variant) {
  const bool counted = !row.blank(Column::quantity);
  variant.tracked = row.header().has(Column::tracker) ? !row.blank(Column::tracker) : counted;
  variant.policy = read_policy(row);
  if (!counted) return;
  variant.quantity = row.whole_number(Column::quantity);
  if (variant.quantity >= 0) return;
  row.note(Column::quantity, "The stock is " + std::to_string(variant.quantity) +
                                 ", sold beyond what there was; it is taken as 0.");
  variant.quantity = 0;
}

}  // namespace

void Complaints::problem(std::uint32_t line, std::string_view column, std::string sentence) {
  ++catalog_.problems_total;
  if (catalog_.problems.size() < problems_max_)
    catalog_.problems.push_back({line, std::string(column), std::move(sentence)});
}

bool Complaints::fits(const CsvRow& row, std::size_t width) {
  if (row.fault) {
    const std::size_t cell = row.fault->cell;
    std::string place = "At character " + std::to_string(row.fault->character) + ": ";
    problem(row.fault->line, cell == 0 ? "" : "cell " + std::to_string(cell),
            std::move(place) + row.fault->sentence);
    return false;
  }
  if (row.cells.size() == width) return true;
  problem(row.line, "",
          "The row has " + std::to_string(row.cells.size()) + " cells, the header " +
              std::to_string(width) + "; a comma or a quote is misplaced.");
  return false;
}

void Complaints::note(std::uint32_t line, std::string_view column, std::string sentence) {
  if (catalog_.notes.size() < problems_max_)
    catalog_.notes.push_back({line, std::string(column), std::move(sentence)});
}

void RowReader::complain(std::string_view column, std::string sentence) {
  sound_ = false;
  complaints_.problem(row_.line, column, std::move(sentence));
}

std::string_view RowReader::raw_at(std::size_t index) const {
  return index < row_.cells.size() ? trimmed(row_.cells[index].text) : std::string_view{};
}

std::string RowReader::line_text(Column column, std::size_t bytes_max) {
  return value_or_complaint(name(column), read_line_text(raw(column), bytes_max));
}

// Spreadsheets are told to leave digits alone by a leading apostrophe, which exports carry in
// front of SKUs and barcodes; it is no part of them.
std::string RowReader::code(Column column, std::size_t bytes_max) {
  std::string_view text = raw(column);
  if (text.starts_with('\'')) text.remove_prefix(1);
  return value_or_complaint(name(column), read_line_text(text, bytes_max));
}

std::string RowReader::body_text(std::size_t index, std::string_view header) {
  if (index >= row_.cells.size()) return {};
  return plain_text(
      value_or_complaint(header, read_free_text(row_.cells[index].text, limits().body_bytes)));
}

std::string RowReader::line_text_at(std::size_t index, std::string_view header,
                                    std::size_t bytes_max) {
  return value_or_complaint(header, read_line_text(raw_at(index), bytes_max));
}

bool RowReader::yes_no(Column column, bool when_blank, bool when_absent) {
  if (!header_.has(column)) return when_absent;
  if (blank(column)) return when_blank;
  return value_or_complaint(name(column), read_yes_no(raw(column)));
}

std::int64_t RowReader::amount(Column column, std::string_view text) {
  return value_or_complaint(name(column), read_amount(text, options_.currency_exponent));
}

std::int64_t RowReader::whole_number(Column column) {
  return value_or_complaint(name(column), read_whole_number(raw(column)));
}

// The column is in grams whatever the weight unit says: that one is only for display.
std::int64_t RowReader::grams() {
  if (blank(Column::grams)) return 0;
  return value_or_complaint(name(Column::grams), read_grams(raw(Column::grams)));
}

Product read_product(RowReader& row, std::string handle) {
  Product product;
  product.handle = std::move(handle);
  product.line = row.line();
  if (product.handle.size() > row.limits().handle_bytes ||
      !std::ranges::all_of(product.handle, is_handle_character))
    row.complain(Column::handle,
                 "The handle is too long, or holds other than letters, digits and hyphens.");
  product.title = row.line_text(Column::title, row.limits().title_bytes);
  if (row.blank(Column::title))
    row.complain(Column::title, "The first row of a product needs a title.");
  product.body = row.body_text(row.header().at(Column::body), name(Column::body));
  for (const TranslationColumn& column : row.header().translations)
    if (!row.raw_at(column.index).empty())
      read_translation(row, column, product.translations[column.locale]);
  product.vendor = row.line_text(Column::vendor, row.limits().word_bytes);
  product.type = row.line_text(Column::type, row.limits().word_bytes);
  product.tags = read_tags(row);
  product.published = row.yes_no(Column::published, true, true);
  read_status(row, product);
  product.gift_card = row.yes_no(Column::gift_card, false, false);
  product.returnable = row.yes_no(Column::returnable, true, true);
  product.tax_class = row.line_text(Column::tax_class, row.limits().word_bytes);
  return product;
}

Variant read_variant(RowReader& row) {
  Variant variant;
  variant.line = row.line();
  variant.sku = row.code(Column::sku, row.limits().sku_bytes);
  if (row.blank(Column::price))
    row.complain(Column::price, "The variant has no price.");
  else
    variant.price_minor = row.amount(Column::price);
  if (!row.blank(Column::compare_at)) {
    const std::int64_t compare_at = row.amount(Column::compare_at);
    if (compare_at > 0) variant.compare_at_minor = compare_at;
  }
  variant.weight_g = row.grams();
  read_stock(row, variant);
  variant.requires_shipping = row.yes_no(Column::requires_shipping, false, true);
  variant.taxable = row.yes_no(Column::taxable, false, true);
  variant.tax_code = row.line_text(Column::tax_code, row.limits().word_bytes);
  variant.barcode = row.code(Column::barcode, row.limits().word_bytes);
  variant.image = row.line_text(Column::variant_image, row.limits().url_bytes);
  variant.terms = read_terms(row);
  return variant;
}

Image read_image(RowReader& row, std::int64_t position) {
  Image image{row.line_text(Column::image_src, row.limits().url_bytes),
              row.line_text(Column::image_alt, row.limits().title_bytes), position};
  if (!row.blank(Column::image_position)) {
    image.position = row.whole_number(Column::image_position);
    if (image.position < 1)
      row.complain(Column::image_position, "The position of an image counts from 1.");
  }
  return image;
}

}  // namespace tandem::intake
