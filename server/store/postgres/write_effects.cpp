// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/postgres/plan.hpp"

namespace tandem::store::postgres {
namespace {

void plan_idempotency(Plan& plan, const Writes& writes) {
  // An answered key never changes; a lease is answered by its owner or taken over when it ended.
  plan.rounds(
      "INSERT INTO idempotency AS i (shop, scope, key, request, status, response, created_ms,"
      " lease_until_ms, owner) SELECT $1, r.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9)"
      " AS r(scope, key, request, status, response, created_ms, lease_until_ms, owner)"
      " ORDER BY r.scope, r.key"
      " ON CONFLICT (shop, scope, key) DO UPDATE SET request = excluded.request,"
      " status = excluded.status, response = excluded.response,"
      " lease_until_ms = excluded.lease_until_ms, owner = excluded.owner"
      " WHERE i.status = 0 AND (i.owner = excluded.owner OR i.lease_until_ms <= $10)"
      " RETURNING i.scope || '/' || i.key",
      "idempotency", writes.idempotency,
      [](const IdempotencyRow& r) { return r.id.scope + "/" + r.id.key; },
      [&](Params& params, const auto& rows) {
        params.column(rows, [](const auto& r) -> const std::string& { return r.id.scope; });
        params.column(rows, [](const auto& r) -> const std::string& { return r.id.key; });
        params.column(rows, &IdempotencyRow::request);
        params.column(rows, &IdempotencyRow::status);
        params.column(rows, [](const IdempotencyRow& r) { return Blob{r.response}; });
        params.column(rows, &IdempotencyRow::created_ms);
        params.column(rows, &IdempotencyRow::lease_until_ms);
        params.column(rows, &IdempotencyRow::owner);
        params.add(plan.place().now_ms);
      },
      Fault::constraint);
}

void plan_ended_idempotency(Plan& plan, const Writes& writes) {
  if (writes.idempotency_ended.empty()) return;
  Query end("DELETE FROM idempotency WHERE shop = $1 AND created_ms < $2", plan.shop());
  end.params.add(std::ranges::max(writes.idempotency_ended));
  plan.add(std::move(end), "idempotency", {});
}

void plan_outbox(Plan& plan, const Writes& writes) {
  // With the numbers of the list's order, and the first of two equal keys.
  plan.rounds(
      "INSERT INTO outbox (shop, kind, order_no, payload, due_ms, attempts, dedupe_key)"
      " SELECT $1, o.kind, o.order_no, o.payload, o.due_ms, o.attempts, o.dedupe_key"
      " FROM unnest($2, $3, $4, $5, $6, $7, $8)"
      " AS o(i, kind, order_no, payload, due_ms, attempts, dedupe_key) ORDER BY o.i"
      " ON CONFLICT (shop, dedupe_key) DO NOTHING",
      "outbox", writes.outbox, [](const OutboxRow& o) { return o.dedupe_key; },
      [](Params& params, const auto& rows) {
        params.ordinals(rows.size());
        params.column(rows, &OutboxRow::kind);
        params.column(rows, &OutboxRow::order_no);
        params.column(rows, [](const OutboxRow& o) { return Blob{o.payload}; });
        params.column(rows, &OutboxRow::due_ms);
        params.column(rows, &OutboxRow::attempts);
        params.column(rows, &OutboxRow::dedupe_key);
      });
  const auto outcome_name = [](const OutboxOutcome& o) {
    return o.outbox_no > 0 ? std::to_string(o.outbox_no) : o.dedupe_key;
  };
  plan.rounds(
      "UPDATE outbox o SET state = u.state,"
      " due_ms = CASE WHEN u.state = 0 THEN u.due_ms ELSE o.due_ms END,"
      " last_error = nullif(u.error, '')"
      " FROM " TANDEM_LIST("$2, $3, $4, $5, $6, $7",
                           "outbox_no, state, due_ms, error, dedupe_key, name") " AS u"
      " WHERE o.shop = u.shop AND o.outbox_no = CASE WHEN u.outbox_no > 0 THEN u.outbox_no ELSE"
      " (SELECT d.outbox_no FROM outbox d WHERE d.shop = $1 AND d.dedupe_key = u.dedupe_key) END"
      " RETURNING u.name",
      "outbox", writes.outbox_outcomes, outcome_name,
      [&](Params& params, const auto& rows) {
        params.column(rows, &OutboxOutcome::outbox_no);
        params.column(rows,
                      [](const OutboxOutcome& o) { return static_cast<std::int64_t>(o.state); });
        params.column(rows, &OutboxOutcome::due_ms);
        params.column(rows, [](const OutboxOutcome& o) { return Blob{o.error}; });
        params.column(rows, &OutboxOutcome::dedupe_key);
        params.column(rows, outcome_name);
      },
      Fault::stale);
}

void plan_provider_rows(Plan& plan, const Writes& writes) {
  // A reference never moves to another order: repeating it is fine, changing it is a fault.
  plan.rounds(
      "INSERT INTO provider_references AS p (shop, provider, reference, order_no)"
      " SELECT $1, r.* FROM unnest($2, $3, $4) AS r(provider, reference, order_no)"
      " ORDER BY r.provider, r.reference ON CONFLICT (shop, provider, reference)"
      " DO UPDATE SET order_no = excluded.order_no WHERE p.order_no = excluded.order_no"
      " RETURNING p.provider || '/' || p.reference",
      "provider_references", writes.references,
      [](const ProviderReference& r) { return r.provider + "/" + r.reference; },
      [](Params& params, const auto& rows) {
        params.column(rows, &ProviderReference::provider);
        params.column(rows, &ProviderReference::reference);
        params.column(rows, &ProviderReference::order_no);
      },
      Fault::constraint);
  const auto webhook_name = [](const UnmatchedWebhook& w) { return w.provider + "/" + w.event_id; };
  plan.rows(
      "INSERT INTO webhooks (shop, provider, reference, event_id, payload, received_ms)"
      " SELECT $1, w.* FROM unnest($2, $3, $4, $5, $6)"
      " AS w(provider, reference, event_id, payload, received_ms)"
      " ORDER BY w.provider, w.reference, w.event_id"
      " ON CONFLICT (shop, provider, reference, event_id) DO NOTHING",
      "webhooks", writes.webhooks, webhook_name, [](Params& params, const auto& rows) {
        params.column(rows, &UnmatchedWebhook::provider);
        params.column(rows, &UnmatchedWebhook::reference);
        params.column(rows, &UnmatchedWebhook::event_id);
        params.column(rows, [](const UnmatchedWebhook& w) { return Blob{w.payload}; });
        params.column(rows, &UnmatchedWebhook::received_ms);
      });
  plan.rows(
      "DELETE FROM webhooks w USING " TANDEM_LIST("$2, $3, $4", "provider, reference, event_id")
      " AS m WHERE w.shop = m.shop AND w.provider = m.provider AND w.reference = m.reference"
      " AND w.event_id = m.event_id",
      "webhooks", writes.webhooks_matched, webhook_name, [](Params& params, const auto& rows) {
        params.column(rows, &UnmatchedWebhook::provider);
        params.column(rows, &UnmatchedWebhook::reference);
        params.column(rows, &UnmatchedWebhook::event_id);
      });
  if (writes.webhooks_ended.empty()) return;
  Query end("DELETE FROM webhooks WHERE shop = $1 AND received_ms < $2", plan.shop());
  end.params.add(std::ranges::max(writes.webhooks_ended));
  plan.add(std::move(end), "webhooks", {});
}

}  // namespace

void plan_effects(Plan& plan, const Writes& writes) {
  // In the digests' order: two nodes that write the same new facts wait for each other.
  plan.rows(
      "INSERT INTO facts (shop, digest, bytes) SELECT $1, f.digest, f.bytes"
      " FROM unnest($2, $3) AS f(digest, bytes) ORDER BY f.digest"
      " ON CONFLICT (shop, digest) DO NOTHING",
      "facts", writes.facts, [](const Fact&) { return std::string(); },
      [](Params& params, const auto& rows) {
        params.column(rows, &Fact::digest);
        params.column(rows, [](const Fact& f) { return Blob{f.bytes}; });
      });
  plan_idempotency(plan, writes);
  plan_ended_idempotency(plan, writes);
  plan_outbox(plan, writes);
  plan_provider_rows(plan, writes);
}

}  // namespace tandem::store::postgres
