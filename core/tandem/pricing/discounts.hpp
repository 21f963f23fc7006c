// SPDX-License-Identifier: Apache-2.0
#pragma once
// What all actions share: bases of percentages, terms of fixed amounts, and the one place where a
// line's discount is given.
//
// A computed discount is a negative amount and is rounded as one: −4166.5 under half_ceiling is
// −4166. On prices that include tax `rounding_included` rounds it. A fixed amount is not rounded.

#include "tandem/pricing/sharing.hpp"
#include "tandem/pricing/work.hpp"

namespace tandem::pricing {

/// A discount rounded as the negative amount it is; exact where percentages stay exact.
[[nodiscard]] Exact rounded_discount(const Work& work, Exact discount, bool includes_tax);

/// What may be given of a figure: its whole minor units, or all of it where percentages stay exact.
[[nodiscard]] Exact whole_part(const Work& work, Exact figure);

/// ppm of an amount, exact.
[[nodiscard]] inline Exact percentage(Exact amount, std::int64_t ppm) {
  return parts_per_million(amount, ppm);
}

/// The base of a percentage on the chosen units, by `percentages` and `percent_of`. On a whole
/// order the key "best" has no meaning and what is left is the base.
[[nodiscard]] Exact percent_base(const Work& work, const Chosen& chosen, Place promotion,
                                 bool of_order);

/// A figure of a line with its taxes, or without any, rounded as the customer sees it.
[[nodiscard]] Exact as_shown(const Work& work, const WorkLine& line, Exact figure);

/// A price in the terms that `percent_of` names, as it is shown.
[[nodiscard]] Exact in_percent_terms(const Work& work, const WorkLine& line, Exact base);

/// room() where a floor counts or only some units are chosen.
[[nodiscard]] Exact room_above_floor(const Work& work, const Chosen& chosen, const Target* target);

/// How much more may come off the chosen units: nothing goes below zero or its floor, and a unit
/// gives at most its own price, whatever else came off its line. Whole minor units, where
/// discounts are.
[[nodiscard]] inline Exact room(const Work& work, const Chosen& chosen, const Target* target) {
  const WorkLine& line = work.lines[chosen.line];
  if (!chosen.all || !line.floor.is_zero() || (target != nullptr && target->floor_minor)) {
    return room_above_floor(work, chosen, target);
  }
  return line.left.sign() > 0 ? line.left : Exact{};  // what is left of a line is whole
}

/// Terms of a fixed amount where these taxes are: the price is `of_terms` × the amount in its
/// terms.
[[nodiscard]] Ratio price_of_terms(const Work& work, const TaxSet& taxes);

/// A fixed amount in the terms of the line's price. It has fractions only where it was converted or
/// counted for a fraction of a unit.
[[nodiscard]] Exact in_price_terms(const Work& work, const WorkLine& line, Exact amount);

/// A discount of the chosen units between nothing and their room; a negative line is lowered toward
/// zero. Where the best discount wins, each is taken on the undiscounted line.
[[nodiscard]] Exact limited(const Work& work, const Chosen& chosen, const Target& target,
                            Exact discount);

/// Lowers a line, in the terms of its price. A line discount competes where the best one wins.
void give(Work& work, Place line, Place promotion, Exact amount);
void give_line_discount(Work& work, Place line, Place promotion, Exact amount);

/// A figure of shipping, rounded as the customer sees it (shipping_actions.cpp).
[[nodiscard]] Exact as_shown_of_shipping(const Work& work, Exact figure);

/// What is left of a shipment in the terms of fixed amounts, and in those that `percent_of` names:
/// this one as it is shown (shipping_actions.cpp).
[[nodiscard]] Exact left_in_fixed_terms(Work& work, const WorkShipment& shipment);
[[nodiscard]] Exact left_in_percent_terms(Work& work, const WorkShipment& shipment);

/// Lowers a shipment, as far as something is left of it (shipping_actions.cpp).
void give_shipping(Work& work, Place shipment, Place promotion, Exact amount);

/// Actions, by family. Each answers whether it is of the family.
bool run_order_action(Work& work, Place promotion, const Action& action);  // order_actions.cpp
bool run_line_action(Work& work, Place promotion, const Action& action);  // line_actions.cpp
bool run_unit_action(Work& work, Place promotion, const Action& action);  // unit_actions.cpp
bool is_shipping_action(const Action& action);  // shipping_actions.cpp
void run_shipping_action(Work& work, Place promotion, const Action& action);

/// Takes an order discount apart, per set of taxes (apart.cpp).
void take_percentage_apart(Work& work, Place promotion, const PercentOffOrder& action);
void take_amount_apart(Work& work, Place promotion, const AmountOffOrder& action);

}  // namespace tandem::pricing
