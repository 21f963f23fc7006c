// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "app/operations.hpp"
#include "app/payment_return.hpp"
#include "app/told.hpp"
#include "app/webhooks.hpp"
#include "http/problem.hpp"
#include "payment/signed_token.hpp"

namespace tandem::app {
namespace {

using http::Request;
using http::Response;
using Heard = payment::Called<payment::Told>;

constexpr std::string_view kPurpose = "payment return";

struct WayBack {
  payment::IntentPlace place;
  std::int64_t until_ms = 0;
};

std::optional<WayBack> way_back(const Options& options, std::string_view token) {
  const payment::SignedToken tokens(options.key, kPurpose);
  const auto text = tokens.read(token);
  const auto dash = text ? text->rfind('-') : std::string::npos;
  if (dash == std::string::npos) return std::nullopt;
  const auto place = payment::place_of_intent(std::string_view(*text).substr(0, dash));
  WayBack way;
  const auto end =
      std::from_chars(text->data() + dash + 1, text->data() + text->size(), way.until_ms);
  if (!place || end.ec != std::errc{}) return std::nullopt;
  way.place = *place;
  return way;
}

Response to_the_shop(const Options& options) {
  Response response;
  response.status = 303;
  response.headers.add("Location", options.return_url);
  return response;
}

RequestKey used_key(std::string_view token) {
  RequestKey key;
  key.id = {.scope = std::string(kPurpose), .key = hex(sha256(token))};
  key.request = sha256(token);
  return key;
}

/// What is to be asked of whom, for a token that was not used.
struct Question {
  payment::Provider* provider = nullptr;
  payment::Intent intent;
};

Result<std::optional<Question>> question_of(const Services& services, const WayBack& way) {
  const auto folded = load_folded(services.reads, way.place.order_no);
  if (!folded) return std::unexpected(folded.error());
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  if (!*folded) return reject(Reason::route_unknown);
  const Order& order = (*folded)->order;
  const Attempt* attempt = order.find_attempt(way.place.attempt);
  if (attempt == nullptr) return reject(Reason::route_unknown);
  auto* provider = payment::find_provider(services.providers, attempt->provider.value);
  if (provider == nullptr || !provider->abilities().ask) return std::nullopt;
  return Question{provider,
                  intent_of(way.place.order_no, order, *attempt, *provider, (*shop)->settings)};
}

/// The answer as a command, and the token as used, in one commit.
Awaitable<void> tell_order(const Services& services, const Question& question,
                           const payment::Told& told, std::string_view token) {
  OrderRequest wanted{.order = question.intent.order_no,
                      .actor = provider_actor(question.provider->name())};
  wanted.commands.push_back(asked(command_of(told, question.intent.attempt)));
  if (!told.own_id.empty()) {
    wanted.references.push_back(
        {.provider = std::string(question.provider->name()), .reference = told.own_id});
  }
  if (told.standing == payment::Standing::failed) {
    wanted.later.push_back(closing(question.intent.order_no, question.intent.attempt));
  }
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  auto keyed =
      std::make_shared<KeyedJob>(job, used_key(token), [] { return http::json(200, "{}"); });
  co_await run_keyed(services.dispatcher, services.options.key_patience, keyed, job);
}

Awaitable<Response> come_back(const Services& services, const Request& request) {
  const std::string token(request.path_parameter("token"));
  const auto way = way_back(services.options, token);
  if (!way) co_return http::problem(rejection(Reason::route_unknown));
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) co_return http::problem(now_ms.error());
  if (*now_ms > way->until_ms) co_return to_the_shop(services.options);
  const RequestKey key = used_key(token);
  const auto used = or_refusal(services.reads.idempotency(key.id));
  if (!used) co_return http::problem(used.error());
  if (*used) co_return to_the_shop(services.options);
  const auto question = question_of(services, *way);
  if (!question) co_return http::problem(question.error());
  if (!*question) co_return to_the_shop(services.options);
  std::function<Heard()> ask = [asked = **question] { return asked.provider->ask(asked.intent); };
  const auto told =
      co_await services.calls.ask<Heard>(std::move(ask), services.options.place_patience);
  // Without an answer the webhook tells, or the provider is asked later; the token is still good.
  const bool ended = told && *told && (*told)->standing != payment::Standing::pending;
  if (ended) co_await tell_order(services, **question, **told, token);
  co_return to_the_shop(services.options);
}

}  // namespace

std::string return_path(const Options& options, std::string_view intent_id, std::int64_t now_ms) {
  const payment::SignedToken tokens(options.key, kPurpose);
  return "/pay/return/" +
         tokens.make(std::string(intent_id) + '-' + std::to_string(now_ms + kReturnMs));
}

void add_return_route(http::Router& router, const Services& services) {
  const auto handler = [&services](const Request& request) { return come_back(services, request); };
  router.route("/pay/return/{token}")
      .get(handler)
      .post(handler)
      .accepts({"application/x-www-form-urlencoded", "multipart/form-data", "application/json"})
      .body_bytes_max(64U << 10U);
}

Operations return_operations() {
  const std::string pattern = "/pay/return/{token}";
  const std::vector<Success> on{{.status = 303, .media_type = {}}};
  return {
      {.id = "come_back",
       .pattern = pattern,
       .summary = "The way back from a payment page: asks the provider, goes on to the shop.",
       .successes = on,
       .refusals = {Reason::route_unknown}},
      {.id = "come_back_by_form",
       .method = http::Method::post,
       .pattern = pattern,
       .summary = "The same for providers that come back with a form.",
       .body_type = "application/x-www-form-urlencoded",
       .successes = on,
       .refusals = {Reason::route_unknown, Reason::media_type_unsupported}},
  };
}

}  // namespace tandem::app
