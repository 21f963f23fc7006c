// SPDX-License-Identifier: Apache-2.0
#include "tandem/catalog/price.hpp"

#include <algorithm>
#include <string_view>

#include "tandem/catalog/offer.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kThirtyDaysMs = std::int64_t{30} * 24 * 60 * 60 * 1000;
constexpr std::int64_t kQuantityScaleMax = 12;

Exact price_in(const std::optional<Exact>& exact, const std::optional<std::int64_t>& minor) {
  return exact ? *exact : Exact::minor(minor.value_or(0));
}

Exact own_price(const Offer& offer) {
  return price_in(offer.unit_price_exact, offer.unit_price_minor);
}

bool counts(const PriceRow& row, const PriceTerms& terms) {
  if (row.starts_ms && terms.now_ms < *row.starts_ms) return false;
  if (row.ends_ms && terms.now_ms >= *row.ends_ms) return false;
  return !row.quantity_from || terms.quantity >= Exact::minor(*row.quantity_from);
}

bool names(const PriceRow& row, const std::optional<GroupId>& group) {
  return group && std::ranges::find(row.customer_groups, *group) != row.customer_groups.end();
}

/// The row for everybody without a condition on the quantity: what a shop announces as a sale.
bool is_sale(const PriceRow& row) {
  return row.customer_groups.empty() && row.quantity_from.value_or(1) <= 1;
}

/// Where in the history the price that is in force came down; empty when it last went up or stayed,
/// or when the history ends at another price.
std::optional<std::int64_t> came_down_ms(const std::vector<PricePoint>& history, Exact price,
                                         std::int64_t now_ms) {
  const auto after = std::ranges::upper_bound(history, now_ms, {}, &PricePoint::from_ms);
  if (after == history.begin()) return std::nullopt;
  auto last = after - 1;
  if (Exact::minor(last->unit_price_minor) != price) return std::nullopt;
  while (last != history.begin() && (last - 1)->unit_price_minor == last->unit_price_minor) --last;
  if (last == history.begin()) return std::nullopt;
  if ((last - 1)->unit_price_minor < last->unit_price_minor) return std::nullopt;
  return last->from_ms;
}

/// The lowest price that was in force at some instant of [begin − 30 days, begin).
std::optional<std::int64_t> lowest_before(const std::vector<PricePoint>& history,
                                          std::int64_t begin_ms) {
  std::optional<std::int64_t> lowest;
  for (std::size_t i = 0; i < history.size() && history[i].from_ms < begin_ms; ++i) {
    const bool last = i + 1 == history.size() || history[i + 1].from_ms >= begin_ms;
    const bool reaches = last || history[i + 1].from_ms > begin_ms - kThirtyDaysMs;
    if (reaches) lowest = std::min(lowest.value_or(kMinorMax), history[i].unit_price_minor);
  }
  return lowest;
}

Result<void> check_rows(const std::vector<PriceRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string pointer = "/prices/" + std::to_string(i) + "/unit_price_minor";
    if (!rows[i].unit_price_minor && !rows[i].unit_price_exact) {
      return reject(Reason::field_missing, pointer);
    }
    if (rows[i].unit_price_minor && rows[i].unit_price_exact) {
      return reject(Reason::field_unknown, pointer);
    }
  }
  return {};
}

Result<void> check_history(const std::vector<PricePoint>& history) {
  for (std::size_t i = 1; i < history.size(); ++i) {
    if (history[i].from_ms > history[i - 1].from_ms) continue;
    return reject(Reason::number_out_of_range, "/price_history/" + std::to_string(i) + "/from_ms");
  }
  return {};
}

bool may_be_unit_code(std::string_view code) {
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !code.empty() && code.size() <= 3 && std::ranges::all_of(code, fits);
}

}  // namespace

ChosenPrice price_of(const Offer& offer, const PriceTerms& terms) {
  ChosenPrice chosen{.price = own_price(offer)};
  if (!offer.prices) return chosen;
  bool of_group = false;
  for (const PriceRow& row : *offer.prices) {
    const bool named = names(row, terms.group);
    if (!named && (of_group || !row.customer_groups.empty())) continue;
    if (!counts(row, terms)) continue;
    const Exact price = price_in(row.unit_price_exact, row.unit_price_minor);
    if ((named && !of_group) || price < chosen.price) chosen = {.price = price, .row = &row};
    of_group = of_group || named;
  }
  return chosen;
}

bool has_quantity_prices(const Offer& offer) {
  return offer.prices && std::ranges::any_of(*offer.prices, [](const PriceRow& row) {
           return row.quantity_from.has_value();
         });
}

std::optional<std::int64_t> lowest_before_reduction(const Offer& offer, const ChosenPrice& chosen,
                                                    std::int64_t now_ms) {
  if (!offer.price_history) return std::nullopt;
  if (chosen.row != nullptr && !is_sale(*chosen.row)) return std::nullopt;
  auto begin_ms = chosen.row != nullptr ? chosen.row->starts_ms : std::nullopt;
  if (!begin_ms) begin_ms = came_down_ms(*offer.price_history, chosen.price, now_ms);
  if (!begin_ms) return std::nullopt;
  return lowest_before(*offer.price_history, *begin_ms);
}

bool has_secrets(const Offer& offer) { return offer.prices || offer.price_history; }

Offer visible_to(Offer offer, const std::optional<GroupId>& group, std::int64_t now_ms) {
  if (offer.prices) {
    std::erase_if(*offer.prices, [&](const PriceRow& row) {
      const bool begun = !row.starts_ms || *row.starts_ms <= now_ms;
      return !begun || (!row.customer_groups.empty() && !names(row, group));
    });
    for (PriceRow& row : *offer.prices) {
      if (!row.customer_groups.empty()) row.customer_groups = {*group};
    }
    if (offer.prices->empty()) offer.prices.reset();
  }
  if (offer.price_history) {
    std::erase_if(*offer.price_history,
                  [&](const PricePoint& point) { return point.from_ms > now_ms; });
    if (offer.price_history->empty()) offer.price_history.reset();
  }
  return offer;
}

Result<void> check_offer(const Offer& offer) {
  if (offer.price_history) {
    if (auto done = check_history(*offer.price_history); !done) return done;
  }
  if (offer.prices) {
    if (auto done = check_rows(*offer.prices); !done) return done;
  }
  const std::int64_t scale = offer.quantity_scale.value_or(0);
  if (scale < 0 || scale > kQuantityScaleMax) {
    return reject(Reason::number_out_of_range, "/quantity_scale", kQuantityScaleMax);
  }
  if (offer.unit_code && !may_be_unit_code(*offer.unit_code)) {
    return reject(Reason::value_unknown, "/unit_code");
  }
  return {};
}

}  // namespace tandem
