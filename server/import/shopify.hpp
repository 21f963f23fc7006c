// SPDX-License-Identifier: Apache-2.0
#pragma once
// Shopify's product export as products with variants.
//
//   const ProductCatalog catalog = read_shopify(text, {.currency_exponent = 2});
//   if (catalog.problems.empty()) import(catalog.products); else show(catalog.problems);

#include <string_view>

#include "import/products.hpp"

namespace tandem::intake {

/// Reads a whole export.
[[nodiscard]] ProductCatalog read_shopify(std::string_view text, const ReadOptions& options = {});

}  // namespace tandem::intake
