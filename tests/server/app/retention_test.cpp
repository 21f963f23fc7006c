// SPDX-License-Identifier: Apache-2.0
// Quotations that nobody came back to: which of them go, and that nothing else is missing then.
#include <gtest/gtest.h>

#include <array>

#include "app/worker_jobs.hpp"
#include "commit/committer.hpp"
#include "follower.hpp"
#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

Options kept_for_days(std::int64_t days) {
  Options options;
  options.worker.quotations_kept_ms = days * kDayMs;
  return options;
}

class Retention : public ::testing::Test {
 protected:
  Retention() : shop_(kept_for_days(90)) { shop_.stock("TEA-100", 2000, 500); }

  static bool is_there(const Client& client) { return client.view().status == 200; }
  std::int64_t number_of(const Client& client) {
    return (*shop_.store().reads().order(store::OrderRef(client.id)))->order_no;
  }
  [[nodiscard]] static Json contact() {
    return {{"type", "set_contact"}, {"email", "ann@example.com"}, {"name", "Ann"}};
  }
  void expect_sound() {
    const Findings found = shop_.verify();
    EXPECT_TRUE(found.sentences.empty()) << found.sentences.front();
  }

  Shop shop_;
};

TEST_F(Retention, WhatNobodyCameBackToIsRemovedAndNothingElse) {
  const Client empty(shop_);  // opened and never used: it has no version yet
  Client left(shop_);
  left.send({add("TEA-100", 2)});
  Client known(shop_);
  known.send({add("TEA-100", 1), contact()});
  Client placed(shop_);
  placed.fill({{"TEA-100", 1}}, "wire");
  placed.place();
  ASSERT_TRUE(placed.order().is_placed()) << placed.last_result();
  Client used(shop_);
  used.send({add("TEA-100", 1)});
  shop_.pass(89 * kDayMs);
  used.send({add("TEA-100", 1)});
  shop_.app().round();
  EXPECT_TRUE(is_there(left));
  shop_.pass(2 * kDayMs);
  shop_.app().round();
  EXPECT_EQ(left.view().reason(), "order_unknown");
  EXPECT_EQ(empty.view().reason(), "order_unknown");
  for (const Client* client : {&known, &placed, &used}) EXPECT_TRUE(is_there(*client));
  const std::string text(shop_.get("/metrics", shop_.key("admin")).response.content());
  EXPECT_NE(text.find("\ntandem_quotations_removed_total 2\n"), std::string::npos) << text;
  expect_sound();
}

TEST_F(Retention, ACanceledCartGoesTooAndACanceledOrderStays) {
  Client cart(shop_);
  cart.send({add("TEA-100", 2)});
  Client order(shop_);
  order.fill({{"TEA-100", 1}}, "wire");
  order.place();
  for (const Client* client : {&cart, &order}) {
    const Json cancel{{"type", "cancel_order"}};
    staff_send(shop_, client->id, shop_.key("sales"), cancel);
    EXPECT_EQ(client->view().body.at("order").at("axes").at("order"), "canceled");
  }
  shop_.pass(91 * kDayMs);
  shop_.app().round();
  EXPECT_EQ(cart.view().reason(), "order_unknown");
  EXPECT_TRUE(is_there(order));
  expect_sound();
}

TEST_F(Retention, ItsIdIsUnknownAndMayBeUsedAgain) {
  Client left(shop_);
  left.send({add("TEA-100", 2)});
  const std::int64_t before = number_of(left);
  shop_.pass(91 * kDayMs);
  shop_.app().round();
  Client stranger(shop_, false);
  const Answer refused = left.send({add("TEA-100", 1)});
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.reason(), stranger.send({add("TEA-100", 1)}).reason());
  const Json again{{"order", left.id}, {"secret", left.secret}};
  EXPECT_EQ(shop_.post("/v1/orders", again.dump()).status, 201);
  EXPECT_GT(number_of(left), before);
  expect_sound();
}

TEST_F(Retention, WhatItHeldGoesBackToItsLedger) {
  shop_.settle({{"hold_at", "add_line"}});
  Client left(shop_);
  left.send({add("TEA-100", 3)});
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.held, 3);
  shop_.pass(kDayMs);
  shop_.app().round();  // the hold ends, which is the cart's last change
  shop_.pass(91 * kDayMs);
  shop_.app().round();
  EXPECT_EQ(left.view().reason(), "order_unknown");
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.held, 0);
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.on_hand, 500);
  expect_sound();
}

TEST_F(Retention, WhatHoldsSomethingStillStays) {
  shop_.settle({{"hold_at", "add_line"}, {"hold_ms", 200 * kDayMs}});
  Client left(shop_);
  left.send({add("TEA-100", 3)});
  shop_.pass(91 * kDayMs);
  shop_.app().round();
  EXPECT_TRUE(is_there(left));
  EXPECT_EQ(shop_.stock_of("TEA-100").figures.held, 3);
  expect_sound();
}

TEST_F(Retention, APageInEachRound) {
  constexpr int kOrders = 101;
  std::vector<Client> clients;
  for (int i = 0; i < kOrders; ++i) {
    clients.emplace_back(shop_);
    clients.back().send({add("TEA-100", 1)});
  }
  shop_.pass(91 * kDayMs);
  shop_.app().round();
  EXPECT_FALSE(is_there(clients.at(99)));
  EXPECT_TRUE(is_there(clients.at(100)));
  shop_.app().round();
  EXPECT_FALSE(is_there(clients.at(100)));
}

TEST_F(Retention, OfTwoNodesEachRemovesWhatTheOtherHasNot) {
  Client left(shop_);
  left.send({add("TEA-100", 1)});
  Client other(shop_);
  other.send({add("TEA-100", 1)});
  shop_.pass(91 * kDayMs);
  const std::vector<store::OrderRemoved> both{{number_of(left), left.order().version},
                                              {number_of(other), other.order().version}};
  RemoveLeftJob first({both.front()});
  RemoveLeftJob second(both);
  commit::CommitCounts counts;
  for (RemoveLeftJob* job : {&first, &second}) {
    const std::array<commit::Job*, 1> jobs{job};
    ASSERT_TRUE(commit::is_committed(commit::run_batch(shop_.store(), jobs, counts).front()));
  }
  EXPECT_EQ(first.removed.size(), 1U);
  EXPECT_EQ(second.removed, std::vector<std::int64_t>{both.back().order_no});
  expect_sound();
}

TEST_F(Retention, ACommandInTheSameCommitIsToldThatTheOrderIsUnknown) {
  Client left(shop_);
  left.send({add("TEA-100", 1)});
  shop_.pass(91 * kDayMs);
  Actor staff;
  staff.kind = ActorClass::staff;
  staff.role = StaffRole::sales;
  OrderRequest request{.order = number_of(left), .actor = staff};
  request.commands.push_back(asked(AddNote{"Rings twice."}));
  RemoveLeftJob removing({{number_of(left), left.order().version}});
  OrderJob noting(shop_.app().services().tools, std::move(request));
  commit::CommitCounts counts;
  const std::array<commit::Job*, 2> jobs{&removing, &noting};
  const auto outcomes = commit::run_batch(shop_.store(), jobs, counts);
  EXPECT_TRUE(commit::is_committed(outcomes[0]));
  const Rejection* refusal = commit::rejection(outcomes[1]);
  ASSERT_NE(refusal, nullptr);
  EXPECT_EQ(refusal->reason, Reason::order_unknown);
  EXPECT_EQ(counts.reruns, 1);
  expect_sound();
}

TEST_F(Retention, ACommandThatCameBeforeKeepsIt) {
  Client left(shop_);
  left.send({add("TEA-100", 1)});
  const std::int64_t judged = left.order().version;
  left.send({add("TEA-100", 1)});
  RemoveLeftJob removing({{number_of(left), judged}});
  commit::CommitCounts counts;
  const std::array<commit::Job*, 1> jobs{&removing};
  EXPECT_TRUE(commit::is_committed(commit::run_batch(shop_.store(), jobs, counts).front()));
  EXPECT_TRUE(removing.removed.empty());
  EXPECT_TRUE(is_there(left));
}

TEST_F(Retention, TheStreamOfAllOrdersPassesItOver) {
  Client left(shop_);
  left.send({add("TEA-100", 1)});
  shop_.pass(91 * kDayMs);
  Client stays(shop_);
  stays.send({add("TEA-100", 1)});
  shop_.app().round();
  Follower follower(shop_.app(), "/v1/staff/events", shop_.key("sales"), "0-0");
  const Seen seen = follower.next();
  ASSERT_EQ(seen.event, "order");
  EXPECT_EQ(seen.data.at("order"), stays.id);
}

TEST(RetentionOff, KeepsThemForEver) {
  Shop shop(kept_for_days(0));
  shop.stock("TEA-100", 2000, 50);
  Client left(shop);
  left.send({add("TEA-100", 1)});
  shop.pass(40'000 * kDayMs);
  shop.app().round();
  EXPECT_EQ(left.view().status, 200);
}

}  // namespace
}  // namespace tandem::app::test
