// SPDX-License-Identifier: Apache-2.0
// Which lines, and how many of their units, a target takes.
#include <algorithm>
#include <numeric>
#include <span>

#include "tandem/base/sort.hpp"
#include "tandem/pricing/work.hpp"

namespace tandem::pricing {
namespace {

bool holds(const std::vector<Place>& sorted, Place place) {
  return place != kNowhere && std::ranges::binary_search(sorted, place);
}

/// The interned names of every line, made once per quote.
void intern_lines(Work& work) {
  if (work.sku_places.size() == work.lines.size()) return;
  const Compiled& compiled = work.compiled;
  work.sku_places.clear();
  work.category_places.clear();
  work.category_ends.clear();
  work.sku_places.reserve(work.lines.size());
  work.category_places.reserve(work.lines.size());
  work.category_ends.reserve(work.lines.size());
  for (const WorkLine& line : work.lines) {
    work.sku_places.push_back(place_of(compiled.skus, line.offer->sku.value));
    if (!compiled.categories.empty()) {
      for (const CategoryId& id : line.offer->categories) {
        const Place place = place_of(compiled.categories, id.value);
        if (place != kNowhere) work.category_places.push_back(place);
      }
    }
    work.category_ends.push_back(work.category_places.size());
  }
}

std::span<const Place> categories_of(const Work& work, Place line) {
  const std::size_t begin = line == 0 ? 0 : work.category_ends[line - 1];
  return std::span(work.category_places).subspan(begin, work.category_ends[line] - begin);
}

bool names(const Work& work, const CompiledTarget& target, Place line) {
  const auto is_of = [&](Place category) { return holds(target.categories, category); };
  if (!target.is_everything() && !holds(target.skus, work.sku_places[line]) &&
      std::ranges::none_of(categories_of(work, line), is_of)) {
    return false;
  }
  const Exact price = work.lines[line].unit_price;
  const auto& from = target.target->unit_price_from_minor;
  const auto& to = target.target->unit_price_to_minor;
  if (from && price < Exact::minor(*from)) return false;
  if (to && price > Exact::minor(*to)) return false;
  return target.except == kNowhere || !names(work, work.compiled.targets[target.except], line);
}

/// Leaves as much of a line chosen as there is room for: what is, or so many whole units.
void keep(const WorkLine& line, Chosen& entry, Exact& room) {
  const Exact wanted = quantity_of(line, entry);
  if (wanted > room || wanted.sign() < 0) {
    entry.units = wanted.sign() < 0 ? 0 : room.floor;
    entry.all = false;
  }
  room -= quantity_of(line, entry);
}

/// Only whole groups of n units, filled in cart order.
void keep_groups(const Work& work, std::vector<Chosen>& chosen, std::int64_t group) {
  Exact units;
  for (const Chosen& entry : chosen) units += quantity_of(work.lines[entry.line], entry);
  const std::int64_t grouped = group < 1 ? 0 : units.floor / group * group;
  Exact room = Exact::minor(std::max<std::int64_t>(grouped, 0));
  for (Chosen& entry : chosen) keep(work.lines[entry.line], entry, room);
}

/// At most n units over the whole target, the dearest first.
void keep_dearest(Work& work, std::vector<Chosen>& chosen, std::int64_t limit) {
  std::vector<Place> order(chosen.size());
  std::iota(order.begin(), order.end(), Place{0});
  const auto& place_of = dearness(work);
  sort_stably(
      order, [&](Place a, Place b) { return place_of[chosen[a].line] < place_of[chosen[b].line]; });
  Exact room = Exact::minor(std::max<std::int64_t>(limit, 0));
  for (const Place place : order) keep(work.lines[chosen[place].line], chosen[place], room);
}

/// The lines a target names, whatever their units.
ChosenLines matching(Work& work, Place target) {
  intern_lines(work);
  ChosenLines made;
  std::vector<Chosen>& chosen = made.lines;
  chosen.reserve(work.lines.size());
  for (Place place = 0; place < work.lines.size(); ++place) {
    const WorkLine& line = work.lines[place];
    if (line.gift_of != kNowhere) continue;
    if (target == kNowhere || names(work, work.compiled.targets[target], place)) {
      chosen.push_back({place, line.units, true});
    }
  }
  work.step(static_cast<std::int64_t>(work.lines.size()));
  return made;
}

/// What a target takes: neither its lines nor their units change while promotions run.
ChosenLines& chosen_by(Work& work, Place place, const Target* target) {
  work.chosen.resize(work.compiled.targets.size() + 1);
  auto& known = work.chosen[place == kNowhere ? work.compiled.targets.size() : place];
  if (known) return *known;
  ChosenLines& made = known.emplace(matching(work, place));
  if (target == nullptr || (!target->group_units && !target->limit_units)) return made;
  if (target->group_units) keep_groups(work, made.lines, *target->group_units);
  if (target->limit_units) keep_dearest(work, made.lines, *target->limit_units);
  std::erase_if(made.lines, [](const Chosen& entry) { return !entry.all && entry.units == 0; });
  return made;
}

}  // namespace

const std::vector<Chosen>& choose(Work& work, const Target& target) {
  return chosen_by(work, target_of(work.compiled, target), &target).lines;
}

const std::vector<Chosen>& choose(Work& work, const std::optional<Target>& target) {
  return target ? choose(work, *target) : chosen_by(work, kNowhere, nullptr).lines;
}

const std::vector<Place>& dearest_first(Work& work, const Target& target) {
  ChosenLines& chosen = chosen_by(work, target_of(work.compiled, target), &target);
  if (chosen.dearest_first) return *chosen.dearest_first;
  std::vector<Place>& order = chosen.dearest_first.emplace();
  for (const Chosen& entry : chosen.lines)
    if (work.lines[entry.line].units > 0) order.push_back(entry.line);
  sort_dearest_first(work, order);
  return order;
}

const std::vector<Place>& dearness(Work& work) {
  if (work.dearness.size() == work.lines.size()) return work.dearness;
  const auto& rank = ranks(work);
  std::vector<Place> order(work.lines.size());
  std::iota(order.begin(), order.end(), Place{0});
  sort_stably(order, [&](Place a, Place b) {
    const Exact price_a = work.lines[a].unit_price;
    const Exact price_b = work.lines[b].unit_price;
    return price_a == price_b ? rank[a] < rank[b] : price_a > price_b;
  });
  work.dearness.resize(order.size());
  for (Place place = 0; place < order.size(); ++place) work.dearness[order[place]] = place;
  return work.dearness;
}

void sort_dearest_first(Work& work, std::vector<Place>& places) {
  const auto& place_of = dearness(work);
  sort_stably(places, [&](Place a, Place b) { return place_of[a] < place_of[b]; });
}

}  // namespace tandem::pricing
