// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/changes.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <tuple>

#include "tandem/base/sort.hpp"

namespace tandem {
namespace {

template <class Row, class Key, class Projection>
const Row* find_row(const std::vector<Row>& rows, const Key& key, Projection projection) {
  const auto found = std::ranges::find(rows, key, projection);
  return found == rows.end() ? nullptr : &*found;
}

/// Compares rows of two lists by key: `figure` is the amount that is told, `code` how it is named.
template <class Row, class Projection, class Figure>
void compare(const std::vector<Row>& shown, const std::vector<Row>& now, Projection key,
             Figure figure, ChangeCode changed, ChangeCode gone, std::vector<Change>& to) {
  const auto subject = [&](const Row& row) { return std::invoke(key, row).value; };
  for (const Row& was : shown) {
    const Row* is = find_row(now, std::invoke(key, was), key);
    if (is == nullptr) {
      to.push_back({gone, subject(was), figure(was), std::nullopt});
    } else if (figure(*is) != figure(was)) {
      to.push_back({changed, subject(was), figure(was), figure(*is)});
    }
  }
  for (const Row& is : now) {
    if (find_row(shown, std::invoke(key, is), key) == nullptr) {
      to.push_back({changed, subject(is), std::nullopt, figure(is)});
    }
  }
}

/// What each promotion takes off lines and shipping together.
std::vector<QuoteDiscount> discounts_of(const Quote& quote) {
  std::vector<QuoteDiscount> sums;
  const auto add = [&](const QuoteDiscount& discount) {
    const auto known = std::ranges::find(sums, discount.promotion, &QuoteDiscount::promotion);
    if (known == sums.end()) {
      sums.push_back(discount);
    } else {
      known->amount_minor += discount.amount_minor;
    }
  };
  for (const QuoteLine& line : quote.lines) std::ranges::for_each(line.discounts, add);
  std::ranges::for_each(quote.shipping.discounts, add);
  return sums;
}

std::int64_t effect(const Change& change) {
  return std::abs(change.now.value_or(0) - change.was.value_or(0));
}

void sort_by_effect(std::vector<Change>& changes) {
  sort_stably(changes, [](const Change& a, const Change& b) {
    if (effect(a) != effect(b)) return effect(a) > effect(b);
    if (a.code != b.code) return a.code < b.code;
    return a.subject < b.subject;
  });
}

void compare_taxes(const Quote& shown, const Quote& now, std::vector<Change>& to) {
  const bool rates_differ = !std::ranges::equal(
      shown.tax_summary, now.tax_summary, {},
      [](const QuoteTaxTotal& t) { return std::pair(t.tax, t.ppm); },
      [](const QuoteTaxTotal& t) { return std::pair(t.tax, t.ppm); });
  // Another base makes another tax without any change of the rules: it has been named already.
  if (!rates_differ && !to.empty()) return;
  compare(
      shown.tax_summary, now.tax_summary, &QuoteTaxTotal::tax,
      [](const QuoteTaxTotal& t) { return t.amount_minor; }, ChangeCode::tax_updated,
      ChangeCode::tax_updated, to);
}

}  // namespace

std::vector<Change> changes_between(const Quote& shown, const Quote& now) {
  std::vector<Change> changes;
  compare(
      shown.lines, now.lines, &QuoteLine::line_id,
      [](const QuoteLine& line) { return line.unit_price_minor; }, ChangeCode::price_changed,
      ChangeCode::offer_unavailable, changes);
  compare(
      discounts_of(shown), discounts_of(now), &QuoteDiscount::promotion,
      [](const QuoteDiscount& discount) { return discount.amount_minor; },
      ChangeCode::promotion_changed, ChangeCode::promotion_ended, changes);
  compare(
      shown.gift_cards, now.gift_cards, &QuoteGiftCard::id,
      [](const QuoteGiftCard& card) { return card.amount_minor; }, ChangeCode::gift_card_changed,
      ChangeCode::gift_card_changed, changes);
  if (shown.shipping.method != now.shipping.method ||
      shown.shipping.price_minor != now.shipping.price_minor) {
    const auto method = now.shipping.method ? now.shipping.method : shown.shipping.method;
    changes.push_back({ChangeCode::shipping_changed, method ? method->value : std::string(),
                       shown.shipping.price_minor, now.shipping.price_minor});
  }
  if (shown.terms_version != now.terms_version) {
    changes.push_back({ChangeCode::terms_changed, now.terms_version.value_or(""), {}, {}});
  }
  compare_taxes(shown, now, changes);
  sort_by_effect(changes);
  return changes;
}

std::vector<Change> changes_since_shown(const Order& order, const Quote& now) {
  std::vector<Change> changes;
  for (const QuoteLine& line : now.lines) {
    const Line* known = order.find_line(line.line_id);
    if (known != nullptr && known->unit_price_shown_minor != line.unit_price_minor) {
      changes.push_back({ChangeCode::price_changed, line.line_id.value,
                         known->unit_price_shown_minor, line.unit_price_minor});
    }
  }
  sort_by_effect(changes);
  return changes;
}

bool is_only_cheaper(const Quote& shown, const Quote& now) {
  if (shown.currency != now.currency || shown.tax_zone != now.tax_zone ||
      now.totals.total_minor > shown.totals.total_minor ||
      now.totals.payable_minor > shown.totals.payable_minor) {
    return false;
  }
  const auto holds = [](const QuoteLine& line) { return std::tie(line.line_id, line.quantity); };
  if (!std::ranges::equal(shown.lines, now.lines, {}, holds, holds)) return false;
  return std::ranges::all_of(changes_between(shown, now), [](const Change& change) {
    return change.code == ChangeCode::price_changed && change.was && change.now &&
           *change.now < *change.was;
  });
}

}  // namespace tandem
