// SPDX-License-Identifier: Apache-2.0
// Operators' endpoints and what they are told: reads, and their part of a batch.
#include "store/sqlite/reads.hpp"

namespace tandem::store::sqlite {
namespace {

Stored<void> write_endpoints(const Place& place, const Writes& writes) {
  auto done = each(
      place,
      "INSERT INTO hook_endpoints (shop, " TANDEM_HOOK_ENDPOINT_COLUMNS
      ")"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (shop, id)"
      " DO UPDATE SET url = excluded.url, events = excluded.events, secret = excluded.secret,"
      " secret_before = excluded.secret_before, before_until_ms = excluded.before_until_ms,"
      " enabled = excluded.enabled, why = excluded.why, version = excluded.version"
      " WHERE version = excluded.version - 1",
      writes.hook_endpoints, "hook_endpoints",
      [&](Statement& put, const HookEndpoint& e) {
        put.bind(place.shop, e.id, e.url, e.events, e.secret, e.secret_before, e.before_until_ms,
                 std::int64_t{e.enabled}, e.why, e.created_ms, e.version);
      },
      [](const HookEndpoint& e) { return e.id; }, Fault::stale);
  if (!done) return done;
  return each(
      place, "DELETE FROM hook_endpoints WHERE shop = ?1 AND id = ?2",
      writes.hook_endpoints_removed, "hook_endpoints",
      [&](Statement& put, const std::string& id) { put.bind(place.shop, id); },
      [](const std::string& id) { return id; });
}

Stored<void> write_messages(const Place& place, const Writes& writes) {
  auto done = each(
      place,
      "INSERT INTO hook_outbox"
      " (shop, endpoint, order_no, version, ordering, at_ms, payload, due_ms)"
      " SELECT ?1, id, ?3, ?4, 1 + coalesce((SELECT max(ordering) FROM hook_outbox"
      " WHERE shop = ?1 AND endpoint = ?2 AND order_no = ?3), 0), ?5, ?6, ?7"
      " FROM hook_endpoints WHERE shop = ?1 AND id = ?2",
      writes.hook_messages, "hook_outbox",
      [&](Statement& put, const HookMessage& m) {
        put.bind(place.shop, m.endpoint, m.order_no, m.version, m.at_ms, m.payload, m.due_ms);
      },
      [](const HookMessage& m) { return m.endpoint; });
  if (!done) return done;
  done = each(
      place,
      "UPDATE hook_outbox SET attempts = attempts + 1, due_ms = ?4"
      " WHERE shop = ?1 AND hook_no = ?2 AND attempts = ?3 AND state = 0",
      writes.hook_claims, "hook_outbox",
      [&](Statement& put, const HookClaim& c) {
        put.bind(place.shop, c.hook_no, c.attempts, c.due_ms);
      },
      [](const HookClaim& c) { return std::to_string(c.hook_no); }, Fault::stale);
  if (!done) return done;
  done = each(
      place,
      "UPDATE hook_outbox SET state = ?3, due_ms = iif(?3 = 0, ?4, due_ms), last_error = ?5"
      " WHERE shop = ?1 AND hook_no = ?2",
      writes.hook_outcomes, "hook_outbox",
      [&](Statement& put, const HookOutcome& o) {
        put.bind(place.shop, o.hook_no, static_cast<std::int64_t>(o.state), o.due_ms, o.error);
      },
      [](const HookOutcome& o) { return std::to_string(o.hook_no); });
  if (!done) return done;
  return each(
      place,
      "UPDATE hook_outbox SET state = 0, attempts = 0, due_ms = ?5 WHERE shop = ?1"
      " AND endpoint = ?2 AND at_ms >= ?3 AND at_ms <= ?4 AND state <> 0",
      writes.hook_replays, "hook_outbox",
      [&](Statement& put, const HookReplay& r) {
        put.bind(place.shop, r.endpoint, r.from_ms, r.to_ms, r.due_ms);
      },
      [](const HookReplay& r) { return r.endpoint; });
}

}  // namespace

Stored<void> write_hooks(const Place& place, const Writes& writes) {
  if (auto done = write_endpoints(place, writes); !done) return done;
  if (auto done = write_messages(place, writes); !done) return done;
  // The last message of an order to an endpoint stays: the next one's number follows from it.
  return each(
      place,
      "DELETE FROM hook_outbox AS old WHERE shop = ?1 AND at_ms < ?2 AND state <> 0"
      " AND EXISTS (SELECT 1 FROM hook_outbox AS later WHERE later.shop = ?1"
      " AND later.endpoint = old.endpoint AND later.order_no = old.order_no"
      " AND later.ordering > old.ordering)",
      writes.hook_messages_ended, "hook_outbox",
      [&](Statement& put, std::int64_t before_ms) { put.bind(place.shop, before_ms); },
      [](std::int64_t before_ms) { return std::to_string(before_ms); });
}

List<HookEndpoint> SqliteReads::hook_endpoints() {
  return pool_.run([&](const Place& place) {
    auto find =
        place.connection.prepare("SELECT " TANDEM_HOOK_ENDPOINT_COLUMNS
                                 " FROM hook_endpoints WHERE shop = ?1 ORDER BY created_ms, id");
    find.bind(place.shop);
    return all_rows(find, read_hook_endpoint<Statement>);
  });
}

List<HookMessage> SqliteReads::hooks_due(std::int64_t now_ms, std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find = place.connection.prepare("SELECT " TANDEM_HOOK_MESSAGE_COLUMNS
                                         " FROM hook_outbox WHERE shop = ?1 AND state = 0"
                                         " AND due_ms <= ?2 ORDER BY due_ms, hook_no LIMIT ?3");
    find.bind(place.shop, now_ms, count_max);
    return all_rows(find, read_hook_message<Statement>);
  });
}

List<HookMessage> SqliteReads::hooks_dead(std::string_view endpoint, std::int64_t after_no,
                                          std::int64_t count_max) {
  return pool_.run([&](const Place& place) {
    auto find =
        place.connection.prepare("SELECT " TANDEM_HOOK_MESSAGE_COLUMNS
                                 " FROM hook_outbox WHERE shop = ?1 AND endpoint = ?2"
                                 " AND state = 2 AND hook_no > ?3 ORDER BY hook_no LIMIT ?4");
    find.bind(place.shop, endpoint, after_no, count_max);
    return all_rows(find, read_hook_message<Statement>);
  });
}

}  // namespace tandem::store::sqlite
