// SPDX-License-Identifier: Apache-2.0
// Stripe's webhook, and the page on which a customer pays with Stripe's own fields.
#include "app/operations.hpp"
#include "app/payment_return.hpp"
#include "app/told.hpp"
#include "app/webhooks.hpp"
#include "http/page_policy.hpp"
#include "http/problem.hpp"
#include "payment/page.hpp"
#include "payment/stripe/amounts.hpp"
#include "payment/stripe/page.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

struct StripeSecret {
  std::string client_secret;
  std::string return_url;  // where Stripe sends the customer afterwards
};

/// How amounts are counted there: see payment::stripe::Counting.
struct StripeExpress {
  CaptureMode capture = CaptureMode::automatic;
  std::int64_t divisor = 1;
  std::int64_t multiplier = 1;
  std::string publishable_key;
  std::int64_t step = 1;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::StripeSecret> {
  using S = app::StripeSecret;
  static constexpr std::array list{required<&S::client_secret>("client_secret"),
                                   required<&S::return_url>("return_url")};
};
template <>
struct Fields<app::StripeExpress> {
  using E = app::StripeExpress;
  static constexpr std::array list{
      required<&E::capture>("capture"), required<&E::divisor>("divisor"),
      required<&E::multiplier>("multiplier"), required<&E::publishable_key>("publishable_key"),
      required<&E::step>("step")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;
using Secret = payment::Called<std::string>;

Awaitable<Response> receive_stripe(const Services& services, const Request& request) {
  const auto signature = request.headers.get("Stripe-Signature");
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) co_return http::problem(now_ms.error());
  if (!signature || !services.stripe->verify(*signature, request.body, *now_ms)) {
    co_return http::problem(rejection(Reason::unauthorized));
  }
  co_return co_await receive_word(services, *services.stripe, request.body);
}

/// The attempt behind a page.
struct Paying {
  payment::Intent intent;
  payment::IntentPlace place;
  bool open = false;
};

Result<Paying> paying(const Services& services, const Request& request) {
  const auto place = services.stripe->place_of_token(request.path_parameter("token"));
  if (!place) return reject(Reason::route_unknown);
  const auto folded = load_folded(services.memory, services.reads, place->order_no);
  if (!folded) return std::unexpected(folded.error());
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const Attempt* attempt = *folded ? (*folded)->order.find_attempt(place->attempt) : nullptr;
  if (attempt == nullptr) return reject(Reason::route_unknown);
  return Paying{.intent = intent_of(place->order_no, (*folded)->order, *attempt, *services.stripe,
                                    (*shop)->settings),
                .place = *place,
                .open = attempt->state == AttemptState::pending && !attempt->superseded};
}

Response show_pay_page(const Services& services, const Request& request) {
  const auto what = paying(services, request);
  if (!what) return http::problem(what.error());
  const bool persian = request.query_value("lang") == "fa";
  const payment::Intent& intent = what->intent;
  Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Content-Security-Policy",
                       http::page_policy(payment::stripe::kStripeSources));
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.body = payment::stripe::pay_page(
      {.language = persian ? "fa" : "en",
       .amount = payment::amount_text(intent.amount_minor, intent.currency, persian),
       .publishable_key = services.stripe->publishable_key(),
       .secret_url = "/pay/stripe/" + std::string(request.path_parameter("token")) + "/secret",
       .shop_url = services.options.return_url,
       .open = what->open});
  return response;
}

/// What Stripe's fields need. Whoever has the page's address may pay, and nothing else.
Awaitable<Response> give_secret(const Services& services, const Request& request) {
  const auto what = paying(services, request);
  if (!what) co_return http::problem(what.error());
  if (!what->open) co_return http::problem(rejection(Reason::attempt_not_live));
  const auto may = services.limits.admit_payment(source_of(request, services), what->place.order_no,
                                                 what->place.attempt);
  if (!may) co_return http::problem(may.error());
  std::function<Secret()> ask = [stripe = services.stripe, intent = what->intent] {
    return stripe->client_secret(intent);
  };
  const auto secret =
      co_await services.calls.ask<Secret>(std::move(ask), services.options.place_patience);
  if (!secret || !*secret) co_return http::problem(rejection(Reason::overloaded));
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) co_return http::problem(now_ms.error());
  co_return http::json(200,
                       canonical(StripeSecret{
                           .client_secret = **secret,
                           .return_url = return_path(services.options, what->intent.id, *now_ms)}));
}

/// What Stripe's wallet buttons need on the shop's own page, before there is an order.
Response show_express(const Services& services, const Request&) {
  const auto shop = services.catalog.now();
  if (!shop) return http::problem(shop.error());
  const auto can = abilities((*shop)->settings, ProviderId{"stripe"});
  if (!can || !can->enabled) return http::problem(rejection(Reason::provider_disabled));
  if (!can->express) return http::problem(rejection(Reason::provider_cannot_express));
  const std::string_view currency = (*shop)->rules.rules().currency.code;
  const auto counting = payment::stripe::counting_of(currency);
  if (!counting) {
    return http::problem(rejection(Reason::provider_cannot_express, std::string(currency)));
  }
  return http::json(200,
                    canonical(StripeExpress{.capture = can->capture,
                                            .divisor = counting->divisor,
                                            .multiplier = counting->multiplier,
                                            .publishable_key = services.stripe->publishable_key(),
                                            .step = counting->step}));
}

Response pay_file(std::string_view type, std::string_view text) {
  Response response;
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "public, max-age=3600");
  response.body = text;
  return response;
}

}  // namespace

void add_stripe_routes(http::Router& router, const Services& services) {
  if (services.stripe == nullptr) return;
  router.route("/v1/webhooks/stripe")
      .post([&services](const Request& request) { return receive_stripe(services, request); })
      .body_bytes_max(256U << 10U);
  router.route("/pay/stripe/express").get([&services](const Request& request) {
    return show_express(services, request);
  });
  router.route("/pay/stripe/{token}").get([&services](const Request& request) {
    return show_pay_page(services, request);
  });
  router.route("/pay/stripe/{token}/secret")
      .post([&services](const Request& request) { return give_secret(services, request); })
      .body_bytes_max(4096);
  router.route("/pay/stripe.js").get([](const Request&) {
    return pay_file("text/javascript; charset=utf-8", payment::stripe::pay_script());
  });
}

Operations stripe_operations() {
  return {
      {.id = "receive_stripe",
       .method = http::Method::post,
       .pattern = "/v1/webhooks/stripe",
       .summary = "Stripe's word, signed as Stripe signs. The body is Stripe's.",
       .credentials = Credentials::signature,
       .headers = {"Stripe-Signature"},
       .successes = {{}},
       .refusals = {Reason::json_malformed, Reason::media_type_unsupported}},
      {.id = "read_stripe_express",
       .pattern = "/pay/stripe/express",
       .summary =
           "What Stripe's wallet buttons need on a page of the shop. Stripe counts an amount "
           "as minor units times the multiplier, divided by the divisor, in whole steps.",
       .successes = {{.message = {"StripeExpress", &type_of<StripeExpress>}}},
       .refusals = {Reason::provider_disabled, Reason::provider_cannot_express}},
      {.id = "show_stripe_page",
       .pattern = "/pay/stripe/{token}",
       .summary = "The page on which a customer pays with Stripe's fields.",
       .query = {{"lang", "fa for Persian."}},
       .successes = {{.media_type = "text/html"}},
       .refusals = {Reason::route_unknown}},
      {.id = "give_stripe_secret",
       .method = http::Method::post,
       .pattern = "/pay/stripe/{token}/secret",
       .summary = "What Stripe's fields on that page need, and the way back from it.",
       .successes = {{.message = {"StripeSecret", &type_of<StripeSecret>}}},
       .refusals = {Reason::route_unknown, Reason::attempt_not_live, Reason::rate_limited}},
      {.id = "read_stripe_script",
       .pattern = "/pay/stripe.js",
       .summary = "The page's script.",
       .successes = {{.media_type = "text/javascript"}}},
  };
}

}  // namespace tandem::app
