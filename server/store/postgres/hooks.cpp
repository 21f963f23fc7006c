// SPDX-License-Identifier: Apache-2.0
// Operators' endpoints and what they are told: reads, and their part of a batch. A statement each:
// endpoints are few, and of messages each one's number follows from those before it.
#include "store/postgres/plan.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store::postgres {
namespace {

/// Fails as stale when nothing was changed.
Stored<void> changed_one(Rows& answer) {
  if (answer.count() > 0) return {};
  return fail({Fault::stale, "hook_outbox", {}, "the row is not as expected"});
}

void plan_endpoints(Plan& plan, const Writes& writes) {
  for (const HookEndpoint& e : writes.hook_endpoints) {
    plan.add(Query("INSERT INTO hook_endpoints (shop, " TANDEM_HOOK_ENDPOINT_COLUMNS ")"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (shop, id)"
                   " DO UPDATE SET url = excluded.url, events = excluded.events,"
                   " secret = excluded.secret, secret_before = excluded.secret_before,"
                   " before_until_ms = excluded.before_until_ms, enabled = excluded.enabled,"
                   " why = excluded.why, version = excluded.version"
                   " WHERE hook_endpoints.version = excluded.version - 1",
                   plan.shop(), e.id, e.url, e.events, e.secret, e.secret_before, e.before_until_ms,
                   std::int64_t{e.enabled}, e.why, e.created_ms, e.version),
             "hook_endpoints", e.id, changed_one);
  }
  for (const std::string& id : writes.hook_endpoints_removed) {
    plan.add(Query("DELETE FROM hook_endpoints WHERE shop = $1 AND id = $2", plan.shop(), id),
             "hook_endpoints", id);
  }
}

}  // namespace

void plan_hooks(Plan& plan, const Writes& writes) {
  plan_endpoints(plan, writes);
  for (const HookMessage& m : writes.hook_messages) {
    plan.add(Query("INSERT INTO hook_outbox"
                   " (shop, endpoint, order_no, version, ordering, at_ms, payload, due_ms)"
                   " SELECT $1, id, $3, $4, 1 + coalesce((SELECT max(ordering) FROM hook_outbox"
                   " WHERE shop = $1 AND endpoint = $2 AND order_no = $3), 0), $5, $6, $7"
                   " FROM hook_endpoints WHERE shop = $1 AND id = $2",
                   plan.shop(), m.endpoint, m.order_no, m.version, m.at_ms, m.payload, m.due_ms),
             "hook_outbox", m.endpoint);
  }
  for (const HookClaim& c : writes.hook_claims) {
    plan.add(Query("UPDATE hook_outbox SET attempts = attempts + 1, due_ms = $4"
                   " WHERE shop = $1 AND hook_no = $2 AND attempts = $3 AND state = 0",
                   plan.shop(), c.hook_no, c.attempts, c.due_ms),
             "hook_outbox", std::to_string(c.hook_no), changed_one);
  }
  for (const HookOutcome& o : writes.hook_outcomes) {
    plan.add(Query("UPDATE hook_outbox SET state = $3, last_error = $5,"
                   " due_ms = CASE WHEN $3 = 0 THEN $4 ELSE due_ms END"
                   " WHERE shop = $1 AND hook_no = $2",
                   plan.shop(), o.hook_no, static_cast<std::int64_t>(o.state), o.due_ms, o.error),
             "hook_outbox", std::to_string(o.hook_no));
  }
  for (const HookReplay& r : writes.hook_replays) {
    plan.add(Query("UPDATE hook_outbox SET state = 0, attempts = 0, due_ms = $5 WHERE shop = $1"
                   " AND endpoint = $2 AND at_ms >= $3 AND at_ms <= $4 AND state <> 0",
                   plan.shop(), r.endpoint, r.from_ms, r.to_ms, r.due_ms),
             "hook_outbox", r.endpoint);
  }
  for (const std::int64_t before_ms : writes.hook_messages_ended) {
    // The last message of an order to an endpoint stays: the next one's number follows from it.
    plan.add(Query("DELETE FROM hook_outbox AS old WHERE shop = $1 AND at_ms < $2 AND state <> 0"
                   " AND EXISTS (SELECT 1 FROM hook_outbox AS later WHERE later.shop = $1"
                   " AND later.endpoint = old.endpoint AND later.order_no = old.order_no"
                   " AND later.ordering > old.ordering)",
                   plan.shop(), before_ms),
             "hook_outbox", {});
  }
}

List<HookEndpoint> PostgresReads::hook_endpoints() {
  const Query find("SELECT " TANDEM_HOOK_ENDPOINT_COLUMNS
                   " FROM hook_endpoints WHERE shop = $1 ORDER BY created_ms, id",
                   options_.shop);
  return pool_.all(find, read_hook_endpoint<Rows>);
}

List<HookMessage> PostgresReads::hooks_due(std::int64_t now_ms, std::int64_t count_max) {
  const Query find("SELECT " TANDEM_HOOK_MESSAGE_COLUMNS
                   " FROM hook_outbox WHERE shop = $1 AND state = 0"
                   " AND due_ms <= $2 ORDER BY due_ms, hook_no LIMIT $3",
                   options_.shop, now_ms, count_max);
  return pool_.all(find, read_hook_message<Rows>);
}

List<HookMessage> PostgresReads::hooks_dead(std::string_view endpoint, std::int64_t after_no,
                                            std::int64_t count_max) {
  const Query find("SELECT " TANDEM_HOOK_MESSAGE_COLUMNS
                   " FROM hook_outbox WHERE shop = $1 AND endpoint = $2"
                   " AND state = 2 AND hook_no > $3 ORDER BY hook_no LIMIT $4",
                   options_.shop, endpoint, after_no, count_max);
  return pool_.all(find, read_hook_message<Rows>);
}

}  // namespace tandem::store::postgres
