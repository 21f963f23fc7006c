// SPDX-License-Identifier: Apache-2.0
#pragma once
// Puts things into a shop's database as a back office would: a test's products, stock and cards.
//
//   seed(store, product_of(offer), {{"TEA-100", 20}});

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "store/store.hpp"
#include "tandem/catalog/offer.hpp"

namespace tandem::app::test {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

/// Writes documents as they are, stock as counts of products, and what gift cards are worth.
void seed(store::Store& store, const store::Writes& writes, const Counts& stock = {},
          const Counts& balances = {});

/// A product of this one offer.
[[nodiscard]] store::Writes product_of(const Offer& offer);

/// An offer of goods under the policy `deny`.
[[nodiscard]] Offer goods(const std::string& sku, std::int64_t price_minor);

}  // namespace tandem::app::test
