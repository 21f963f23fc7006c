// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the store tells of the commits of all orders, in one order that never changes.
//
//   auto rows = reads.feed({.batch = 12, .n = 3}, 100);

#include <compare>
#include <cstdint>

namespace tandem::store {

/// A place in the feed. The first one is {}: everything stands behind it.
struct FeedPosition {
  std::int64_t batch = 0;
  std::int64_t n = 0;

  friend auto operator<=>(const FeedPosition&, const FeedPosition&) = default;
};

/// One commit of one order: its events after `from_version`, up to `version`.
struct FeedRow {
  FeedPosition at{};
  std::int64_t order_no = 0;
  std::int64_t from_version = 0;
  std::int64_t version = 0;
};

}  // namespace tandem::store
