// SPDX-License-Identifier: Apache-2.0
// Any sequence of refunds of a line's units ends at exactly what the line cost, in every component.
#include <algorithm>

#include "core/pricing_properties/scenario.hpp"
#include "tandem/payment/shares.hpp"

namespace tandem::testing {
namespace {

/// Refunds units in lots until none is left; answers what remains of the amount.
std::int64_t remaining_after(const QuoteLine& line, std::int64_t amount,
                             const std::vector<std::uint8_t>& lots) {
  std::int64_t left = amount;
  std::int64_t given = 0;
  for (std::size_t i = 0; given < line.quantity; ++i) {
    const std::int64_t wanted = i < lots.size() ? 1 + lots[i] % 4 : line.quantity;
    const std::int64_t lot = std::min(wanted, line.quantity - given);
    const std::int64_t share = share_of_units(line, amount, given, lot);
    RC_ASSERT(share >= 0);
    RC_ASSERT(share <= left);
    left -= share;
    given += lot;
  }
  return left;
}

RC_GTEST_PROP(Refunds, CloseAtExactlyZero,
              (const Scenario& scenario, const std::vector<std::uint8_t>& lots)) {
  const Quote quote = quote_of(shop_of(scenario));
  for (const QuoteLine& line : quote.lines) {
    if (line.quantity_exact) continue;  // its parts are not units
    RC_ASSERT(remaining_after(line, line.net_minor, lots) == 0);
    RC_ASSERT(remaining_after(line, line.tax_minor, lots) == 0);
    RC_ASSERT(remaining_after(line, line.gross_minor, lots) == 0);
    for (const QuoteTax& tax : line.taxes) {
      RC_ASSERT(remaining_after(line, tax.amount_minor, lots) == 0);
    }
  }
}

}  // namespace
}  // namespace tandem::testing
