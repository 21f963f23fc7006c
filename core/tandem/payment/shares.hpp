// SPDX-License-Identifier: Apache-2.0
#pragma once
// The stored shares of a frozen quote, unit by unit, and what refunds have given back of them. A
// unit is always worth the same, so any sequence of refunds ends at exactly what was charged.
//
//   unit_gross(line)[0] == 3334, then 3333, 3333 of a line of 10000 for three units

#include <cstdint>
#include <vector>

#include "tandem/order/order.hpp"

namespace tandem {

/// A line of the frozen quote; null when there is none.
[[nodiscard]] const QuoteLine* find_quoted(const Order& order, const LineId& id);

/// An amount of a line shared over its units by what each costs after its discount, by largest
/// remainder, the first units first. Negative amounts are mirrored.
[[nodiscard]] std::vector<std::int64_t> unit_shares(const QuoteLine& line, std::int64_t amount);

/// The sum of an amount's shares over `count` units from `first` on. Units beyond those of the line
/// (delivered or ordered later) are worth what its units are, in turn.
[[nodiscard]] std::int64_t share_of_units(const QuoteLine& line, std::int64_t amount,
                                          std::int64_t first, std::int64_t count);

/// The net of those units: where prices hold their taxes, what these leave of the units' gross, so
/// that every unit costs what it was shown at; else the net's own share.
[[nodiscard]] std::int64_t net_of_units(const QuoteLine& line, std::int64_t first,
                                        std::int64_t count);

/// What a line or the shipping of a placed order has been given back, failed refunds left out.
struct GivenBack {
  std::int64_t quantity = 0;
  std::int64_t amount_minor = 0;
};
[[nodiscard]] GivenBack given_back(const Order& order, const LineId& line);
[[nodiscard]] std::int64_t shipping_given_back(const Order& order);

/// What is left to refund of a return: its accepted units' shares, but for those exchanged, less
/// what refunds of it gave back.
[[nodiscard]] std::int64_t refundable_of(const Order& order, const Return& back);

/// The refunded lines of a return's accepted units that were not refunded yet.
[[nodiscard]] std::vector<RefundLine> refund_lines_of(const Order& order, const Return& back);

/// One line of a refund: the next units that were not refunded yet.
[[nodiscard]] RefundLine refund_line(const Order& order, const LineId& line, std::int64_t quantity);

}  // namespace tandem
