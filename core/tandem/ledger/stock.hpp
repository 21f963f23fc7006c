// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ledger of stock: per product and place one row of figures, which is always the sum of its
// entries. Words: a hold (while a customer pays) becomes a claim (reserved) at confirmation;
// shipping lowers what is on hand; a release gives back.
//
//   available = on hand − reserved − held − backordered − safety stock

#include <cstdint>
#include <string>

#include "tandem/base/result.hpp"
#include "tandem/order/effects.hpp"

namespace tandem {

struct StockFigures {
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;     // never more than on hand
  std::int64_t held = 0;         // live holds of all orders
  std::int64_t backordered = 0;  // promised beyond what is there
  std::int64_t safety_stock = 0;

  /// What may still be taken; negative when more is promised than there is.
  [[nodiscard]] std::int64_t available() const {
    return on_hand - reserved - held - backordered - safety_stock;
  }
  /// The same for an order whose own hold does not count against it.
  [[nodiscard]] std::int64_t available_to(std::int64_t own_hold) const {
    return available() + own_hold;
  }
  /// What lies there for that order: what was promised beyond it is on no shelf yet.
  [[nodiscard]] std::int64_t unreserved(std::int64_t own_hold) const {
    return on_hand - reserved - held - safety_stock + own_hold;
  }
  friend bool operator==(const StockFigures&, const StockFigures&) = default;
};

/// The figures after an entry.
[[nodiscard]] inline StockFigures apply(StockFigures figures, const StockEntry& entry) {
  figures.on_hand += entry.on_hand;
  figures.reserved += entry.reserved;
  figures.held += entry.held;
  figures.backordered += entry.backordered;
  return figures;
}

/// Whether the shop may say that so much is on hand. A physical count is a fact and only must not
/// be negative. Refuses, in this order: on_hand_negative, on_hand_below_reserved.
[[nodiscard]] inline Result<void> check_on_hand(const StockFigures& figures, const Sku& sku,
                                                std::int64_t on_hand, bool is_count) {
  if (on_hand < 0) return reject(Reason::on_hand_negative, sku.value, 0);
  const std::int64_t taken = figures.reserved + figures.held;
  // Goods that arrive are booked in, even where more is held for back orders than is there.
  if (!is_count && on_hand < taken && on_hand < figures.on_hand) {
    return reject(Reason::on_hand_below_reserved, sku.value, taken);
  }
  return {};
}

}  // namespace tandem
