// SPDX-License-Identifier: Apache-2.0
#include "tandem/base/sort.hpp"

#include <algorithm>
#include <cstddef>

namespace tandem {
namespace {

/// Up to so many values it is quicker to put each in its place than to ask for memory.
constexpr std::size_t kFew = 16;

void sort_few(std::span<std::uint32_t> values, const void* state,
              bool (*before)(const void*, std::uint32_t, std::uint32_t)) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    const std::uint32_t value = values[i];
    std::size_t at = i;
    for (; at > 0 && before(state, value, values[at - 1]); --at) values[at] = values[at - 1];
    values[at] = value;
  }
}

}  // namespace

// Merges runs of growing length from one row into another and back.
void sort_numbers(std::span<std::uint32_t> values, const void* state,
                  bool (*before)(const void*, std::uint32_t, std::uint32_t)) {
  if (values.size() <= kFew) return sort_few(values, state, before);
  std::vector<std::uint32_t> other(values.size());
  std::span<std::uint32_t> from = values;
  std::span<std::uint32_t> to = other;
  const std::size_t size = values.size();
  for (std::size_t run = 1; run < size; run *= 2) {
    for (std::size_t first = 0; first < size; first += 2 * run) {
      const std::size_t middle = std::min(first + run, size);
      const std::size_t last = std::min(first + 2 * run, size);
      if (middle == last || !before(state, from[middle], from[middle - 1])) {
        std::copy(from.begin() + static_cast<std::ptrdiff_t>(first),
                  from.begin() + static_cast<std::ptrdiff_t>(last),
                  to.begin() + static_cast<std::ptrdiff_t>(first));
        continue;  // in order as it is
      }
      std::size_t left = first;
      std::size_t right = middle;
      for (std::size_t i = first; i < last; ++i) {
        // Of equal ones the left comes first: that keeps their order.
        const bool take_right =
            right < last && (left == middle || before(state, from[right], from[left]));
        to[i] = from[take_right ? right++ : left++];
      }
    }
    std::swap(from, to);
  }
  if (from.data() != values.data()) std::ranges::copy(from, values.begin());
}

void select_numbers(std::span<std::uint32_t> values, std::size_t count, const void* state,
                    bool (*before)(const void*, std::uint32_t, std::uint32_t)) {
  if (count >= values.size()) return;
  if (values.size() <= kFew) return sort_few(values, state, before);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count),
                   values.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return before(state, a, b); });
}

}  // namespace tandem
