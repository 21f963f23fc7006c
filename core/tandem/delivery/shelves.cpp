// SPDX-License-Identifier: Apache-2.0
#include "tandem/delivery/shelves.hpp"

#include <algorithm>

#include "tandem/base/sort.hpp"

namespace tandem {

std::int64_t unreserved_at(const Decider& d, const Sku& sku, const std::string& location) {
  return Shelves(d).take_at(sku, kIntegerMax, location);
}

std::vector<Shelf>& Shelves::of(const Sku& sku) {
  const auto known = left_.find(sku);
  if (known != left_.end()) return known->second;
  const auto there = d_.context().shelves.find(sku.value);
  const bool stocked = there != d_.context().shelves.end();
  auto& shelves =
      left_.try_emplace(sku, stocked ? there->second : std::vector<Shelf>()).first->second;
  for (Shelf& shelf : shelves) shelf.free = std::max<std::int64_t>(0, shelf.free);
  return shelves;
}

std::string Shelves::home_of(const std::map<Sku, std::int64_t>& units) {
  std::vector<std::string> places{std::string(kMainLocation)};
  for (const auto& [sku, count] : units) {
    for (const Shelf& shelf : of(sku)) {
      if (std::ranges::find(places, shelf.location) == places.end()) {
        places.push_back(shelf.location);
      }
    }
  }
  const auto has_all = [&](const std::string& place) {
    return std::ranges::all_of(units, [&](const auto& asked) {
      if (asked.second == 0) return true;
      const auto& shelves = of(asked.first);
      const auto there = std::ranges::find(shelves, place, &Shelf::location);
      return there != shelves.end() && there->free >= asked.second;
    });
  };
  sort_stably(places, [](const std::string& a, const std::string& b) {
    return (a == kMainLocation) == (b == kMainLocation) ? a < b : a == kMainLocation;
  });
  const auto found = std::ranges::find_if(places, has_all);
  return found == places.end() ? places.front() : *found;
}

std::int64_t Shelves::take_at(const Sku& sku, std::int64_t units, const std::string& location) {
  auto& shelves = of(sku);
  const auto there = std::ranges::find(shelves, location, &Shelf::location);
  if (there == shelves.end()) return 0;
  const std::int64_t taken = std::min(units, there->free);
  there->free -= taken;
  return taken;
}

std::vector<Shelf> Shelves::take(const Sku& sku, std::int64_t units, const std::string& home) {
  std::vector<Shelf> taken;
  const auto take_from = [&](const std::string& location) {
    const std::int64_t some = take_at(sku, units, location);
    units -= some;
    if (some > 0) taken.push_back({.location = location, .free = some});
  };
  take_from(home);
  for (const Shelf& shelf : of(sku)) take_from(shelf.location);
  return taken;
}

}  // namespace tandem
