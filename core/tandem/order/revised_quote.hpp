// SPDX-License-Identifier: Apache-2.0
#pragma once
// The quote of a placed order whose lines change. Three terms are on offer: the shares it was
// placed with, the rules and offers of then, or those of today.
//
//   revised_quote(d, revision)->totals.payable_minor

#include <optional>
#include <string>
#include <vector>

#include "tandem/order/decider.hpp"

namespace tandem {

/// What a placed order shall be from now on.
struct Revision {
  RevisionTerms on = RevisionTerms::stored_shares;
  std::vector<RevisedLine> lines;
  std::vector<RevisedCoupon> coupons;
  std::optional<ShippingMethodId> shipping_method;
};

/// Refuses, in this order: reference_unknown (the rules or offers of then are not at hand), as
/// quote(), shipping_unavailable (a new method that cannot take what the order becomes).
[[nodiscard]] Result<Quote> revised_quote(const Decider& d, const Revision& revision);

}  // namespace tandem
