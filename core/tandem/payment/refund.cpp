// SPDX-License-Identifier: Apache-2.0
// Refunds. What is given back is capped by what came in, by what the provider can do and, for goods
// that were announced to come back, by what arrived. One refund is asked of each payment, the
// oldest first; what gift cards paid of lines and shipping goes back to them, after the money.
#include <algorithm>

#include "tandem/order/axes.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/payment/shares.hpp"
#include "tandem/payment/steps.hpp"
#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

/// What shall be given back, and for what.
struct Wanted {
  std::int64_t amount_minor = 0;
  std::vector<RefundLine> lines;
  std::int64_t shipping_minor = 0;
};

/// Units of a line that are announced in a return and were not accepted.
std::int64_t not_arrived(const Order& order, const LineId& id) {
  std::int64_t units = 0;
  for (const Return& back : order.returns) {
    for (const ReturnLine& line : back.lines) {
      if (line.line == id && back.is_open()) units += back.claimed(line) - line.accepted;
    }
  }
  return units;
}

/// Refuses, in this order: line_unknown, quantity_not_positive, quantity_above_limit (more than is
/// left of the line), return_not_received.
Result<std::vector<RefundLine>> lines_wanted(const Order& order, const RefundPayment& command) {
  std::vector<RefundLine> lines;
  for (const LineQuantity& asked : joined(*command.lines)) {
    const Line* line = order.find_line(asked.line);
    if (line == nullptr) return reject(Reason::line_unknown, asked.line.value);
    if (asked.quantity < 1) return reject(Reason::quantity_not_positive, asked.line.value, 1);
    const std::int64_t left = refundable_units(order, asked.line);
    if (asked.quantity > left) return reject(Reason::quantity_above_limit, asked.line.value, left);
    const std::int64_t arrived = left - not_arrived(order, asked.line);
    if (!command.reason && asked.quantity > arrived) {
      return reject(Reason::return_not_received, asked.line.value, arrived);
    }
    lines.push_back(refund_line(order, asked.line, asked.quantity));
  }
  return lines;
}

std::int64_t shipping_left(const Order& order) {
  if (!order.placed) return 0;
  const std::int64_t left = order.placed->quote.shipping.gross_minor - shipping_given_back(order);
  return std::max<std::int64_t>(0, left);
}

/// Refuses, in this order: as lines_wanted, return_not_received.
Result<Wanted> wanted(const Order& order, const RefundPayment& command,
                      std::int64_t refundable_minor) {
  Wanted wanted;
  if (command.lines) {
    auto lines = lines_wanted(order, command);
    if (!lines) return std::unexpected(std::move(lines.error()));
    wanted.lines = *std::move(lines);
  } else if (command.return_) {
    const Return& back = *order.find_return(*command.return_);
    const bool any =
        std::ranges::any_of(back.lines, [](const ReturnLine& line) { return line.accepted > 0; });
    if (!any && !command.reason) {
      return reject(Reason::return_not_received, std::to_string(back.number));
    }
    wanted.lines = refund_lines_of(order, back);
  }
  if (command.shipping) wanted.shipping_minor = shipping_left(order);
  wanted.amount_minor = wanted.shipping_minor;
  for (const RefundLine& line : wanted.lines) wanted.amount_minor += line.amount_minor;
  if (command.amount_minor) {
    // Less than the goods are worth is a person's to say; more of a return needs a reason.
    const bool more = *command.amount_minor > wanted.amount_minor;
    if (command.return_ && more && !command.reason) {
      return reject(Reason::return_not_received, std::to_string(*command.return_),
                    wanted.amount_minor);
    }
    wanted.amount_minor = *command.amount_minor;
  } else if (!command.lines && !command.return_ && !command.shipping) {
    wanted.amount_minor = refundable_minor;
  }
  return wanted;
}

/// The payments that give money back, the oldest first.
std::vector<const Attempt*> payers(const Order& order, const std::optional<std::int64_t>& only) {
  std::vector<const Attempt*> payers;
  for (const Attempt& attempt : order.attempts) {
    if (only && attempt.number != *only) continue;
    if (attempt.captured_minor > 0) payers.push_back(&attempt);
  }
  return payers;
}

/// Refuses, in this order: provider_disabled, provider_cannot_refund.
Result<void> check_provider(const Decider& d, const Attempt& attempt, std::int64_t amount) {
  const auto can = abilities(d.settings(), attempt.provider);
  if (!can || !can->enabled) return reject(Reason::provider_disabled, attempt.provider.value);
  const bool all = amount == attempt.captured_minor;
  if (can->refund == RefundAbility::none || (can->refund == RefundAbility::full && !all)) {
    return reject(Reason::provider_cannot_refund, attempt.provider.value);
  }
  return {};
}

/// What one refund asks of a payment, or puts back on a gift card.
struct Part {
  std::optional<std::int64_t> attempt;
  std::optional<std::string> gift_card;
  std::int64_t amount_minor = 0;
};

/// The first refund carries what it is for as far as its amount goes; the rest is the others'.
void emit_refunds(Decider& d, const std::vector<Part>& parts, Wanted wanted,
                  const RefundPayment& command) {
  for (const Part& part : parts) {
    RefundRequested event{.amount_minor = part.amount_minor,
                          .attempt = part.attempt,
                          .gift_card = part.gift_card,
                          .lines = {},
                          .refund = static_cast<std::int64_t>(d.order().refunds.size()) + 1,
                          .return_ = command.return_,
                          .shipping_minor = 0};
    std::int64_t left = part.amount_minor;
    for (RefundLine& line : wanted.lines) {
      if (left == 0 || line.amount_minor == 0) continue;
      const std::int64_t amount = std::min(left, line.amount_minor);
      // The units go with the refund that pays the last of them.
      const bool last = amount == line.amount_minor;
      event.lines.push_back(
          {.amount_minor = amount, .line_id = line.line_id, .quantity = last ? line.quantity : 0});
      line.amount_minor -= amount;
      left -= amount;
    }
    event.shipping_minor = std::min(left, wanted.shipping_minor);
    wanted.shipping_minor -= event.shipping_minor;
    const std::int64_t number = event.refund;
    d.emit(std::move(event), {.address = {}, .contact = {}, .note = {}, .reason = command.reason});
    // A card is the shop's own: nobody has to be asked.
    if (part.gift_card) end_refund(d, {.occurred_ms = {}, .reference = {}, .refund = number});
  }
}

}  // namespace

void end_refund(Decider& d, RefundWasSucceeded event) {
  d.emit(std::move(event));
  const std::size_t returns = d.order().returns.size();
  for (std::size_t i = 0; i < returns; ++i) consider_closing(d, d.order().returns[i].number);
}

Result<void> refund_payment(Decider& d, const RefundPayment& command) {
  const Order& order = d.order();
  if (command.attempt && order.find_attempt(*command.attempt) == nullptr) {
    return reject(Reason::attempt_unknown, std::to_string(*command.attempt));
  }
  if (command.return_ && order.find_return(*command.return_) == nullptr) {
    return reject(Reason::return_unknown, std::to_string(*command.return_));
  }
  if (command.amount_minor && *command.amount_minor < 1) {
    return reject(Reason::amount_not_positive, {}, 1);
  }
  const std::vector<const Attempt*> from = payers(order, command.attempt);
  // An amount is of money; what was bought gives back what it was paid with.
  const bool of_parts = command.lines || command.return_ || command.shipping;
  std::vector<QuoteGiftCard> cards;
  if (of_parts && !command.amount_minor && !command.attempt) cards = refundable_to_cards(order);
  if (from.empty() && cards.empty()) return reject(Reason::nothing_captured);
  std::int64_t refundable = 0;
  for (const Attempt* attempt : from) refundable += attempt->refundable_minor();
  auto asked = wanted(order, command, refundable);
  if (!asked) return std::unexpected(std::move(asked.error()));
  for (const QuoteGiftCard& card : cards) refundable += card.amount_minor;
  if (refundable == 0 || asked->amount_minor <= 0) return reject(Reason::nothing_to_refund);
  if (asked->amount_minor > refundable) {
    return reject(Reason::refund_exceeds_captured, {}, refundable);
  }
  std::vector<Part> parts;
  std::int64_t left = asked->amount_minor;
  for (const Attempt* attempt : from) {
    const std::int64_t amount = std::min(left, attempt->refundable_minor());
    if (amount == 0) continue;
    if (auto ok = check_provider(d, *attempt, amount); !ok) return ok;
    parts.push_back({.attempt = attempt->number, .gift_card = {}, .amount_minor = amount});
    left -= amount;
  }
  for (const QuoteGiftCard& card : cards) {
    const std::int64_t amount = std::min(left, card.amount_minor);
    if (amount == 0) continue;
    parts.push_back({.attempt = {}, .gift_card = card.id.value, .amount_minor = amount});
    left -= amount;
  }
  emit_refunds(d, parts, *std::move(asked), command);
  return {};
}

}  // namespace tandem
