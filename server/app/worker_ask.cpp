// SPDX-License-Identifier: Apache-2.0
// Payments that nobody tells of: the provider is asked how they stand, so that none is forgotten
// when a webhook never comes, and what nobody waits for any more is closed there. And words that
// came before the payment that they are about was known here.
#include <algorithm>
#include <charconv>

#include "app/told.hpp"
#include "app/webhooks.hpp"
#include "app/worker.hpp"

namespace tandem::app {
namespace {

constexpr std::int64_t kGraceMs = 60'000;  // after its end an attempt has expired here as well
constexpr std::int64_t kAskAgainMs = 21'600'000;
constexpr std::int64_t kKeptMax = 100;

bool waits(const Attempt& attempt) {
  const bool open =
      attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
  return open && !attempt.superseded;
}

/// How often the provider was asked before, as the task's key says.
std::int64_t asked_before(const Task& task) {
  if (task.kind != kProviderAsk && task.kind != kProviderAskRefund) return 0;
  const std::string& key = task.dedupe_key;
  std::int64_t times = 0;
  std::from_chars(key.data() + key.rfind('/') + 1, key.data() + key.size(), times);
  return times;
}

}  // namespace

/// First when a webhook should long have come; then when the attempt has ended here.
store::OutboxRow Worker::next_ask(const Call& call) const {
  const std::int64_t times = asked_before(call.assigned.task) + 1;
  std::int64_t wait_ms = times == 1 ? options_.ask_after.count() : kAskAgainMs;
  const auto now_ms = reads_.now_ms();
  if (times > 1 && now_ms && call.attempt.expires_ms) {
    wait_ms = std::max<std::int64_t>(0, *call.attempt.expires_ms - *now_ms) + kGraceMs;
  }
  return {.kind = std::string(kProviderAsk),
          .payload = payload_of(call.attempt.number),
          .due_ms = wait_ms,
          .dedupe_key = std::string(kProviderAsk) + '/' + std::to_string(call.intent.order_no) +
                        '/' + std::to_string(call.attempt.number) + '/' + std::to_string(times)};
}

store::OutboxRow Worker::next_refund_ask(const Call& call) {
  const Task& task = call.assigned.task;
  return {.kind = std::string(kProviderAskRefund),
          .payload = payload_of(task.subject),
          .due_ms = kAskAgainMs,
          .dedupe_key = std::string(kProviderAskRefund) + '/' + std::to_string(task.order_no) +
                        '/' + std::to_string(task.subject) + '/' +
                        std::to_string(asked_before(task) + 1)};
}

void Worker::ask_refund(const Call& call) {
  refund_answered(call, call.provider.ask_refund(call.intent, call.assigned.task.subject));
}

void Worker::ask(const Call& call) {
  const Attempt& attempt = call.attempt;
  const bool has_money =
      attempt.state == AttemptState::captured || attempt.state == AttemptState::authorized;
  if (has_money || attempt.state == AttemptState::voided) return finished(call.assigned);
  const auto told = call.provider.ask(call.intent);
  if (!told) return failed(call.assigned, told.error().reason);
  Beside beside{.own_id = told->own_id};
  const bool declined = told->standing == payment::Standing::failed;
  if (declined) beside.later.push_back(closing(call.intent.order_no, attempt.number));
  if (told->standing != payment::Standing::pending) {
    return tell(call, {command_of(*told, attempt.number)}, std::move(beside));
  }
  if (waits(attempt)) {
    beside.later.push_back(next_ask(call));
    return tell(call, {}, std::move(beside));
  }
  // Nobody waits for it here: nobody shall be able to pay it there.
  if (auto done = call.provider.cancel(call.intent); !done) {
    return failed(call.assigned, done.error().reason);
  }
  tell(call, {}, std::move(beside));
}

void Worker::carry_out_kept_words() {
  const auto kept = reads_.kept_webhooks(kKeptMax);
  if (!kept) return;
  for (const store::KeptWebhook& one : *kept) carry_out_kept(one);
}

/// The word counts and is forgotten in one commit. What the order refuses is not asked again.
void Worker::carry_out_kept(const store::KeptWebhook& kept) {
  const payment::Provider* provider = payment::find_provider(providers_, kept.webhook.provider);
  if (provider == nullptr) return;
  const auto word = provider->word_of(kept.webhook.payload);
  const auto folded = load(kept.order_no, 0);
  if (!folded) return;
  OrderRequest wanted{.order = kept.order_no, .actor = provider_actor(provider->name())};
  if (word) {
    auto asks = request_of(*provider, *word, kept.order_no, folded->order);
    if (asks) {
      wanted = *std::move(asks);
    } else {
      log_("a kept webhook does not fit its order: " + kept.webhook.event_id);
    }
  }
  wanted.matched.push_back(kept.webhook);
  run_order(std::make_shared<OrderJob>(tools_, std::move(wanted)));
}

}  // namespace tandem::app
