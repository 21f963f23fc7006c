// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an offer's price history becomes when the offer is changed. History is only added to: points
// that the shop has stay as they are, and a change of what everybody pays adds the point of the
// change. The lowest price of the last 30 days is computed from it.
//
//   stored:  20.00, no history        wanted:  18.00
//   result:  [{from 0, 20.00}, {from now, 18.00}]       0: since before there was a history

#include <cstdint>

#include "tandem/catalog/offer.hpp"

namespace tandem::app {

/// Gives `wanted` the history of the `stored` offer with what is new: later points of its own, the
/// sales of the stored offer that began or ended since its last point, and the price from now on if
/// it is another one. Answers false when `wanted` came with points that contradict the stored ones;
/// those are left out. Prices finer than a minor unit leave no points.
[[nodiscard]] bool carry_history(const Offer& stored, Offer& wanted, std::int64_t now_ms);

}  // namespace tandem::app
