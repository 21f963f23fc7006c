// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which methods a cart may use, and why not. The order core asks before a choice is made and again
// before an order is placed; quote() asks so that it can tell the customer.
//
//   for (const MethodAvailability& m : shipping_availability(request)) show(m.index, m.refused);

#include <cstddef>
#include <optional>
#include <vector>

#include "tandem/base/reason.hpp"
#include "tandem/base/result.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem {

/// One method of the rules, by its place there; `refused` is empty when it may be used.
struct MethodAvailability {
  std::size_t index = 0;
  std::optional<Reason> refused;  // shipping_unavailable, payment_method_unavailable
  std::int64_t price_minor = 0;   // of a shipping method, as the shop's prices

  friend bool operator==(const MethodAvailability&, const MethodAvailability&) = default;
};

/// Every shipping method for this cart and destination, in listed order.
/// Refuses what quote() refuses.
[[nodiscard]] Result<std::vector<MethodAvailability>> shipping_availability(
    const QuoteRequest& request);

/// Every payment method for this cart, in listed order. Refuses what quote() refuses.
[[nodiscard]] Result<std::vector<MethodAvailability>> payment_availability(
    const QuoteRequest& request);

/// The zone that taxes a destination; nullptr when no zone holds it.
[[nodiscard]] const Zone* tax_zone(const CompiledRules& rules, const Destination& destination);

/// Whether the cart holds goods, so that it needs an address and a shipping method.
[[nodiscard]] bool needs_shipping(const QuoteRequest& request);

}  // namespace tandem
