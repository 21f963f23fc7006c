// SPDX-License-Identifier: Apache-2.0
#pragma once
// WooCommerce's product export as products with variants: simple and variable products and their
// variations, which may stand before or behind their parents. A product's handle is made of its
// SKU, else of its name.
//
//   const ProductCatalog catalog = read_woocommerce(text, {.currency_exponent = 2});

#include <string_view>

#include "import/products.hpp"

namespace tandem::intake {

/// Reads a whole export.
[[nodiscard]] ProductCatalog read_woocommerce(std::string_view text,
                                              const ReadOptions& options = {});

/// Reads Shopify's or WooCommerce's export, whichever its first row says it is.
[[nodiscard]] ProductCatalog read_products(std::string_view text, const ReadOptions& options = {});

}  // namespace tandem::intake
