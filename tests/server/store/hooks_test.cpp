// SPDX-License-Identifier: Apache-2.0
#include "server/store/support.hpp"

namespace tandem::store {
namespace {

class StoreHooks : public StoreTest {
 protected:
  static HookEndpoint endpoint(const std::string& id) {
    return {.id = id,
            .url = "https://shop.example/hook",
            .events = "order_placed",
            .secret = "whsec_a",
            .created_ms = kNow};
  }
  static HookMessage message(const std::string& endpoint, std::int64_t order_no,
                             std::int64_t version, std::int64_t at_ms = kNow) {
    return {.endpoint = endpoint,
            .order_no = order_no,
            .version = version,
            .at_ms = at_ms,
            .payload = R"({"a":1})",
            .due_ms = at_ms};
  }
  void put(const std::vector<HookEndpoint>& endpoints) {
    Writes writes;
    writes.hook_endpoints = endpoints;
    ok(commit(writes));
  }
  void tell(const std::vector<HookMessage>& messages) {
    Writes writes;
    writes.hook_messages = messages;
    ok(commit(writes));
  }
  std::vector<HookMessage> due(std::int64_t now_ms = kNow + 1'000'000) {
    return ok(reads().hooks_due(now_ms, 100));
  }
  void end(std::int64_t hook_no, OutboxState state, std::int64_t due_ms = 0) {
    Writes writes;
    writes.hook_outcomes = {{hook_no, state, due_ms, "status 500"}};
    ok(commit(writes));
  }
};
TANDEM_FOR_EACH_ENGINE(StoreHooks);

TEST_P(StoreHooks, AnEndpointIsReplacedByWhoSawItAndMovesTheCatalogOn) {
  const std::int64_t version = ok(reads().catalog_version());
  put({endpoint("a")});
  EXPECT_GT(ok(reads().catalog_version()), version);
  HookEndpoint changed = endpoint("a");
  changed.version = 2;
  changed.enabled = false;
  changed.why = "answered 410";
  changed.secret_before = "whsec_b";
  changed.before_until_ms = kNow + 5;
  put({changed});
  Writes again;
  again.hook_endpoints = {changed};
  EXPECT_EQ(fault(commit(again)), Fault::stale);
  reopen();
  EXPECT_EQ(ok(reads().hook_endpoints()), std::vector{changed});
  Writes gone;
  gone.hook_endpoints_removed = {"a"};
  ok(commit(gone));
  EXPECT_TRUE(ok(reads().hook_endpoints()).empty());
}

TEST_P(StoreHooks, NumbersAnOrdersMessagesToEachEndpoint) {
  put({endpoint("a"), endpoint("b")});
  tell({message("a", 1, 3), message("b", 1, 3), message("a", 2, 1)});
  tell({message("a", 1, 5), message("a", 1, 9)});
  std::vector<std::string> told;
  for (const HookMessage& one : due()) {
    told.push_back(one.endpoint + std::to_string(one.order_no) + ' ' + std::to_string(one.version) +
                   " is " + std::to_string(one.ordering));
  }
  EXPECT_EQ(told, (std::vector<std::string>{"a1 3 is 1", "b1 3 is 1", "a2 1 is 1", "a1 5 is 2",
                                            "a1 9 is 3"}));
  EXPECT_EQ(due().at(0).payload, R"({"a":1})");
}

TEST_P(StoreHooks, AMessageToAnEndpointThatIsGoneIsDropped) {
  put({endpoint("a")});
  tell({message("a", 1, 1), message("b", 1, 1)});
  EXPECT_EQ(due().size(), 1U);
  Writes gone;
  gone.hook_endpoints_removed = {"a"};
  ok(commit(gone));
  EXPECT_TRUE(due().empty());
}

TEST_P(StoreHooks, AMessageIsClaimedOnce) {
  put({endpoint("a")});
  tell({message("a", 1, 1)});
  const HookMessage one = due().at(0);
  Writes claim;
  claim.hook_claims = {{one.hook_no, one.attempts, kNow + 60}};
  ok(commit(claim));
  EXPECT_EQ(fault(commit(claim)), Fault::stale);
  EXPECT_TRUE(due(kNow + 59).empty());
  EXPECT_EQ(due(kNow + 60).at(0).attempts, 1);
}

TEST_P(StoreHooks, EndsDoneDeadOrLater) {
  put({endpoint("a")});
  tell({message("a", 1, 1), message("a", 1, 2), message("a", 1, 3)});
  const auto all = due();
  ASSERT_EQ(all.size(), 3U);
  end(all[0].hook_no, OutboxState::done);
  end(all[1].hook_no, OutboxState::dead);
  end(all[2].hook_no, OutboxState::pending, kNow + 7);
  EXPECT_TRUE(due(kNow + 6).empty());
  EXPECT_EQ(due(kNow + 7).at(0).last_error, "status 500");
  const auto dead = ok(reads().hooks_dead("a", 0, 10));
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].version, 2);
  EXPECT_TRUE(ok(reads().hooks_dead("a", dead[0].hook_no, 10)).empty());
  EXPECT_TRUE(ok(reads().hooks_dead("b", 0, 10)).empty());
}

TEST_P(StoreHooks, WhatHasEndedInASpanOfTimeIsSentOnceMore) {
  put({endpoint("a"), endpoint("b")});
  tell({message("a", 1, 1, kNow), message("a", 1, 2, kNow + 10), message("a", 1, 3, kNow + 20),
        message("b", 1, 2, kNow + 10)});
  for (const HookMessage& one : due()) end(one.hook_no, OutboxState::done);
  Writes replay;
  replay.hook_replays = {{"a", kNow + 10, kNow + 20, kNow + 100}};
  ok(commit(replay));
  const auto again = due();
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].version, 2);
  EXPECT_EQ(again[0].ordering, 2);
  EXPECT_EQ(again[0].attempts, 0);
  EXPECT_EQ(again[1].version, 3);
}

TEST_P(StoreHooks, OldMessagesAreForgottenButForTheLastOfEachOrder) {
  put({endpoint("a")});
  tell({message("a", 1, 1), message("a", 1, 2), message("a", 2, 1)});
  for (const HookMessage& one : due()) end(one.hook_no, OutboxState::dead);
  Writes old;
  old.hook_messages_ended = {kNow + 1};
  ok(commit(old));
  const auto left = ok(reads().hooks_dead("a", 0, 10));
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].version, 2);
  tell({message("a", 1, 7)});
  EXPECT_EQ(due().at(0).ordering, 3);
}

}  // namespace
}  // namespace tandem::store
