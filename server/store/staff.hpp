// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who works in the shop, and what they are signed in with. A password is kept as its argon2id hash,
// a session's token as its digest. What somebody did is recorded under the id, never the address.

#include <cstdint>
#include <optional>
#include <string>

#include "store/rows.hpp"

namespace tandem::store {

/// A person of the staff. Sessions of an older generation count no more: it grows with each new
/// password and when the user is disabled.
struct StaffUser {
  std::string id{};
  std::string email{};  // in small letters, unique in the shop
  std::string role{};
  std::string password_hash{};
  std::int64_t generation = 1;
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> disabled_ms{};
};

struct StaffSession {
  Digest hash{};  // of the token that the browser has
  std::string user{};
  std::int64_t generation = 1;  // the user's when it was made
  std::int64_t created_ms = 0;
  std::int64_t seen_ms = 0;
};

/// A session with its user as both are now.
struct SignedIn {
  StaffSession session{};
  StaffUser user{};
};

/// A session was used; one that has ended meanwhile stays ended.
struct StaffSessionSeen {
  Digest hash{};
  std::int64_t seen_ms = 0;
};

/// Sessions made or last used before a time are over and can be forgotten.
struct StaffSessionsEnded {
  std::int64_t created_before_ms = 0;
  std::int64_t seen_before_ms = 0;
};

#define TANDEM_STAFF_USER_COLUMNS \
  "u.id, u.email, u.role, u.password_hash, u.generation, u.created_ms, u.disabled_ms"
template <class Row>
StaffUser read_staff_user(Row& row) {
  return {row.text(),
          row.text(),
          row.text(),
          row.text(),
          row.integer(),
          row.integer(),
          row.optional_integer()};
}

#define TANDEM_STAFF_SESSION_COLUMNS "s.hash, s.user_id, s.generation, s.created_ms, s.seen_ms"
template <class Row>
StaffSession read_staff_session(Row& row) {
  return {row.digest(), row.text(), row.integer(), row.integer(), row.integer()};
}

}  // namespace tandem::store
