// SPDX-License-Identifier: Apache-2.0
// Actions that lower each line by itself: percentages, amounts, tiers.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem::pricing {
namespace {

/// Gives a discount as far as there is room, and remembers what only some units of the line bear.
void lower(Work& work, Place promotion, const Chosen& chosen, const Target& target,
           Exact discount) {
  WorkLine& line = work.lines[chosen.line];
  const Exact amount = limited(work, chosen, target, discount);
  const Exact off_some = line.off_some + amount;
  give_line_discount(work, chosen.line, promotion, amount);
  if (!chosen.all) line.off_some = off_some;
}

/// What comes off where the price is rounded instead: that of one unit when all cost the same whole
/// amount, else that of all.
Exact by_price(const Work& work, const Chosen& chosen, Exact base, Exact discount) {
  const WorkLine& line = work.lines[chosen.line];
  const bool alike = chosen.units > 0 && base.is_whole() && base.floor % chosen.units == 0;
  const std::int64_t units = alike ? chosen.units : 1;
  const Exact price = rounded(mul_div(base - discount, 1, units), work.rounding(line.includes_tax));
  const Exact off = base - multiply(price, units);
  // Units of a line may have parts of a minor unit, which their rounded price would add to it.
  return base.sign() > 0 ? std::max(off, Exact{}) : off;
}

void run(Work& work, Place promotion, const PercentOffLines& action) {
  for (const Chosen& chosen : choose(work, action.target)) {
    const WorkLine& line = work.lines[chosen.line];
    const Exact base = percent_base(work, chosen, promotion, false);
    Exact discount = percentage(base, action.ppm);
    if (action.rounds == PercentRounds::price && !work.keeps_percentages_exact()) {
      discount = by_price(work, chosen, base, discount);
    }
    discount = rounded_discount(work, discount, line.includes_tax);
    lower(work, promotion, chosen, action.target, discount);
    work.step();
  }
}

void run(Work& work, Place promotion, const AmountOffLines& action) {
  for (const Chosen& chosen : choose(work, action.target)) {
    const WorkLine& line = work.lines[chosen.line];
    const bool per_unit = action.per == AmountPer::unit;
    // Fewer than no units at a price below zero amount to something: an amount for each would add.
    if (line.amount < Exact{} || (per_unit && line.quantity < Exact{})) continue;
    Exact amount = Exact::minor(action.amount_minor);
    if (per_unit) amount = multiply(amount, quantity_of(line, chosen));
    lower(work, promotion, chosen, action.target, in_price_terms(work, line, amount));
    work.step();
  }
}

/// The price of the highest tier that the line's quantity reaches.
void run(Work& work, Place promotion, const TieredPrice& action) {
  for (const Chosen& chosen : choose(work, action.target)) {
    const WorkLine& line = work.lines[chosen.line];
    const Exact quantity = quantity_of(line, chosen);
    const PriceTier* reached = nullptr;
    for (const PriceTier& tier : action.tiers) {
      const bool counts = Exact::minor(tier.from) <= quantity;
      if (counts && (reached == nullptr || tier.from >= reached->from)) reached = &tier;
    }
    work.step();
    if (reached == nullptr) continue;
    const Exact price = multiply(Exact::minor(reached->unit_price_minor), quantity);
    const Exact discount =
        rounded_discount(work, part(line, chosen, line.left) - price, line.includes_tax);
    if (discount > Exact{}) lower(work, promotion, chosen, action.target, discount);
  }
}

}  // namespace

bool run_line_action(Work& work, Place promotion, const Action& action) {
  return std::visit(overloaded{
                        [&](const PercentOffLines& a) { return run(work, promotion, a), true; },
                        [&](const AmountOffLines& a) { return run(work, promotion, a), true; },
                        [&](const TieredPrice& a) { return run(work, promotion, a), true; },
                        [](const auto&) { return false; },
                    },
                    action);
}

}  // namespace tandem::pricing
