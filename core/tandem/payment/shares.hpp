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

/// What a line or the shipping of a placed order has been given back, failed refunds left out, and
/// what a revision took off the order since.
struct GivenBack {
  std::int64_t quantity = 0;
  std::int64_t amount_minor = 0;
};
[[nodiscard]] GivenBack given_back(const Order& order, const LineId& line);
[[nodiscard]] std::int64_t shipping_given_back(const Order& order);

/// What a quote takes of a gift card, and what refunds put back on it of that.
[[nodiscard]] std::int64_t amount_of(const Quote& quote, const GiftCardId& card);
[[nodiscard]] std::int64_t refunded_to_card(const Order& order, const GiftCardId& card);

/// What gift cards may get back of a confirmed order; of one that was canceled they got all.
[[nodiscard]] std::vector<QuoteGiftCard> refundable_to_cards(const Order& order);

/// Units of a line that may still be refunded.
[[nodiscard]] std::int64_t refundable_units(const Order& order, const LineId& line);

/// Units of a return's line that came back and were neither exchanged nor paid for.
[[nodiscard]] std::int64_t unsettled(const Order& order, const Return& back, const LineId& line);

/// What may be given back of an order in all: of what was captured, and to gift cards that paid.
[[nodiscard]] std::int64_t refundable_in_all(const Order& order);

/// What is left to refund of a return: its unsettled units' shares, as far as anything is.
[[nodiscard]] std::int64_t refundable_of(const Order& order, const Return& back);

/// The refunded lines of a return's unsettled units, as far as they were not refunded without it.
[[nodiscard]] std::vector<RefundLine> refund_lines_of(const Order& order, const Return& back);

/// One line of a refund: the next units that were not refunded yet.
[[nodiscard]] RefundLine refund_line(const Order& order, const LineId& line, std::int64_t quantity);

}  // namespace tandem
