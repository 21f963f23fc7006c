// SPDX-License-Identifier: Apache-2.0
#pragma once
// One stable sort for everything. The standard's sorts are made anew for each type and comparison,
// which was an eighth of what a browser downloads; here a use costs one comparison.
//
//   sort_stably(chosen, [](const Chosen& a, const Chosen& b) { return a.units > b.units; });

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace tandem {

/// Sorts in n log n comparisons. `before` is asked about two of the values.
void sort_numbers(std::span<std::uint32_t> values, const void* state,
                  bool (*before)(const void* state, std::uint32_t a, std::uint32_t b));

/// Brings to the front, in any order, the `count` values that sorting would bring there; in
/// time linear on average. No two values may be equal by `before`.
void select_numbers(std::span<std::uint32_t> values, std::size_t count, const void* state,
                    bool (*before)(const void* state, std::uint32_t a, std::uint32_t b));

/// The same with a comparison that captures.
template <class Before>
void select_first(std::vector<std::uint32_t>& values, std::size_t count, const Before& before) {
  select_numbers(values, count, &before, [](const void* state, std::uint32_t a, std::uint32_t b) {
    return bool((*static_cast<const Before*>(state))(a, b));
  });
}

/// Sorts so that no value stands behind one that it is before; equal ones keep their order.
template <class T, class Before>
void sort_stably(std::vector<T>& values, const Before& before) {
  if constexpr (std::same_as<T, std::uint32_t>) {
    sort_numbers(values, &before, [](const void* state, std::uint32_t a, std::uint32_t b) {
      return bool((*static_cast<const Before*>(state))(a, b));
    });
  } else {
    if (std::ranges::is_sorted(values, before)) return;  // most lists are, and need no memory
    std::vector<std::uint32_t> order(values.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    sort_stably(order,
                [&](std::uint32_t a, std::uint32_t b) { return before(values[a], values[b]); });
    std::vector<T> sorted;
    sorted.reserve(values.size());
    for (const std::uint32_t i : order) sorted.push_back(std::move(values[i]));
    values = std::move(sorted);
  }
}

/// Sorts by `<` of the values themselves.
template <class T>
void sort_stably(std::vector<T>& values) {
  sort_stably(values, [](const T& a, const T& b) { return a < b; });
}

}  // namespace tandem
