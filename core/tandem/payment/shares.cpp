// SPDX-License-Identifier: Apache-2.0
#include "tandem/payment/shares.hpp"

#include <algorithm>
#include <cstdlib>

#include "tandem/money/money.hpp"

namespace tandem {
namespace {

std::vector<std::int64_t> unit_weights(const QuoteLine& line) {
  std::vector<std::int64_t> weights(static_cast<std::size_t>(line.quantity), 1);
  if (line.units.size() != weights.size()) return weights;
  bool any = false;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = std::max<std::int64_t>(0, line.unit_price_minor - line.units[i].discount_minor);
    any = any || weights[i] > 0;
  }
  if (!any) std::ranges::fill(weights, 1);
  return weights;
}

}  // namespace

const QuoteLine* find_quoted(const Order& order, const LineId& id) {
  if (!order.placed) return nullptr;
  const auto& lines = order.placed->quote.lines;
  const auto found = std::ranges::find(lines, id, &QuoteLine::line_id);
  return found == lines.end() ? nullptr : &*found;
}

std::vector<std::int64_t> unit_shares(const QuoteLine& line, std::int64_t amount) {
  std::vector<std::int64_t> shares;
  if (line.quantity < 1) return shares;
  const auto parts = allocate(Money{.minor = amount, .currency = {}}, unit_weights(line));
  shares.reserve(static_cast<std::size_t>(line.quantity));
  if (!parts) return std::vector<std::int64_t>(static_cast<std::size_t>(line.quantity), 0);
  for (const Money& part : *parts) shares.push_back(part.minor);
  return shares;
}

std::int64_t share_of_units(const QuoteLine& line, std::int64_t amount, std::int64_t first,
                            std::int64_t count) {
  if (first == 0 && count == line.quantity) return amount;
  const std::vector<std::int64_t> shares = unit_shares(line, amount);
  std::int64_t sum = 0;
  if (shares.empty()) return sum;
  const auto units = static_cast<std::int64_t>(shares.size());
  for (std::int64_t unit = first; unit < first + count; ++unit) {
    sum += shares[static_cast<std::size_t>(unit % units)];
  }
  return sum;
}

std::int64_t net_of_units(const QuoteLine& line, std::int64_t first, std::int64_t count) {
  const bool holds_taxes = line.gross_minor == line.subtotal_minor - line.discount_minor;
  if (!holds_taxes) return share_of_units(line, line.net_minor, first, count);
  std::int64_t net = share_of_units(line, line.gross_minor, first, count);
  for (const QuoteTax& tax : line.taxes) {
    net -= share_of_units(line, tax.amount_minor, first, count);
  }
  return net;
}

GivenBack given_back(const Order& order, const LineId& line) {
  GivenBack sum;
  for (const Refund& refund : order.refunds) {
    if (!refund.counts()) continue;
    for (const RefundLine& part : refund.lines) {
      if (part.line_id != line) continue;
      sum.quantity += part.quantity;
      sum.amount_minor += part.amount_minor;
    }
  }
  for (const RefundLine& part : order.refunds_revised) {
    if (part.line_id != line) continue;
    sum.quantity = std::max<std::int64_t>(0, sum.quantity - part.quantity);
    sum.amount_minor = std::max<std::int64_t>(0, sum.amount_minor - part.amount_minor);
  }
  return sum;
}

std::int64_t shipping_given_back(const Order& order) {
  std::int64_t sum = 0;
  for (const Refund& refund : order.refunds) {
    if (refund.counts()) sum += refund.shipping_minor;
  }
  return sum;
}

std::int64_t amount_of(const Quote& quote, const GiftCardId& card) {
  const auto used = std::ranges::find(quote.gift_cards, card, &QuoteGiftCard::id);
  return used == quote.gift_cards.end() ? 0 : used->amount_minor;
}

std::int64_t refunded_to_card(const Order& order, const GiftCardId& card) {
  std::int64_t sum = 0;
  for (const Refund& refund : order.refunds) {
    if (refund.counts() && refund.gift_card == card.value) sum += refund.amount_minor;
  }
  for (const QuoteGiftCard& revised : order.card_refunds_revised) {
    if (revised.id == card) sum -= revised.amount_minor;
  }
  return sum;
}

std::vector<QuoteGiftCard> refundable_to_cards(const Order& order) {
  std::vector<QuoteGiftCard> cards;
  if (order.state != OrderState::order) return cards;
  for (const QuoteGiftCard& card : order.placed->quote.gift_cards) {
    const std::int64_t left = card.amount_minor - refunded_to_card(order, card.id);
    if (left > 0) cards.push_back({.amount_minor = left, .id = card.id});
  }
  return cards;
}

std::int64_t refundable_in_all(const Order& order) {
  std::int64_t sum = 0;
  for (const Attempt& attempt : order.attempts) sum += attempt.refundable_minor();
  for (const QuoteGiftCard& card : refundable_to_cards(order)) sum += card.amount_minor;
  return sum;
}

RefundLine refund_line(const Order& order, const LineId& line, std::int64_t quantity) {
  RefundLine part{.amount_minor = 0, .line_id = line, .quantity = quantity};
  const QuoteLine* quoted = find_quoted(order, line);
  if (quoted == nullptr) return part;
  const GivenBack before = given_back(order, line);
  // A revision may have made the line cheaper than what was given back of it.
  const std::int64_t left = std::max<std::int64_t>(0, quoted->gross_minor - before.amount_minor);
  part.amount_minor =
      std::min(share_of_units(*quoted, quoted->gross_minor, before.quantity, quantity), left);
  return part;
}

std::int64_t unsettled(const Order& order, const Return& back, const LineId& id) {
  const auto line = std::ranges::find(back.lines, id, &ReturnLine::line);
  if (line == back.lines.end()) return 0;
  std::int64_t units = line->accepted - line->exchanged;
  for (const Refund& refund : order.refunds) {
    if (!refund.counts()) continue;
    for (const ReturnUnits& paid : refund.settles) {
      if (paid.of_return == back.number && paid.line == id) units -= paid.quantity;
    }
  }
  return std::max<std::int64_t>(0, units);
}

std::int64_t refundable_units(const Order& order, const LineId& id) {
  const Line* line = order.find_line(id);
  if (line == nullptr) return 0;
  return std::max<std::int64_t>(0, line->quantity - given_back(order, id).quantity);
}

std::vector<RefundLine> refund_lines_of(const Order& order, const Return& back) {
  std::vector<RefundLine> lines;
  for (const ReturnLine& line : back.lines) {
    const std::int64_t units =
        std::min(unsettled(order, back, line.line), refundable_units(order, line.line));
    if (units > 0) lines.push_back(refund_line(order, line.line, units));
  }
  return lines;
}

std::int64_t refundable_of(const Order& order, const Return& back) {
  std::int64_t sum = 0;
  for (const RefundLine& line : refund_lines_of(order, back)) sum += line.amount_minor;
  return std::min(sum, refundable_in_all(order));
}

}  // namespace tandem
