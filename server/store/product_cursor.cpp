// SPDX-License-Identifier: Apache-2.0
#include "store/product_cursor.hpp"

#include <charconv>

namespace tandem::store {

ProductCursor cursor_from(std::string_view text) {
  ProductCursor cursor;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return cursor;
  const char* end = text.data() + slash;
  std::int64_t position = 0;
  if (std::from_chars(text.data(), end, position).ptr != end) return cursor;
  return {position, std::string(text.substr(slash + 1))};
}

std::string cursor_at(const Product& product) {
  return std::to_string(product.position) + "/" + product.handle;
}

}  // namespace tandem::store
