// SPDX-License-Identifier: Apache-2.0
#pragma once
// The projection of an order: the row that lists and reads show, written with its events. A
// reader's view is the core's; what only staff see is kept beside it, so that it is stored once.

#include <optional>
#include <string>

#include "store/rows.hpp"
#include "tandem/base/result.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/settings.hpp"
#include "tandem/order/view.hpp"

namespace tandem::app {

/// The row of an order with its current quote. `contact_hash` finds orders of an address.
[[nodiscard]] store::OrderRow project(const Order& order, const Quote& quote,
                                      const store::OrderHead& head, const Settings& settings,
                                      const std::optional<store::Digest>& contact_hash);

/// The staff's view out of a row. Refuses what decoding refuses.
[[nodiscard]] Result<View> staff_view(const store::OrderRow& row);

/// The quote behind a view, as far as a view shows it: enough to name what changed since.
[[nodiscard]] Quote quote_shown(const View& view);

}  // namespace tandem::app
