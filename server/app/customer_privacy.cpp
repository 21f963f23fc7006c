// SPDX-License-Identifier: Apache-2.0
// A person's own data: all of it in one document, and its erasure. What the law makes a shop keep,
// and what is still needed for an order under way, stays and is named.
#include <algorithm>

#include "app/customer_view.hpp"
#include "app/customers.hpp"
#include "app/operations.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::app {

TANDEM_ENUM(KeptBecause, bookkeeping, under_way)

struct KeptOrder {
  std::string id;
  std::int64_t order_no = 0;
  std::vector<std::string> parts;  // what is kept of its personal data
  KeptBecause reason{};
};

struct ErasedOrder {
  std::string id;
  std::int64_t order_no = 0;
};

struct ErasureAnswer {
  std::vector<ErasedOrder> erased;
  std::vector<KeptOrder> kept;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::KeptOrder> {
  using K = app::KeptOrder;
  static constexpr std::array list{required<&K::id>("id"), required<&K::order_no>("order_no"),
                                   required<&K::parts>("parts"), required<&K::reason>("reason")};
};
template <>
struct Fields<app::ErasedOrder> {
  static constexpr std::array list{required<&app::ErasedOrder::id>("id"),
                                   required<&app::ErasedOrder::order_no>("order_no")};
};
template <>
struct Fields<app::ErasureAnswer> {
  static constexpr std::array list{required<&app::ErasureAnswer::erased>("erased"),
                                   required<&app::ErasureAnswer::kept>("kept")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kOrdersPage = 50;
constexpr std::chrono::seconds kExportPatience{60};

/// Every order of the account, the newest first.
Result<std::vector<store::OrderHead>> all_orders(const Services& services,
                                                 const std::string& customer) {
  std::vector<store::OrderHead> heads;
  store::OrderQuery query{.count_max = kOrdersPage};
  query.customer = customer;
  for (;;) {
    const auto rows = or_refusal(services.reads.order_rows(query));
    if (!rows) return std::unexpected(rows.error());
    for (const store::OrderRow& row : *rows) {
      const auto head = or_refusal(services.reads.order(store::OrderRef(row.order_no)));
      if (!head) return std::unexpected(head.error());
      if (*head) heads.push_back(**head);
    }
    if (static_cast<std::int64_t>(rows->size()) < kOrdersPage) return heads;
    query.before_order_no = rows->back().order_no;
  }
}

void append_key(std::string& out, std::string_view key) {
  if (out.back() != '{') out += ',';
  append_text(out, key);
  out += ':';
}

/// The account's rows: who it is, and where the customer is signed in.
Result<void> append_account(std::string& out, const Services& services,
                            const store::Customer& customer) {
  append_key(out, "account");
  std::string account = canonical(customer_view(customer));
  account.pop_back();
  account += R"(,"created_ms":)" + std::to_string(customer.created_ms) + R"(,"email_proven":)" +
             (customer.email_proven ? "true" : "false") + R"(,"subject":)";
  append_text(account, customer.subject);
  out += account + '}';
  const auto addresses = or_refusal(services.reads.customer_addresses(customer.id));
  if (!addresses) return std::unexpected(addresses.error());
  append_key(out, "addresses");
  out += '[';
  for (const store::CustomerAddress& address : *addresses) {
    if (out.back() != '[') out += ',';
    out += R"({"address":)" + address.bytes + R"(,"id":)";
    append_text(out, address.id);
    out += R"(,"updated_ms":)" + std::to_string(address.updated_ms) + '}';
  }
  out += ']';
  const auto sessions = or_refusal(services.reads.customer_sessions(customer.id));
  if (!sessions) return std::unexpected(sessions.error());
  append_key(out, "sessions");
  out += '[';
  for (const store::CustomerSession& session : *sessions) {
    if (out.back() != '[') out += ',';
    out += R"({"created_ms":)" + std::to_string(session.created_ms) + R"(,"seen_ms":)" +
           std::to_string(session.seen_ms) + '}';
  }
  out += ']';
  return {};
}

/// Each order as its customer sees it, with every record and every part that is the customer's.
Result<void> append_orders(std::string& out, const Services& services, const std::string& id) {
  const auto heads = all_orders(services, id);
  if (!heads) return std::unexpected(heads.error());
  append_key(out, "orders");
  out += '[';
  for (const store::OrderHead& head : *heads) {
    const auto row = or_refusal(services.reads.order_row(head.order_no));
    if (!row) return std::unexpected(row.error());
    const auto events = events_json(services, head, 0, Audience::customer);
    if (!events) return std::unexpected(events.error());
    if (out.back() != '[') out += ',';
    out += R"({"history":)" + events->text + R"(,"id":)";
    append_text(out, head.order_id);
    out += R"(,"order":)" + (*row ? (*row)->view : std::string("null")) + '}';
  }
  out += ']';
  return {};
}

Result<std::string> export_of(const Services& services, const store::Customer& customer) {
  std::string out = "{";
  if (auto ok = append_account(out, services, customer); !ok) return std::unexpected(ok.error());
  append_key(out, "format");
  out += '1';
  if (auto ok = append_orders(out, services, customer.id); !ok) {
    return std::unexpected(ok.error());
  }
  return out + '}';
}

/// Many orders take a while: not on a thread that answers others.
Awaitable<Response> export_data(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  std::function<Result<std::string>()> work = [&services, customer = here->customer] {
    return export_of(services, customer);
  };
  const auto text = co_await services.calls.ask<Result<std::string>>(work, kExportPatience);
  if (!text) co_return http::problem(rejection(Reason::overloaded, "export"));
  if (!*text) co_return http::problem(text->error());
  Response response = http::json(200, **text);
  response.headers.add("Content-Disposition", "attachment; filename=\"my-data.json\"");
  co_return response;
}

/// Why an order's personal data cannot all go; nothing when it can.
std::optional<KeptBecause> kept_because(const Order& order) {
  if (order.state == OrderState::quotation_sent) return KeptBecause::under_way;
  const bool has_money =
      std::ranges::any_of(order.attempts, [](const Attempt& a) { return a.captured_minor > 0; });
  const bool is_booked = order.confirmed_ms || has_money || !order.invoices.empty();
  return is_booked ? std::optional(KeptBecause::bookkeeping) : std::nullopt;
}

/// Erases what may go of one order and notes what came of it.
Awaitable<Result<void>> erase_of(const Services& services, const store::OrderHead& head,
                                 ErasureAnswer& answer) {
  const auto folded = load_folded(services.reads, head.order_no);
  if (!folded) co_return std::unexpected(folded.error());
  if (!*folded || head.version == 0) co_return Result<void>();
  const auto kept = kept_because((*folded)->order);
  ErasePersonalData erase;
  if (kept == KeptBecause::bookkeeping) erase.parts = std::vector<std::string>{"note", "reason"};
  if (kept) {
    KeptOrder row;
    row.id = head.order_id;
    row.order_no = head.order_no;
    row.reason = *kept;
    row.parts = {"address", "contact"};
    if (*kept == KeptBecause::under_way) row.parts.insert(row.parts.end(), {"note", "reason"});
    answer.kept.push_back(std::move(row));
  } else {
    ErasedOrder row;
    row.id = head.order_id;
    row.order_no = head.order_no;
    answer.erased.push_back(std::move(row));
  }
  if (kept == KeptBecause::under_way) co_return Result<void>();
  OrderRequest wanted{.order = head.order_no, .actor = {}};
  wanted.actor.kind = ActorClass::staff;
  wanted.actor.id = "customer's erasure";
  wanted.actor.role = StaffRole::admin;
  wanted.commands.push_back(asked(std::move(erase)));
  auto job = std::make_shared<OrderJob>(services.tools, std::move(wanted));
  const commit::Outcome outcome = co_await services.dispatcher.run(job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return std::unexpected(*refusal);
  const auto& rejected = job->answer().results.front().rejected;
  if (rejected) co_return std::unexpected(*rejected);
  co_return Result<void>();
}

/// Orders first, the account last: what was cut off in between is gone on with by asking again.
Awaitable<Response> erase_data(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  const auto heads = all_orders(services, here->customer.id);
  if (!heads) co_return http::problem(heads.error());
  ErasureAnswer answer;
  for (const store::OrderHead& head : *heads) {
    const auto done = co_await erase_of(services, head, answer);
    if (!done) co_return http::problem(done.error());
  }
  RowsJob::Write write = [customer = here->customer](commit::Scope& scope) {
    scope.writes().customers_removed.push_back(customer.id);
    if (!customer.email.empty()) scope.writes().customer_links_of.push_back(customer.email);
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  Response response = http::json(200, canonical(answer));
  set_session_cookie(response, request, customer_sessions(services.options), {}, services.options);
  co_return response;
}

}  // namespace

void add_privacy_routes(http::Router& router, const Services& services) {
  router.route("/v1/customer/export").get([&services](const Request& request) {
    return export_data(services, request);
  });
  router.route("/v1/customer").remove([&services](const Request& request) {
    return erase_data(services, request);
  });
}

Operations privacy_operations() {
  return {
      {.id = "export_customer",
       .pattern = "/v1/customer/export",
       .summary = "All that is stored of the signed-in person.",
       .credentials = Credentials::account,
       .successes = {{}}},
      {.id = "erase_customer",
       .method = http::Method::remove,
       .pattern = "/v1/customer",
       .summary = "Erases what no law requires to be kept, and says what stays.",
       .credentials = Credentials::account,
       .successes = {{.message = {"Erasure", &type_of<ErasureAnswer>}}}},
  };
}

}  // namespace tandem::app
