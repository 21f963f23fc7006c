// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an order's goods are taken from when they lie at several places: all of it at one place if
// that has everything, the main one first; else what each place has, in that order. So every unit
// is booked where it lies, and no place promises what lies at another.
//
//   Shelves shelves(d);   shelves.take(tea, 3, "main")   // {{"main", 2}, {"north", 1}}

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tandem/order/decider.hpp"

namespace tandem {

/// What lies of a product at a place and this order may take. Never negative.
[[nodiscard]] std::int64_t unreserved_at(const Decider& d, const Sku& sku,
                                         const std::string& location);

class Shelves {
 public:
  explicit Shelves(const Decider& d) : d_(d) {}

  /// The place that has all of these units; the main one where no place does.
  [[nodiscard]] std::string home_of(const std::map<Sku, std::int64_t>& units);

  /// Takes units of a product, those at `home` first, as far as there are any.
  std::vector<Shelf> take(const Sku& sku, std::int64_t units, const std::string& home);

  /// The same, at that place only.
  std::int64_t take_at(const Sku& sku, std::int64_t units, const std::string& location);

 private:
  [[nodiscard]] std::vector<Shelf>& of(const Sku& sku);

  const Decider& d_;
  std::map<Sku, std::vector<Shelf>> left_;
};

}  // namespace tandem
