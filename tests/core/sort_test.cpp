// SPDX-License-Identifier: Apache-2.0
#include "tandem/base/sort.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>

namespace tandem {
namespace {

struct Row {
  std::uint32_t key = 0;
  std::string name;

  friend bool operator==(const Row&, const Row&) = default;
};

TEST(SortStably, OrdersAsTheStandardDoes) {
  std::uint32_t chance = 20260101;
  for (std::size_t size = 0; size < 70; ++size) {
    std::vector<Row> rows;
    std::vector<std::uint32_t> numbers;
    for (std::size_t i = 0; i < size; ++i) {
      chance = chance * 1664525U + 1013904223U;
      rows.push_back({.key = chance >> 28U, .name = std::to_string(i)});
      numbers.push_back(chance >> 24U);
    }
    std::vector<Row> rows_wanted = rows;
    std::vector<std::uint32_t> numbers_wanted = numbers;
    std::ranges::stable_sort(rows_wanted, {}, &Row::key);
    std::ranges::sort(numbers_wanted, std::greater{});
    sort_stably(rows, [](const Row& a, const Row& b) { return a.key < b.key; });
    sort_stably(numbers, [](std::uint32_t a, std::uint32_t b) { return a > b; });
    EXPECT_EQ(rows, rows_wanted) << size;
    EXPECT_EQ(numbers, numbers_wanted) << size;
  }
}

TEST(SelectFirst, BringsToTheFrontWhatSortingWould) {
  for (std::uint32_t size = 0; size < 40; ++size) {
    for (std::size_t count = 0; count <= size; ++count) {
      std::vector<std::uint32_t> numbers;
      for (std::uint32_t i = 0; i < size; ++i) numbers.push_back(i * 7 % 41);
      std::vector<std::uint32_t> wanted = numbers;
      std::ranges::sort(wanted);
      select_first(numbers, count, [](std::uint32_t a, std::uint32_t b) { return a < b; });
      std::ranges::sort(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count));
      EXPECT_TRUE(
          std::ranges::equal(std::span(numbers).first(count), std::span(wanted).first(count)));
    }
  }
}

}  // namespace
}  // namespace tandem
