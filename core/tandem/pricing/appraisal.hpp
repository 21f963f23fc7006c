// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that one run of the engine can say of a cart: what it costs, and which shipping and payment
// methods it may use. Deciding, checking and showing one action ask several of these at once.
//
//   const Appraisal appraisal = appraise(request);
//   for (const MethodAvailability& m : appraisal.shipping) show(m.index, m.refused);

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

  friend bool operator==(const MethodAvailability&, const MethodAvailability&) = default;
};

/// Methods are in listed order; there are none when the quote is refused.
struct Appraisal {
  Result<Quote> quote;  // without a digest
  std::vector<MethodAvailability> shipping;  // for this cart and destination
  std::vector<MethodAvailability> payment;
};

/// The quote, refused as quote() refuses, and what each method of the rules says to the cart.
[[nodiscard]] Appraisal appraise(const QuoteRequest& request);

/// The shipping of the quote alone, which takes half of the work: what another method would cost.
/// Refuses as quote().
[[nodiscard]] Result<QuoteShipping> quote_shipping(const QuoteRequest& request);

/// The zone that taxes a destination; nullptr when no zone holds it.
[[nodiscard]] const Zone* tax_zone(const CompiledRules& rules, const Destination& destination);

/// Whether the cart holds goods, so that it needs an address and a shipping method.
[[nodiscard]] bool needs_shipping(const QuoteRequest& request);

}  // namespace tandem
