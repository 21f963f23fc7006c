// SPDX-License-Identifier: Apache-2.0
#include "import/woocommerce_row.hpp"

#include <algorithm>

namespace tandem::intake {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

// Prices and weights are written with the shop's own decimal sign, and never grouped.
std::string with_point(std::string_view text) {
  std::string plain(text);
  if (plain.find('.') == std::string::npos) std::ranges::replace(plain, ',', '.');
  return plain;
}

// A line break is written as `\n`, a backslash before an n as `\\n`.
std::string with_breaks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\\\n")) {
      out += "\\n";
      i += 2;
    } else if (text.substr(i).starts_with("\\n")) {
      out += '\n';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_guarded(std::string_view text) {
  constexpr std::string_view kActive = "=+-@";
  return text.size() > 1 && text[0] == '\'' && kActive.find(text[1]) != std::string_view::npos;
}

void read_woocommerce_stock(WooRow& row, Variant& variant) {
  const bool asked = !row.blank(WooColumn::backorders) && !row.is(WooColumn::backorders, "0");
  if (asked || row.is(WooColumn::in_stock, "backorder"))
    variant.policy = InventoryPolicy::continue_selling;
  if (row.is(WooColumn::stock, "parent"))
    return row.complain(WooColumn::stock,
                        "The stock is counted for all variations together; count each by itself.");
  const bool counted = !row.blank(WooColumn::stock);
  // What is not counted and marked as out of stock is nothing to sell.
  variant.tracked = counted || row.is(WooColumn::in_stock, "0");
  if (!counted) return;
  variant.quantity =
      row.value(name(WooColumn::stock), read_whole_number(row.raw(WooColumn::stock)));
  if (variant.quantity >= 0) return;
  row.note(WooColumn::stock, "The stock is " + std::to_string(variant.quantity) +
                                 ", sold beyond what there was; it is taken as 0.");
  variant.quantity = 0;
}

void read_woocommerce_sale(WooRow& row, Variant& variant) {
  if (row.blank(WooColumn::sale_price)) return;
  PriceTerm sale;
  sale.starts_ms = row.moment(WooColumn::sale_starts, false);
  sale.ends_ms = row.moment(WooColumn::sale_ends, true);
  sale.price_minor = row.amount(WooColumn::sale_price);
  if (sale.starts_ms && sale.ends_ms && *sale.starts_ms >= *sale.ends_ms)
    row.complain(WooColumn::sale_ends, "The sale ends before it starts.");
  variant.terms.prices.push_back(std::move(sale));
}

void add_tag(Product& product, std::string_view text) {
  const std::string_view tag = trimmed(text);
  if (!tag.empty() && std::ranges::find(product.tags, tag) == product.tags.end())
    product.tags.emplace_back(tag);
}

}  // namespace

std::string_view WooRow::raw_at(std::size_t index) const {
  if (index >= row_.cells.size()) return {};
  std::string_view text = trimmed(row_.cells[index].text);
  if (is_guarded(text)) text.remove_prefix(1);
  return text;
}

void WooRow::complain(std::string_view column, std::string sentence) {
  sound_ = false;
  complaints_.problem(row_.line, column, std::move(sentence));
}

bool WooRow::is_of_type(std::string_view type) const {
  std::string_view rest = raw(WooColumn::type);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (equal_ignoring_case(trimmed(rest.substr(0, comma)), type)) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

std::string WooRow::line_text(WooColumn column, std::size_t bytes_max) {
  return value(name(column), read_line_text(raw(column), bytes_max));
}

std::string WooRow::body_text(WooColumn column) {
  return plain_text(
      value(name(column), read_free_text(with_breaks(raw(column)), limits().body_bytes)));
}

std::vector<std::string> WooRow::texts(WooColumn column, std::size_t bytes_max) {
  std::vector<std::string> all;
  std::string one;
  const auto end = [&] {
    std::string text = value(name(column), read_line_text(trimmed(one), bytes_max));
    if (!text.empty()) all.push_back(std::move(text));
    one.clear();
  };
  const std::string_view text = raw(column);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\,")) {
      one += ',';
      ++i;
    } else if (text[i] == ',') {
      end();
    } else {
      one += text[i];
    }
  }
  end();
  return all;
}

std::int64_t WooRow::amount(WooColumn column) {
  return value(name(column), read_amount(with_point(raw(column)), options_.currency_exponent));
}

std::int64_t WooRow::grams() {
  if (blank(WooColumn::weight)) return 0;
  constexpr int kDecimals = 4;
  constexpr std::int64_t kTenThousandths = 10'000;
  constexpr std::int64_t kUnitsMax = 1'000'000;
  constexpr std::int64_t kE9 = 1'000'000'000;
  const std::int64_t parts =
      value(name(WooColumn::weight), read_amount(with_point(raw(WooColumn::weight)), kDecimals));
  if (parts > kUnitsMax * kTenThousandths) {
    complain(WooColumn::weight, "The weight is too large.");
    return 0;
  }
  const Wide grams_e9 = static_cast<Wide>(parts) * header_.unit.grams_e9 / kTenThousandths;
  return static_cast<std::int64_t>((grams_e9 + kE9 / 2) / kE9);
}

std::optional<std::int64_t> WooRow::moment(WooColumn column, bool end) {
  constexpr std::size_t kDay = 10;      // 2026-03-01
  constexpr std::size_t kMinute = 16;   // 2026-03-01 08:30
  constexpr std::size_t kSecond = 19;   // 2026-03-01 08:30:00
  std::string text(raw(column));
  if (text.empty()) return std::nullopt;
  if (text.size() > kDay && text[kDay] == ' ') text[kDay] = 'T';
  bool last_second = false;
  if (text.size() == kSecond && text[kMinute] == ':') {
    last_second = text.ends_with(":59");
    text.resize(kMinute);
  }
  const std::int64_t at = value(name(column), read_instant(text));
  if (!end) return at;
  if (text.size() == kDay) return at + kDayMs;  // the last day counts whole
  return last_second ? at + kMinuteMs : at;
}

Product read_woocommerce_product(WooRow& row) {
  Product product;
  product.line = row.line();
  product.title = row.line_text(WooColumn::name, row.limits().title_bytes);
  if (row.blank(WooColumn::name)) row.complain(WooColumn::name, "The product needs a name.");
  product.body = row.body_text(WooColumn::short_text);
  const std::string more = row.body_text(WooColumn::text);
  if (!product.body.empty() && !more.empty()) product.body += '\n';
  product.body += more;
  for (const std::string& path : row.texts(WooColumn::categories, row.limits().title_bytes)) {
    for (std::size_t at = 0; at < path.size();) {
      const std::size_t end = std::min(path.find('>', at), path.size());
      add_tag(product, std::string_view(path).substr(at, end - at));
      at = end + 1;
    }
  }
  for (const std::string& tag : row.texts(WooColumn::tags, row.limits().word_bytes))
    add_tag(product, tag);
  if (product.tags.size() > row.limits().tags)
    row.complain(WooColumn::tags, "The product has too many categories and tags.");
  product.published = row.blank(WooColumn::published) || row.is(WooColumn::published, "1");
  if (row.is(WooColumn::published, "-1")) product.status = ProductStatus::draft;
  if (!product.published && !row.is(WooColumn::published, "0") &&
      !row.is(WooColumn::published, "-1"))
    row.complain(WooColumn::published, "Published is none of 1, 0 and -1.");
  product.tax_class = row.line_text(WooColumn::tax_class, row.limits().word_bytes);
  for (std::string& src : row.texts(WooColumn::images, row.limits().url_bytes))
    product.images.push_back(
        {std::move(src), {}, static_cast<std::int64_t>(product.images.size()) + 1});
  if (product.images.size() > row.limits().images_per_product)
    row.complain(WooColumn::images, "The product has too many images.");
  return product;
}

Variant read_woocommerce_variant(WooRow& row) {
  Variant variant;
  variant.line = row.line();
  variant.sku = row.line_text(WooColumn::sku, row.limits().sku_bytes);
  if (row.blank(WooColumn::regular_price))
    row.complain(WooColumn::regular_price, "There is no price.");
  else
    variant.price_minor = row.amount(WooColumn::regular_price);
  read_woocommerce_sale(row, variant);
  read_woocommerce_stock(row, variant);
  variant.weight_g = row.grams();
  variant.requires_shipping = !row.is_of_type("virtual") && !row.is_of_type("downloadable");
  variant.taxable = row.blank(WooColumn::tax_status) || row.is(WooColumn::tax_status, "taxable");
  variant.barcode = row.line_text(WooColumn::barcode, row.limits().word_bytes);
  if (row.is_of_type("variation") && !row.is(WooColumn::tax_class, "parent"))
    variant.tax_class = row.line_text(WooColumn::tax_class, row.limits().word_bytes);
  variant.active = row.blank(WooColumn::published) || row.is(WooColumn::published, "1");
  return variant;
}

}  // namespace tandem::intake
