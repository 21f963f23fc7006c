// SPDX-License-Identifier: Apache-2.0
#include "tandem/pricing/discounts.hpp"

#include <algorithm>

namespace tandem::pricing {
namespace {

/// Remembers what was left when the promotion began.
void begin(WorkLine& line, Place promotion) {
  if (line.begin_of == promotion) return;
  line.begin_of = promotion;
  line.begin = line.left;
}

/// What may come off: where the best discount wins, each is taken on the undiscounted line.
Exact line_room(const Work& work, const Chosen& chosen, const Target& target) {
  if (work.money.percentages != Percentages::best) return room(work, chosen, &target);
  Chosen undiscounted = chosen;
  const WorkLine& line = work.lines[chosen.line];
  const Exact taken = line.amount - line.left;
  const Exact most = whole_part(work, part(line, chosen, line.amount));
  undiscounted.all = true;
  return std::min(most, room(work, undiscounted, &target) + taken);
}

}  // namespace

Exact rounded_discount(const Work& work, Exact discount, bool includes_tax) {
  if (work.keeps_percentages_exact()) return discount;
  return -rounded(-discount, work.rounding(includes_tax));
}

Exact whole_part(const Work& work, Exact figure) {
  return work.keeps_percentages_exact() ? figure : rounded(figure, Rounding::floor);
}

Exact percent_base(const Work& work, const Chosen& chosen, Place promotion, bool of_order) {
  const WorkLine& line = work.lines[chosen.line];
  Exact base = line.left;
  switch (work.money.percentages) {
    case Percentages::sequential:
      // What came off other units of the line does not lower these.
      if (!chosen.all && line.off_some.sign() > 0) {
        const Exact units = part(line, chosen, line.left + line.off_some);
        return in_percent_terms(work, line, std::min(line.left, units));
      }
      break;
    case Percentages::parallel:
      base = line.amount;
      break;
    case Percentages::original_within_promotion:
      if (line.begin_of == promotion) base = line.begin;
      break;
    case Percentages::best:
      if (!of_order) base = line.amount;
      break;
  }
  return in_percent_terms(work, line, part(line, chosen, base));
}

Exact as_shown(const Work& work, const WorkLine& line, Exact figure) {
  return work.rounds_nothing() ? figure : rounded(figure, work.rounding(line.includes_tax));
}

Exact in_percent_terms(const Work& work, const WorkLine& line, Exact base) {
  if (work.money.percent_of == PercentOf::as_prices) return base;
  return as_shown(
      work, line,
      multiply(base, work.money.percent_of == PercentOf::gross ? line.taxes->gross_of_price
                                                               : line.taxes->net_of_price));
}

Exact room_above_floor(const Work& work, const Chosen& chosen, const Target* target) {
  const WorkLine& line = work.lines[chosen.line];
  Exact floor = line.floor;
  if (target != nullptr && target->floor_minor && line.quantity > Exact{}) {
    floor = std::max(floor, multiply(Exact::minor(*target->floor_minor), line.quantity));
  }
  // What is left of a line is whole.
  if (chosen.all && floor.is_zero()) return line.left.sign() > 0 ? line.left : Exact{};
  Exact most = std::max(Exact{}, line.left - floor);
  if (!chosen.all) {
    const Exact all = line.amount - std::min(line.floor, Exact{});
    most = std::min(most, part(line, chosen, std::max(Exact{}, all)));
  }
  return whole_part(work, most);
}

Exact limited(const Work& work, const Chosen& chosen, const Target& target, Exact discount) {
  const WorkLine& line = work.lines[chosen.line];
  if (line.amount < Exact{}) return std::clamp(discount, std::min(line.left, Exact{}), Exact{});
  return std::min(discount, line_room(work, chosen, target));
}

Exact in_price_terms(const Work& work, const WorkLine& line, Exact amount) {
  return rounded_discount(work, multiply(amount, price_of_terms(work, *line.taxes)),
                          line.includes_tax);
}

Ratio price_of_terms(const Work& work, const TaxSet& taxes) {
  switch (work.money.fixed_discount_is) {
    case FixedDiscountIs::as_prices:
      break;
    case FixedDiscountIs::gross:
      return taxes.gross_of_price.inverse();
    case FixedDiscountIs::net:
      if (!taxes.net_of_price.is_zero()) return taxes.net_of_price.inverse();
      break;
  }
  return Ratio::one();
}

void give(Work& work, Place place, Place promotion, Exact amount) {
  if (amount.is_zero()) return;
  WorkLine& line = work.lines[place];
  begin(line, promotion);
  if (!line.off_some.is_zero() && !line.left.is_zero()) {
    line.off_some = mul_div(line.off_some, line.left - amount, line.left);
  }
  line.left -= amount;
  work.given.push_back({place, promotion, amount});
}

void give_line_discount(Work& work, Place place, Place promotion, Exact amount) {
  if (work.money.percentages != Percentages::best) return give(work, place, promotion, amount);
  WorkLine& line = work.lines[place];
  if (line.best_given == kNowhere) {
    line.best_given = static_cast<Place>(work.given.size());
    work.given.push_back({place, promotion, {}});
  }
  Given& best = work.given[line.best_given];
  if (amount <= best.amount) return;
  line.left += best.amount - amount;
  best = {place, promotion, amount};
}

}  // namespace tandem::pricing
