// SPDX-License-Identifier: Apache-2.0
#pragma once
// The last part of a quote: taxes are settled, and the bench becomes the answer. Private to
// pricing/.
//
//   return answer_of(work);

#include "tandem/pricing/taxes.hpp"

namespace tandem::pricing {

/// Everything that is taxed, with the places where each part begins: lines, fees, shipments.
struct Taxables {
  std::vector<Item> items;
  std::vector<std::size_t> shipment_at;  // by shipment: its first item; one more for the end
  std::size_t fees_at = 0;
};

[[nodiscard]] Taxables taxables(Work& work, bool undiscounted);

/// Lines, fees and shipments of the answer (answer.cpp); the shipments alone.
void answer_parts(Work& work, const Taxables& taxables, const Settled& settled, Quote& quote);
void answer_shipping(Work& work, const Taxables& taxables, const Settled& settled, Quote& quote);
/// Totals and the tax summary (totals.cpp).
void answer_totals(Work& work, const Taxables& taxables, const Settled& settled, Quote& quote);
/// What the customer should be told (messages.cpp).
void answer_messages(Work& work, Quote& quote);

/// A figure with parts of a minor unit, rounded half away; one that is out of range is refused.
[[nodiscard]] std::int64_t shown_rounded(Work& work, Exact exact);
/// A figure as it is shown: whole as nearly all are, or rounded. Asked for some twenty figures of
/// every line, so the common answer is given without a call.
[[nodiscard]] inline std::int64_t shown(Work& work, Exact exact) {
  return exact.is_whole() && in_range(exact) ? exact.floor : shown_rounded(work, exact);
}
/// The figure itself, where nothing is rounded.
[[nodiscard]] inline ExactFigure figure(const Work& work, Exact exact) {
  return work.rounds_nothing() ? ExactFigure(exact) : ExactFigure();
}
[[nodiscard]] TaxId tax_id(const Work& work, Place tax);

/// The first known end of what the quote counts (valid_until.cpp); the quote must be complete.
[[nodiscard]] std::optional<std::int64_t> valid_until_ms(const Work& work, const Quote& quote);

}  // namespace tandem::pricing
