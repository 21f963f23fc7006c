// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/insert.hpp"

namespace tandem::store::sqlite {
namespace {

Stored<void> write_outbox(const Place& place, const Writes& writes) {
  static const Insert insert(
      "INSERT OR FAIL INTO outbox (shop, kind, order_no, payload, due_ms, attempts, dedupe_key,"
      " state) VALUES",
      "(?, ?, ?, ?, ?, ?, ?, 0)", " ON CONFLICT (shop, dedupe_key) DO NOTHING");
  auto done = insert_all(
      place, insert, writes.outbox, "outbox",
      [&](Statement& put, const OutboxRow& o) {
        put.add(place.shop, o.kind, o.order_no, Blob{o.payload}, o.due_ms, o.attempts,
                o.dedupe_key);
      },
      [](const OutboxRow& o) { return o.dedupe_key; });
  if (!done) return done;
  return each(
      place,
      "UPDATE outbox SET state = ?3, due_ms = iif(?3 = 0, ?4, due_ms),"
      " last_error = nullif(?5, '') WHERE shop = ?1 AND outbox_no = iif(?2 > 0, ?2,"
      " (SELECT outbox_no FROM outbox WHERE shop = ?1 AND dedupe_key = ?6))",
      writes.outbox_outcomes, "outbox",
      [&](Statement& put, const OutboxOutcome& o) {
        put.bind(place.shop, o.outbox_no, static_cast<std::int64_t>(o.state), o.due_ms, o.error,
                 o.dedupe_key);
      },
      [](const OutboxOutcome& o) { return std::to_string(o.outbox_no); }, Fault::stale);
}

Stored<void> write_provider_rows(const Place& place, const Writes& writes) {
  // A reference never moves to another order: repeating it is fine, changing it is a fault.
  auto done = each(
      place,
      "INSERT INTO provider_references (shop, provider, reference, order_no)"
      " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (shop, provider, reference)"
      " DO UPDATE SET order_no = excluded.order_no WHERE order_no = excluded.order_no",
      writes.references, "provider_references",
      [&](Statement& put, const ProviderReference& r) {
        put.bind(place.shop, r.provider, r.reference, r.order_no);
      },
      [](const ProviderReference& r) { return r.provider + "/" + r.reference; }, Fault::constraint);
  if (!done) return done;
  done = each(
      place,
      "INSERT INTO webhooks (shop, provider, reference, event_id, payload, received_ms)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
      " ON CONFLICT (shop, provider, reference, event_id) DO NOTHING",
      writes.webhooks, "webhooks",
      [&](Statement& put, const UnmatchedWebhook& w) {
        put.bind(place.shop, w.provider, w.reference, w.event_id, Blob{w.payload}, w.received_ms);
      },
      [](const UnmatchedWebhook& w) { return w.provider + "/" + w.event_id; });
  if (!done) return done;
  done = each(
      place,
      "DELETE FROM webhooks WHERE shop = ?1 AND provider = ?2 AND reference = ?3"
      " AND event_id = ?4",
      writes.webhooks_matched, "webhooks",
      [&](Statement& put, const UnmatchedWebhook& w) {
        put.bind(place.shop, w.provider, w.reference, w.event_id);
      },
      [](const UnmatchedWebhook& w) { return w.provider + "/" + w.event_id; });
  if (!done) return done;
  return each(
      place, "DELETE FROM webhooks WHERE shop = ?1 AND received_ms < ?2", writes.webhooks_ended,
      "webhooks", [&](Statement& put, std::int64_t before_ms) { put.bind(place.shop, before_ms); },
      [](std::int64_t before_ms) { return std::to_string(before_ms); });
}

}  // namespace

Stored<void> write_effects(const Place& place, const Writes& writes) {
  static const Insert facts("INSERT OR FAIL INTO facts (shop, digest, bytes) VALUES", "(?, ?, ?)",
                            " ON CONFLICT (shop, digest) DO NOTHING");
  auto done = insert_all(
      place, facts, writes.facts, "facts",
      [&](Statement& put, const Fact& f) { put.add(place.shop, f.digest, Blob{f.bytes}); },
      [](const Fact&) { return std::string(); });
  if (!done) return done;
  // An answered key never changes; a lease is answered by its owner or taken over when it ended.
  done = each(
      place,
      "INSERT INTO idempotency (shop, scope, key, request, status, response, created_ms,"
      " lease_until_ms, owner) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (shop, scope, key) DO UPDATE SET request = excluded.request,"
      " status = excluded.status, response = excluded.response,"
      " lease_until_ms = excluded.lease_until_ms, owner = excluded.owner"
      " WHERE status = 0 AND (owner = excluded.owner OR lease_until_ms <= ?10)",
      writes.idempotency, "idempotency",
      [&](Statement& put, const IdempotencyRow& r) {
        put.bind(place.shop, r.id.scope, r.id.key, r.request, r.status, Blob{r.response},
                 r.created_ms, r.lease_until_ms, r.owner, place.now_ms);
      },
      [](const IdempotencyRow& r) { return r.id.scope + "/" + r.id.key; }, Fault::constraint);
  if (!done) return done;
  done = each(
      place, "DELETE FROM idempotency WHERE shop = ?1 AND created_ms < ?2",
      writes.idempotency_ended, "idempotency",
      [&](Statement& put, std::int64_t before_ms) { put.bind(place.shop, before_ms); },
      [](std::int64_t before_ms) { return std::to_string(before_ms); });
  if (!done) return done;
  if (done = write_outbox(place, writes); !done) return done;
  return write_provider_rows(place, writes);
}

}  // namespace tandem::store::sqlite
