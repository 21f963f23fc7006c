// SPDX-License-Identifier: Apache-2.0
#include "app/staff_session.hpp"

#include <boost/asio/this_coro.hpp>

#include "app/operations.hpp"
#include "app/passwords.hpp"
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

constexpr std::string_view kCookie = "tandem_staff";
constexpr std::string_view kSecuredCookie = "__Host-tandem_staff";
constexpr std::string_view kCsrfField = "X-CSRF-Token";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kSignInBytesMax = 4'096;
constexpr std::int64_t kSeenEveryMs = 60'000;  // a session in use is written no more often
constexpr std::chrono::seconds kPasswordPatience{10};

/// A job of a few rows about staff.
class StaffJob final : public commit::Job {
 public:
  explicit StaffJob(std::function<void(commit::Scope&)> write) : write_(std::move(write)) {}
  void declare(commit::Needs&) override {}
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override {
    write_(scope);
    return {};
  }

 private:
  const std::function<void(commit::Scope&)> write_;
};

std::string csrf_token(const Options& options, const store::Digest& hash) {
  return mac_hex(derived_key(options.key, "staff csrf"), hex(hash));
}

std::int64_t end_of(const store::StaffSession& session, const Options& options) {
  return std::min(session.created_ms + options.staff_session_ms,
                  session.seen_ms + options.staff_idle_ms);
}

void keep_alive(const store::StaffSession& session, std::int64_t now_ms, const Services& services) {
  if (now_ms - session.seen_ms < std::min(kSeenEveryMs, services.options.staff_idle_ms / 10))
    return;
  auto job = std::make_shared<StaffJob>([hash = session.hash](commit::Scope& scope) {
    scope.writes().staff_sessions_seen.push_back({.hash = hash, .seen_ms = scope.now_ms()});
  });
  services.dispatcher.committer().submit(std::move(job), [](const commit::Outcome&) {});
}

/// Sets the cookie; an empty token takes it away.
void set_cookie(Response& response, const Request& request, const Options& options,
                const std::string& token) {
  const bool secured = client_of(request, options).secured;
  std::string cookie(secured ? kSecuredCookie : kCookie);
  cookie += '=' + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
  cookie += std::to_string(token.empty() ? 0 : options.staff_session_ms / 1'000);
  if (secured) cookie += "; Secure";
  response.headers.add("Set-Cookie", cookie);
}

Response session_json(const store::SignedIn& here, const Options& options) {
  SessionAnswer answer;
  answer.csrf_token = csrf_token(options, here.session.hash);
  answer.email = here.user.email;
  answer.ends_ms = end_of(here.session, options);
  answer.role = here.user.role;
  answer.user = here.user.id;
  Response response = http::json(200, canonical(answer));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// Writes the new session and forgets those that are over, and the one that it follows.
Awaitable<Response> begin_session(const Services& services, const Request& request,
                                  store::StaffUser user) {
  const Options& options = services.options;
  const std::string token = random_hex(kTokenBytes);
  const auto before = session_hash(request, options);
  auto here = std::make_shared<store::SignedIn>();
  here->user = std::move(user);
  here->session.hash = sha256(token);
  here->session.user = here->user.id;
  here->session.generation = here->user.generation;
  std::shared_ptr<commit::Job> job = std::make_shared<StaffJob>([here, before,
                                                                 &options](commit::Scope& scope) {
    const std::int64_t now_ms = scope.now_ms();
    here->session.created_ms = here->session.seen_ms = now_ms;
    store::Writes& writes = scope.writes();
    writes.staff_sessions.push_back(here->session);
    if (before) writes.staff_sessions_removed.push_back(*before);
    writes.staff_sessions_ended.push_back({.created_before_ms = now_ms - options.staff_session_ms,
                                           .seen_before_ms = now_ms - options.staff_idle_ms});
  });
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  Response response = session_json(*here, options);
  set_cookie(response, request, options, token);
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
  std::shared_ptr<commit::Job> job = std::make_shared<StaffJob>(
      [hash](commit::Scope& scope) { scope.writes().staff_sessions_removed.push_back(*hash); });
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return http::problem(*refusal);
  Response response;
  response.status = 204;
  set_cookie(response, request, services.options, {});
  co_return response;
}

}  // namespace

std::string account_name(std::string_view email) {
  std::string name(http::trim(email));
  std::ranges::transform(name, name.begin(), http::to_lower);
  return name;
}

std::optional<store::Digest> session_hash(const Request& request, const Options& options) {
  const bool secured = client_of(request, options).secured;
  const auto token = request.cookie(secured ? kSecuredCookie : kCookie);
  if (!token || !is_hex(*token, 2 * kTokenBytes)) return std::nullopt;
  return sha256(*token);
}

Result<store::SignedIn> live_session(const store::Digest& hash, const Services& services) {
  auto here = or_refusal(services.reads.staff_session(hash));
  if (!here) return std::unexpected(std::move(here.error()));
  const auto now_ms = or_refusal(services.reads.now_ms());
  if (!now_ms) return std::unexpected(now_ms.error());
  if (!*here) return reject(Reason::unauthorized);
  const store::StaffUser& user = (*here)->user;
  const store::StaffSession& session = (*here)->session;
  const bool counts = !user.disabled_ms && session.generation == user.generation &&
                      *now_ms < end_of(session, services.options);
  if (!counts) return reject(Reason::unauthorized);
  keep_alive(session, *now_ms, services);
  return **std::move(here);
}

Result<Actor> session_right(const Request& request, const Services& services) {
  const auto hash = session_hash(request, services.options);
  if (!hash) return reject(Reason::unauthorized);
  const auto here = live_session(*hash, services);
  if (!here) return std::unexpected(here.error());
  const auto role = enum_named<StaffRole>(here->user.role);
  if (!role) return reject(Reason::unauthorized);
  const bool reads = request.method == http::Method::get || request.method == http::Method::head;
  if (!reads && !is_same_origin(request)) return reject(Reason::origin_forbidden);
  const auto token = request.headers.get(kCsrfField);
  const bool owns = token && same(*token, csrf_token(services.options, *hash));
  if (!reads && !owns) return reject(Reason::csrf_token_invalid);
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
