// SPDX-License-Identifier: Apache-2.0
// The staff's routes, behind API keys and sessions. Both have a role; which commands the role may
// send is the core's table to say.
#include "app/operations.hpp"
#include "app/projection.hpp"
#include "app/requests.hpp"
#include "app/services.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

/// A row of the staff's list.
struct ListedOrder {
  std::string currency;
  std::string delivery;
  bool needs_person = false;
  std::string order;
  std::int64_t order_no = 0;
  std::string payment;
  std::optional<std::int64_t> placed_ms;
  std::int64_t total_minor = 0;
  std::int64_t updated_ms = 0;
  std::int64_t version = 0;
};

struct ListAnswer {
  std::optional<std::string> cursor;
  std::vector<ListedOrder> orders;
};

struct StaffAnswer {
  View order;
  Digest stream_digest{};
  std::int64_t version = 0;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::ListedOrder> {
  using L = app::ListedOrder;
  static constexpr std::array list{
      required<&L::currency>("currency"),         required<&L::delivery>("delivery"),
      required<&L::needs_person>("needs_person"), required<&L::order>("order"),
      required<&L::order_no>("order_no"),         required<&L::payment>("payment"),
      required<&L::placed_ms>("placed_ms"),       required<&L::total_minor>("total_minor"),
      required<&L::updated_ms>("updated_ms"),     required<&L::version>("version"),
  };
};
template <>
struct Fields<app::ListAnswer> {
  static constexpr std::array list{required<&app::ListAnswer::cursor>("cursor"),
                                   required<&app::ListAnswer::orders>("orders")};
};
template <>
struct Fields<app::StaffAnswer> {
  using A = app::StaffAnswer;
  static constexpr std::array list{required<&A::order>("order"),
                                   required<&A::stream_digest>("stream_digest"),
                                   required<&A::version>("version")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kListMax = 50;

/// Staff name an order by its number or by its id.
store::OrderRef ref_of(std::string_view id) {
  if (id.size() < kIdDigits) {
    if (const auto order_no = number(id)) return *order_no;
  }
  return std::string(id);
}

Awaitable<Response> change_as_staff(const Services& services, const Request& request) {
  auto actor = staff_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  auto body = decode_commands(request.body, ActorClass::staff);
  if (!body) co_return http::problem(body.error());
  if (auto ok = check_core(body->core_version, services.options); !ok) {
    co_return http::problem(ok.error());
  }
  OrderRequest wanted{.order = ref_of(request.path_parameter("id")), .actor = *std::move(actor)};
  wanted.from = source_of(request, services);
  wanted.base_version = body->base_version;
  wanted.commands = std::move(body->commands);
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  co_return co_await answer_commands(services, job, Audience::staff);
}

/// Whether a cart is abandoned, and what becomes of a reminder, is a matter of the moment.
Result<void> judge_cart(const Services& services, const store::OrderRow& row, View& view) {
  if (row.order_state != enum_name(OrderState::quotation)) return {};
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const auto folded = load_folded(services.reads, row.order_no);
  if (!folded) return std::unexpected(folded.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  const Order& order = (*folded)->order;
  Subjects subjects;
  subjects.add(order);
  subjects.reminds = true;
  const auto facts = facts_now(services, **shop, row.order_no, order, subjects, *now_ms);
  if (!facts) return std::unexpected(facts.error());
  const Context context = facts->context(**shop, *now_ms);
  const Abandonment judged = abandonment(order, abandonment_facts(order, context));
  view.abandoned = {.is = judged.is, .reason = judged.reason, .reminder = judged.reminder};
  return {};
}

Response read_as_staff(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  const auto head = staff_order(request, services);
  if (!head) return http::problem(head.error());
  const auto row = or_refusal(services.reads.order_row(head->order_no));
  if (!row) return http::problem(row.error());
  if (!*row) return http::problem(rejection(Reason::order_unknown));
  auto view = staff_view(**row);
  if (!view) return http::problem(view.error());
  if (auto ok = judge_cart(services, **row, *view); !ok) return http::problem(ok.error());
  Response response = http::json(200, canonical(StaffAnswer{.order = *std::move(view),
                                                            .stream_digest = head->head,
                                                            .version = (*row)->version}));
  response.headers.add("Cache-Control", "private, no-cache");
  response.headers.add("ETag", '"' + std::to_string((*row)->version) + '"');
  return response;
}

Response list_orders(const Services& services, const Request& request) {
  const auto actor = staff_right(request, services);
  if (!actor) return http::problem(actor.error());
  store::OrderQuery query{.count_max = kListMax};
  if (const auto state = request.query_value("state")) {
    if (!enum_named<OrderState>(*state)) {
      return http::problem(rejection(Reason::value_unknown, "state"));
    }
    query.order_state = std::string(*state);
  }
  if (const auto cursor = request.query_value("cursor")) {
    query.before_order_no = number(*cursor);
    if (!query.before_order_no) {
      return http::problem(rejection(Reason::value_unknown, "cursor"));
    }
  }
  const auto rows = or_refusal(services.reads.order_rows(query));
  if (!rows) return http::problem(rows.error());
  ListAnswer answer;
  const bool more = static_cast<std::int64_t>(rows->size()) == kListMax;
  if (more) answer.cursor = std::to_string(rows->back().order_no);
  for (const store::OrderRow& row : *rows) {
    answer.orders.push_back({.currency = row.currency,
                             .delivery = row.delivery_state,
                             .needs_person = row.needs_person,
                             .order = row.order_state,
                             .order_no = row.order_no,
                             .payment = row.payment_state,
                             .placed_ms = row.placed_ms,
                             .total_minor = row.total_minor,
                             .updated_ms = row.updated_ms,
                             .version = row.version});
  }
  return http::json(200, canonical(answer));
}

}  // namespace

Result<store::OrderHead> staff_order(const Request& request, const Services& services) {
  auto head = or_refusal(services.reads.order(ref_of(request.path_parameter("id"))));
  if (!head) return std::unexpected(std::move(head.error()));
  if (!*head) return reject(Reason::order_unknown);
  return **head;
}

void add_staff_routes(http::Router& router, const Services& services) {
  router.route("/v1/staff/orders").get([&services](const Request& request) {
    return list_orders(services, request);
  });
  router.route("/v1/staff/orders/{id}").get([&services](const Request& request) {
    return read_as_staff(services, request);
  });
  router.route("/v1/staff/orders/{id}/commands").post([&services](const Request& request) {
    return change_as_staff(services, request);
  });
  add_preview_route(router, services);
}

Operations staff_operations() {
  const Message answer{"Answer", &type_of<sync::Answer>};
  return {
      {.id = "list_orders",
       .pattern = "/v1/staff/orders",
       .summary = "Orders, the newest first, up to 50.",
       .credentials = Credentials::staff,
       .query = {{"state", "One of quotation, quotation_sent, order, canceled."},
                 {"cursor", "The cursor of the page before."}},
       .successes = {{.message = {"OrderList", &type_of<ListAnswer>}}},
       .refusals = {Reason::value_unknown}},
      {.id = "read_order_as_staff",
       .pattern = "/v1/staff/orders/{id}",
       .summary = "The order as staff may see it, by its number or its id.",
       .credentials = Credentials::staff,
       .headers = {"If-None-Match"},
       .successes = {{.message = {"StaffOrder", &type_of<StaffAnswer>}}},
       .refusals = {Reason::order_unknown}},
      {.id = "change_order_as_staff",
       .method = http::Method::post,
       .pattern = "/v1/staff/orders/{id}/commands",
       .summary = "The staff's commands, as far as the sender's role goes.",
       .credentials = Credentials::staff,
       .body = commands_message(),
       .successes = {{.message = answer},
                     {.status = 409, .message = answer},
                     {.status = 422, .message = answer}},
       .refusals = {Reason::command_unknown, Reason::core_outdated, Reason::order_unknown,
                    Reason::rate_limited}},
  };
}

}  // namespace tandem::app
