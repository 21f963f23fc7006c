// SPDX-License-Identifier: Apache-2.0
// The demo provider's page and its webhook. The page is the provider's own: what is chosen on it
// reaches the shop only through the signed webhook, like the word of any provider.
#include "app/operations.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "app/told.hpp"
#include "http/plain_page.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "payment/demo_page.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

struct Received {
  bool received = true;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::Received> {
  static constexpr std::array list{required<&app::Received::received>("received")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view kSignature = "Tandem-Signature";
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

Response refused(Reason reason, std::string subject = {}) {
  return http::problem(rejection(reason, std::move(subject)));
}

/// Refuses facts that do not fit the intent they name; whether there is such an attempt, and whose
/// it is, is the core's to judge.
Result<void> check_fact(const WebhookBody& body, const Order& order) {
  const auto place = payment::place_of_intent(body.intent);
  if (!place || place->attempt != body.attempt) return reject(Reason::attempt_unknown, "/intent");
  if (body.currency != order.currency) return reject(Reason::value_unknown, "/currency");
  return {};
}

/// A verified webhook. Its repetition changes nothing and is answered alike.
Awaitable<Response> receive(const Services& services, const std::string& text, bool then_captured) {
  const auto body = decode_webhook(text);
  if (!body) co_return http::problem(body.error());
  const auto place = payment::place_of_intent(body->intent);
  if (!place) co_return refused(Reason::attempt_unknown, "/intent");
  const auto folded = load_folded(services.memory, services.reads, place->order_no);
  if (!folded) co_return http::problem(folded.error());
  if (!*folded) co_return refused(Reason::order_unknown);
  if (auto ok = check_fact(*body, (*folded)->order); !ok) co_return http::problem(ok.error());
  OrderRequest wanted{.order = place->order_no, .actor = provider_actor(services.demo->name())};
  wanted.commands.push_back(asked(command_of(*body)));
  if (then_captured) {
    wanted.later.push_back({.kind = std::string(kDemoCapture),
                            .payload = payload_of(body->attempt),
                            .due_ms = services.options.demo_later_ms,
                            .dedupe_key = "demo_capture/" + body->intent});
  }
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  const commit::Outcome outcome = co_await services.dispatcher.run(job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  const CommandResult& result = job->answer().results.front();
  if (result.rejected) co_return http::problem(*result.rejected);
  co_return http::json(200, R"({"received":true})");
}

Awaitable<Response> webhook(const Services& services, const Request& request) {
  const auto signature = request.headers.get(kSignature);
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) co_return http::problem(now_ms.error());
  if (!signature || !services.demo->verify(*signature, request.body, *now_ms)) {
    co_return refused(Reason::unauthorized);
  }
  co_return co_await receive(services, request.body, false);
}

Response html(std::string text) {
  Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(text);
  return response;
}

/// The attempt behind a page, and whether it can still be decided there.
struct Shown {
  payment::IntentPlace place;
  std::shared_ptr<const Folded> folded;
  const Attempt* attempt = nullptr;
};

Result<Shown> shown(const Services& services, const Request& request) {
  const auto place = services.demo->place_of_token(request.path_parameter("token"));
  if (!place) return reject(Reason::route_unknown);
  auto folded = load_folded(services.memory, services.reads, place->order_no);
  if (!folded) return std::unexpected(std::move(folded.error()));
  if (!*folded) return reject(Reason::route_unknown);
  Shown shown{.place = *place, .folded = *std::move(folded)};
  shown.attempt = shown.folded->order.find_attempt(place->attempt);
  if (shown.attempt == nullptr) return reject(Reason::route_unknown);
  return shown;
}

bool is_open(const Attempt& attempt) {
  const bool waits =
      attempt.state == AttemptState::created || attempt.state == AttemptState::pending;
  return waits && !attempt.superseded;
}

Response show_page(const Services& services, const Request& request) {
  const auto what = shown(services, request);
  if (!what) return http::problem(what.error());
  const bool persian = request.query_value("lang") == "fa";
  return html(payment::demo_page({.token = std::string(request.path_parameter("token")),
                                  .language = persian ? "fa" : "en",
                                  .amount_minor = what->attempt->amount_minor,
                                  .currency = what->folded->order.currency,
                                  .open = is_open(*what->attempt),
                                  .return_url = services.options.return_url}));
}

/// The value of a form's field.
std::string form_value(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    std::string_view pair = http::cut(form, '&');
    const std::string_view key = http::cut(pair, '=');
    std::string value;
    if (key == name && http::percent_decode(pair, value, http::Plus::space)) return value;
  }
  return {};
}

std::optional<ProviderEvent> event_of(std::string_view outcome) {
  if (outcome == "captured") return ProviderEvent::captured;
  if (outcome == "declined") return ProviderEvent::failed;
  if (outcome == "pending") return ProviderEvent::pending;
  return std::nullopt;
}

Awaitable<Response> choose(const Services& services, const Request& request) {
  const auto what = shown(services, request);
  if (!what) co_return http::problem(what.error());
  const auto event = event_of(form_value(request.body, "outcome"));
  if (!event) co_return refused(Reason::value_unknown, "outcome");
  if (is_open(*what->attempt)) {
    const auto may = services.limits.admit_payment(source_of(request, services),
                                                   what->place.order_no, what->place.attempt);
    if (!may) co_return http::problem(may.error());
    WebhookBody body;
    body.amount_minor = what->attempt->amount_minor;
    body.attempt = what->attempt->number;
    body.currency = what->folded->order.currency;
    body.event = *event;
    body.intent = payment::intent_id(what->place.order_no, what->place.attempt);
    body.reference = std::string(enum_name(*event)) + '/' + body.intent;
    const bool later = *event == ProviderEvent::pending;
    Response told = co_await receive(services, canonical(body), later);
    if (told.status != 200) co_return told;
  }
  Response response;
  response.status = 303;
  response.headers.add("Location", services.options.return_url);
  co_return response;
}

}  // namespace

void add_payment_routes(http::Router& router, const Services& services) {
  router.route("/pay/page.css").get([](const Request&) {
    Response response;
    response.headers.add("Content-Type", "text/css; charset=utf-8");
    response.headers.add("Cache-Control", "public, max-age=3600");
    response.body = http::plain_style();
    return response;
  });
  if (services.demo == nullptr) return;
  router.route("/v1/webhooks/demo")
      .post([&services](const Request& request) { return webhook(services, request); })
      .body_bytes_max(64U << 10U);
  router.route("/pay/demo/{token}")
      .get([&services](const Request& request) { return show_page(services, request); })
      .post([&services](const Request& request) { return choose(services, request); })
      .accepts({std::string(kForm)})
      .body_bytes_max(4096);
}

Operations payment_operations() {
  const std::string page = "/pay/demo/{token}";
  return {
      {.id = "receive_demo",
       .method = http::Method::post,
       .pattern = "/v1/webhooks/demo",
       .summary = "The demo provider's word, signed.",
       .credentials = Credentials::signature,
       .headers = {"Tandem-Signature"},
       .body = {"DemoWord", &type_of<payment::Fact>},
       .successes = {{.message = {"Received", &type_of<Received>}}},
       .refusals = {Reason::order_unknown, Reason::attempt_unknown}},
      {.id = "show_demo_page",
       .pattern = page,
       .summary = "The page on which a customer chooses the demo provider's outcome.",
       .query = {{"lang", "fa for Persian."}},
       .successes = {{.media_type = "text/html"}},
       .refusals = {Reason::route_unknown}},
      {.id = "choose_demo_outcome",
       .method = http::Method::post,
       .pattern = page,
       .summary = "What that page sends.",
       .body_type = kForm,
       .successes = {{.status = 303, .media_type = {}}},
       .refusals = {Reason::route_unknown, Reason::rate_limited, Reason::value_unknown,
                    Reason::attempt_not_live, Reason::media_type_unsupported}},
      {.id = "read_pay_style",
       .pattern = "/pay/page.css",
       .summary = "The style of payment pages.",
       .successes = {{.media_type = "text/css"}}},
  };
}

}  // namespace tandem::app
