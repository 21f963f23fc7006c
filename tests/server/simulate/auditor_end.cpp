// SPDX-License-Identifier: Apache-2.0
// What must be true when nothing is lost any more and all the time that was needed has passed.
#include <algorithm>

#include "app/verify.hpp"
#include "auditor.hpp"
#include "tandem/order/settings.hpp"

namespace tandem::simulate {
namespace {

std::string name_of(const Auditor::Known& known, const Attempt& attempt) {
  return "order " + std::to_string(known.order_no) + ", attempt " + std::to_string(attempt.number);
}

}  // namespace

void Auditor::look_at_end() {
  look();
  for (const auto& [order_no, known] : orders_) check_end(known);
  check_outbox();
  if (bank_.owed() > 0) {
    broken("the shop never acknowledged a webhook; its last refusal: " + bank_.last_refusal());
  }
  for (const auto& [id, intent] : bank_.intents()) {
    const auto known = orders_.find(intent.asked.order_no);
    if (known == orders_.end() ||
        known->second.order.find_attempt(intent.asked.attempt) == nullptr) {
      broken("the bank knows an intent that no order has: " + id);
    }
  }
  const app::Findings findings = app::verify(server_.store(), [](std::int64_t) {});
  for (const std::string& sentence : findings.sentences) broken("verify: " + sentence);
}

void Auditor::check_end(const Known& known) {
  for (const Attempt& attempt : known.order.attempts) {
    if (!is_by_hand(attempt.provider)) check_attempt(known, attempt);
  }
  for (const Refund& refund : known.order.refunds) {
    if (refund.state == RefundState::pending) {
      broken("order " + std::to_string(known.order_no) + ": a refund has no end");
    }
  }
}

/// Every intent has come to an end: it confirmed, it was given back, or a person knows of it.
void Auditor::check_attempt(const Known& known, const Attempt& attempt) {
  const Order& order = known.order;
  const std::string name = name_of(known, attempt);
  const BankIntent* intent = bank_.find(payment::intent_id(known.order_no, attempt.number));
  const bool asks = order.needs_person.has_value();
  if (intent == nullptr) {
    if (attempt.captured_minor > 0) broken(name + ": money that the bank never saw");
    if (attempt.state == AttemptState::created) broken(name + ": it was never begun");
    return;
  }
  if (intent->captured_minor != attempt.captured_minor) {
    broken(name + ": the bank captured " + std::to_string(intent->captured_minor) +
           ", the shop knows of " + std::to_string(attempt.captured_minor));
  }
  if (intent->refunded_minor != attempt.refunded_minor) {
    broken(name + ": the bank gave back " + std::to_string(intent->refunded_minor) +
           ", the shop knows of " + std::to_string(attempt.refunded_minor));
  }
  const bool waits =
      attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
  if (waits) broken(name + ": still open after all that time");
  const bool reserved_there = intent->state == IntentState::authorized;
  const bool reserved_here = attempt.state == AttemptState::authorized;
  if (reserved_there != reserved_here && !asks) {
    broken(name + ": authorized at the bank: " + (reserved_there ? "yes" : "no") +
           ", in the shop: " + (reserved_here ? "yes" : "no"));
  }
  const bool keeps = attempt.captured_minor - attempt.refunded_minor > 0 || reserved_here;
  // Canceling leaves money where it is: the debt is shown to staff.
  const bool has_use = order.state == OrderState::order || order.state == OrderState::canceled;
  if (keeps && !has_use && !asks) broken(name + ": money that nobody decides about");
  if (keeps && attempt.superseded && !asks) broken(name + ": superseded, and yet kept");
}

void Auditor::check_outbox() {
  store::Reads& reads = server_.store().reads();
  const auto due = reads.outbox_due(app::kNever - 1, 100);
  const auto dead = reads.outbox_dead(0, 100);
  if (!due || !dead) return broken("the outbox cannot be read");
  for (const store::OutboxRow& row : *due) broken("an effect waits for ever: " + row.dedupe_key);
  for (const store::OutboxRow& row : *dead) {
    broken("an effect was given up: " + row.dedupe_key + " (" + row.last_error + ")");
  }
}

}  // namespace tandem::simulate
