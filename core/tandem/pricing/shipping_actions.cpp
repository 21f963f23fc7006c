// SPDX-License-Identifier: Apache-2.0
// Actions on the price of shipping. They wait until the price is needed, so that what promotions
// take off the lines decides about free shipping first; among themselves they keep their order.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"
#include "tandem/pricing/taxes.hpp"

namespace tandem::pricing {
namespace {

std::vector<Place> shipments_of(const Work& work, const std::vector<ShippingMethodId>& methods) {
  std::vector<Place> places;
  for (Place place = 0; place < work.shipments.size(); ++place) {
    const auto& id = work.rules.shipping_methods[work.shipments[place].method].id;
    if (methods.empty() || std::ranges::find(methods, id) != methods.end()) places.push_back(place);
  }
  return places;
}

void run(Work& work, Place promotion, const PercentOffShipping& action) {
  for (const Place place : shipments_of(work, action.methods)) {
    const WorkShipment& shipment = work.shipments[place];
    const bool on_price = work.money.percentages == Percentages::parallel;
    Exact base = left_in_percent_terms(work, shipment);
    if (on_price && !shipment.left.is_zero()) base = mul_div(base, shipment.price, shipment.left);
    give_shipping(
        work, place, promotion,
        rounded_discount(work, percentage(base, action.ppm), shipping_includes_tax(work)));
  }
}

/// Gives so much in the terms of fixed amounts, in which `all` is left.
void give_in_fixed_terms(Work& work, Place place, Place promotion, Exact amount, Exact all) {
  const Exact left = work.shipments[place].left;
  if (all != left && !all.is_zero()) {
    amount = rounded_discount(work, mul_div(amount, left, all), shipping_includes_tax(work));
  }
  give_shipping(work, place, promotion, amount);
}

/// Off each shipment, or one amount shared over all of them by price.
void run(Work& work, Place promotion, const AmountOffShipping& action) {
  const auto places = shipments_of(work, action.methods);
  const Exact amount = Exact::minor(action.amount_minor);
  if (!action.shared) {
    for (const Place place : places) {
      give_in_fixed_terms(work, place, promotion, amount,
                          left_in_fixed_terms(work, work.shipments[place]));
    }
    return;
  }
  std::vector<Sharer> sharers;
  for (const Place place : places) {
    Sharer sharer;
    sharer.line = static_cast<Place>(work.lines.size()) + place;
    sharer.weight = sharer.high =
        as_shown_of_shipping(work, left_in_fixed_terms(work, work.shipments[place]));
    sharers.push_back(sharer);
  }
  const DiscountSharing method = work.money.discount_sharing;
  share_by(work,
           method == DiscountSharing::even_per_unit ? DiscountSharing::largest_remainder : method,
           sharers, amount);
  for (std::size_t i = 0; i < places.size(); ++i) {
    give_in_fixed_terms(work, places[i], promotion, sharers[i].given, sharers[i].weight);
  }
}

void run(Work& work, Place promotion, const FreeShipping& action) {
  for (const Place place : shipments_of(work, action.methods)) {
    give_shipping(work, place, promotion, work.shipments[place].left);
  }
}

}  // namespace

Exact as_shown_of_shipping(const Work& work, Exact figure) {
  return work.rounds_nothing() ? figure
                               : rounded(figure, work.rounding(shipping_includes_tax(work)));
}

Exact left_in_fixed_terms(Work& work, const WorkShipment& shipment) {
  if (work.money.fixed_discount_is == FixedDiscountIs::as_prices) return shipment.left;
  Exact exact;
  for (const Item& item : items_of_shipment(work, shipment)) {
    exact += multiply(item.price, price_of_terms(work, *item.taxes).inverse());
  }
  return exact;
}

Exact left_in_percent_terms(Work& work, const WorkShipment& shipment) {
  if (work.money.percent_of == PercentOf::as_prices) return shipment.left;
  const bool gross = work.money.percent_of == PercentOf::gross;
  Exact exact;
  for (const Item& item : items_of_shipment(work, shipment)) {
    exact += multiply(item.price, gross ? item.taxes->gross_of_price : item.taxes->net_of_price);
  }
  return as_shown_of_shipping(work, exact);
}

void give_shipping(Work& work, Place place, Place promotion, Exact amount) {
  WorkShipment& shipment = work.shipments[place];
  amount = std::min(amount, std::max(Exact{}, shipment.left));
  if (amount.is_zero()) return;
  shipment.left -= amount;
  work.given_shipping.push_back({place, promotion, amount});
}

bool is_shipping_action(const Action& action) {
  return std::holds_alternative<PercentOffShipping>(action) ||
         std::holds_alternative<AmountOffShipping>(action) ||
         std::holds_alternative<FreeShipping>(action);
}

void run_shipping_action(Work& work, Place promotion, const Action& action) {
  std::visit(overloaded{
                 [&](const PercentOffShipping& a) { run(work, promotion, a); },
                 [&](const AmountOffShipping& a) { run(work, promotion, a); },
                 [&](const FreeShipping& a) { run(work, promotion, a); },
                 [](const auto&) {},
             },
             action);
}

void settle_shipping(Work& work) {
  price_shipments(work);
  const auto waiting = std::exchange(work.waiting, {});
  for (const auto& [promotion, action] : waiting) run_shipping_action(work, promotion, *action);
}

}  // namespace tandem::pricing
