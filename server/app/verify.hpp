// SPDX-License-Identifier: Apache-2.0
#pragma once
// Checks a whole database against itself: every chain verifies, sealed parts match their digests,
// every stream folds to its projection, every counter is the sum of its entries and of what the
// orders hold and have reserved, and the feed tells every commit of every order. It changes
// nothing.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace tandem::app {

struct Findings {
  std::vector<std::string> sentences;  // at most a thousand are kept
  std::size_t total = 0;
  std::int64_t orders = 0;
  std::int64_t events = 0;
  bool complete = true;  // false: the database did not answer

  void add(std::string sentence);
};

[[nodiscard]] Findings verify(store::Store& store,
                              const std::function<void(std::int64_t orders)>& progress);

}  // namespace tandem::app
