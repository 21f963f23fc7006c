// SPDX-License-Identifier: Apache-2.0
#include "tandem/catalog/offer.hpp"

#include <algorithm>

namespace tandem {

const Offer* find_offer(std::span<const Offer> offers, const Sku& sku) {
  const auto found = std::ranges::lower_bound(offers, sku, {}, &Offer::sku);
  return found == offers.end() || found->sku != sku ? nullptr : &*found;
}

}  // namespace tandem
