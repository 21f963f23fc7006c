// SPDX-License-Identifier: Apache-2.0
// Sessions of customers: how they begin, by the embedding site's word, whom they obey and when they
// end.
#include <array>

#include "app/customer_view.hpp"
#include "app/customers.hpp"
#include "app/operations.hpp"
#include "app/sessions.hpp"
#include "app/staff_session.hpp"
#include "commit/await.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/base/rejection_fields.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct IdentifyBody {
  bool bearer = false;
  std::optional<std::string> cart;
  std::string token;
};

struct CustomerSessionAnswer {
  AccountCart cart;
  std::string csrf_token;
  SessionCustomer customer;
  std::int64_t ends_ms = 0;
  std::optional<std::string> token;  // for apps
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::IdentifyBody> {
  using B = app::IdentifyBody;
  static constexpr std::array list{optional<&B::bearer>("bearer"), optional<&B::cart>("cart"),
                                   required<&B::token>("token")};
};
template <>
struct Fields<app::AccountCart> {
  using C = app::AccountCart;
  static constexpr std::array list{required<&C::merged>("merged"), required<&C::order>("order"),
                                   required<&C::refused>("refused")};
};
template <>
struct Fields<app::CustomerSessionAnswer> {
  using A = app::CustomerSessionAnswer;
  static constexpr std::array list{required<&A::cart>("cart"),
                                   required<&A::csrf_token>("csrf_token"),
                                   required<&A::customer>("customer"),
                                   required<&A::ends_ms>("ends_ms"), sparse<&A::token>("token")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::string_view kCustomerBearer = "Bearer cs_";
constexpr std::size_t kIdentifyBytesMax = 16'384;
constexpr std::int64_t kCustomerSeenEveryMs = 3'600'000;

void keep_customer_alive(const store::CustomerSession& session, std::int64_t now_ms,
                         const Services& services) {
  const SessionKind kind = customer_sessions(services.options);
  if (!is_seen_anew(session, kind, now_ms, kCustomerSeenEveryMs)) return;
  auto job = std::make_shared<RowsJob>([hash = session.hash](commit::Scope& scope) {
    scope.writes().customer_sessions_seen.push_back({.hash = hash, .seen_ms = scope.now_ms()});
    return Result<void>();
  });
  services.dispatcher.committer().submit_soon(std::move(job));
}

/// The account that the site means: the one it named so before, else one of the address if the site
/// knows that it is the customer's, else a new one.
Result<store::Customer> identified(const Services& services, const Identity& identity,
                                   std::int64_t now_ms) {
  const std::string email = account_name(identity.email);
  const store::Digest address = contact_hash(services.tools.contact_key, email);
  auto known = or_refusal(services.reads.customer_of_subject(identity.subject));
  if (!known) return std::unexpected(std::move(known.error()));
  auto owner = or_refusal(services.reads.customer_of_address(address));
  if (!owner) return std::unexpected(std::move(owner.error()));
  const bool may_take = identity.email_verified && *owner && (*owner)->subject.empty();
  if (!*known && may_take) known = *owner;
  store::Customer account = (*known).value_or(store::Customer{});
  if (account.id.empty()) {
    account.id = random_hex(16);
    account.created_ms = now_ms;
  }
  const bool stays_proven = account.email_proven && account.email == email;
  // An address that is somebody else's account already proves nothing about this one.
  const bool is_free = !*owner || (*owner)->id == account.id;
  account.email_proven = (stays_proven || identity.email_verified) && is_free;
  account.email = email;
  account.contact_hash = address;
  account.subject = identity.subject;
  if (!identity.name.empty()) account.name = identity.name;
  account.group = identity.group;
  return account;
}

/// Another page could sign its visitor in as somebody else and so get at the visitor's cart.
Awaitable<Response> identify(const Services& services, const Request& request) {
  if (request.headers.contains("Origin") && !is_own_page(request, services.options)) {
    co_return http::problem(rejection(Reason::origin_forbidden));
  }
  if (auto ok = check_accounts(services); !ok) co_return http::problem(ok.error());
  auto body = wire::decode<IdentifyBody>(request.body);
  if (!body) co_return http::problem(body.error());
  const Source source = source_of(request, services);
  const auto may = services.limits.admit_sign_in(source, {});
  if (!may) co_return http::problem(may.error());
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) co_return http::problem(now_ms.error());
  const auto identity = read_identity(body->token, services.options.identity, *now_ms);
  if (!identity) co_return http::problem(identity.error());
  services.limits.signed_in(source, {});
  SignIn how;
  how.bearer = body->bearer;
  how.account = [&services, identity = *identity](commit::Scope& scope) {
    return identified(services, identity, scope.now_ms());
  };
  auto begun = co_await begin_customer_session(services, request, std::move(how));
  if (!begun) co_return http::problem(begun.error());
  const AccountCart cart =
      co_await settle_cart(services, request, begun->here.customer.id, body->cart);
  Response response =
      session_answer(services, begun->here, cart, body->bearer ? begun->token : std::string());
  if (!body->bearer)
    set_session_cookie(response, request, customer_sessions(services.options), begun->token,
                       services.options);
  co_return response;
}

/// A browser of which no session is known is answered without a refusal: every page asks once.
Response customer_session(const Services& services, const Request& request) {
  const SessionKind kind = customer_sessions(services.options);
  const auto cookie = cookie_token(request, kind, services.options);
  if (!cookie && !request.headers.contains("Authorization")) {
    Response nobody;
    nobody.status = 204;
    return nobody;
  }
  const auto here = customer_here(request, services);
  if (!here) {
    Response refused = http::problem(here.error());
    const bool ended = cookie && here.error().reason == Reason::unauthorized;
    if (ended) set_session_cookie(refused, request, kind, {}, services.options);
    return refused;
  }
  const auto cart = open_cart_of(services, here->customer.id);
  if (!cart) return http::problem(cart.error());
  AccountCart answer;
  if (*cart) answer.order = (*cart)->order_id;
  return session_answer(services, *here, answer);
}

/// Whoever uses the browser next has no right to the orders of who was here.
void forget_orders(Response& response, const Services& services, const Request& request,
                   const std::string& customer) {
  const bool secured = client_of(request, services.options).secured;
  for (const std::string& id : orders_in_cookies(request)) {
    const auto head = services.reads.order(store::OrderRef(id));
    if (!head || !*head) continue;
    const auto row = services.reads.order_row((*head)->order_no);
    if (!row || !*row || (*row)->customer != customer) continue;
    response.headers.add("Set-Cookie", cookie_field("tandem_" + id, {}, "Lax", 0, secured));
  }
}

Awaitable<Response> end_customer_session(const Services& services, const Request& request) {
  const auto here = customer_here(request, services);
  if (!here) co_return http::problem(here.error());
  RowsJob::Write write = [hash = here->session.hash](commit::Scope& scope) {
    scope.writes().customer_sessions_removed.push_back(hash);
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  services.feed.tell_session(here->session.hash);
  Response response;
  response.status = 204;
  set_session_cookie(response, request, customer_sessions(services.options), {}, services.options);
  forget_orders(response, services, request, here->customer.id);
  co_return response;
}

Result<store::SignedInCustomer> customer_at(const store::Digest& hash, std::int64_t now_ms,
                                            const Services& services) {
  auto here = or_refusal(services.reads.customer_session(hash));
  if (!here) return std::unexpected(std::move(here.error()));
  const bool counts =
      *here && now_ms < end_of((*here)->session, customer_sessions(services.options));
  if (!counts) return reject(Reason::unauthorized);
  return **std::move(here);
}

}  // namespace

std::optional<store::Digest> customer_session_hash(const Request& request, const Options& options) {
  auto token = cookie_token(request, customer_sessions(options), options);
  if (const auto field = request.headers.get("Authorization")) {
    const bool is_ours = field->starts_with(kCustomerBearer);
    token = is_ours ? std::optional(field->substr(kCustomerBearer.size())) : std::nullopt;
  }
  if (!token || !is_hex(*token, 2 * kSessionTokenBytes)) return std::nullopt;
  return sha256(*token);
}

Result<store::SignedInCustomer> live_customer(const store::Digest& hash, const Services& services) {
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  auto here = customer_at(hash, *now_ms, services);
  if (here) keep_customer_alive(here->session, *now_ms, services);
  return here;
}

bool customer_counts(const store::Digest& hash, const Services& services) {
  const auto now_ms = services.reads.now_ms();
  return now_ms && customer_at(hash, *now_ms, services);
}

Result<store::SignedInCustomer> customer_here(const Request& request, const Services& services) {
  const auto hash = customer_session_hash(request, services.options);
  if (!hash) return reject(Reason::unauthorized);
  auto here = live_customer(*hash, services);
  if (!here) return here;
  if (request.headers.contains("Authorization")) return here;
  const SessionKind kind = customer_sessions(services.options);
  const auto may = check_change(request, kind, *hash, services.options);
  if (!may) return std::unexpected(may.error());
  return here;
}

std::optional<std::string> customer_beside(const Request& request, const Services& services) {
  const auto token = cookie_token(request, customer_sessions(services.options), services.options);
  if (!token) return std::nullopt;
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  if (!reads && !is_same_origin(request)) return std::nullopt;
  const auto here = live_customer(sha256(*token), services);
  return here ? std::optional(here->customer.id) : std::nullopt;
}

std::optional<std::string> customer_of(const Request& request, const Services& services) {
  if (!request.headers.contains("Authorization")) return customer_beside(request, services);
  const auto hash = customer_session_hash(request, services.options);
  const auto here = hash ? live_customer(*hash, services) : reject(Reason::unauthorized);
  return here ? std::optional(here->customer.id) : std::nullopt;
}

Result<void> check_accounts(const Services& services) {
  const auto shop = services.catalog.now();
  if (!shop) return std::unexpected(shop.error());
  const AccountPolicy policy = (*shop)->rules.rules().policies.account;
  if (policy == AccountPolicy::guest) return reject(Reason::accounts_off);
  return {};
}

Awaitable<Result<SignedInNow>> begin_customer_session(const Services& services,
                                                      const Request& request, SignIn how) {
  const Options& options = services.options;
  auto now = std::make_shared<SignedInNow>();
  now->token = random_hex(kSessionTokenBytes);
  const auto before = customer_session_hash(request, options);
  RowsJob::Write write = [&options, now, before,
                          account = std::move(how.account)](commit::Scope& scope) {
    auto customer = account(scope);
    if (!customer) return Result<void>(std::unexpected(std::move(customer.error())));
    const std::int64_t now_ms = scope.now_ms();
    now->here.customer = *std::move(customer);
    now->here.session = {.hash = sha256(now->token),
                         .customer = now->here.customer.id,
                         .created_ms = now_ms,
                         .seen_ms = now_ms};
    store::Writes& writes = scope.writes();
    writes.customers.push_back(now->here.customer);
    writes.customer_sessions.push_back(now->here.session);
    if (before) writes.customer_sessions_removed.push_back(*before);
    writes.customer_sessions_ended.push_back(
        {.created_before_ms = now_ms - options.customer_session_ms,
         .seen_before_ms = now_ms - options.customer_idle_ms});
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return std::unexpected(done.error());
  if (before) services.feed.tell_session(*before);
  co_return std::move(*now);
}

Response session_answer(const Services& services, const store::SignedInCustomer& here,
                        const AccountCart& cart, const std::string& token) {
  CustomerSessionAnswer answer;
  answer.cart = cart;
  const SessionKind kind = customer_sessions(services.options);
  answer.csrf_token = csrf_token(kind, here.session.hash, services.options);
  answer.customer = customer_view(here.customer);
  answer.ends_ms = end_of(here.session, kind);
  if (!token.empty()) answer.token = "cs_" + token;
  return http::json(200, canonical(answer));
}

void add_customer_session_routes(http::Router& router, const Services& services) {
  if (!services.options.identity.keys.empty()) {
    router.route("/v1/session/identify")
        .post([&services](const Request& request) { return identify(services, request); })
        .body_bytes_max(kIdentifyBytesMax);
  }
  router.route("/v1/session")
      .get([&services](const Request& request) { return customer_session(services, request); })
      .remove(
          [&services](const Request& request) { return end_customer_session(services, request); });
}

Operations customer_session_operations() {
  const std::vector<Success> here{
      {.message = {"CustomerSession", &type_of<CustomerSessionAnswer>}}};
  return {
      {.id = "identify_customer",
       .method = http::Method::post,
       .pattern = "/v1/session/identify",
       .summary = "Signs a customer in by the embedding site's token.",
       .body = {"Identify", &type_of<IdentifyBody>},
       .successes = here,
       .refusals = {Reason::origin_forbidden, Reason::accounts_off, Reason::rate_limited,
                    Reason::token_malformed, Reason::token_algorithm_wrong,
                    Reason::token_signature_wrong, Reason::token_expired,
                    Reason::token_not_yet_valid, Reason::token_audience_wrong}},
      {.id = "read_customer_session",
       .pattern = "/v1/session",
       .summary = "Which customer is signed in; 204 without a cookie or token.",
       .credentials = Credentials::account,
       .successes = {here.front(), {.status = 204, .media_type = {}}}},
      {.id = "end_customer_session",
       .method = http::Method::remove,
       .pattern = "/v1/session",
       .summary = "Signs the customer out.",
       .credentials = Credentials::account,
       .successes = {{.status = 204, .media_type = {}}}},
  };
}

}  // namespace tandem::app
