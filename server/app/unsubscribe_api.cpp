// SPDX-License-Identifier: Apache-2.0
// The way out of reminders that every reminder carries: mail programs send one POST (RFC 8058),
// people get a page with a button.
#include "app/customers.hpp"
#include "app/operations.hpp"
#include "commit/scope.hpp"
#include "http/plain_page.hpp"
#include "http/problem.hpp"

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kUnsubscribeBytesMax = 4'096;

Response unsubscribe_page(const Options& options, std::string_view token) {
  const bool persian = options.post.language == "fa";
  http::PlainPage page(persian ? "یادآوری‌ها" : "Reminders", persian);
  if (token.empty()) {
    page.add(persian ? "<p>دیگر یادآوری نمی‌فرستیم.</p>"
                     : "<p>You get no more reminders.</p>");
  } else {
    page.add("<form method=\"post\" action=\"/v1/unsubscribe/" + http::escaped(token) + "\">");
    page.add(persian ? "<button>یادآوری نفرستید</button>" : "<button>No more reminders</button>");
    page.add("</form>");
  }
  Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(page).end();
  return response;
}

Response show_unsubscribe(const Services& services, const Request& request) {
  const std::string_view token = request.path_parameter("token");
  if (!services.post.unsubscribed_order(token)) {
    return http::problem(rejection(Reason::route_unknown));
  }
  return unsubscribe_page(services.options, token);
}

/// Of the cart and, if it is an account's, of the account: again it changes nothing.
Awaitable<Response> end_reminders(const Services& services, const Request& request) {
  const auto order_no = services.post.unsubscribed_order(request.path_parameter("token"));
  if (!order_no) co_return http::problem(rejection(Reason::route_unknown));
  OrderRequest wanted{.order = *order_no, .actor = {}};
  wanted.commands.push_back(asked(Unsubscribe{}));
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  const commit::Outcome outcome = co_await services.dispatcher.run(job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  if (const auto& customer = job->answer().folded->order.customer) {
    RowsJob::Write write = [&services, id = *customer](commit::Scope& scope) -> Result<void> {
      const auto known = or_refusal(services.reads.customer(id));
      if (!known) return std::unexpected(known.error());
      if (!*known || !(*known)->reminders) return {};
      store::Customer changed = **known;
      changed.reminders = false;
      scope.writes().customers.push_back(std::move(changed));
      return {};
    };
    const auto done = co_await write_rows(services, std::move(write));
    if (!done) co_return http::problem(done.error());
  }
  co_return unsubscribe_page(services.options, {});
}

}  // namespace

void add_unsubscribe_route(http::Router& router, const Services& services) {
  router.route("/v1/unsubscribe/{token}")
      .get([&services](const Request& request) { return show_unsubscribe(services, request); })
      .post([&services](const Request& request) { return end_reminders(services, request); })
      .accepts({"application/x-www-form-urlencoded", "multipart/form-data"})
      .body_bytes_max(kUnsubscribeBytesMax);
}

Operations unsubscribe_operations() {
  const std::string pattern = "/v1/unsubscribe/{token}";
  return {
      {.id = "show_unsubscribe",
       .pattern = pattern,
       .summary = "The page that a mail's link opens.",
       .successes = {{.media_type = "text/html"}},
       .refusals = {Reason::route_unknown}},
      {.id = "unsubscribe",
       .method = http::Method::post,
       .pattern = pattern,
       .summary = "No more reminders; mail programs send it by one click.",
       .body_type = "application/x-www-form-urlencoded",
       .successes = {{.media_type = "text/html"}},
       .refusals = {Reason::route_unknown, Reason::media_type_unsupported}},
  };
}

}  // namespace tandem::app
