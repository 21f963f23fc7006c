// SPDX-License-Identifier: Apache-2.0
// The staff's users and sessions: reads, and their part of a batch.
#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {
namespace {

const std::string& itself(const std::string& key) { return key; }

Stored<void> write_users(const Place& place, const Writes& writes) {
  return each(
      place,
      "INSERT INTO staff_users"
      " (shop, id, email, role, password_hash, generation, created_ms, disabled_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (shop, id)"
      " DO UPDATE SET email = excluded.email, role = excluded.role,"
      " password_hash = excluded.password_hash, generation = excluded.generation,"
      " disabled_ms = excluded.disabled_ms",
      writes.staff_users, "staff_users",
      [&](Statement& put, const StaffUser& u) {
        put.bind(place.shop, u.id, u.email, u.role, u.password_hash, u.generation, u.created_ms,
                 u.disabled_ms);
      },
      [](const StaffUser& u) { return u.id; });
}

Stored<void> end_sessions(const Place& place, const Writes& writes) {
  auto done = each(
      place, "DELETE FROM staff_sessions WHERE shop = ?1 AND hash = ?2",
      writes.staff_sessions_removed, "staff_sessions",
      [&](Statement& put, const Digest& hash) { put.bind(place.shop, hash); },
      [](const Digest&) { return std::string(); });
  if (!done) return done;
  done = each(
      place, "DELETE FROM staff_sessions WHERE shop = ?1 AND user_id = ?2",
      writes.staff_sessions_of, "staff_sessions",
      [&](Statement& put, const std::string& user) { put.bind(place.shop, user); }, itself);
  if (!done) return done;
  return each(
      place, "DELETE FROM staff_sessions WHERE shop = ?1 AND (created_ms < ?2 OR seen_ms < ?3)",
      writes.staff_sessions_ended, "staff_sessions",
      [&](Statement& put, const StaffSessionsEnded& e) {
        put.bind(place.shop, e.created_before_ms, e.seen_before_ms);
      },
      [](const StaffSessionsEnded&) { return std::string(); });
}

}  // namespace

Stored<void> write_staff(const Place& place, const Writes& writes) {
  if (auto done = write_users(place, writes); !done) return done;
  auto done = each(
      place,
      "INSERT INTO staff_sessions (shop, hash, user_id, generation, created_ms, seen_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      writes.staff_sessions, "staff_sessions",
      [&](Statement& put, const StaffSession& s) {
        put.bind(place.shop, s.hash, s.user, s.generation, s.created_ms, s.seen_ms);
      },
      [](const StaffSession& s) { return s.user; });
  if (!done) return done;
  done = each(
      place, "UPDATE staff_sessions SET seen_ms = max(seen_ms, ?3) WHERE shop = ?1 AND hash = ?2",
      writes.staff_sessions_seen, "staff_sessions",
      [&](Statement& put, const StaffSessionSeen& s) { put.bind(place.shop, s.hash, s.seen_ms); },
      [](const StaffSessionSeen&) { return std::string(); });
  if (!done) return done;
  return end_sessions(place, writes);
}

Found<StaffUser> SqliteReads::staff_user(std::string_view email) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_STAFF_USER_COLUMNS
                                         " FROM staff_users u WHERE shop = ?1 AND email = ?2");
    find.bind(place.shop, email);
    return one_row(find, read_staff_user<Statement>);
  });
}

List<StaffUser> SqliteReads::staff_users() {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_STAFF_USER_COLUMNS
                                         " FROM staff_users u WHERE shop = ?1 ORDER BY email");
    find.bind(place.shop);
    return all_rows(find, read_staff_user<Statement>);
  });
}

Found<SignedIn> SqliteReads::staff_session(const Digest& hash) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare(
        "SELECT " TANDEM_STAFF_SESSION_COLUMNS ", " TANDEM_STAFF_USER_COLUMNS
        " FROM staff_sessions s JOIN staff_users u ON u.shop = s.shop AND u.id = s.user_id"
        " WHERE s.shop = ?1 AND s.hash = ?2");
    find.bind(place.shop, hash);
    return one_row(find, [](Statement& row) {
      StaffSession session = read_staff_session(row);
      return SignedIn{std::move(session), read_staff_user(row)};
    });
  });
}

}  // namespace tandem::store::sqlite
