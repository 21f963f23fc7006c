// SPDX-License-Identifier: Apache-2.0
#include "app/price_history.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "tandem/catalog/price.hpp"

namespace tandem::app {
namespace {

using History = std::vector<PricePoint>;

/// What everybody pays for one at a moment; nothing when it is finer than a minor unit.
std::optional<std::int64_t> everybodys_price(const Offer& offer, std::int64_t at_ms) {
  const std::optional<GroupId> nobody;
  const Exact price =
      price_of(offer, {.group = nobody, .now_ms = at_ms, .quantity = Exact::minor(1)}).price;
  if (price.overflowed() || !price.is_whole()) return std::nullopt;
  return price.floor;
}

/// A point that says nothing new is none.
void add_point(History& history, std::int64_t from_ms, std::optional<std::int64_t> price) {
  if (!price) return;
  if (!history.empty()) {
    const PricePoint& last = history.back();
    if (last.from_ms >= from_ms || last.unit_price_minor == *price) return;
  }
  history.push_back({.from_ms = from_ms, .unit_price_minor = *price});
}

/// What the stored offer's sales did until now.
void add_sales(History& history, const Offer& stored, std::int64_t now_ms) {
  std::set<std::int64_t> moments;
  for (const PriceRow& row : stored.prices.value_or(std::vector<PriceRow>{})) {
    if (!row.customer_groups.empty()) continue;
    if (row.starts_ms) moments.insert(*row.starts_ms);
    if (row.ends_ms) moments.insert(*row.ends_ms);
  }
  for (const std::int64_t moment : moments) {
    if (moment > 0 && moment < now_ms) {
      add_point(history, moment, everybodys_price(stored, moment));
    }
  }
}

/// The stored points and those of the wanted offer that come after them.
bool join(History& history, const History& more) {
  bool agrees = true;
  for (const PricePoint& point : more) {
    if (history.empty() || point.from_ms > history.back().from_ms) {
      history.push_back(point);
    } else if (std::ranges::find(history, point) == history.end()) {
      agrees = false;
    }
  }
  return agrees;
}

}  // namespace

bool carry_history(const Offer& stored, Offer& wanted, std::int64_t now_ms) {
  History history = stored.price_history.value_or(History{});
  const bool agrees = join(history, wanted.price_history.value_or(History{}));
  const bool changes = stored.unit_price_minor != wanted.unit_price_minor ||
                       stored.unit_price_exact != wanted.unit_price_exact ||
                       stored.prices != wanted.prices;
  if (changes) {
    const auto now = everybodys_price(wanted, now_ms);
    const bool same_price = history.empty() && now == everybodys_price(stored, now_ms);
    if (!same_price) {
      if (history.empty()) add_point(history, 0, everybodys_price(stored, 0));
      // Points that are announced for later stay behind what is true until now.
      const auto later = std::ranges::upper_bound(history, now_ms, {}, &PricePoint::from_ms);
      const History announced(later, history.end());
      history.erase(later, history.end());
      add_sales(history, stored, now_ms);
      add_point(history, now_ms, now);
      history.insert(history.end(), announced.begin(), announced.end());
    }
  }
  if (history.empty()) {
    wanted.price_history.reset();
  } else {
    wanted.price_history = std::move(history);
  }
  return agrees;
}

}  // namespace tandem::app
