// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

const LedgerKey kPromotion{LedgerKind::promotion, "welcome", ""};
const LedgerKey kGiftCard{LedgerKind::gift_card, "card", ""};
const LedgerKey kInvoices{LedgerKind::invoice, "INV", ""};

class StoreLedgers : public StoreTest {
 protected:
  Stored<void> change(const LedgerKey& key, Figures figures, Guard guard = Guard::sale,
                      std::optional<std::int64_t> limit = std::nullopt) {
    Writes writes;
    writes.ledger_updates.push_back({key, figures, guard, limit});
    return commit(writes);
  }
};
TANDEM_FOR_EACH_ENGINE(StoreLedgers);

TEST_P(StoreLedgers, RefuseToSellMoreThanIsLeft) {
  ok(change(kTea, {.on_hand = 3}));
  ok(change(kTea, {.held = 2}));
  const auto refused = change(kTea, {.reserved = 2});
  EXPECT_EQ(fault(refused), Fault::guard);
  EXPECT_EQ(refused.error().key, "stock/TEA-100/main");
  ok(change(kTea, {.reserved = 1}));
  EXPECT_EQ(fault(change(kTea, {.held = 1})), Fault::guard);
  EXPECT_EQ(ledger(kTea).figures, (Figures{.on_hand = 3, .reserved = 1, .held = 2}));
  EXPECT_EQ(ledger(kTea).available(), 0);
  EXPECT_EQ(ledger(kTea).version, 3);
}

TEST_P(StoreLedgers, RefuseToSellWhatWasNeverThere) {
  EXPECT_EQ(fault(change(kTea, {.held = 1})), Fault::guard);
  EXPECT_EQ(ledger(kTea).version, 0);
}

TEST_P(StoreLedgers, KeepEveryCounterAboveZero) {
  ok(change(kTea, {.on_hand = 2}));
  EXPECT_EQ(fault(change(kTea, {.held = -1})), Fault::guard);
  EXPECT_EQ(fault(change(kTea, {.on_hand = -3}, Guard::fact)), Fault::guard);
  EXPECT_EQ(fault(change(kInvoices, {.used = -1})), Fault::guard);
}

TEST_P(StoreLedgers, AClaimNeedsNothingMore) {
  ok(change(kTea, {.on_hand = 2}));
  ok(change(kTea, {.held = 2}));
  ok(change(kTea, {.reserved = 2, .held = -2}));
  ok(change(kTea, {.on_hand = -2, .reserved = -2}));
  EXPECT_EQ(ledger(kTea).figures, Figures{});
}

TEST_P(StoreLedgers, BackordersEndAtTheirCeiling) {
  Writes writes;
  writes.stock_policies.push_back({"TEA-100", "main", 0, 5});
  ok(commit(writes));
  ok(change(kTea, {.backordered = 5}));
  EXPECT_EQ(fault(change(kTea, {.backordered = 1})), Fault::guard);
}

TEST_P(StoreLedgers, SafetyStockIsNotSold) {
  ok(change(kTea, {.on_hand = 5}));
  Writes writes;
  writes.stock_policies.push_back({"TEA-100", "main", 2, 0});
  ok(commit(writes));
  EXPECT_EQ(ledger(kTea).available(), 3);
  EXPECT_EQ(fault(change(kTea, {.held = 4})), Fault::guard);
  ok(change(kTea, {.held = 3}));
}

TEST_P(StoreLedgers, ACountIsAFactAndItsShortfallHeals) {
  ok(change(kTea, {.on_hand = 5}));
  ok(change(kTea, {.held = 4}));
  EXPECT_EQ(fault(change(kTea, {.on_hand = -3})), Fault::guard);
  ok(change(kTea, {.on_hand = -3}, Guard::fact));
  EXPECT_EQ(ledger(kTea).shortfall, 2);
  EXPECT_EQ(ledger(kTea).available(), -2);
  EXPECT_EQ(fault(change(kTea, {.held = 1})), Fault::guard);
  ok(change(kTea, {.held = -1}));
  EXPECT_EQ(ledger(kTea).shortfall, 1);
  ok(change(kTea, {.on_hand = 4}));
  EXPECT_EQ(ledger(kTea).shortfall, 0);
}

TEST_P(StoreLedgers, UsesEndAtTheirLimit) {
  ok(change(kPromotion, {.held = 1}, Guard::sale, 2));
  ok(change(kPromotion, {.used = 1}, Guard::sale, 2));
  EXPECT_EQ(fault(change(kPromotion, {.held = 1}, Guard::sale, 2)), Fault::guard);
  ok(change(kPromotion, {.held = -1, .used = 1}, Guard::sale, 2));
  ok(change(kPromotion, {.used = 1}));  // without limit
  EXPECT_EQ(ledger(kPromotion).figures.used, 3);
}

TEST_P(StoreLedgers, GiftCardsAreNotSpentTwice) {
  ok(change(kGiftCard, {.balance = 1'000}));
  ok(change(kGiftCard, {.held = 800}));
  EXPECT_EQ(fault(change(kGiftCard, {.held = 201})), Fault::guard);
  EXPECT_EQ(fault(change(kGiftCard, {.balance = -201})), Fault::guard);
  ok(change(kGiftCard, {.held = -800, .balance = -800}));
  EXPECT_EQ(left(ledger(kGiftCard).figures), 200);
}

TEST_P(StoreLedgers, RefuseACounterOfAnotherKind) {
  EXPECT_EQ(fault(change(kTea, {.used = 1})), Fault::misuse);
  EXPECT_EQ(fault(change(kGiftCard, {.reserved = 1})), Fault::misuse);
  EXPECT_EQ(fault(change(kPromotion, {.balance = 1})), Fault::misuse);
}

TEST_P(StoreLedgers, RefuseAnotherVersionThanExpected) {
  ok(change(kTea, {.on_hand = 5}));
  Writes writes;
  writes.ledger_updates.push_back({kTea, {.held = 1}, Guard::sale, std::nullopt, 0});
  EXPECT_EQ(fault(commit(writes)), Fault::stale);
  writes.ledger_updates[0].expected_version = 1;
  ok(commit(writes));
}

TEST_P(StoreLedgers, NoCauseCountsTwice) {
  Writes writes;
  writes.ledger_entries.push_back({kTea, "hold", {.held = 1}, {.order_no = 1, .n = 4}, kNow});
  ok(commit(writes));
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
}

TEST_P(StoreLedgers, AdjustmentsNeedActorAndReason) {
  Writes writes;
  writes.ledger_updates.push_back({kTea, {.on_hand = 5}});
  writes.ledger_entries.push_back({kTea, "adjust", {.on_hand = 5}, {.actor = "ada"}, kNow});
  EXPECT_EQ(fault(commit(writes)), Fault::constraint);
  writes.ledger_entries[0].cause.reason = "received";
  ok(commit(writes));
  ok(commit(writes));  // each is an adjustment of its own
  EXPECT_EQ(ok(reads().entries(0)).size(), 2U);
  EXPECT_TRUE(ok(reads().ledger_mismatches()).empty());
}

TEST_P(StoreLedgers, MismatchesAreFound) {
  ok(change(kTea, {.on_hand = 5}));
  const auto wrong = ok(reads().ledger_mismatches());
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0].key, kTea);
  EXPECT_EQ(wrong[0].counter.on_hand, 5);
  EXPECT_EQ(wrong[0].entries.on_hand, 0);
}

TEST_P(StoreLedgers, HoldsAreSetRenewedAndReleased) {
  Writes writes;
  writes.holds = {{kTea, 1, 2, kNow + 10, 4}, {kTea, 2, 1, kNow, 4}};
  ok(commit(writes));
  {
    auto batch = ok(store_->begin_batch());
    const auto expired = ok(batch->load_expired_holds(std::vector{kTea}));
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired[0], (Hold{kTea, 2, 1, kNow, 4}));
  }
  writes.holds = {{kTea, 1, 3, kNow + 20, 5}, {kTea, 2, 0, 0, 0}};
  ok(commit(writes));
  EXPECT_EQ(ok(reads().holds(1)), (std::vector<Hold>{{kTea, 1, 3, kNow + 20, 5}}));
  EXPECT_TRUE(ok(reads().holds(2)).empty());
}

TEST_P(StoreLedgers, MovementsOfGoodsArePagedFromTheLastOn) {
  Writes writes;
  writes.ledger_updates = {{kTea, {.on_hand = 9, .held = 1}}};
  const auto add = [&](const LedgerKey& key, const char* movement, Figures change, Cause cause,
                       std::int64_t at_ms) {
    writes.ledger_entries.push_back({key, movement, change, std::move(cause), at_ms});
  };
  add(kTea, "receive", {.on_hand = 10}, {.order_no = 0, .n = 1, .actor = "ann", .reason = "r"}, 5);
  add(kTea, "hold", {.held = 1}, {.order_no = 7, .n = 2}, 6);
  add(kTea, "restock", {.on_hand = 1}, {.order_no = 7, .n = 4}, 7);
  add(kTea, "ship", {.on_hand = -2}, {.order_no = 7, .n = 4}, 7);
  add({LedgerKind::stock, "TEA-100", "north"}, "ship", {.on_hand = -1}, {.order_no = 8, .n = 1}, 9);
  ok(commit(writes));
  const auto first = ok(reads().stock_entries(kTea, {}, 2));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].movement, "ship");
  EXPECT_EQ(first[1].movement, "restock");
  const auto rest = ok(reads().stock_entries(kTea, {7, 7, 4, "restock"}, 2));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].cause.actor, "ann");
  EXPECT_EQ(rest[0].change.on_hand, 10);
}

TEST_P(StoreLedgers, RowsArePagedByKey) {
  for (const char* sku : {"C", "A", "B"}) {
    ok(change({LedgerKind::stock, sku, "main"}, {.on_hand = 1}));
  }
  const auto first = ok(reads().ledger_rows(LedgerKind::stock, {}, 2));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[1].key.key, "B");
  const auto rest = ok(reads().ledger_rows(LedgerKind::stock, first[1].key, 2));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].key.key, "C");
}

TEST_P(StoreLedgers, SettledUpdatesOfOneCounterAreOne) {
  ok(change(kTea, {.on_hand = 3}));
  Writes writes;
  writes.ledger_updates = {
      {kTea, {.held = 3}, Guard::sale, {}, 1},     {kTea, {.held = -3}, Guard::sale, {}, 1},
      {kTea, {.held = 2}, Guard::sale, {}, 1},     {kTea, {.on_hand = -1}, Guard::fact, {}, 1},
      {kTea, {.on_hand = -1}, Guard::fact, {}, 1}, {kTea, {.held = -1}, Guard::sale, {}, 1}};
  writes.settle();
  EXPECT_EQ(writes.ledger_updates.size(), 3U);
  ok(commit(writes));
  EXPECT_EQ(ledger(kTea).figures, (Figures{.on_hand = 1, .held = 1}));
}

}  // namespace
}  // namespace tandem::store
