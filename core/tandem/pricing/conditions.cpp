// SPDX-License-Identifier: Apache-2.0
// Whether the conditions of a promotion or a method hold. With threshold_base "reduced" a condition
// sees what is left after earlier promotions, with "original" the undiscounted amounts. It is asked
// before its promotion lowers anything, so no promotion is withdrawn because of its own discount.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"
#include "tandem/pricing/work.hpp"

namespace tandem::pricing {
namespace {

bool holds(Work& work, const Condition& condition);

Exact part_of_line(const WorkLine& line, const Chosen& entry, bool undiscounted) {
  return part(line, entry, undiscounted ? line.amount : line.left);
}

/// A figure of a line with all its taxes, or without any.
Exact seen(const Work& work, const WorkLine& line, Exact figure, AmountTax tax) {
  if (tax == AmountTax::as_prices) return figure;
  return as_shown(work, line,
                  multiply(figure, tax == AmountTax::included ? line.taxes->gross_of_price
                                                              : line.taxes->net_of_price));
}

/// All lines as they stand: the common case, without choosing any.
Exact amount_of_all(Work& work, bool undiscounted) {
  Exact sum;
  for (const WorkLine& line : work.lines) {
    if (line.gift_of == kNowhere) sum += undiscounted ? line.amount : line.left;
  }
  work.step(static_cast<std::int64_t>(work.lines.size()));
  return sum;
}

/// What order discounts that stand apart took off these lines.
Exact taken_apart(const Work& work, const std::vector<Chosen>& chosen, AmountTax tax) {
  if (work.aparts.empty()) return {};
  const bool with_tax =
      tax == AmountTax::included || (tax == AmountTax::as_prices && work.rules.prices_include_tax);
  std::vector<ApartMember> members;
  for (const Chosen& entry : chosen) {
    members.push_back({entry.line, part_of_line(work.lines[entry.line], entry, false)});
  }
  Exact sum;
  for (const Apart& apart : work.aparts) {
    sum += part_of_apart(apart, members, with_tax ? apart.gross : apart.net);
  }
  return sum;
}

bool subtotal_holds(Work& work, const SubtotalAtLeast& condition) {
  const bool undiscounted = work.money.threshold_base == ThresholdBase::original;
  if (!condition.target && condition.tax == AmountTax::as_prices && work.aparts.empty()) {
    return twelve_places(amount_of_all(work, undiscounted)) >= Exact::minor(condition.amount_minor);
  }
  const auto& chosen = choose(work, condition.target);
  work.step(static_cast<std::int64_t>(chosen.size()));
  return amount_of(work, chosen, condition.tax, undiscounted) >=
         Exact::minor(condition.amount_minor);
}

bool quantity_holds(Work& work, const QuantityAtLeast& condition) {
  Exact quantity;
  for (const Chosen& entry : choose(work, condition.target)) {
    quantity += quantity_of(work.lines[entry.line], entry);
    work.step();
  }
  return quantity >= Exact::minor(condition.quantity);
}

bool shipping_method_holds(const Work& work, const ShippingMethodIs& condition) {
  return std::ranges::any_of(work.shipments, [&](const WorkShipment& shipment) {
    const ShippingMethodId& id = work.rules.shipping_methods[shipment.method].id;
    return std::ranges::find(condition.methods, id) != condition.methods.end();
  });
}

template <class Id>
bool is_among(const std::vector<Id>& ids, const std::optional<Id>& id) {
  return id && std::ranges::find(ids, *id) != ids.end();
}

bool is_first_order(const QuoteFacts& facts) {
  if (facts.orders_placed) return *facts.orders_placed == 0;
  return facts.first_order.value_or(false);
}

bool nth_order_holds(const QuoteFacts& facts, std::int64_t n) {
  if (facts.orders_placed) return *facts.orders_placed == n - 1;
  return n == 1 && is_first_order(facts);
}

bool holds(Work& work, const Condition& condition) {
  const QuoteFacts& facts = work.request.facts;
  const auto one_holds = [&](const Condition& nested) { return holds(work, nested); };
  work.step();
  return std::visit(
      overloaded{
          [&](const AnyOf& c) { return std::ranges::any_of(c.of, one_holds); },
          [&](const AllOf& c) { return std::ranges::all_of(c.of, one_holds); },
          [&](const NoneOf& c) { return std::ranges::none_of(c.of, one_holds); },
          [&](const SubtotalAtLeast& c) { return subtotal_holds(work, c); },
          [&](const QuantityAtLeast& c) { return quantity_holds(work, c); },
          [&](const Contains& c) { return !choose(work, c.target).empty(); },
          [&](const ShippingAtLeast& c) {
            return shipping_left(work) >= Exact::minor(c.amount_minor);
          },
          [&](const CustomerGroupIs& c) { return is_among(c.groups, facts.customer_group); },
          [&](const FirstOrder&) { return is_first_order(facts); },
          [&](const NthOrder& c) { return nth_order_holds(facts, c.n); },
          [&](const CountryIs& c) {
            return std::ranges::any_of(c.countries, [&](const std::string& country) {
              return same_country(country, work.destination.country);
            });
          },
          [&](const ChannelIs& c) { return is_among(c.channels, facts.channel); },
          [&](const ShippingMethodIs& c) { return shipping_method_holds(work, c); },
          [&](const PaymentMethodIs& c) {
            return is_among(c.methods, work.request.cart.payment_method);
          },
          [&](const Between& c) {
            const std::int64_t now = work.request.now_ms;
            return (!c.from_ms || *c.from_ms <= now) && (!c.to_ms || now < *c.to_ms);
          },
      },
      condition.is);
}

}  // namespace

bool all_hold(Work& work, const std::vector<Condition>& conditions) {
  return std::ranges::all_of(conditions,
                             [&](const Condition& condition) { return holds(work, condition); });
}

Exact amount_of(const Work& work, const std::vector<Chosen>& chosen, AmountTax tax,
                bool undiscounted) {
  Exact sum;
  for (const Chosen& entry : chosen) {
    const WorkLine& line = work.lines[entry.line];
    sum += seen(work, line, part_of_line(line, entry, undiscounted), tax);
  }
  if (!undiscounted) sum -= taken_apart(work, chosen, tax);
  return twelve_places(sum);
}

}  // namespace tandem::pricing
