// SPDX-License-Identifier: Apache-2.0
#include "import/shopify_terms.hpp"

#include <algorithm>
#include <utility>

#include "import/shopify_row.hpp"

namespace tandem::intake {
namespace {

struct Pair {
  std::string_view key;
  std::string_view value;
};

std::vector<Pair> read_pairs(RowReader& row, Column column, const char* example) {
  const std::string_view text = row.raw(column);
  std::vector<Pair> pairs;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string_view pair = trimmed(text.substr(at, end - at));
    at = end + 1;
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == pair.size()) {
      row.complain(column, std::string("The cell is written as ") + example + ".");
      return {};
    }
    pairs.push_back({trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1))});
  }
  return pairs;
}

std::optional<std::int64_t> read_moment(RowReader& row, Column column) {
  if (row.blank(column)) return std::nullopt;
  return row.value(column, read_instant(row.raw(column)));
}

std::int64_t quantity(RowReader& row, Column column, std::string_view text) {
  const std::int64_t from = row.value(column, read_whole_number(text));
  if (from < 1) row.complain(column, "A price counts from 1 or more.");
  return from;
}

void read_sale(RowReader& row, Terms& terms) {
  PriceTerm sale;
  sale.starts_ms = read_moment(row, Column::sale_starts);
  sale.ends_ms = read_moment(row, Column::sale_ends);
  if (row.blank(Column::sale_price)) {
    if (sale.starts_ms || sale.ends_ms)
      row.complain(Column::sale_price, "The sale has a time but no price.");
    return;
  }
  sale.price_minor = row.amount(Column::sale_price);
  if (sale.starts_ms && sale.ends_ms && *sale.starts_ms >= *sale.ends_ms)
    row.complain(Column::sale_ends, "The sale ends before it starts.");
  terms.prices.push_back(std::move(sale));
}

void read_quantity_prices(RowReader& row, Terms& terms) {
  constexpr Column kColumn = Column::quantity_prices;
  for (const Pair& pair : read_pairs(row, kColumn, "5=18.00; 10=17.00")) {
    PriceTerm& term = terms.prices.emplace_back();
    term.quantity_from = quantity(row, kColumn, pair.key);
    term.price_minor = row.amount(kColumn, pair.value);
  }
}

// "trade" and "trade 5": the group, and from how many on.
void read_group_prices(RowReader& row, Terms& terms) {
  constexpr Column kColumn = Column::group_prices;
  for (const Pair& pair : read_pairs(row, kColumn, "trade=15.00; trade 5=14.50")) {
    PriceTerm& term = terms.prices.emplace_back();
    const std::size_t space = pair.key.find_last_of(' ');
    term.group = row.value(
        kColumn, read_line_text(trimmed(pair.key.substr(0, space)), row.limits().word_bytes));
    if (space != std::string_view::npos)
      term.quantity_from = quantity(row, kColumn, pair.key.substr(space + 1));
    term.price_minor = row.amount(kColumn, pair.value);
  }
}

void read_history(RowReader& row, Terms& terms) {
  constexpr Column kColumn = Column::price_history;
  for (const Pair& pair : read_pairs(row, kColumn, "2026-01-01=20.00; 2026-02-01=18.00")) {
    const std::int64_t from_ms = row.value(kColumn, read_instant(pair.key));
    terms.history.push_back({from_ms, row.amount(kColumn, pair.value)});
  }
}

}  // namespace

Terms read_terms(RowReader& row) {
  Terms terms;
  terms.unit_code = row.line_text(Column::unit_code, row.limits().word_bytes);
  if (!row.blank(Column::quantity_scale))
    terms.quantity_scale = row.whole_number(Column::quantity_scale);
  if (!row.blank(Column::floor_price)) terms.floor_minor = row.amount(Column::floor_price);
  read_sale(row, terms);
  read_quantity_prices(row, terms);
  read_group_prices(row, terms);
  read_history(row, terms);
  terms.json = row.raw(Column::offer);
  return terms;
}

}  // namespace tandem::intake
