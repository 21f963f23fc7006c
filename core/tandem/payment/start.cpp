// SPDX-License-Identifier: Apache-2.0
// Paying what is still due of a placed order, and money that a person saw.
#include <algorithm>

#include "tandem/order/axes.hpp"
#include "tandem/payment/settle.hpp"
#include "tandem/payment/steps.hpp"

namespace tandem {
namespace {

bool is_paying(const Order& order) {
  return std::ranges::any_of(order.attempts, [](const Attempt& attempt) {
    return is_live(attempt.state) && !attempt.superseded && !is_by_hand(attempt.provider);
  });
}

/// The attempt that money seen for this method belongs to: the one that waits for it, else a new
/// one.
std::int64_t attempt_of(const Order& order, const PaymentMethodId& method) {
  for (const Attempt& attempt : order.attempts) {
    if (attempt.method == method && is_live(attempt.state)) return attempt.number;
  }
  return static_cast<std::int64_t>(order.attempts.size()) + 1;
}

bool was_told(const Order& order, const std::optional<std::string>& reference) {
  return reference && std::ranges::any_of(order.attempts, [&](const Attempt& attempt) {
           return was_told(attempt, AttemptFact::captures, reference);
         });
}

/// Nobody pays for what is gone: an order that is not confirmed yet is held anew by its payment,
/// and takes what its quote stands for only if that is still there.
Result<void> check_obtainable(const Decider& d, const PaymentMethod& method) {
  const Order& order = d.order();
  if (order.state != OrderState::quotation_sent) return {};
  if (!is_by_hand(method.provider)) {
    if (auto ok = check_stock(d); !ok) return ok;
  }
  return check_uses(d, &order.placed->quote);
}

}  // namespace

Result<void> start_payment(Decider& d, const StartPayment& command) {
  const Order& order = d.order();
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (!order.is_placed()) return reject(Reason::not_placed);
  if (is_paying(order)) return reject(Reason::payment_in_progress);
  const auto chosen = command.method ? command.method : order.payment_method;
  const PaymentMethod* method = chosen ? find_payment_method(d.rules(), *chosen) : nullptr;
  if (chosen && method == nullptr) return reject(Reason::method_unknown, chosen->value);
  const std::int64_t due = money_of(order).due_minor();
  if (command.amount_minor && *command.amount_minor < 1) {
    return reject(Reason::amount_not_positive, {}, 1);
  }
  if (due == 0) return reject(Reason::nothing_due);
  if (command.amount_minor.value_or(due) > due) {
    return reject(Reason::amount_exceeds_due, {}, due);
  }
  if (method == nullptr) return reject(Reason::payment_not_chosen);
  if (!check_payment(d, method->id)) {
    return reject(Reason::payment_method_unavailable, method->id.value);
  }
  if (!is_enabled(d.settings(), method->provider)) {
    return reject(Reason::provider_disabled, method->provider.value);
  }
  if (auto ok = check_obtainable(d, *method); !ok) return ok;
  if (auto ok = check_attempts(d, *method); !ok) return ok;
  start_attempt(d, *method, command.amount_minor.value_or(due));
  return {};
}

Result<void> record_payment(Decider& d, const RecordPayment& command) {
  const Order& order = d.order();
  if (!order.placed) return reject(Reason::not_placed);
  const PaymentMethod* method = find_payment_method(d.rules(), command.method);
  if (method == nullptr) return reject(Reason::method_unknown, command.method.value);
  if (command.amount_minor < 1) return reject(Reason::amount_not_positive, {}, 1);
  if (was_told(order, command.reference)) return {};
  const std::int64_t number = attempt_of(order, command.method);
  d.emit(PaymentRecorded{.amount_minor = command.amount_minor,
                         .attempt = number,
                         .method = command.method,
                         .provider = method->provider,
                         .reference = command.reference});
  consider_confirming(d, number);
  return {};
}

}  // namespace tandem
