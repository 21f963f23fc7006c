// SPDX-License-Identifier: Apache-2.0
// Actions that pick single units: the cheapest, every n-th, so many for so many, bundles, gifts.
// Units that "buy x get y" and bundles use are closed to the promotions after them.
#include <algorithm>

#include "tandem/base/overloaded.hpp"
#include "tandem/base/sort.hpp"
#include "tandem/digest/sha256.hpp"
#include "tandem/pricing/discounts.hpp"

namespace tandem::pricing {
namespace {

/// Units picked of one line.
struct Picked {
  Place line = 0;
  std::int64_t units = 0;
};

std::int64_t open_units(const WorkLine& line) {
  return std::max<std::int64_t>(line.units - line.used_units, 0);
}

/// What so many units cost that no promotion has taken yet: those that were taken keep what was
/// left of them, and what came off the line since came off all of it alike.
Exact open_value(const WorkLine& line, Exact left, std::int64_t units) {
  const std::int64_t open = line.units - line.used_units;
  if (line.used_units == 0) return mul_div(left, units, line.units);
  if (open == 0 || line.left_at_close.is_zero()) return {};
  const Exact all = mul_div(left, line.left_at_close - line.used_left, line.left_at_close);
  return mul_div(all, units, open);
}

/// Closes units to later promotions; `before` was left of the line before theirs lowered it.
void close_units(WorkLine& line, std::int64_t units, Exact before) {
  const Exact open = open_value(line, before, line.units - line.used_units);
  line.used_left = before - open + open_value(line, before, units) - (before - line.left);
  line.left_at_close = line.left;
  line.used_units += units;
}

/// The price of picked units: where percentages look at what is left, of the units that no
/// promotion took before.
Exact base_of_picked(const Work& work, const Chosen& chosen, Place promotion) {
  const WorkLine& line = work.lines[chosen.line];
  const Percentages of = work.money.percentages;
  const bool of_left = of == Percentages::sequential ||
                       (of == Percentages::original_within_promotion && line.begin_of != promotion);
  if (!of_left) return percent_base(work, chosen, promotion, false);
  return in_percent_terms(work, line, open_value(line, line.left, chosen.units));
}

/// ppm off picked units of a line, rounded once.
void percent_off(Work& work, Place promotion, const Chosen& chosen, std::int64_t ppm,
                 const Target& target) {
  const WorkLine& line = work.lines[chosen.line];
  const Exact base = base_of_picked(work, chosen, promotion);
  const Exact discount = rounded_discount(work, percentage(base, ppm), line.includes_tax);
  give_line_discount(work, chosen.line, promotion, limited(work, chosen, target, discount));
  work.step();
}

Chosen of_units(const WorkLine& line, Place place, std::int64_t units) {
  return {place, units, units == line.units && line.is_whole};
}

/// One unit of the cheapest line that has a price; ties go to the smaller line id.
std::optional<Chosen> cheapest(Work& work, const Target& target) {
  std::optional<Chosen> found;
  const auto& rank = ranks(work);
  for (const Chosen& chosen : choose(work, target)) {
    const WorkLine& line = work.lines[chosen.line];
    work.step();
    if (open_units(line) < 1 || line.left <= Exact{}) continue;
    if (found) {
      const WorkLine& best = work.lines[found->line];
      if (line.unit_price > best.unit_price) continue;
      if (line.unit_price == best.unit_price && rank[chosen.line] > rank[found->line]) continue;
    }
    found = of_units(line, chosen.line, 1);
  }
  return found;
}

void run(Work& work, Place promotion, const PercentOffCheapest& action) {
  const auto chosen = cheapest(work, action.target);
  if (chosen) percent_off(work, promotion, *chosen, action.ppm, action.target);
}

void run(Work& work, Place promotion, const AmountOffCheapest& action) {
  const auto chosen = cheapest(work, action.target);
  if (!chosen) return;
  const WorkLine& line = work.lines[chosen->line];
  Exact amount = in_price_terms(work, line, Exact::minor(action.amount_minor));
  if (work.money.percentages != Percentages::best) {
    amount = std::min(amount, whole_part(work, open_value(line, line.left, 1)));
  }
  give_line_discount(work, chosen->line, promotion, limited(work, *chosen, action.target, amount));
}

/// Units that are open are counted over the whole target, dearest first; every n-th is lowered.
void run(Work& work, Place promotion, const NthOff& action) {
  std::vector<Chosen> chosen = choose(work, action.target);
  const auto& place_of = dearness(work);
  sort_stably(chosen, [&](const Chosen& a, const Chosen& b) {
    return place_of[a.line] < place_of[b.line];
  });
  std::int64_t counted = 0;
  for (const Chosen& entry : chosen) {
    const std::int64_t units =
        std::clamp<std::int64_t>(entry.units, 0, open_units(work.lines[entry.line]));
    const std::int64_t hits = (counted + units) / action.n - counted / action.n;
    counted += units;
    if (hits == 0) continue;
    const Chosen lowered = of_units(work.lines[entry.line], entry.line, hits);
    percent_off(work, promotion, lowered, action.ppm, action.target);
  }
}

/// Takes units from lines, in order, as far as they are free; all or nothing.
class Picker {
 public:
  explicit Picker(Work& work) : work_(work), free_(work.lines.size()) {
    for (std::size_t i = 0; i < free_.size(); ++i) free_[i] = open_units(work.lines[i]);
  }

  /// Picks `count` units from lines in this order; nothing when there are not as many.
  bool pick(const std::vector<Place>& order, std::int64_t count, std::vector<Picked>& picked) {
    const std::size_t before = picked.size();
    for (const Place place : order) {
      if (count == 0) break;
      work_.step();
      const std::int64_t units = std::min(free_[place], count);
      if (units == 0) continue;
      picked.push_back({place, units});
      count -= units;
    }
    if (count > 0) {
      picked.resize(before);
      return false;
    }
    for (std::size_t i = before; i < picked.size(); ++i) free_[picked[i].line] -= picked[i].units;
    return true;
  }

 private:
  Work& work_;
  std::vector<std::int64_t> free_;
};

/// Units by line. A cart may hold so many groups that a list of what each took would fill memory.
using Units = std::vector<std::int64_t>;

void add_to(Units& units, const std::vector<Picked>& picked) {
  for (const Picked& entry : picked) units[entry.line] += entry.units;
}

/// The lines of which there are any, in cart order.
std::vector<Chosen> per_line(const Work& work, const Units& units) {
  std::vector<Chosen> chosen;
  for (Place place = 0; place < units.size(); ++place)
    if (units[place] > 0) chosen.push_back(of_units(work.lines[place], place, units[place]));
  return chosen;
}

std::vector<Exact> left_of_lines(const Work& work) {
  std::vector<Exact> left;
  left.reserve(work.lines.size());
  for (const WorkLine& line : work.lines) left.push_back(line.left);
  return left;
}

/// Closes picked units to later promotions.
void close_units(Work& work, const Units& picked, const std::vector<Exact>& before) {
  for (const Chosen& chosen : per_line(work, picked)) {
    close_units(work.lines[chosen.line], chosen.units, before[chosen.line]);
  }
}

/// Bought units are taken dearest first, then those got from what remains; all or nothing.
void run(Work& work, Place promotion, const BuyXGetY& action) {
  const std::vector<Place>& buy = dearest_first(work, action.buy.target);
  std::vector<Place> get = dearest_first(work, action.get.target);
  if (action.take == TakeOrder::cheapest) {
    sort_stably(
        get, [&](Place a, Place b) { return work.lines[a].unit_price < work.lines[b].unit_price; });
  }
  Picker picker(work);
  Units taken(work.lines.size());
  Units got(work.lines.size());
  std::vector<Picked> bought;
  std::vector<Picked> now;
  for (std::int64_t time = 0; !action.times || time < *action.times; ++time) {
    bought.clear();
    now.clear();
    if (!picker.pick(buy, action.buy.quantity, bought)) break;
    if (!picker.pick(get, action.get.quantity, now)) break;
    add_to(taken, bought);
    add_to(taken, now);
    add_to(got, now);
    if (work.steps > kStepsMax) return;
  }
  for (Place place = 0; place < taken.size(); ++place) {
    if (taken[place] == 0) continue;
    WorkLine& line = work.lines[place];
    const Exact before = line.left;
    if (got[place] > 0) {
      const Chosen chosen = of_units(line, place, got[place]);
      percent_off(work, promotion, chosen, action.ppm, action.get.target);
    }
    close_units(line, taken[place], before);
  }
}

std::vector<Place> lines_of(Work& work, const BundleItem& item) {
  std::vector<Place> places;
  for (Place place = 0; place < work.lines.size(); ++place) {
    const WorkLine& line = work.lines[place];
    const bool named = std::ranges::find(item.skus, line.offer->sku) != item.skus.end();
    if (named && line.gift_of == kNowhere && line.units > 0) places.push_back(place);
  }
  sort_dearest_first(work, places);
  return places;
}

/// As many whole bundles as the cart holds, dearest units first; what they cost beyond the bundle's
/// price comes off, shared over their lines by value.
void run(Work& work, Place promotion, const BundlePrice& action) {
  std::vector<std::vector<Place>> orders;
  for (const BundleItem& item : action.items) orders.push_back(lines_of(work, item));
  Picker picker(work);
  Units used(work.lines.size());
  std::vector<Picked> bundle;
  std::int64_t bundles = 0;
  for (bool complete = true; complete; bundles += complete ? 1 : 0) {
    bundle.clear();
    for (std::size_t i = 0; complete && i < orders.size(); ++i) {
      complete = picker.pick(orders[i], action.items[i].quantity, bundle);
    }
    if (!complete || work.steps > kStepsMax) break;
    add_to(used, bundle);
  }
  if (bundles == 0) return;
  std::vector<Sharer> sharers;
  Exact worth;
  for (const Chosen& chosen : per_line(work, used)) {
    const WorkLine& line = work.lines[chosen.line];
    Sharer sharer;
    sharer.line = chosen.line;
    sharer.weight = open_value(line, line.left, chosen.units);
    sharer.high = room(work, chosen, nullptr);
    sharer.units = chosen.units;
    worth += sharer.weight;
    sharers.push_back(sharer);
  }
  const Exact price = multiply(Exact::minor(action.amount_minor), bundles);
  const Exact discount = rounded_discount(work, worth - price, work.rules.prices_include_tax);
  const std::vector<Exact> before = left_of_lines(work);
  if (discount > Exact{}) share(work, sharers, discount, false);
  for (const Sharer& sharer : sharers) {
    give_line_discount(work, sharer.line, promotion, sharer.given);
  }
  close_units(work, used, before);
}

/// A gift is a line of its own at the end, wholly discounted.
void run(Work& work, Place promotion, const Gift& action) {
  std::int64_t quantity = action.quantity;
  if (action.per_unit_of) {
    std::int64_t units = 0;
    for (const Chosen& chosen : choose(work, *action.per_unit_of)) units += chosen.units;
    quantity = units > kMinorMax / std::max<std::int64_t>(quantity, 1) ? 0 : quantity * units;
  }
  const Offer* offer = find_offer(work.request.offers, action.sku);
  if (quantity < 1) return;
  const PromotionId& id = work.rules.promotions[promotion].id;
  if (offer == nullptr || !offer->active) {
    work.messages.push_back({"offer_unavailable", Severity::warning, "/promotions/" + id.value});
    return;
  }
  const auto place = static_cast<Place>(work.lines.size());
  add_gift_line(work, *offer, quantity, promotion,
                action.sku.value + "#" + hex(sha256(id.value), 8));
  if (place < work.lines.size()) give(work, place, promotion, work.lines[place].left);
}

}  // namespace

bool run_unit_action(Work& work, Place promotion, const Action& action) {
  return std::visit(overloaded{
                        [&](const PercentOffCheapest& a) { return run(work, promotion, a), true; },
                        [&](const AmountOffCheapest& a) { return run(work, promotion, a), true; },
                        [&](const NthOff& a) { return run(work, promotion, a), true; },
                        [&](const BuyXGetY& a) { return run(work, promotion, a), true; },
                        [&](const BundlePrice& a) { return run(work, promotion, a), true; },
                        [&](const Gift& a) { return run(work, promotion, a), true; },
                        [](const auto&) { return false; },
                    },
                    action);
}

}  // namespace tandem::pricing
