// SPDX-License-Identifier: Apache-2.0
#pragma once
// A tax set: the taxes of one price, in order, solved once so that each is linear in the price.
//
// The line's net N solves  price = N + all included taxes  where, of the taxes in order,
//   percent   rate × (N + the earlier taxes it compounds on)
//   division  as percent, with rate / (1 − sum of the division rates of the same inclusion)
//   fixed     amount × quantity
// Each tax is therefore  α·N + β  and, with A and B the sums of α and β over the included ones,
//   N = (price − B) / (1 + A)      tax = α / (1 + A) · (price − B) + β.

#include <cstdint>
#include <span>
#include <vector>

#include "tandem/base/result.hpp"
#include "tandem/catalog/tax.hpp"
#include "tandem/pricing/ratio.hpp"

namespace tandem::pricing {

/// A tax as it acts within its set.
struct SetTax {
  std::uint32_t tax = 0;  // its place in the rules
  bool included = false;
  Ratio of_price{};    // α / (1 + A)
  Exact per_unit{};    // β of one unit: fixed amounts, and percentages on them
  std::vector<std::uint32_t> compounds_on{};  // earlier places in the set, for the base
};

struct TaxSet {
  std::vector<SetTax> taxes;
  Ratio net_of_price = Ratio::one();  // 1 / (1 + A)
  Exact included_per_unit;            // B of one unit
  Ratio gross_of_price = Ratio::one();  // price and added taxes, fixed ones left out
  Ratio rate;                         // all taxes over the net, fixed ones left out
  std::uint32_t last_included = 0;    // place + 1 of the last included tax; 0: none is
  bool has_fixed = false;

  [[nodiscard]] bool any_included() const { return last_included != 0; }
};

/// Solves a set. `listed` are places in `taxes`, in order; `prices_include` settles those taxes
/// that follow the prices. Refuses: number_out_of_range when the rates do not fit.
[[nodiscard]] Result<TaxSet> solve(std::span<const Tax> taxes,
                                   std::span<const std::uint32_t> listed, bool prices_include);

}  // namespace tandem::pricing
