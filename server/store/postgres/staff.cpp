// SPDX-License-Identifier: Apache-2.0
// The staff's users and sessions: reads, and their part of a batch. They are few: a statement each.
#include "store/postgres/plan.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {

void plan_staff(Plan& plan, const Writes& writes) {
  for (const StaffUser& u : writes.staff_users) {
    plan.add(Query("INSERT INTO staff_users"
                   " (shop, id, email, role, password_hash, generation, created_ms, disabled_ms)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (shop, id)"
                   " DO UPDATE SET email = excluded.email, role = excluded.role,"
                   " password_hash = excluded.password_hash, generation = excluded.generation,"
                   " disabled_ms = excluded.disabled_ms",
                   plan.shop(), u.id, u.email, u.role, u.password_hash, u.generation, u.created_ms,
                   u.disabled_ms),
             "staff_users", u.id);
  }
  for (const StaffSession& s : writes.staff_sessions) {
    plan.add(
        Query("INSERT INTO staff_sessions (shop, hash, user_id, generation, created_ms, seen_ms)"
              " VALUES ($1, $2, $3, $4, $5, $6)",
              plan.shop(), s.hash, s.user, s.generation, s.created_ms, s.seen_ms),
        "staff_sessions", s.user);
  }
  for (const StaffSessionSeen& s : writes.staff_sessions_seen) {
    plan.add(Query("UPDATE staff_sessions SET seen_ms = greatest(seen_ms, $3)"
                   " WHERE shop = $1 AND hash = $2",
                   plan.shop(), s.hash, s.seen_ms),
             "staff_sessions", {});
  }
  for (const Digest& hash : writes.staff_sessions_removed) {
    plan.add(Query("DELETE FROM staff_sessions WHERE shop = $1 AND hash = $2", plan.shop(), hash),
             "staff_sessions", {});
  }
  for (const std::string& user : writes.staff_sessions_of) {
    plan.add(
        Query("DELETE FROM staff_sessions WHERE shop = $1 AND user_id = $2", plan.shop(), user),
        "staff_sessions", user);
  }
  for (const StaffSessionsEnded& e : writes.staff_sessions_ended) {
    plan.add(Query("DELETE FROM staff_sessions"
                   " WHERE shop = $1 AND (created_ms < $2 OR seen_ms < $3)",
                   plan.shop(), e.created_before_ms, e.seen_before_ms),
             "staff_sessions", {});
  }
}

Found<StaffUser> PostgresReads::staff_user(std::string_view email) {
  const Query find("SELECT " TANDEM_STAFF_USER_COLUMNS
                   " FROM staff_users u WHERE shop = $1 AND email = $2",
                   options_.shop, email);
  return pool_.one(find, read_staff_user<Rows>);
}

List<StaffUser> PostgresReads::staff_users() {
  const Query find("SELECT " TANDEM_STAFF_USER_COLUMNS
                   " FROM staff_users u WHERE shop = $1 ORDER BY email",
                   options_.shop);
  return pool_.all(find, read_staff_user<Rows>);
}

Found<SignedIn> PostgresReads::staff_session(const Digest& hash) {
  const Query find(
      "SELECT " TANDEM_STAFF_SESSION_COLUMNS ", " TANDEM_STAFF_USER_COLUMNS
      " FROM staff_sessions s JOIN staff_users u ON u.shop = s.shop AND u.id = s.user_id"
      " WHERE s.shop = $1 AND s.hash = $2",
      options_.shop, hash);
  return pool_.one(find, [](Rows& row) {
    StaffSession session = read_staff_session(row);
    return SignedIn{std::move(session), read_staff_user(row)};
  });
}

}  // namespace tandem::store::postgres
