// SPDX-License-Identifier: Apache-2.0
// Signing in by a mailed link. Whoever asks learns nothing about whose address it is: the same rows
// are written for every address. What the mail's link opens is only a page with a button, so that
// programs that look into mails do not use the link up.
#include <algorithm>
#include <boost/asio/this_coro.hpp>

#include "app/customers.hpp"
#include "app/operations.hpp"
#include "app/staff_session.hpp"
#include "commit/await.hpp"
#include "commit/scope.hpp"
#include "http/plain_page.hpp"
#include "http/problem.hpp"
#include "mail/message.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct LinkBody {
  std::string email;
  std::string language = "en";
};

struct UseBody {
  bool bearer = false;
  std::optional<std::string> cart;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::LinkBody> {
  using B = app::LinkBody;
  static constexpr std::array list{required<&B::email>("email"),
                                   optional<&B::language>("language")};
};
template <>
struct Fields<app::UseBody> {
  using B = app::UseBody;
  static constexpr std::array list{optional<&B::bearer>("bearer"), optional<&B::cart>("cart")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kLinkNameBytes = 16;
constexpr std::size_t kLinkBytesMax = 4'096;
constexpr std::string_view kCartRefused = "cart_refused";  // in the address that the link leads to
constexpr std::string_view kJsonType = "application/json";
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

struct LinkWords {
  std::string_view title, note, button, ended;
};
constexpr LinkWords kLinkEnglish{"Sign in", "Sign in to the shop on this device.", "Sign in",
                                 "This link was used or has ended. Ask for a new one."};
constexpr LinkWords kLinkPersian{"ورود", "روی این دستگاه وارد فروشگاه شوید.", "ورود",
                                 "این پیوند استفاده شده یا مهلت آن گذشته است. پیوند "
                                 "تازه‌ای "
                                 "بخواهید."};

std::string link_page(bool persian, std::string_view token) {
  const LinkWords& words = persian ? kLinkPersian : kLinkEnglish;
  http::PlainPage page(words.title, persian);
  page.add("<p>" + std::string(words.note) +
           "</p><form method=\"post\" action=\"/v1/session/link/" + http::escaped(token) +
           "\"><button>" + std::string(words.button) + "</button></form>");
  return std::move(page).end();
}

std::string ended_page(bool persian, std::string_view shop) {
  const LinkWords& words = persian ? kLinkPersian : kLinkEnglish;
  http::PlainPage page(words.title, persian);
  page.add("<p>" + std::string(words.ended) + "</p>");
  page.add_way_back(shop);
  return std::move(page).end();
}

Response page(std::uint16_t status, std::string text) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  // Else its address, which is a secret, would go along to wherever the page leads.
  response.headers.add("Referrer-Policy", "same-origin");
  response.body = std::move(text);
  return response;
}

/// Whose link it was is not known any more, so the browser says which language is read.
Response ended(const Services& services, const Request& request) {
  const bool persian = request.headers.get("Accept-Language").value_or("").starts_with("fa");
  Response response = page(410, ended_page(persian, services.options.post.return_path));
  response.refused = Reason::link_ended;
  return response;
}

/// The link behind a token that still works.
Result<store::CustomerLink> working_link(const Services& services, std::string_view token,
                                         std::int64_t now_ms) {
  if (!services.post.is_link_token(token)) return reject(Reason::link_ended);
  auto link = or_refusal(services.reads.customer_link(sha256(token)));
  if (!link) return std::unexpected(std::move(link.error()));
  if (!*link || (*link)->expires_ms <= now_ms) return reject(Reason::link_ended);
  return **std::move(link);
}

Awaitable<Response> ask_for_link(const Services& services, const Request& request) {
  if (request.headers.contains("Origin") && !is_own_page(request, services.options)) {
    co_return http::problem(rejection(Reason::origin_forbidden));
  }
  if (auto ok = check_accounts(services); !ok) co_return http::problem(ok.error());
  const auto body = wire::decode<LinkBody>(request.body);
  if (!body) co_return http::problem(body.error());
  const std::string email = account_name(body->email);
  if (!mail::is_mailable(email)) {
    co_return http::problem(rejection(Reason::value_unknown, "/email"));
  }
  if (body->language != "en" && body->language != "fa") {
    co_return http::problem(rejection(Reason::value_unknown, "/language"));
  }
  const auto may = services.limits.admit_link(source_of(request, services), hex(sha256(email)));
  if (!may) co_return http::problem(may.error());
  const std::string name = random_hex(kLinkNameBytes);
  const store::Digest hash = sha256(services.post.link_token(name));
  const bool sends = services.post.sends();
  auto task = std::make_shared<Task>();
  RowsJob::Write write = [name, hash, email, sends, task,
                          language = body->language](commit::Scope& scope) {
    const std::int64_t now_ms = scope.now_ms();
    store::OutboxRow row = sign_in_mail(name, sends ? now_ms + kTaskLeaseMs : kNever);
    task->kind = row.kind;
    task->link = name;
    task->dedupe_key = row.dedupe_key;
    scope.writes().customer_links.push_back(
        {.hash = hash, .email = email, .language = language, .expires_ms = now_ms + kLinkMs});
    scope.writes().customer_links_ended.push_back(now_ms);
    scope.writes().outbox.push_back(std::move(row));
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  const std::vector<Task> tasks{*task};
  if (sends) services.dispatcher.hand_over(tasks);
  co_return http::json(202, R"({"sent":true})");
}

Response show_link(const Services& services, const Request& request) {
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return http::problem(now_ms.error());
  const std::string_view token = request.path_parameter("token");
  const auto link = working_link(services, token, *now_ms);
  if (!link && link.error().reason != Reason::link_ended) return http::problem(link.error());
  if (!link) return ended(services, request);
  return page(200, link_page(link->language == "fa", token));
}

/// The account to which the address belongs, or a new one: whoever opens the mail owns it.
Result<store::Customer> account_of_link(const Services& services, const store::CustomerLink& link,
                                        std::int64_t now_ms) {
  const store::Digest address = contact_hash(services.tools.contact_key, link.email);
  const auto known = or_refusal(services.reads.customer_of_address(address));
  if (!known) return std::unexpected(known.error());
  if (*known) return **known;
  store::Customer account{.id = random_hex(16), .email = link.email, .contact_hash = address};
  account.email_proven = true;
  account.created_ms = now_ms;
  return account;
}

/// Uses the link up and says whose account it was, all in the commit of the session.
SignIn sign_in_by(const Services& services, std::string token) {
  SignIn how;
  how.account = [&services, token = std::move(token)](commit::Scope& scope) {
    const auto link = working_link(services, token, scope.now_ms());
    if (!link) return Result<store::Customer>(std::unexpected(link.error()));
    auto account = account_of_link(services, *link, scope.now_ms());
    if (account) scope.writes().customer_links_used.push_back(link->hash);
    return account;
  };
  return how;
}

/// Where the customer goes on; the page says why the account's cart stayed as it was.
std::string back_to_shop(std::string path, std::optional<Reason> refused) {
  if (!refused) return path;
  const std::size_t end = std::min(path.find('#'), path.size());
  const bool has_query = path.find('?') < end;
  std::string query(has_query ? "&" : "?");
  ((query += kCartRefused) += "=") += name(*refused);
  return path.insert(end, query);
}

Awaitable<Response> use_link(const Services& services, const Request& request) {
  if (request.headers.contains("Origin") && !is_same_origin(request)) {
    co_return http::problem(rejection(Reason::origin_forbidden));
  }
  if (auto ok = check_accounts(services); !ok) co_return http::problem(ok.error());
  const bool asks_json = request.headers.get("Content-Type").value_or("").starts_with(kJsonType);
  UseBody body;
  if (asks_json) {
    const auto read = wire::decode<UseBody>(request.body);
    if (!read) co_return http::problem(read.error());
    body = *read;
  }
  SignIn how = sign_in_by(services, std::string(request.path_parameter("token")));
  auto begun = co_await begin_customer_session(services, request, std::move(how));
  if (!begun && !asks_json && begun.error().reason == Reason::link_ended) {
    co_return ended(services, request);
  }
  if (!begun) co_return http::problem(begun.error());
  const AccountCart cart =
      co_await settle_cart(services, request, begun->here.customer.id, body.cart);
  Response response;
  if (asks_json) {
    response =
        session_answer(services, begun->here, cart, body.bearer ? begun->token : std::string());
  } else {
    response.status = 303;
    response.headers.add("Location", back_to_shop(services.options.post.return_path, cart.refused));
  }
  if (!body.bearer)
    set_session_cookie(response, request, customer_sessions(services.options), begun->token,
                       services.options);
  co_return response;
}

}  // namespace

void add_sign_in_link_routes(http::Router& router, const Services& services) {
  router.route("/v1/session/link")
      .post([&services](const Request& request) { return ask_for_link(services, request); })
      .body_bytes_max(kLinkBytesMax);
  router.route("/v1/session/link/{token}")
      .get([&services](const Request& request) { return show_link(services, request); })
      .post([&services](const Request& request) { return use_link(services, request); })
      .accepts({std::string(kFormType), std::string(kJsonType)})
      .body_bytes_max(kLinkBytesMax);
}

Operations sign_in_link_operations() {
  const std::string link = "/v1/session/link/{token}";
  return {
      {.id = "ask_for_link",
       .method = http::Method::post,
       .pattern = "/v1/session/link",
       .summary = "Mails a link to sign in with; answered alike whoever the address belongs to.",
       .body = {"LinkRequest", &type_of<LinkBody>},
       .successes = {{.status = 202}},
       .refusals = {Reason::origin_forbidden, Reason::accounts_off, Reason::value_unknown,
                    Reason::rate_limited}},
      {.id = "show_link",
       .pattern = link,
       .summary = "The page that a mailed link opens.",
       .successes = {{.media_type = "text/html"}, {.status = 410, .media_type = "text/html"}}},
      {.id = "use_link",
       .method = http::Method::post,
       .pattern = link,
       .summary = "What that page sends: signs the customer in and leads to the shop.",
       .body_type = kFormType,
       .successes = {{},
                     {.status = 303, .media_type = {}},
                     {.status = 410, .media_type = "text/html"}},
       .refusals = {Reason::origin_forbidden, Reason::accounts_off, Reason::link_ended,
                    Reason::media_type_unsupported}},
  };
}

}  // namespace tandem::app
