// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sessions of staff in a browser: a random token in a cookie that no script reads, of which the
// store has the digest, and a second token (CSRF) that only the shop's own pages can read and send
// back.

#include <string>
#include <string_view>

#include "app/services.hpp"
#include "store/staff.hpp"

namespace tandem::app {

/// How an account is written: without spaces around it, ASCII letters small.
[[nodiscard]] std::string account_name(std::string_view email);

/// The digest of the token that a request's cookie carries; over TLS only the protected name
/// counts.
[[nodiscard]] std::optional<store::Digest> session_hash(const http::Request& request,
                                                        const Options& options);

/// A session that counts: it has not ended, its user is not disabled. Refuses: unauthorized.
[[nodiscard]] Result<store::SignedIn> live_session(const store::Digest& hash,
                                                   const Services& services);

/// Whether there is such a session now; it is not kept alive by that.
[[nodiscard]] bool session_counts(const store::Digest& hash, const Services& services);

/// The actor of a request's session. Refuses as staff_right().
[[nodiscard]] Result<Actor> session_right(const http::Request& request, const Services& services);

}  // namespace tandem::app
