// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a page of products ended: "position/handle" of the last product shown.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "store/catalog.hpp"

namespace tandem::store {

struct ProductCursor {
  std::int64_t position = std::numeric_limits<std::int64_t>::min();
  std::string handle{};
};

/// What is no cursor is the beginning.
[[nodiscard]] ProductCursor cursor_from(std::string_view text);
[[nodiscard]] std::string cursor_at(const Product& product);

}  // namespace tandem::store
