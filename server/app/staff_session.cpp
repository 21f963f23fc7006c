// SPDX-License-Identifier: Apache-2.0
#include "app/staff_session.hpp"

#include <boost/asio/this_coro.hpp>

#include "app/operations.hpp"
#include "app/passwords.hpp"
#include "app/sessions.hpp"
#include "commit/await.hpp"
#include "commit/scope.hpp"
#include "http/problem.hpp"
#include "http/text.hpp"
#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem::app {

struct SignInBody {
  std::string email;
  std::string password;
};

/// Who is signed in, and what its page sends back with changes.
struct SessionAnswer {
  std::string csrf_token;
  std::string email;
  std::int64_t ends_ms = 0;
  std::string role;
  std::string user;
};

}  // namespace tandem::app

namespace tandem {
template <>
struct Fields<app::SignInBody> {
  static constexpr std::array list{required<&app::SignInBody::email>("email"),
                                   required<&app::SignInBody::password>("password")};
};
template <>
struct Fields<app::SessionAnswer> {
  using A = app::SessionAnswer;
  static constexpr std::array list{required<&A::csrf_token>("csrf_token"),
                                   required<&A::email>("email"), required<&A::ends_ms>("ends_ms"),
                                   required<&A::role>("role"), required<&A::user>("user")};
};
}  // namespace tandem

namespace tandem::app {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t kSignInBytesMax = 4'096;
constexpr std::int64_t kSeenEveryMs = 60'000;  // a session in use is written no more often
constexpr std::chrono::seconds kPasswordPatience{10};

void keep_alive(const store::StaffSession& session, std::int64_t now_ms, const Services& services) {
  if (!is_seen_anew(session, staff_sessions(services.options), now_ms, kSeenEveryMs)) return;
  auto job = std::make_shared<RowsJob>([hash = session.hash](commit::Scope& scope) {
    scope.writes().staff_sessions_seen.push_back({.hash = hash, .seen_ms = scope.now_ms()});
    return Result<void>();
  });
  services.dispatcher.committer().submit_soon(std::move(job));
}

Response session_json(const store::SignedIn& here, const Options& options) {
  SessionAnswer answer;
  answer.csrf_token = csrf_token(staff_sessions(options), here.session.hash, options);
  answer.email = here.user.email;
  answer.ends_ms = end_of(here.session, staff_sessions(options));
  answer.role = here.user.role;
  answer.user = here.user.id;
  return http::json(200, canonical(answer));
}

/// Writes the new session and forgets those that are over, and the one that it follows.
Awaitable<Response> begin_session(const Services& services, const Request& request,
                                  store::StaffUser user) {
  const Options& options = services.options;
  const std::string token = random_hex(kSessionTokenBytes);
  const auto before = session_hash(request, options);
  auto here = std::make_shared<store::SignedIn>();
  here->user = std::move(user);
  here->session.hash = sha256(token);
  here->session.user = here->user.id;
  here->session.generation = here->user.generation;
  RowsJob::Write write = [here, before, &options](commit::Scope& scope) {
    const std::int64_t now_ms = scope.now_ms();
    here->session.created_ms = here->session.seen_ms = now_ms;
    store::Writes& writes = scope.writes();
    writes.staff_sessions.push_back(here->session);
    if (before) writes.staff_sessions_removed.push_back(*before);
    writes.staff_sessions_ended.push_back({.created_before_ms = now_ms - options.staff_session_ms,
                                           .seen_before_ms = now_ms - options.staff_idle_ms});
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  Response response = session_json(*here, options);
  set_session_cookie(response, request, staff_sessions(options), token, options);
  co_return response;
}

/// An unknown address, a wrong password and a disabled user take the same work and are told alike.
Awaitable<Response> sign_in(const Services& services, const Request& request) {
  if (request.headers.contains("Origin") && !is_same_origin(request)) {
    co_return http::problem(rejection(Reason::origin_forbidden));
  }
  auto body = wire::decode<SignInBody>(request.body);
  if (!body) co_return http::problem(body.error());
  const std::string account = account_name(body->email);
  const std::string account_key = hex(sha256(account));
  const Source source = source_of(request, services);
  const auto may = services.limits.admit_sign_in(source, account_key);
  if (!may) co_return http::problem(may.error());
  const auto user = or_refusal(services.reads.staff_user(account));
  if (!user) co_return http::problem(user.error());
  const bool known = *user && !(*user)->disabled_ms;
  std::function<bool()> look = [password = std::move(body->password),
                                hash = known ? (*user)->password_hash : nobodys_hash()] {
    return password.size() <= kPasswordBytesMax && fits(password, hash);
  };
  const auto right = co_await services.passwords.ask<bool>(std::move(look), kPasswordPatience);
  if (!right || (*right && known)) services.limits.signed_in(source, account_key);
  if (!right) co_return http::problem(rejection(Reason::overloaded, "sign_in"));
  if (!*right || !known) co_return http::problem(rejection(Reason::unauthorized));
  co_return co_await begin_session(services, request, **user);
}

Response who_is_here(const Services& services, const Request& request) {
  const auto hash = session_hash(request, services.options);
  if (!hash) return http::problem(rejection(Reason::unauthorized));
  const auto here = live_session(*hash, services);
  return here ? session_json(*here, services.options) : http::problem(here.error());
}

Awaitable<Response> sign_out(const Services& services, const Request& request) {
  const auto actor = session_right(request, services);
  if (!actor) co_return http::problem(actor.error());
  const auto hash = session_hash(request, services.options);
  RowsJob::Write write = [hash](commit::Scope& scope) {
    scope.writes().staff_sessions_removed.push_back(*hash);
    return Result<void>();
  };
  const auto done = co_await write_rows(services, std::move(write));
  if (!done) co_return http::problem(done.error());
  services.feed.tell_session(*hash);
  Response response;
  response.status = 204;
  set_session_cookie(response, request, staff_sessions(services.options), {}, services.options);
  co_return response;
}

Result<store::SignedIn> session_at(const store::Digest& hash, std::int64_t now_ms,
                                   const Services& services) {
  auto here = or_refusal(services.reads.staff_session(hash));
  if (!here) return std::unexpected(std::move(here.error()));
  if (!*here) return reject(Reason::unauthorized);
  const store::StaffUser& user = (*here)->user;
  const store::StaffSession& session = (*here)->session;
  const bool counts = !user.disabled_ms && session.generation == user.generation &&
                      now_ms < end_of(session, staff_sessions(services.options));
  if (!counts) return reject(Reason::unauthorized);
  return **std::move(here);
}

}  // namespace

std::string account_name(std::string_view email) {
  std::string name(http::trim(email));
  std::ranges::transform(name, name.begin(), http::to_lower);
  return name;
}

std::optional<store::Digest> session_hash(const Request& request, const Options& options) {
  const auto token = cookie_token(request, staff_sessions(options), options);
  return token ? std::optional(sha256(*token)) : std::nullopt;
}

Result<store::SignedIn> live_session(const store::Digest& hash, const Services& services) {
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  auto here = session_at(hash, *now_ms, services);
  if (here) keep_alive(here->session, *now_ms, services);
  return here;
}

bool session_counts(const store::Digest& hash, const Services& services) {
  const auto now_ms = services.reads.now_ms();
  return now_ms && session_at(hash, *now_ms, services);
}

Result<Actor> session_right(const Request& request, const Services& services) {
  const auto hash = session_hash(request, services.options);
  if (!hash) return reject(Reason::unauthorized);
  const auto here = live_session(*hash, services);
  if (!here) return std::unexpected(here.error());
  const auto role = enum_named<StaffRole>(here->user.role);
  if (!role) return reject(Reason::unauthorized);
  const auto may = check_change(request, staff_sessions(services.options), *hash, services.options);
  if (!may) return std::unexpected(may.error());
  Actor actor;
  actor.kind = ActorClass::staff;
  actor.id = here->user.id;
  actor.role = role;
  return actor;
}

void add_session_routes(http::Router& router, const Services& services) {
  router.route("/v1/staff/session")
      .get([&services](const Request& request) { return who_is_here(services, request); })
      .post([&services](const Request& request) { return sign_in(services, request); })
      .remove([&services](const Request& request) { return sign_out(services, request); })
      .body_bytes_max(kSignInBytesMax);
}

Operations session_operations() {
  const std::string pattern = "/v1/staff/session";
  const std::vector<Success> here{{.message = {"Session", &type_of<SessionAnswer>}}};
  return {
      {.id = "read_session",
       .pattern = pattern,
       .summary = "Who is signed in.",
       .credentials = Credentials::staff,
       .successes = here},
      {.id = "sign_in",
       .method = http::Method::post,
       .pattern = pattern,
       .summary = "Signs a user of the staff in and sets the session's cookie.",
       .body = {"SignIn", &type_of<SignInBody>},
       .successes = here,
       .refusals = {Reason::unauthorized, Reason::origin_forbidden, Reason::rate_limited}},
      {.id = "sign_out",
       .method = http::Method::remove,
       .pattern = pattern,
       .summary = "Ends the session.",
       .credentials = Credentials::staff,
       .successes = {{.status = 204, .media_type = {}}}},
  };
}

}  // namespace tandem::app
