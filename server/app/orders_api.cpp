// SPDX-License-Identifier: Apache-2.0
// A customer's routes: make an order, change it, read it.
#include <boost/asio/this_coro.hpp>

#include "app/customers.hpp"
#include "app/operations.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/decide.hpp"
#include "tandem/order/view.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct CreatedAnswer {
  std::string order;
  std::int64_t server_time_ms = 0;
  std::int64_t version = 0;
};

/// The view is sent as it is stored; the schema tells what it is.
template <class ViewHeld>
struct ReadAnswerOf {
  ViewHeld order;
  std::optional<sync::PaymentStep> payment;
  std::int64_t server_time_ms = 0;
  Digest stream_digest{};
  std::int64_t version = 0;
};
using ReadAnswer = ReadAnswerOf<Verbatim<View>>;

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::CreatedAnswer> {
  using A = app::CreatedAnswer;
  static constexpr std::array list{required<&A::order>("order"),
                                   required<&A::server_time_ms>("server_time_ms"),
                                   required<&A::version>("version")};
};
template <class ViewHeld>
struct Fields<app::ReadAnswerOf<ViewHeld>> {
  using A = app::ReadAnswerOf<ViewHeld>;
  static constexpr std::array list{required<&A::order>("order"), required<&A::payment>("payment"),
                                   required<&A::server_time_ms>("server_time_ms"),
                                   required<&A::stream_digest>("stream_digest"),
                                   required<&A::version>("version")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kOrderCookieSeconds = 7'776'000;

/// Whether the order has just been placed with a provider that has not answered yet.
bool awaits_provider(const OrderAnswer& answer) {
  return std::ranges::any_of(answer.tasks,
                             [](const Task& task) { return task.kind == kProviderStart; });
}

bool places(const OrderJob& job) {
  const auto& commands = job.request().commands;
  return !commands.empty() && std::holds_alternative<PlaceOrder>(commands.back().command);
}

/// An order that was not placed says so by the status too; all other answers of a batch are 200.
std::uint16_t status_of(const OrderJob& job) {
  const auto& results = job.answer().results;
  const bool refused = places(job) && !results.empty() && results.back().rejected;
  return refused ? http_status(results.back().rejected->reason) : 200;
}

std::string created_json(const OrderAnswer& answer) {
  return canonical(CreatedAnswer{.order = answer.head.order_id,
                                 .server_time_ms = answer.now_ms,
                                 .version = answer.head.version});
}

/// The answer to commands; `second` is the commit that followed, when it was waited for.
Response commands_answer(const Services& services, const OrderJob& job, const OrderJob* second,
                         Audience audience) {
  const OrderAnswer& answer = job.answer();
  std::uint16_t status = status_of(job);
  if (answer.created && status == 200) status = 201;
  if (!job.request().base_version) return http::json(status, created_json(answer));
  const OrderAnswer& last = second != nullptr ? second->answer() : answer;
  AnswerFrame frame;
  frame.core_version = services.options.core_version;
  frame.payment = payment_step(last.folded->order, last.head.order_no, services.providers);
  frame.audience = audience;
  Response response = http::json(
      status,
      commands_json(answer, second != nullptr ? &second->answer() : nullptr, std::move(frame)));
  for (const CommandResult& result : answer.results) {
    if (result.rejected) response.refused_parts.push_back(result.rejected->reason);
  }
  return response;
}

Awaitable<Response> create_order(const Services& services, const Request& request) {
  auto body = decode_create(request.body);
  if (!body) co_return http::problem(body.error());
  OrderRequest wanted{.order = body->order, .actor = {}};
  wanted.secret_hash = sha256(body->secret);
  wanted.actor.id = customer_of(request, services);
  wanted.other_hash = other_right(request);
  wanted.create = true;
  wanted.from = source_of(request, services);
  if (body->commands) {
    if (auto ok = check_core(body->commands->core_version, services.options); !ok) {
      co_return http::problem(ok.error());
    }
    wanted.base_version = body->commands->base_version;
    wanted.commands = std::move(body->commands->commands);
  }
  // Who makes an order has no other name than the secret that it is made with.
  auto key = key_of(request, "POST /v1/orders", hex(*wanted.secret_hash));
  if (!key) co_return http::problem(key.error());
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  Response response = co_await answer_commands(services, job, Audience::customer, *std::move(key));
  if (response.headers.get("Content-Type") == http::kProblemType) co_return response;
  const bool secured = client_of(request, services.options).secured;
  response.headers.add("Set-Cookie", cookie_field("tandem_" + body->order, body->secret, "Lax",
                                                  kOrderCookieSeconds, secured));
  co_return response;
}

/// A cart of nobody that somebody signed in goes on with is that account's.
Awaitable<void> adopt_cart(const Services& services, const std::string& id,
                           const OrderRight& right) {
  const auto head = services.reads.order(store::OrderRef(id));
  if (!head || !*head || !same((*head)->secret_hash, *right.secret_hash)) co_return;
  const auto row = services.reads.order_row((*head)->order_no);
  const bool is_nobodys = row && *row && (*row)->customer.empty() &&
                          (*row)->order_state == enum_name(OrderState::quotation);
  if (is_nobodys) (void)co_await adopt_order(services, (*head)->order_no, *right.account);
}

Awaitable<Response> change_order(const Services& services, const Request& request) {
  const std::string id(request.path_parameter("id"));
  const auto right = order_right(request, id, services);
  if (!right) co_return http::problem(right.error());
  auto body = decode_commands(request.body, ActorClass::customer);
  if (!body) co_return http::problem(body.error());
  if (auto ok = check_core(body->core_version, services.options); !ok) {
    co_return http::problem(ok.error());
  }
  OrderRequest wanted{.order = id, .actor = {}};
  wanted.from = source_of(request, services);
  wanted.secret_hash = right->secret_hash;
  wanted.account = wanted.actor.id = right->account;
  wanted.other_hash = other_right(request);
  wanted.base_version = body->base_version;
  wanted.commands = std::move(body->commands);
  if (right->secret_hash && right->account) co_await adopt_cart(services, id, *right);
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  co_return co_await answer_commands(services, job, Audience::customer);
}

/// The view of an order that nothing has happened to yet.
Result<std::string> empty_view(const Services& services, const store::OrderHead& head) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const QuoteFacts facts;
  const Context context{.rules = &(*shop)->rules,
                        .rules_id = (*shop)->rules_id,
                        .settings = &(*shop)->settings,
                        .facts = &facts};
  const auto quote = current_quote(Order{}, context);
  if (!quote) return std::unexpected(quote.error());
  return canonical(view_of(Order{}, *quote, {.order = head.order_id, .order_no = head.order_no}));
}

/// Payment of the order behind a row, for rows that may wait for the customer.
std::optional<sync::PaymentStep> payment_of(const Services& services, const store::OrderRow& row) {
  if (row.payment_state != "pending") return std::nullopt;
  const auto view = wire::decode<View>(row.view);
  if (!view) return std::nullopt;
  Order order;
  order.currency = view->currency;
  for (const ViewPayment& payment : view->payments) {
    Attempt& attempt = order.attempts.emplace_back();
    attempt.number = payment.attempt;
    attempt.provider = payment.provider;
    attempt.state = payment.state;
    attempt.amount_minor = payment.amount_minor;
  }
  return payment_step(order, row.order_no, services.providers);
}

Response read_order(const Services& services, const Request& request) {
  const auto head = readable_order(request, services);
  if (!head) return http::problem(head.error());
  const auto row = or_refusal(services.reads.order_row(head->order_no));
  if (!row) return http::problem(row.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return http::problem(now_ms.error());
  auto view = *row ? Result<std::string>((*row)->view) : empty_view(services, *head);
  if (!view) return http::problem(view.error());
  ReadAnswer answer{.order = {*view}};
  answer.server_time_ms = *now_ms;
  answer.stream_digest = head->head;
  if (*row) {
    answer.payment = payment_of(services, **row);
    answer.version = (*row)->version;
  }
  Response response = http::json(200, canonical(answer));
  response.headers.set("Cache-Control", "private, no-cache");
  response.headers.add("ETag", '"' + std::to_string(head->version) + '"');
  return response;
}

}  // namespace

Result<void> check_core(const std::optional<std::string>& version, const Options& options) {
  if (!version || *version == options.core_version) return {};
  return reject(Reason::core_outdated, options.core_version);
}

Awaitable<Response> answer_commands(const Services& services, std::shared_ptr<OrderJob> job,
                                    Audience audience, std::optional<RequestKey> key) {
  // Made before the job is queued: what follows may be quicker than this coroutine.
  using FollowUp = Mailbox<std::shared_ptr<OrderJob>>;
  const auto follow_up = std::make_shared<FollowUp>(co_await boost::asio::this_coro::executor);
  const Waiting closing(follow_up);
  Reply reply = places(*job) ? std::make_shared<Reply::element_type>(follow_up) : nullptr;
  std::shared_ptr<KeyedJob> keyed;
  commit::Outcome outcome;
  if (key) {
    keyed = std::make_shared<KeyedJob>(job, *std::move(key), [&services, job, audience] {
      return commands_answer(services, *job, nullptr, audience);
    });
    outcome = co_await run_keyed(services.dispatcher, services.options.key_patience, keyed, job,
                                 std::move(reply));
  } else {
    outcome = co_await services.dispatcher.run(job, std::move(reply));
  }
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  if (keyed && !keyed->ran()) co_return keyed->answer();
  std::shared_ptr<OrderJob> second;
  if (places(*job) && awaits_provider(job->answer())) {
    second = (co_await follow_up->wait(services.options.place_patience)).value_or(nullptr);
  }
  co_return commands_answer(services, *job, second.get(), audience);
}

void add_order_routes(http::Router& router, const Services& services) {
  router.route("/v1/orders").post([&services](const Request& request) {
    return create_order(services, request);
  });
  router.route("/v1/orders/{id}").get([&services](const Request& request) {
    return read_order(services, request);
  });
  router.route("/v1/orders/{id}/commands").post([&services](const Request& request) {
    return change_order(services, request);
  });
}

Operations order_operations() {
  const Message answer{"Answer", &type_of<sync::Answer>};
  const Message created{"Created", &type_of<CreatedAnswer>};
  return {
      {.id = "create_order",
       .method = http::Method::post,
       .pattern = "/v1/orders",
       .summary = "Makes an order, and perhaps changes it at once.",
       .headers = {"Idempotency-Key", "Tandem-Other-Secret"},
       .body = create_message(),
       // With commands it is their answer; an order that was there already: 200.
       .successes = {{.status = 201, .message = created},
                     {.status = 201, .message = answer},
                     {.message = created},
                     {.message = answer},
                     {.status = 409, .message = answer},
                     {.status = 422, .message = answer}},
       .refusals = {Reason::command_unknown, Reason::core_outdated, Reason::order_unknown,
                    Reason::idempotency_key_reused, Reason::idempotency_key_in_flight,
                    Reason::rate_limited}},
      {.id = "read_order",
       .pattern = "/v1/orders/{id}",
       .summary = "The order as its customer may see it, with its version as ETag.",
       .credentials = Credentials::customer,
       .headers = {"If-None-Match"},
       .successes = {{.message = {"OrderRead", &type_of<ReadAnswerOf<View>>}}}},
      {.id = "change_order",
       .method = http::Method::post,
       .pattern = "/v1/orders/{id}/commands",
       .summary = "Carries out a batch of commands, each judged alone and in order.",
       .credentials = Credentials::customer,
       .headers = {"Tandem-Other-Secret"},
       .body = commands_message(),
       // An order that was not placed says so by the status too.
       .successes = {{.message = answer},
                     {.status = 409, .message = answer},
                     {.status = 422, .message = answer}},
       .refusals = {Reason::command_unknown, Reason::core_outdated, Reason::rate_limited}},
  };
}

}  // namespace tandem::app
