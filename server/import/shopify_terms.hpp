// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a variant costs whom and when, and in which unit it is sold: columns of our own beside those
// of Shopify's export. Lists in a cell are pairs: `5=18.00; 10=17.00`.
//
//   custom.quantity_prices   5=18.00; 10=17.00          from so many on
//   custom.group_prices      trade=15.00; trade 5=14.50 for a group, from so many on
//   custom.price_history     2026-01-01=20.00           the price from a day on
//
// Days and times are UTC: `2026-03-01`, `2026-03-01T08:30`.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tandem::intake {

class RowReader;

/// A price beside the variant's own.
struct PriceTerm {
  std::string group;  // empty: for everybody
  std::int64_t quantity_from = 0;  // 0: any quantity
  std::optional<std::int64_t> starts_ms;
  std::optional<std::int64_t> ends_ms;
  std::int64_t price_minor = 0;
};

struct PastPrice {
  std::int64_t from_ms = 0;
  std::int64_t price_minor = 0;
};

/// What the columns say. `json` is the text of `custom.offer`: keys of an offer as the core names
/// them, for what has no column; it is read where the core is at hand.
struct Terms {
  std::vector<PriceTerm> prices;
  std::vector<PastPrice> history;
  std::optional<std::int64_t> floor_minor;
  std::optional<std::int64_t> quantity_scale;
  std::string unit_code;
  std::string json;
};

/// Complains of a sale without a price and of cells that cannot be read.
[[nodiscard]] Terms read_terms(RowReader& row);

}  // namespace tandem::intake
