// SPDX-License-Identifier: Apache-2.0
// How shipping is taxed: by its own class, or after the goods.
#include <algorithm>

#include "tandem/pricing/sharing.hpp"
#include "tandem/pricing/taxes.hpp"

namespace tandem::pricing {
namespace {

/// The goods of one set of taxes.
struct Goods {
  const TaxSet* line_set = nullptr;  // as the lines are taxed
  const TaxSet* set = nullptr;       // the same taxes for the price of shipping
  Place line = 0;                    // the first such line
  Exact net;                         // rounded line nets, after discounts
};

bool same_tax_ids(const TaxSet& a, const TaxSet& b) {
  return std::ranges::equal(a.taxes, b.taxes, {}, &SetTax::tax, &SetTax::tax);
}

std::vector<Goods> goods_by_taxes(Work& work, bool shipping_includes) {
  std::vector<Goods> all;
  for (Place place = 0; place < work.lines.size(); ++place) {
    const WorkLine& line = work.lines[place];
    auto found = std::ranges::find_if(
        all, [&](const Goods& goods) { return same_tax_ids(*goods.line_set, *line.taxes); });
    if (found == all.end()) {
      const Place tax_class = class_of(work.compiled, line.offer->tax_class).place;
      all.push_back({line.taxes, taxes_at(work, tax_class, shipping_includes), place, {}});
      found = all.end() - 1;
    }
    const Exact net = multiply(line.left, line.taxes->net_of_price);
    found->net += work.rounds_nothing() ? net : rounded(net, work.rounding(line.includes_tax));
  }
  return all;
}

Item item_for(Exact price, const TaxSet* taxes, Place rank) {
  Item item;
  item.taxes = taxes;
  item.price = item.taxed = price;
  item.rank = rank;
  return item;
}

/// Rate = Σ(line net × line rate) / Σ(line net), itself not rounded.
const TaxSet* mean_rate(Work& work, const std::vector<Goods>& goods, bool includes) {
  Exact weighted;
  Exact whole;
  for (const Goods& entry : goods) {
    weighted += multiply(entry.net, entry.line_set->rate);
    whole += entry.net;
  }
  if (whole <= Exact{} || weighted.overflowed()) return nullptr;
  TaxSet set;
  SetTax entry;
  entry.tax = kMeanTax;
  entry.included = includes;
  entry.of_price = ratio_of(weighted, includes ? whole + weighted : whole);
  if (entry.of_price.denominator == 0) return nullptr;
  set.rate = ratio_of(weighted, whole);
  if (includes) {
    set.net_of_price = ratio_of(whole, whole + weighted);
    set.last_included = 1;
  } else {
    set.gross_of_price = ratio_of(whole + weighted, whole);
  }
  set.taxes.push_back(std::move(entry));
  return &work.solved.emplace_back(std::move(set));
}

bool higher_rate(const Goods& a, const Goods& b) {
  const Exact one = Exact::minor(1);
  return multiply(one, a.line_set->rate) < multiply(one, b.line_set->rate);
}

/// Shipping's price shared over the goods' sets of taxes by their nets.
std::vector<Item> proportional(Work& work, const std::vector<Goods>& goods, Exact price,
                               Place rank) {
  std::vector<Sharer> sharers;
  for (const Goods& entry : goods) {
    Sharer sharer;
    sharer.line = entry.line;
    sharer.weight = entry.net;
    sharer.high = price;
    sharers.push_back(sharer);
  }
  const bool exact = work.rounds_nothing() || work.money.line_rounding == LineRounding::document;
  share_by(work, exact ? DiscountSharing::unrounded : DiscountSharing::largest_remainder, sharers,
           price);
  std::vector<Item> items;
  for (std::size_t i = 0; i < goods.size(); ++i) {
    if (!sharers[i].given.is_zero()) {
      items.push_back(item_for(sharers[i].given, goods[i].set, rank));
    }
  }
  return items;
}

}  // namespace

std::vector<Item> items_of_shipment(Work& work, const WorkShipment& shipment) {
  if (shipment.left.is_zero()) return {};
  static const TaxSet kUntaxed{};
  const auto rank = static_cast<Place>(work.lines.size() + work.request.cart.fees.size());
  const bool includes = shipping_includes_tax(work);
  const ShippingTax strategy = work.money.shipping_tax;
  if (strategy == ShippingTax::none) return {item_for(shipment.left, &kUntaxed, rank)};
  if (strategy == ShippingTax::own_class) {
    const ShippingMethod& method = work.rules.shipping_methods[shipment.method];
    const Place tax_class = class_of(work.compiled, method.tax_class).place;
    return {item_for(shipment.left, taxes_at(work, tax_class, includes), rank)};
  }
  const auto goods = goods_by_taxes(work, includes);
  if (goods.empty()) return {item_for(shipment.left, &kUntaxed, rank)};
  if (strategy == ShippingTax::weighted_mean) {
    const TaxSet* mean = mean_rate(work, goods, includes);
    return {item_for(shipment.left, mean == nullptr ? &kUntaxed : mean, rank)};
  }
  if (strategy == ShippingTax::proportional) {
    auto items = proportional(work, goods, shipment.left, rank);
    if (items.empty()) items.push_back(item_for(shipment.left, goods.front().set, rank));
    return items;
  }
  const auto chosen = strategy == ShippingTax::highest
                          ? std::ranges::max_element(goods, higher_rate)
                          : std::ranges::max_element(goods, {}, &Goods::net);
  return {item_for(shipment.left, chosen->set, rank)};
}

}  // namespace tandem::pricing
