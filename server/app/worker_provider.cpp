// SPDX-License-Identifier: Apache-2.0
// What the worker asks of providers, and how it tells an order what they answered. An answer that
// says no is told as well: declined or impossible, it is a fact about the attempt, and the core
// knows whether a person has to see it. Only what nobody knows yet is tried again.
#include <utility>

#include "app/told.hpp"
#include "app/worker.hpp"
#include "tandem/order/effects.hpp"

namespace tandem::app {
namespace {

/// Whether a void is still asked for: an attempt that came to life again keeps its money.
bool is_given_up(const Attempt& attempt) {
  return attempt.voiding || attempt.superseded || !is_live(attempt.state);
}

/// What is told of a task that nobody could carry out.
std::optional<Command> given_up(const Task& task) {
  const std::string reason = "not_answered";
  const std::string reference = task.dedupe_key + "/given_up";
  if (task.kind == kProviderStart) {
    return PaymentFailed{.attempt = task.subject, .reason = reason, .reference = reference};
  }
  if (task.kind == kProviderCapture) {
    return CaptureFailed{.attempt = task.subject, .reason = reason, .reference = reference};
  }
  if (task.kind == kProviderVoid) {
    return VoidFailed{.attempt = task.subject, .reason = reason, .reference = reference};
  }
  if (task.kind == kProviderRefund || task.kind == kProviderAskRefund) {
    return RefundFailed{.reason = reason, .reference = reference, .refund = task.subject};
  }
  return std::nullopt;
}

}  // namespace

/// Calls that may wait for a network are made beside each other; a task that is made already, or
/// that finds no place, is taken from the outbox again when it is due.
void Worker::carry_out(const Assigned& assigned) {
  const bool waits = calls_networks_ || is_mail(assigned.task.kind);
  if (assigned.task.command || !waits || options_.by_hand) {
    return carry_out_here(assigned);
  }
  calls_.submit(assigned.task.dedupe_key, [this, assigned] { carry_out_here(assigned); });
}

void Worker::carry_out_here(const Assigned& assigned) {
  const Task& task = assigned.task;
  if (task.command) {
    dispatcher_.submit(command_job(task), nullptr, [](const commit::Outcome&) {});
    return;
  }
  if (is_mail(task.kind)) return send_mail(assigned);
  const auto folded = load(task.order_no, assigned.version);
  if (!folded) return failed(assigned, "the order cannot be read");
  const Order& order = folded->order;
  std::int64_t number = task.subject;
  const Refund* refund = nullptr;
  const bool of_refund = task.kind == kProviderRefund || task.kind == kProviderAskRefund;
  if (of_refund) {
    refund = order.find_refund(task.subject);
    if (refund == nullptr || !refund->attempt || refund->state != RefundState::pending) {
      return finished(assigned);
    }
    number = *refund->attempt;
  }
  const Attempt* attempt = order.find_attempt(number);
  if (attempt == nullptr) return finished(assigned);
  payment::Provider* provider = payment::find_provider(providers_, attempt->provider.value);
  if (provider == nullptr) return failed(assigned, "the provider is not connected");
  const auto shop =
      assigned.shop ? Result<std::shared_ptr<const Shop>>(assigned.shop) : tools_.catalog.now();
  if (!shop) return failed(assigned, "the settings cannot be read");
  const Call call{
      .assigned = assigned,
      .attempt = *attempt,
      .provider = *provider,
      .intent = intent_of(task.order_no, order, *attempt, *provider, (*shop)->settings)};
  if (task.kind == kProviderStart) return start_attempt(call);
  if (task.kind == kProviderCapture) return capture(call);
  if (task.kind == kProviderVoid) return release(call);
  if (task.kind == kProviderAsk) return ask(call);
  if (task.kind == kProviderAskRefund) return ask_refund(call);
  if (refund != nullptr) return this->refund(call, *refund);
  // What was chosen on the demo page: paid, but only now.
  if (!is_live(attempt->state)) return finished(assigned);
  tell(call, {PaymentCaptured{.attempt = number,
                              .amount_minor = attempt->amount_minor,
                              // As the page would tell it: chosen there meanwhile, it counts once.
                              .reference = "captured/" + call.intent.id}});
}

void Worker::start_attempt(const Call& call) {
  const Attempt& attempt = call.attempt;
  const bool waits = attempt.state == AttemptState::created && !attempt.superseded;
  if (!waits) return finished(call.assigned);
  const auto told = call.provider.start(call.intent);
  if (!told) {
    return not_done(call, told.error(),
                    PaymentFailed{.attempt = attempt.number,
                                  .reason = told.error().reason,
                                  .reference = "start/" + call.intent.id});
  }
  Beside beside{.own_id = told->own_id};
  if (call.provider.abilities().ask) beside.later.push_back(next_ask(call));
  tell(call, {command_of(*told, attempt.number)}, std::move(beside));
}

/// Everything that was asked for and is not answered yet.
void Worker::capture(const Call& call) {
  const std::int64_t amount = call.attempt.capturing_minor;
  const std::string& key = call.assigned.task.dedupe_key;
  if (amount <= 0) return finished(call.assigned);
  const auto done = call.provider.capture(call.intent, amount, key);
  if (!done) {
    return not_done(call, done.error(),
                    CaptureFailed{.attempt = call.attempt.number,
                                  .reason = done.error().reason,
                                  .reference = key + "/failed"});
  }
  if (!done->settled) return finished(call.assigned);
  tell(call, {PaymentCaptured{.attempt = call.attempt.number,
                              .amount_minor = amount,
                              .reference = done->reference.empty() ? key : done->reference}});
}

/// What was only begun is canceled, what was authorized is voided.
void Worker::release(const Call& call) {
  const Attempt& attempt = call.attempt;
  // Money that was captured meanwhile is given back, not released.
  if (attempt.state == AttemptState::captured) return finished(call.assigned);
  if (!is_given_up(attempt)) return finished(call.assigned);
  // Each release is news: an authorization that was told late may have to be released again.
  const std::string& reference = call.assigned.task.dedupe_key;
  if (auto done = call.provider.cancel(call.intent); !done) {
    if (done.error().trouble == payment::Trouble::temporary) {
      return failed(call.assigned, done.error().reason);
    }
    return not_released(call, done.error());
  }
  Command told = PaymentCanceled{.attempt = attempt.number, .reference = reference};
  if (attempt.state == AttemptState::authorized) {
    told = PaymentVoided{.attempt = attempt.number, .reference = reference};
  }
  tell(call, {std::move(told)});
}

/// The customer may have been quicker: then there is money to give back and nothing to void.
void Worker::not_released(const Call& call, const payment::CallFailed& why) {
  if (call.provider.abilities().ask) {
    const auto told = call.provider.ask(call.intent);
    if (!told && told.error().trouble == payment::Trouble::temporary) {
      return failed(call.assigned, told.error().reason);
    }
    if (told && told->standing == payment::Standing::captured) {
      return tell(call, {command_of(*told, call.attempt.number)});
    }
  }
  const std::string& key = call.assigned.task.dedupe_key;
  tell(call,
       {VoidFailed{
           .attempt = call.attempt.number, .reason = why.reason, .reference = key + "/failed"}});
}

void Worker::refund(const Call& call, const Refund& refund) {
  refund_answered(call, call.provider.refund(call.intent, refund.amount_minor, refund.number));
}

/// Some refunds take days; a webhook tells how they ended, or the provider is asked.
void Worker::refund_answered(const Call& call, const payment::Called<payment::Done>& done) {
  const std::int64_t number = call.assigned.task.subject;
  const std::string name =
      "refund/" + std::to_string(call.intent.order_no) + '-' + std::to_string(number);
  if (!done) {
    return not_done(
        call, done.error(),
        RefundFailed{
            .reason = done.error().reason, .reference = name + "/failed", .refund = number});
  }
  if (!done->settled) return tell(call, {}, {.later = {next_refund_ask(call)}});
  tell(call, {RefundSucceeded{.reference = done->reference.empty() ? name : done->reference,
                              .refund = number}});
}

/// What is not known yet is tried again; a no is told to the order.
void Worker::not_done(const Call& call, const payment::CallFailed& why, Command told) {
  if (why.trouble == payment::Trouble::temporary) return failed(call.assigned, why.reason);
  if (why.trouble == payment::Trouble::permanent) {
    log_("a provider refuses " + call.assigned.task.dedupe_key + ": " + why.reason);
  }
  tell(call, {std::move(told)});
}

/// A provider that was never reached: the order learns it, so that the attempt ends or a person is
/// asked; what the provider says later still counts.
void Worker::give_up(const Task& task) {
  log_("a task was given up: " + task.dedupe_key);
  const auto told = given_up(task);
  const auto folded = told ? load(task.order_no, 0) : nullptr;
  if (!folded) return;
  std::int64_t number = task.subject;
  if (task.kind == kProviderRefund || task.kind == kProviderAskRefund) {
    const Refund* refund = folded->order.find_refund(number);
    if (refund == nullptr || !refund->attempt) return;
    number = *refund->attempt;
  }
  const Attempt* attempt = folded->order.find_attempt(number);
  if (attempt == nullptr) return;
  OrderRequest request{.order = task.order_no, .actor = provider_actor(attempt->provider.value)};
  request.commands.push_back(asked(*told));
  run_order(std::make_shared<OrderJob>(tools_, std::move(request)));
}

/// The second commit: the provider's answer as an event, and the task is done.
void Worker::tell(const Call& call, std::vector<Command> commands, Beside beside) {
  const Assigned& assigned = call.assigned;
  OrderRequest request{.order = assigned.task.order_no,
                       .actor = provider_actor(call.provider.name())};
  for (Command& command : commands) request.commands.push_back(asked(std::move(command)));
  if (assigned.reply) request.base_version = assigned.version;
  request.task_done = assigned.task.dedupe_key;
  request.later = std::move(beside.later);
  if (!beside.own_id.empty()) {
    request.references.push_back(
        {.provider = std::string(call.provider.name()), .reference = std::move(beside.own_id)});
  }
  auto job = std::make_shared<OrderJob>(tools_, std::move(request));
  dispatcher_.submit(job, nullptr, [job, reply = assigned.reply](const commit::Outcome& outcome) {
    if (reply && commit::is_committed(outcome)) reply->deliver(job);
  });
}

}  // namespace tandem::app
