// SPDX-License-Identifier: Apache-2.0
#include "app/sessions.hpp"

#include "commit/await.hpp"

namespace tandem::app {
namespace {

bool only_reads(const http::Request& request) {
  return request.method == http::Method::get || request.method == http::Method::head;
}

}  // namespace

SessionKind staff_sessions(const Options& options) {
  return {.cookie = "tandem_staff",
          .csrf = "staff csrf",
          .same_site = "Strict",
          .idle_ms = options.staff_idle_ms,
          .whole_ms = options.staff_session_ms};
}

SessionKind customer_sessions(const Options& options) {
  return {.cookie = "tandem_customer",
          .csrf = "customer csrf",
          .same_site = "Lax",
          .idle_ms = options.customer_idle_ms,
          .whole_ms = options.customer_session_ms};
}

std::optional<std::string_view> cookie_token(const http::Request& request, const SessionKind& kind,
                                             const Options& options) {
  const bool secured = client_of(request, options).secured;
  const auto token = request.cookie((secured ? "__Host-" : "") + std::string(kind.cookie));
  return token && is_hex(*token, 2 * kSessionTokenBytes) ? token : std::nullopt;
}

std::string csrf_token(const SessionKind& kind, const store::Digest& hash, const Options& options) {
  return mac_hex(derived_key(options.key, kind.csrf), hex(hash));
}

Result<void> check_change(const http::Request& request, const SessionKind& kind,
                          const store::Digest& hash, const Options& options) {
  if (only_reads(request)) return {};
  if (!is_same_origin(request)) return reject(Reason::origin_forbidden);
  const auto token = request.headers.get("X-CSRF-Token");
  if (!token || !same(*token, csrf_token(kind, hash, options))) {
    return reject(Reason::csrf_token_invalid);
  }
  return {};
}

void set_session_cookie(http::Response& response, const http::Request& request,
                        const SessionKind& kind, const std::string& token, const Options& options) {
  response.headers.add("Set-Cookie", cookie_field(kind.cookie, token, kind.same_site,
                                                  token.empty() ? 0 : kind.whole_ms / 1'000,
                                                  client_of(request, options).secured));
}

std::string cookie_field(std::string_view name, std::string_view value, std::string_view same_site,
                         std::int64_t max_age_s, bool secured) {
  std::string field = secured ? "__Host-" : "";
  field.append(name).append("=").append(value);
  field.append("; Path=/; HttpOnly; SameSite=").append(same_site);
  field += "; Max-Age=" + std::to_string(max_age_s);
  if (secured) field += "; Secure";
  return field;
}

Awaitable<Result<void>> write_rows(const Services& services, RowsJob::Write write) {
  std::shared_ptr<commit::Job> job = std::make_shared<RowsJob>(std::move(write));
  const commit::Outcome outcome = co_await commit::run(services.dispatcher.committer(), job);
  if (const Rejection* refusal = commit::rejection(outcome)) co_return std::unexpected(*refusal);
  co_return Result<void>();
}

}  // namespace tandem::app
