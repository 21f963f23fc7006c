// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the core does not hold yet. While one of these is false, the workload keeps away from it or
// the auditor looks past it, so that everything else is still found. Each goes when it is mended.

namespace tandem::workload {

/// A revision keeps what became of gifts, and delivers gifts that it brings.
inline constexpr bool kRevisionsKeepGifts = true;
/// A revision does not take a line away that was invoiced.
inline constexpr bool kRevisionsKeepBilledLines = true;
/// What a revision prices anew is settled with what was invoiced before, and a credit note is
/// priced by its invoice.
inline constexpr bool kRevisionsSettleInvoices = false;
/// A revision counts what went out, also beyond what was demanded.
inline constexpr bool kRevisionsCountExcess = false;
/// Money that comes late takes the stock of gifts as well.
inline constexpr bool kLateMoneyReservesGifts = true;
/// What was not held is not claimed beyond what is left: uses of promotions and gift cards.
inline constexpr bool kUnheldClaimsAreChecked = true;
/// A promotion without a code is not used more often than its limit says either.
inline constexpr bool kAutomaticPromotionsAreLimited = false;
/// Totals stay as placed when an order that was not confirmed is canceled.
inline constexpr bool kCanceledTotalsStay = true;
/// Goods that nobody counts may go out in exchange for counted ones.
inline constexpr bool kUncountedExchanges = true;
/// An edit of a cart whose hold expired holds no more than there is.
inline constexpr bool kNewHoldsAreChecked = true;
/// A line that is named twice in one command counts once with the sum.
inline constexpr bool kLinesNamedTwiceAdd = true;

}  // namespace tandem::workload
