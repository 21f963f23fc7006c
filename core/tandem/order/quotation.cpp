// SPDX-License-Identifier: Apache-2.0
// Quotations that staff make and send, and what expires when nobody takes it up or pays.
#include "tandem/order/decider.hpp"
#include "tandem/order/effects.hpp"

namespace tandem {

/// Freezes the quote and sends it; nothing is held and no payment begins. Refuses, in this order:
/// order_canceled, order_locked, not_a_quotation, order_is_empty, as quote().
Result<void> send_quotation(Decider& d) {
  const Order& order = d.order();
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.locked) return reject(Reason::order_locked);
  if (!allows(order.state, OrderAction::send)) return reject(Reason::not_a_quotation);
  if (order.lines.empty()) return reject(Reason::order_is_empty);
  const auto quote = d.quote();
  if (!quote) return std::unexpected(quote.error());
  const auto valid_ms = d.settings().quotation_valid_ms;
  Quote frozen = **quote;
  Terms terms = terms_of(d, frozen);
  std::vector<Digest> facts = facts_of(d.context().offers, frozen);
  d.emit(QuotationSent{.expires_ms = valid_ms ? std::optional(d.in_ms(*valid_ms)) : std::nullopt,
                       .facts = std::move(facts),
                       .quote = std::move(frozen),
                       .rules = d.context().rules_id,
                       .terms = std::move(terms)});
  return {};
}

/// Changes nothing before its time, or once money came.
Result<void> expire_order(Decider& d) {
  const auto deadline = unpaid_deadline(d.order());
  if (!deadline || *deadline > d.now_ms()) return {};
  const std::vector<Attempt> attempts = d.order().attempts;
  for (const Attempt& attempt : attempts) {
    if (is_live(attempt.state) && !attempt.superseded) {
      d.emit(PaymentWasCanceled{.attempt = attempt.number, .occurred_ms = {}, .reference = {}});
    }
  }
  cancel(d, CancelCause::expired, std::nullopt);
  return {};
}

}  // namespace tandem
