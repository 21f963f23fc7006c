// SPDX-License-Identifier: Apache-2.0
#pragma once
// Names what differs between the quote a customer was shown and the quote now.
//
//   changes_between(shown, now)[0] == Change{price_changed, "TEA-100", 2000, 2100}

#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/order/order.hpp"
#include "tandem/pricing/quote.hpp"

namespace tandem {

/// Every named fact that differs, the largest effect on money first (ties by code and subject).
[[nodiscard]] std::vector<Change> changes_between(const Quote& shown, const Quote& now);

/// The same when the shown quote is not known any more: from the prices that the order's events
/// remember.
[[nodiscard]] std::vector<Change> changes_since_shown(const Order& order, const Quote& now);

/// Whether the quote now is the one that was shown but for lower unit prices: no other named fact
/// differs, the lines hold as much of the same, and neither total nor payable amount is higher.
[[nodiscard]] bool is_only_cheaper(const Quote& shown, const Quote& now);

}  // namespace tandem
