// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

class StoreEffects : public StoreTest {
 protected:
  static OutboxRow effect(const std::string& dedupe_key, std::int64_t due_ms = kNow) {
    OutboxRow row;
    row.kind = "mail_order_confirmed";
    row.order_no = 1;
    row.payload = "{}";
    row.due_ms = due_ms;
    row.dedupe_key = dedupe_key;
    return row;
  }
  std::vector<OutboxRow> take(std::int64_t lease_ms) {
    auto batch = ok(store_->begin_batch());
    auto rows = ok(batch->take_outbox(10, lease_ms));
    ok(batch->commit());
    return rows;
  }
};
TANDEM_FOR_EACH_ENGINE(StoreEffects);

TEST_P(StoreEffects, AreKeptOnceForEachDedupeKey) {
  Writes writes;
  writes.outbox = {effect("a"), effect("a"), effect("b")};
  ok(commit(writes));
  ok(commit(writes));
  EXPECT_EQ(ok(reads().outbox_of(1)).size(), 2U);
}

TEST_P(StoreEffects, AreTakenByOneWorkerUntilTheLeaseEnds) {
  Writes writes;
  writes.outbox = {effect("now"), effect("later", kNow + 1)};
  ok(commit(writes));
  const auto taken = take(100);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].dedupe_key, "now");
  EXPECT_EQ(taken[0].attempts, 1);
  EXPECT_TRUE(take(100).empty());
  now_ms_ = kNow + 100;
  EXPECT_EQ(take(100).size(), 2U);
  EXPECT_EQ(ok(reads().outbox_of(1)).at(0).attempts, 2);
}

TEST_P(StoreEffects, EndDoneDeadOrLater) {
  Writes writes;
  writes.outbox = {effect("a"), effect("b"), effect("c")};
  ok(commit(writes));
  const auto taken = take(100);
  Writes outcomes;
  outcomes.outbox_outcomes = {{taken[0].outbox_no, OutboxState::done, 0, ""},
                              {taken[1].outbox_no, OutboxState::dead, 0, "bounced"},
                              {taken[2].outbox_no, OutboxState::pending, kNow + 5, "timeout"}};
  ok(commit(outcomes));
  EXPECT_TRUE(ok(reads().outbox_due(kNow + 4, 10)).empty());
  const auto due = ok(reads().outbox_due(kNow + 5, 10));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].last_error, "timeout");
  const auto dead = ok(reads().outbox_dead(0, 10));
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].last_error, "bounced");
  Writes unknown;
  unknown.outbox_outcomes = {{999, OutboxState::done, 0, ""}};
  EXPECT_EQ(fault(commit(unknown)), Fault::stale);
}

TEST_P(StoreEffects, FactsAreWrittenOnce) {
  Writes writes;
  writes.facts = {{Digest{1}, "offer"}, {Digest{1}, "offer"}, {Digest{2}, "quote"}};
  ok(commit(writes));
  ok(commit(writes));
  EXPECT_EQ(ok(reads().fact(Digest{1})), "offer");
  EXPECT_FALSE(ok(reads().fact(Digest{3})));
}

IdempotencyRow answer(std::int64_t status, const std::string& owner,
                      std::int64_t lease_until_ms = 0) {
  IdempotencyRow row;
  row.id = {"staff/ada POST /v1/x", "key"};
  row.request = Digest{1};
  row.status = status;
  row.response = status == 0 ? "" : "answer of " + owner;
  row.lease_until_ms = lease_until_ms;
  row.owner = owner;
  return row;
}

TEST_P(StoreEffects, AnAnsweredKeyNeverChanges) {
  Writes writes;
  writes.idempotency = {answer(201, "a")};
  ok(commit(writes));
  writes.idempotency = {answer(200, "b")};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  writes.idempotency = {answer(200, "a")};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  const auto row = ok(reads().idempotency(answer(0, "").id));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->status, 201);
  EXPECT_EQ(row->response, "answer of a");
}

TEST_P(StoreEffects, ALeaseIsItsOwnersUntilItEnds) {
  Writes writes;
  writes.idempotency = {answer(0, "a", kNow + 10)};
  ok(commit(writes));
  writes.idempotency = {answer(0, "b", kNow + 20)};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  now_ms_ = kNow + 10;
  ok(commit(writes));
  writes.idempotency = {answer(200, "a")};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  writes.idempotency = {answer(200, "b")};
  ok(commit(writes));
  auto batch = ok(store_->begin_batch());
  const auto rows = ok(batch->load_idempotency(std::vector{answer(0, "").id, {"x", "y"}}));
  EXPECT_EQ(rows.at(0)->response, "answer of b");
  EXPECT_FALSE(rows.at(1));
}

TEST_P(StoreEffects, AReferenceStaysWithItsOrder) {
  Writes writes;
  writes.references = {{"demo", "intent-1", 7}};
  ok(commit(writes));
  ok(commit(writes));
  EXPECT_EQ(ok(reads().order_of_reference("demo", "intent-1")), 7);
  EXPECT_FALSE(ok(reads().order_of_reference("stripe", "intent-1")));
  writes.references = {{"demo", "intent-1", 8}};
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreEffects, WebhooksWaitForTheirOrder) {
  const UnmatchedWebhook second{"demo", "intent-1", "e2", "two", kNow + 1};
  const UnmatchedWebhook first{"demo", "intent-1", "e1", "one", kNow};
  Writes writes;
  writes.webhooks = {second, first, first, {"demo", "intent-2", "e3", "three", kNow}};
  ok(commit(writes));
  const std::vector<ProviderReference> asked{{"demo", "intent-1", 0}};
  {
    auto batch = ok(store_->begin_batch());
    const auto waiting = ok(batch->load_webhooks(asked));
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].payload, "one");
    EXPECT_EQ(waiting[1].payload, "two");
    Writes matched;
    matched.webhooks_matched = waiting;
    ok(batch->write(matched));
    ok(batch->commit());
  }
  auto batch = ok(store_->begin_batch());
  EXPECT_TRUE(ok(batch->load_webhooks(asked)).empty());
}

TEST_P(StoreEffects, KeptWebhooksAreFoundOnceTheirOrderIsKnown) {
  Writes writes;
  writes.webhooks = {{"demo", "intent-1", "e2", "two", kNow + 1},
                     {"demo", "intent-1", "e1", "one", kNow},
                     {"demo", "intent-2", "e3", "three", kNow}};
  ok(commit(writes));
  EXPECT_TRUE(ok(reads().kept_webhooks(10)).empty());
  Writes known;
  known.references = {{"demo", "intent-1", 7}};
  ok(commit(known));
  const auto kept = ok(reads().kept_webhooks(10));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].webhook.payload, "one");
  EXPECT_EQ(kept[1].order_no, 7);
  EXPECT_EQ(ok(reads().kept_webhooks(1)).size(), 1U);
  Writes ended;
  ended.webhooks_ended = {kNow + 1};
  ok(commit(ended));
  EXPECT_EQ(ok(reads().kept_webhooks(10)).size(), 1U);
}

TEST_P(StoreEffects, TimeIsReadOnceForABatch) {
  auto batch = ok(store_->begin_batch());
  now_ms_ = kNow + 1;
  EXPECT_EQ(batch->now_ms(), kNow);
}

}  // namespace
}  // namespace tandem::store
