// SPDX-License-Identifier: Apache-2.0
#pragma once
// What sessions of staff and of customers have in common: a random token in a cookie that no script
// reads, of which the store has the digest; a second token (CSRF) that changes by the cookie need;
// an end when they are not used, and one whatever happens.

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/services.hpp"
#include "commit/job.hpp"
#include "commit/scope.hpp"

namespace tandem::app {

inline constexpr std::size_t kSessionTokenBytes = 32;

struct SessionKind {
  std::string_view cookie;  // its name, over TLS behind __Host-
  std::string_view csrf;  // what its CSRF tokens are derived for
  std::string_view same_site;  // which foreign pages' requests carry the cookie
  std::int64_t idle_ms = 0;  // not used for so long, it ends
  std::int64_t whole_ms = 0;  // and so long after its begin
};

[[nodiscard]] SessionKind staff_sessions(const Options& options);
[[nodiscard]] SessionKind customer_sessions(const Options& options);

template <class Session>
[[nodiscard]] std::int64_t end_of(const Session& session, const SessionKind& kind) {
  return std::min(session.created_ms + kind.whole_ms, session.seen_ms + kind.idle_ms);
}

/// Whether a use is to be written: a session in use is written no more often than every `every_ms`.
template <class Session>
[[nodiscard]] bool is_seen_anew(const Session& session, const SessionKind& kind,
                                std::int64_t now_ms, std::int64_t every_ms) {
  return now_ms - session.seen_ms >= std::min(every_ms, kind.idle_ms / 10);
}

/// The token in the request's cookie, when it has the form of one.
[[nodiscard]] std::optional<std::string_view> cookie_token(const http::Request& request,
                                                           const SessionKind& kind,
                                                           const Options& options);

[[nodiscard]] std::string csrf_token(const SessionKind& kind, const store::Digest& hash,
                                     const Options& options);

/// Whether a request by the cookie may change something; reading always may. Refuses, in this
/// order: origin_forbidden (not from a page of this origin), csrf_token_invalid.
[[nodiscard]] Result<void> check_change(const http::Request& request, const SessionKind& kind,
                                        const store::Digest& hash, const Options& options);

/// Sets the cookie; an empty token takes it away.
void set_session_cookie(http::Response& response, const http::Request& request,
                        const SessionKind& kind, const std::string& token, const Options& options);

/// The value of Set-Cookie for a cookie of the whole origin that no script reads. Browsers take the
/// prefix __Host- over TLS only.
[[nodiscard]] std::string cookie_field(std::string_view name, std::string_view value,
                                       std::string_view same_site, std::int64_t max_age_s,
                                       bool secured);

/// A job of a few rows beside the orders. It may refuse.
class RowsJob final : public commit::Job {
 public:
  using Write = std::function<Result<void>(commit::Scope&)>;
  explicit RowsJob(Write write) : write_(std::move(write)) {}
  void declare(commit::Needs&) override {}
  [[nodiscard]] Result<void> decide(commit::Scope& scope) override { return write_(scope); }

 private:
  const Write write_;
};

/// Commits such a job.
[[nodiscard]] Awaitable<Result<void>> write_rows(const Services& services, RowsJob::Write write);

}  // namespace tandem::app
