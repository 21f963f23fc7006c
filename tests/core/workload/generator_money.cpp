// SPDX-License-Identifier: Apache-2.0
// What accounting asks of payments, and what providers tell: late, twice, out of order.
#include <algorithm>

#include "core/workload/generator.hpp"

namespace tandem::workload {

Command Generator::money_command() {
  const std::int64_t number = number_of(order_->attempts.size());
  const auto some = [&]() -> std::optional<std::int64_t> {
    if (random_.chance(50)) return std::nullopt;
    return amount(due());
  };
  switch (random_.below(8)) {
    case 0:
    case 1:
      return CapturePayment{.amount_minor = some(), .attempt = number};
    case 2:
      return VoidPayment{.attempt = number};
    case 3:
      return ResolvePerson{.note = "settled"};
    case 4:
    case 5:
      return StartPayment{
          .amount_minor = some(),
          .method = random_.chance(50)
                        ? std::nullopt
                        : std::optional(PaymentMethodId{std::string(random_.pick(kPayments))})};
    default:
      return RecordPayment{.amount_minor = amount(due()),
                           .method = {std::string(random_.pick(kPayments))},
                           .reference = reference()};
  }
}

Command Generator::refund() {
  RefundPayment command;
  switch (random_.below(5)) {
    case 0:
      command.amount_minor = amount(random_.between(1, 3000));
      break;
    case 1:
      command.lines = lines(0);
      break;
    case 2:
      if (!order_->returns.empty()) command.return_ = number_of(order_->returns.size());
      break;
    case 3:
      command.shipping = true;
      break;
    default:
      break;
  }
  if (random_.chance(20)) command.shipping = true;
  if (random_.chance(20)) command.attempt = number_of(order_->attempts.size());
  if (random_.chance(40)) command.reason = "goodwill";
  return command;
}

Command Generator::payment_fact() {
  std::int64_t number = number_of(order_->attempts.size());
  const auto live = std::ranges::find_if(order_->attempts, [](const Attempt& attempt) {
    return is_live(attempt.state) || attempt.capturing_minor > 0 || attempt.voiding;
  });
  if (live != order_->attempts.end() && random_.chance(60)) number = live->number;
  return fact(number);
}

Command Generator::fact(std::int64_t number) {
  const Attempt* attempt = order_->find_attempt(number);
  std::int64_t money = attempt == nullptr ? 100 : attempt->amount_minor - attempt->captured_minor;
  if (attempt != nullptr && attempt->capturing_minor > 0) money = attempt->capturing_minor;
  if (attempt != nullptr && attempt->voiding && random_.chance(60)) {
    if (random_.chance(70)) return PaymentVoided{number, occurred(), reference()};
    return VoidFailed{number, occurred(), "no", reference()};
  }
  switch (random_.below(16)) {
    case 0:
    case 1:
      return PaymentPending{number, occurred(), reference()};
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      return PaymentAuthorized{number, amount(money), occurred(), reference()};
    case 7:
      return PaymentFailed{number, occurred(), "declined", reference()};
    case 8:
      return PaymentCanceled{number, occurred(), reference()};
    case 9:
      return PaymentVoided{number, occurred(), reference()};
    case 10:
      return CaptureFailed{number, occurred(), "no", reference()};
    case 11:
      if (random_.chance(20)) {
        return PaymentChargedBack{number, amount(random_.between(1, 2000)), occurred(),
                                  reference()};
      }
      return VoidFailed{number, occurred(), "no", reference()};
    default:
      return PaymentCaptured{number, amount(money), occurred(), reference()};
  }
}

Command Generator::refund_fact() {
  std::int64_t number = number_of(order_->refunds.size());
  const auto pending = std::ranges::find(order_->refunds, RefundState::pending, &Refund::state);
  if (pending != order_->refunds.end() && random_.chance(70)) number = pending->number;
  if (random_.chance(75)) return RefundSucceeded{occurred(), reference(), number};
  return RefundFailed{occurred(), "closed", reference(), number};
}

}  // namespace tandem::workload
