// SPDX-License-Identifier: Apache-2.0
// What shipping costs, and whether a method may be used. Prices are settled when a promotion or the
// end of the quote first needs them: free_from then looks at what is left of the lines (or, with
// threshold_base "original", at the undiscounted ones).
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem::pricing {
namespace {

bool is_shipped(const WorkLine& line) { return line.offer->kind == OfferKind::goods; }

Exact shipped_units(const Work& work) {
  Exact units;
  for (const WorkLine& line : work.lines)
    if (is_shipped(line)) units += line.quantity;
  return units;
}

Exact shipped_weight(const Work& work) {
  Exact weight;
  for (const WorkLine& line : work.lines)
    if (is_shipped(line)) weight += multiply(Exact::minor(line.offer->weight_g), line.quantity);
  return weight;
}

Exact value_of_lines(Work& work, AmountTax tax) {
  const bool undiscounted = work.money.threshold_base == ThresholdBase::original;
  return amount_of(work, choose(work, std::nullopt), tax, undiscounted);
}

/// The price of the highest step that the measure reaches.
std::optional<Exact> step_price(const std::vector<PriceStep>& table, Exact measure) {
  const PriceStep* reached = nullptr;
  for (const PriceStep& step : table) {
    const bool counts = Exact::minor(step.from) <= measure;
    if (counts && (reached == nullptr || step.from >= reached->from)) reached = &step;
  }
  if (reached == nullptr) return std::nullopt;
  return Exact::minor(reached->amount_minor);
}

bool is_excepted(const Except& except, const Offer& offer) {
  const auto is_named = [&](const CategoryId& id) {
    return std::ranges::find(except.categories, id) != except.categories.end();
  };
  return std::ranges::find(except.skus, offer.sku) != except.skus.end() ||
         std::ranges::any_of(offer.categories, is_named);
}

bool is_served(const Work& work, const ShippingMethod& method) {
  return method.zones.empty() || std::ranges::any_of(method.zones, [&](const ZoneId& id) {
           const auto zone = std::ranges::find(work.rules.zones, id, &Zone::id);
           return zone != work.rules.zones.end() && zone_holds(*zone, work.destination);
         });
}

void explain(Work& work, std::size_t index, std::string_view code, Severity severity) {
  std::string subject = "/shipping";
  if (work.request.cart.shipments) subject = "/shipments/" + std::to_string(index);
  work.messages.push_back({std::string(code), severity, std::move(subject)});
}

}  // namespace

std::optional<Reason> why_unavailable(Work& work, const ShippingMethod& method) {
  const auto excepted = [&](const WorkLine& line) {
    return is_shipped(line) && method.except && is_excepted(*method.except, *line.offer);
  };
  bool free_reached = false;
  const bool fits =
      method.enabled && is_served(work, method) && std::ranges::none_of(work.lines, excepted) &&
      (!method.max_weight_g || shipped_weight(work) <= Exact::minor(*method.max_weight_g)) &&
      all_hold(work, method.when) && price_of(work, method, free_reached);
  if (fits) return std::nullopt;
  return Reason::shipping_unavailable;
}

std::optional<Exact> price_of(Work& work, const ShippingMethod& method, bool& free_reached) {
  work.step(static_cast<std::int64_t>(work.lines.size()));
  const auto price = std::visit(
      overloaded{
          [](const FlatPrice& p) -> std::optional<Exact> { return Exact::minor(p.amount_minor); },
          [&](const PerUnitPrice& p) -> std::optional<Exact> {
            return multiply(Exact::minor(p.amount_minor), shipped_units(work));
          },
          [&](const PriceByWeight& p) { return step_price(p.table, shipped_weight(work)); },
          [&](const PriceByValue& p) {
            return step_price(p.table, value_of_lines(work, AmountTax::as_prices));
          },
          [&](const PriceByQuantity& p) { return step_price(p.table, shipped_units(work)); },
      },
      method.price);
  if (!price) return std::nullopt;
  free_reached =
      method.free_from_minor && *price > Exact{} &&
      value_of_lines(work, method.free_from_tax) >= Exact::minor(*method.free_from_minor);
  if (free_reached) return Exact{};
  return rounded(*price, work.money.rounding);
}

Result<void> make_shipments(Work& work) {
  const Cart& cart = work.request.cart;
  const auto add = [&](const ShippingMethodId& id, const CartShipment* shipment) {
    const auto& methods = work.rules.shipping_methods;
    const auto found = std::ranges::find(methods, id, &ShippingMethod::id);
    if (found == methods.end()) return false;
    WorkShipment made;
    made.cart = shipment;
    made.method = static_cast<Place>(found - methods.begin());
    work.shipments.push_back(made);
    return true;
  };
  if (cart.shipments) {
    for (std::size_t i = 0; i < cart.shipments->size(); ++i) {
      const CartShipment& shipment = (*cart.shipments)[i];
      if (!add(shipment.shipping_method, &shipment)) {
        return reject(Reason::method_unknown,
                      "/cart/shipments/" + std::to_string(i) + "/shipping_method");
      }
    }
  } else if (cart.shipping_method && !add(*cart.shipping_method, nullptr)) {
    return reject(Reason::method_unknown, "/cart/shipping_method");
  }
  return {};
}

void price_shipments(Work& work) {
  for (std::size_t i = 0; i < work.shipments.size(); ++i) {
    WorkShipment& shipment = work.shipments[i];
    if (shipment.priced) continue;
    shipment.priced = true;
    const ShippingMethod& method = work.rules.shipping_methods[shipment.method];
    bool free_reached = false;
    shipment.price = price_of(work, method, free_reached).value_or(Exact{});
    shipment.left = shipment.price;
    if (free_reached) explain(work, i, "free_shipping_reached", Severity::info);
    if (why_unavailable(work, method)) explain(work, i, "shipping_unavailable", Severity::error);
  }
}

Exact shipping_left(Work& work) {
  settle_shipping(work);
  Exact left;
  for (const WorkShipment& shipment : work.shipments) left += shipment.left;
  return left;
}

}  // namespace tandem::pricing
