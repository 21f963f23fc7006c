// SPDX-License-Identifier: Apache-2.0
// Order discounts that stand apart from the lines (order_discount_tax "apart"). Lines stay
// undiscounted and are grouped by their set of taxes, fixed ones left out. Per group the rounded
// net, taxes and gross count, less earlier such discounts; of one that was taken on other lines as
// well, its part by value. For a percentage p the discount's gross is round(p × gross); for an
// amount it is largest remainder over the grosses, p being amount / all grosses. Each tax is
// round(p × tax), and the net is the rest.
#include <algorithm>

#include "tandem/pricing/discounts.hpp"
#include "tandem/pricing/taxes.hpp"

namespace tandem::pricing {
namespace {

/// A group as it stands: what it still costs.
struct Standing {
  Place group = 0;
  std::vector<ApartMember> members;
  std::vector<Item> items;  // by member
  std::vector<Exact> taxes;  // by place in the group's set
  Exact gross;
};

bool is_fixed(const Work& work, const SetTax& entry) {
  return entry.tax != kMeanTax && work.rules.taxes[entry.tax].kind == TaxKind::fixed;
}

Place group_of(Work& work, const TaxSet& set) {
  std::vector<std::pair<Place, bool>> taxes;
  for (const SetTax& entry : set.taxes)
    if (!is_fixed(work, entry)) taxes.emplace_back(entry.tax, entry.included);
  const auto found = std::ranges::find(work.apart_groups, taxes, &ApartGroup::taxes);
  if (found != work.apart_groups.end()) {
    return static_cast<Place>(found - work.apart_groups.begin());
  }
  work.apart_groups.push_back({std::move(taxes)});
  return static_cast<Place>(work.apart_groups.size() - 1);
}

/// A figure of a discount, rounded as the negative amount it is.
std::int64_t discount_of(const Work& work, Exact figure) {
  return -round_minor(-figure, work.rounding(work.rules.prices_include_tax));
}

void take_off_earlier(Work& work, const Apart& earlier, Standing& standing) {
  const auto off = [&](std::int64_t figure) {
    return Exact::minor(discount_of(work, part_of_apart(earlier, standing.members, figure)));
  };
  standing.gross -= off(earlier.gross);
  for (std::size_t t = 0; t < earlier.taxes.size(); ++t) standing.taxes[t] -= off(earlier.taxes[t]);
}

/// The figures of a group, rounded as the document's are, less earlier discounts of the group.
void settle_group(Work& work, Standing& standing) {
  const Settled settled = settle(work, standing.items);
  const auto& listed = work.apart_groups[standing.group].taxes;
  standing.taxes.assign(listed.size(), {});
  standing.gross = rounded(settled.document_net, work.rounding(work.rules.prices_include_tax));
  for (const SettledItem& item : settled.items) {
    std::size_t place = 0;
    for (const ItemTax& tax : item.taxes)
      if (!is_fixed(work, *tax.entry)) standing.taxes[place++] += tax.amount;
  }
  for (const Exact& tax : standing.taxes) standing.gross += tax;
  for (const Apart& earlier : work.aparts) {
    if (earlier.group == standing.group) take_off_earlier(work, earlier, standing);
  }
}

std::vector<Standing> standings(Work& work, const std::vector<Chosen>& chosen, bool shipping) {
  std::vector<Standing> all;
  const auto add = [&](Item item, Place line) {
    const Place group = group_of(work, *item.taxes);
    auto found = std::ranges::find(all, group, &Standing::group);
    if (found == all.end()) {
      Standing standing;
      standing.group = group;
      all.push_back(std::move(standing));
      found = all.end() - 1;
    }
    found->members.push_back({line, item.price});
    found->items.push_back(std::move(item));
  };
  for (const Chosen& entry : chosen) {
    Item item = without_fixed(work, item_of(work, entry.line, false));
    item.price = part(work.lines[entry.line], entry, item.price);
    item.taxed = part(work.lines[entry.line], entry, item.taxed);
    if (!entry.all) item.units = entry.units;
    add(std::move(item), entry.line);
  }
  if (shipping) {
    settle_shipping(work);
    for (Place i = 0; i < work.shipments.size(); ++i)
      for (Item& item : items_of_shipment(work, work.shipments[i])) {
        add(without_fixed(work, std::move(item)), static_cast<Place>(work.lines.size()) + i);
      }
  }
  for (Standing& standing : all) settle_group(work, standing);
  return all;
}

void record(Work& work, Place promotion, const Standing& standing, std::int64_t gross,
            Exact numerator, Exact denominator) {
  if (gross == 0) return;
  Apart apart;
  apart.promotion = promotion;
  apart.group = standing.group;
  apart.members = standing.members;
  apart.gross = apart.net = gross;
  for (const Exact& tax : standing.taxes) {
    apart.taxes.push_back(discount_of(work, mul_div(tax, numerator, denominator)));
    apart.net -= apart.taxes.back();
  }
  work.aparts.push_back(std::move(apart));
}

bool covers(const Work& work, const std::optional<bool>& said) {
  return said.value_or(work.money.order_discount_covers_shipping);
}

void take_amount(Work& work, Place promotion, std::vector<Standing>& all, Exact amount) {
  std::vector<Sharer> sharers;
  Exact whole;
  for (const Standing& standing : all) {
    Sharer sharer;
    sharer.line = standing.members.front().line;
    sharer.low = std::min(Exact{}, amount);
    sharer.weight = sharer.high = std::max(Exact{}, standing.gross);
    whole += sharer.weight;
    sharers.push_back(sharer);
  }
  if (whole <= Exact{}) return;
  amount = std::min(amount, whole);
  share_by(work, DiscountSharing::largest_remainder, sharers, amount);
  for (std::size_t i = 0; i < all.size(); ++i) {
    record(work, promotion, all[i], sharers[i].given.floor, amount, whole);
  }
}

}  // namespace

Exact part_of_apart(const Apart& apart, const std::vector<ApartMember>& here, std::int64_t figure) {
  Exact overlap;
  Exact whole;
  for (const ApartMember& taken : apart.members) {
    whole += taken.price;
    const auto found = std::ranges::find(here, taken.line, &ApartMember::line);
    if (found != here.end()) overlap += std::min(found->price, taken.price);
  }
  const Exact all = Exact::minor(figure);
  return overlap == whole ? all : mul_div(all, overlap, whole);
}

void take_percentage_apart(Work& work, Place promotion, const PercentOffOrder& action) {
  auto all = standings(work, choose(work, action.target), covers(work, action.covers_shipping));
  const std::int64_t ppm = std::min(action.ppm, kMillion);
  std::int64_t sum = 0;
  for (const Standing& standing : all) {
    sum += discount_of(work, percentage(standing.gross, ppm));
  }
  if (action.maximum_minor && sum > *action.maximum_minor) {
    return take_amount(work, promotion, all, Exact::minor(*action.maximum_minor));
  }
  for (const Standing& standing : all) {
    record(work, promotion, standing, discount_of(work, percentage(standing.gross, ppm)),
           Exact::minor(ppm), Exact::minor(kMillion));
  }
}

void take_amount_apart(Work& work, Place promotion, const AmountOffOrder& action) {
  auto all = standings(work, choose(work, action.target), covers(work, action.covers_shipping));
  take_amount(work, promotion, all, Exact::minor(action.amount_minor));
}

}  // namespace tandem::pricing
