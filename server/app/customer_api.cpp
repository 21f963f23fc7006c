// SPDX-License-Identifier: Apache-2.0
// What a signed-in customer has: a profile, an address book, and the orders of the account.
#include <algorithm>

#include "app/customer_view.hpp"
#include "app/customers.hpp"
#include "app/operations.hpp"
#include "app/requests.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/order/address_rules.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct ProfileBody {
  std::optional<std::string> name;
  std::optional<bool> reminders;
};

struct BookAddress {
  Verbatim<Address> address;
  std::string id;
  std::int64_t updated_ms = 0;
};

struct ProfileAnswer {
  std::vector<BookAddress> addresses;
  SessionCustomer customer;
};

/// A row of the customer's list.
struct OwnOrder {
  std::string currency;
  std::string delivery;
  std::string id;
  std::int64_t order_no = 0;
  std::string payment;
  std::optional<std::int64_t> placed_ms;
  std::string state;
  std::int64_t total_minor = 0;
  std::int64_t updated_ms = 0;
};

struct OwnOrders {
  std::optional<std::string> cursor;
  std::vector<OwnOrder> orders;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::ProfileBody> {
  using B = app::ProfileBody;
  static constexpr std::array list{optional<&B::name>("name"),
                                   optional<&B::reminders>("reminders")};
};
template <>
struct Fields<app::BookAddress> {
  using A = app::BookAddress;
  static constexpr std::array list{required<&A::address>("address"), required<&A::id>("id"),
                                   required<&A::updated_ms>("updated_ms")};
};
template <>
struct Fields<app::ProfileAnswer> {
  using A = app::ProfileAnswer;
  static constexpr std::array list{required<&A::addresses>("addresses"),
                                   required<&A::customer>("customer")};
};
template <>
struct Fields<app::OwnOrder> {
  using O = app::OwnOrder;
  static constexpr std::array list{
      required<&O::currency>("currency"),
      required<&O::delivery>("delivery"),
      required<&O::id>("id"),
      required<&O::order_no>("order_no"),
      required<&O::payment>("payment"),
      required<&O::placed_ms>("placed_ms"),
      required<&O::state>("state"),
      required<&O::total_minor>("total_minor"),
      required<&O::updated_ms>("updated_ms"),
  };
};
template <>
struct Fields<app::OwnOrders> {
  static constexpr std::array list{required<&app::OwnOrders::cursor>("cursor"),
                                   required<&app::OwnOrders::orders>("orders")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::int64_t kOwnOrdersMax = 20;
constexpr std::size_t kAddressesMax = 50;
constexpr std::size_t kAddressIdMax = 64;
constexpr std::size_t kAddressBytesMax = 8'192;
constexpr std::size_t kNameBytesMax = 256;

Response profile_of(const Services& services, const store::Customer& customer) {
  const auto addresses = or_refusal(services.reads.customer_addresses(customer.id));
  if (!addresses) return http::problem(addresses.error());
  ProfileAnswer answer;
  answer.customer = customer_view(customer);
  for (const store::CustomerAddress& address : *addresses) {
    answer.addresses.push_back(
        {.address = {address.bytes}, .id = address.id, .updated_ms = address.updated_ms});
  }
  return http::json(200, canonical(answer));
}

Response read_profile(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  return here ? profile_of(services, here->customer) : http::problem(here.error());
}

/// What the body leaves out stays as it is.
Awaitable<Response> change_profile(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  const auto body = wire::decode<ProfileBody>(request.body);
  if (!body) co_return http::problem(body.error());
  if (body->name && body->name->size() > kNameBytesMax) {
    co_return http::problem(rejection(Reason::size_exceeded, "/name", kNameBytesMax));
  }
  auto changed = std::make_shared<store::Customer>();
  RowsJob::Write write = [&services, changed, id = here->customer.id,
                          wanted = *body](commit::Scope& scope) -> Result<void> {
    const auto known = or_refusal(services.reads.customer(id));
    if (!known) return std::unexpected(known.error());
    if (!*known) return reject(Reason::unauthorized);
    *changed = **known;
    if (wanted.name) changed->name = http::trim(*wanted.name);
    if (wanted.reminders) changed->reminders = *wanted.reminders;
    scope.writes().customers.push_back(*changed);
    return {};
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  co_return profile_of(services, *changed);
}

/// Refuses, in this order: what decoding refuses, address_incomplete (no country; every other field
/// that the country needs).
Result<Address> checked_address(std::string_view text) {
  auto address = wire::decode<Address>(text);
  if (!address) return address;
  if (!is_country(address->country)) return reject(Reason::address_incomplete, "country");
  *address = normalized(*std::move(address));
  const auto missing = missing_address_fields(*address);
  if (missing.empty()) return address;
  Rejection refusal = rejection(Reason::address_incomplete, missing.front());
  for (std::size_t i = 1; i < missing.size(); ++i) refusal.also.push_back({missing[i], {}});
  return std::unexpected(std::move(refusal));
}

bool is_address_id(std::string_view id) {
  return !id.empty() && id.size() <= kAddressIdMax && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Awaitable<Response> put_address(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  const std::string id(request.path_parameter("id"));
  if (!is_address_id(id)) co_return http::problem(rejection(Reason::value_unknown, "id"));
  const auto address = checked_address(request.body);
  if (!address) co_return http::problem(address.error());
  RowsJob::Write write = [&services, id, customer = here->customer.id,
                          bytes = canonical(*address)](commit::Scope& scope) -> Result<void> {
    const auto known = or_refusal(services.reads.customer_addresses(customer));
    if (!known) return std::unexpected(known.error());
    const bool is_there =
        std::ranges::find(*known, id, &store::CustomerAddress::id) != known->end();
    if (!is_there && known->size() >= kAddressesMax) {
      return reject(Reason::size_exceeded, "addresses", kAddressesMax);
    }
    scope.writes().customer_addresses.push_back(
        {.customer = customer, .id = id, .bytes = bytes, .updated_ms = scope.now_ms()});
    return {};
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  co_return http::json(200, canonical(*address));
}

Awaitable<Response> remove_address(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  RowsJob::Write write = [&services, id = std::string(request.path_parameter("id")),
                          customer = here->customer.id](commit::Scope& scope) -> Result<void> {
    const auto known = or_refusal(services.reads.customer_addresses(customer));
    if (!known) return std::unexpected(known.error());
    const bool is_there =
        std::ranges::find(*known, id, &store::CustomerAddress::id) != known->end();
    if (!is_there) return reject(Reason::address_unknown, id);
    scope.writes().customer_addresses_removed.push_back({.customer = customer, .id = id});
    return {};
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  Response response;
  response.status = 204;
  co_return response;
}

Result<OwnOrders> own_orders(const Services& services, const store::OrderQuery& query) {
  const auto rows = or_refusal(services.reads.order_rows(query));
  if (!rows) return std::unexpected(rows.error());
  OwnOrders answer;
  const bool more = static_cast<std::int64_t>(rows->size()) == query.count_max;
  if (more) answer.cursor = std::to_string(rows->back().order_no);
  for (const store::OrderRow& row : *rows) {
    const auto head = or_refusal(services.reads.order(store::OrderRef(row.order_no)));
    if (!head) return std::unexpected(head.error());
    if (!*head) continue;
    answer.orders.push_back({.currency = row.currency,
                             .delivery = row.delivery_state,
                             .id = (*head)->order_id,
                             .order_no = row.order_no,
                             .payment = row.payment_state,
                             .placed_ms = row.placed_ms,
                             .state = row.order_state,
                             .total_minor = row.total_minor,
                             .updated_ms = row.updated_ms});
  }
  return answer;
}

Response list_own_orders(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) return http::problem(here.error());
  store::OrderQuery query{.count_max = kOwnOrdersMax};
  query.customer = here->customer.id;
  if (const auto state = request.query_value("state")) {
    if (!enum_named<OrderState>(*state)) {
      return http::problem(rejection(Reason::value_unknown, "state"));
    }
    query.order_state = std::string(*state);
  }
  if (const auto cursor = request.query_value("cursor")) {
    query.before_order_no = number(*cursor);
    if (!query.before_order_no) return http::problem(rejection(Reason::value_unknown, "cursor"));
  }
  const auto answer = own_orders(services, query);
  return answer ? http::json(200, canonical(*answer)) : http::problem(answer.error());
}

}  // namespace

void add_customer_routes(http::Router& router, const Services& services) {
  router.route("/v1/customer")
      .get([&services](const Request& request) { return read_profile(services, request); })
      .put([&services](const Request& request) { return change_profile(services, request); });
  router.route("/v1/customer/orders").get([&services](const Request& request) {
    return list_own_orders(services, request);
  });
  router.route("/v1/customer/addresses/{id}")
      .put([&services](const Request& request) { return put_address(services, request); })
      .remove([&services](const Request& request) { return remove_address(services, request); })
      .body_bytes_max(kAddressBytesMax);
}

Operations customer_operations() {
  const std::string profile = "/v1/customer";
  const std::string address = "/v1/customer/addresses/{id}";
  const std::vector<Success> shown{{.message = {"Customer", &type_of<ProfileAnswer>}}};
  return {
      {.id = "read_customer",
       .pattern = profile,
       .summary = "The signed-in customer and the address book.",
       .credentials = Credentials::account,
       .successes = shown},
      {.id = "change_customer",
       .method = http::Method::put,
       .pattern = profile,
       .summary = "Changes the name, and whether reminders are sent.",
       .credentials = Credentials::account,
       .body = {"CustomerChange", &type_of<ProfileBody>},
       .successes = shown},
      {.id = "list_own_orders",
       .pattern = "/v1/customer/orders",
       .summary = "The customer's orders, the newest first.",
       .credentials = Credentials::account,
       .query = {{"cursor", "Of the page before."}, {"state", "Only orders in this state."}},
       .successes = {{.message = {"OwnOrders", &type_of<OwnOrders>}}},
       .refusals = {Reason::value_unknown}},
      {.id = "put_address",
       .method = http::Method::put,
       .pattern = address,
       .summary = "Puts an address into the book.",
       .credentials = Credentials::account,
       .body = {"Address", &type_of<Address>},
       .successes = {{.message = {"Address", &type_of<Address>}}},
       .refusals = {Reason::value_unknown, Reason::address_incomplete, Reason::size_exceeded}},
      {.id = "remove_address",
       .method = http::Method::remove,
       .pattern = address,
       .summary = "Takes an address out of the book.",
       .credentials = Credentials::account,
       .successes = {{.status = 204, .media_type = {}}},
       .refusals = {Reason::value_unknown}},
  };
}

}  // namespace tandem::app
