// SPDX-License-Identifier: Apache-2.0
// What the worker asks of providers, and how it tells an order what they answered.
#include <utility>

#include "app/worker.hpp"
#include "tandem/order/effects.hpp"

namespace tandem::app {
namespace {

Actor provider_actor(std::string_view provider) {
  Actor actor;
  actor.kind = ActorClass::provider;
  actor.provider = ProviderId{std::string(provider)};
  return actor;
}

}  // namespace

payment::Intent Worker::intent_of(std::int64_t order_no, const Order& order,
                                  const Attempt& attempt) const {
  return {.id = payment::intent_id(order_no, attempt.number),
          .order_no = order_no,
          .attempt = attempt.number,
          .amount_minor = attempt.amount_minor,
          .currency = order.currency};
}

void Worker::carry_out(const Assigned& assigned) {
  const Task& task = assigned.task;
  if (task.command) {
    dispatcher_.submit(command_job(task), nullptr, [](const commit::Outcome&) {});
    return;
  }
  const auto folded = load(task.order_no, assigned.version);
  if (!folded) return failed(assigned, "the order cannot be read");
  const Order& order = folded->order;
  std::int64_t number = task.subject;
  const Refund* refund = nullptr;
  if (task.kind == kProviderRefund) {
    refund = order.find_refund(task.subject);
    if (refund == nullptr || refund->state != RefundState::pending) return finished(assigned);
    number = refund->attempt;
  }
  const Attempt* attempt = order.find_attempt(number);
  if (attempt == nullptr) return finished(assigned);
  payment::Provider* provider = payment::find_provider(providers_, attempt->provider.value);
  if (provider == nullptr) return failed(assigned, "the provider is not connected");
  const payment::Intent intent = intent_of(task.order_no, order, *attempt);
  if (task.kind == kProviderStart) return start_attempt(assigned, order, *attempt);
  if (task.kind == kProviderCapture) return capture(assigned, *attempt, *provider, intent);
  if (task.kind == kProviderVoid) return release(assigned, *attempt, *provider, intent);
  if (refund != nullptr) return this->refund(assigned, *refund, *provider, intent);
  // What was chosen on the demo page: paid, but only now.
  if (!is_live(attempt->state)) return finished(assigned);
  tell(assigned,
       {PaymentCaptured{.attempt = number,
                        .amount_minor = attempt->amount_minor,
                        // As the page would tell it: chosen there meanwhile, it counts once.
                        .reference = "captured/" + intent.id}},
       provider_actor(provider->name()));
}

/// Everything that was asked for and is not answered yet.
void Worker::capture(const Assigned& assigned, const Attempt& attempt, payment::Provider& provider,
                     const payment::Intent& intent) {
  const std::int64_t amount = attempt.capturing_minor;
  if (amount <= 0) return finished(assigned);
  if (auto done = provider.capture(intent, amount, assigned.task.dedupe_key); !done) {
    return failed(assigned, done.error());
  }
  tell(assigned,
       {PaymentCaptured{.attempt = attempt.number,
                        .amount_minor = amount,
                        .reference = assigned.task.dedupe_key}},
       provider_actor(provider.name()));
}

/// What was only begun is canceled, what was authorized is voided.
void Worker::release(const Assigned& assigned, const Attempt& attempt, payment::Provider& provider,
                     const payment::Intent& intent) {
  // Money that was captured meanwhile is given back, not released.
  if (attempt.state == AttemptState::captured) return finished(assigned);
  if (auto done = provider.cancel(intent); !done) return failed(assigned, done.error());
  // Each release is news: an authorization that was told late may have to be released again.
  const std::string& reference = assigned.task.dedupe_key;
  Command told = PaymentCanceled{.attempt = attempt.number, .reference = reference};
  if (attempt.state == AttemptState::authorized) {
    told = PaymentVoided{.attempt = attempt.number, .reference = reference};
  }
  tell(assigned, {std::move(told)}, provider_actor(provider.name()));
}

void Worker::refund(const Assigned& assigned, const Refund& refund, payment::Provider& provider,
                    const payment::Intent& intent) {
  const std::int64_t number = assigned.task.subject;
  auto done = provider.refund(intent, refund.amount_minor, number);
  if (!done) return failed(assigned, done.error());
  tell(assigned,
       {RefundSucceeded{
           .reference = "refund/" + std::to_string(intent.order_no) + '-' + std::to_string(number),
           .refund = number}},
       provider_actor(provider.name()));
}

void Worker::start_attempt(const Assigned& assigned, const Order& order, const Attempt& attempt) {
  const bool waits = attempt.state == AttemptState::created && !attempt.superseded;
  if (!waits) return finished(assigned);
  payment::Provider* provider = payment::find_provider(providers_, attempt.provider.value);
  const payment::Intent intent = intent_of(assigned.task.order_no, order, attempt);
  const auto begun = provider->start(intent);
  if (!begun) return failed(assigned, begun.error());
  const std::string reference = "start/" + intent.id;
  const std::int64_t number = attempt.number;
  std::vector<Command> commands;
  switch (*begun) {
    case payment::Begun::pending:
      commands = {PaymentPending{.attempt = number, .reference = reference}};
      break;
    case payment::Begun::authorized:
      commands = {PaymentAuthorized{
          .attempt = number, .amount_minor = intent.amount_minor, .reference = reference}};
      break;
    case payment::Begun::captured:
      commands = {PaymentCaptured{
          .attempt = number, .amount_minor = intent.amount_minor, .reference = reference}};
      break;
    case payment::Begun::failed:
      commands = {PaymentFailed{.attempt = number, .reference = reference}};
      break;
  }
  tell(assigned, std::move(commands), provider_actor(provider->name()));
}

/// The second commit: the provider's answer as an event, and the task is done.
void Worker::tell(const Assigned& assigned, std::vector<Command> commands, Actor actor) {
  OrderRequest request{.order = assigned.task.order_no, .actor = std::move(actor)};
  for (Command& command : commands) request.commands.push_back(asked(std::move(command)));
  if (assigned.reply) request.base_version = assigned.version;
  request.task_done = assigned.task.dedupe_key;
  auto job = std::make_shared<OrderJob>(tools_, std::move(request));
  dispatcher_.submit(job, nullptr, [job, reply = assigned.reply](const commit::Outcome& outcome) {
    if (reply && commit::is_committed(outcome)) reply->deliver(job);
  });
}

}  // namespace tandem::app
