// SPDX-License-Identifier: Apache-2.0
#include "app/webhooks.hpp"

#include <algorithm>

#include "app/told.hpp"
#include "commit/await.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"

namespace tandem::app {
namespace {

using http::Response;

/// Keeps a word until its order is known.
class KeepWebhookJob final : public commit::Job {
 public:
  explicit KeepWebhookJob(store::UnmatchedWebhook webhook) : webhook_(std::move(webhook)) {}
  void declare(commit::Needs&) override {}
  Result<void> decide(commit::Scope& scope) override {
    store::UnmatchedWebhook webhook = webhook_;
    webhook.received_ms = scope.now_ms();
    scope.writes().webhooks.push_back(std::move(webhook));
    return {};
  }

 private:
  const store::UnmatchedWebhook webhook_;
};

/// The attempt that a fact is about: the one whose facts bear the provider's name of the payment,
/// else the one that the fact names, when it is of this order.
const Attempt* attempt_of(const payment::Provider& provider, const payment::Word& word,
                          const payment::Fact& fact, std::int64_t order_no, const Order& order) {
  const auto own = std::ranges::find_if(order.attempts, [&](const Attempt& attempt) {
    return attempt.provider.value == provider.name() && provider.own_id(attempt.told) == word.about;
  });
  if (own != order.attempts.end()) return &*own;
  const auto place = payment::place_of_intent(fact.intent);
  return place && place->order_no == order_no ? order.find_attempt(place->attempt) : nullptr;
}

Response received() { return http::json(200, R"({"received":true})"); }

}  // namespace

store::OutboxRow closing(std::int64_t order_no, std::int64_t attempt) {
  return {.kind = std::string(kProviderVoid),
          .payload = payload_of(attempt),
          .dedupe_key = std::string(kProviderVoid) + '/' + std::to_string(order_no) + '/' +
                        std::to_string(attempt) + "/declined"};
}

Result<OrderRequest> request_of(const payment::Provider& provider, const payment::Word& word,
                                std::int64_t order_no, const Order& order) {
  OrderRequest wanted{.order = order_no, .actor = provider_actor(provider.name())};
  for (payment::Fact fact : word.facts) {
    const Attempt* attempt = attempt_of(provider, word, fact, order_no, order);
    if (attempt == nullptr) return reject(Reason::attempt_unknown, word.about);
    if (fact.currency != order.currency) return reject(Reason::value_unknown, "/currency");
    fact.attempt = attempt->number;
    wanted.commands.push_back(asked(command_of(fact)));
    if (fact.event == payment::ProviderEvent::failed) {
      wanted.later.push_back(closing(order_no, attempt->number));
    }
  }
  return wanted;
}

Awaitable<Response> receive_word(const Services& services, const payment::Provider& provider,
                                 std::string payload) {
  const auto word = provider.word_of(payload);
  if (!word) co_return http::problem(rejection(Reason::json_malformed));
  if (word->facts.empty()) co_return received();
  const auto order_no = or_refusal(services.reads.order_of_reference(provider.name(), word->about));
  if (!order_no) co_return http::problem(order_no.error());
  if (!*order_no) {
    store::UnmatchedWebhook kept{.provider = std::string(provider.name()),
                                 .reference = word->about,
                                 .event_id = word->event_id,
                                 .payload = std::move(payload)};
    std::shared_ptr<commit::Job> keeps = std::make_shared<KeepWebhookJob>(std::move(kept));
    const commit::Outcome outcome =
        co_await commit::run(services.dispatcher.committer(), std::move(keeps));
    const Rejection* refusal = commit::rejection(outcome);
    co_return refusal != nullptr ? http::problem(*refusal) : received();
  }
  const auto folded = load_folded(services.memory, services.reads, **order_no);
  if (!folded) co_return http::problem(folded.error());
  if (!*folded) co_return http::problem(rejection(Reason::order_unknown));
  auto wanted = request_of(provider, *word, **order_no, (*folded)->order);
  if (!wanted) co_return http::problem(wanted.error());
  auto job = std::make_shared<OrderJob>(services.tools, *std::move(wanted));
  const commit::Outcome outcome = co_await services.dispatcher.run(job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  for (const CommandResult& result : job->answer().results) {
    if (result.rejected) co_return http::problem(*result.rejected);
  }
  co_return received();
}

}  // namespace tandem::app
