// SPDX-License-Identifier: Apache-2.0
#include "tandem/sync/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sync_shop.hpp"

namespace tandem::sync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Reason reason_of(const auto& result) { return result.error().reason; }

TEST(Session, ComputesACartByItself) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  const State state = session.state();
  EXPECT_EQ(state.pending, 1);
  EXPECT_EQ(state.version, 0);
  EXPECT_EQ(state.view.totals.total_minor, 4760);  // 40.00 and 19 %
  EXPECT_FALSE(state.unpriced);
  EXPECT_EQ(state.place.rejection->reason, Reason::contact_missing);
}

/// A wallet is offered where the shop wants one and the provider has one.
TEST(Session, OffersAWalletWhereTheProviderHasOne) {
  std::string rules = kRules;
  const std::string methods = R"([{"id": "card", "provider": "demo"}])";
  rules.replace(rules.find(methods), methods.size(),
                R"([{"id": "card", "provider": "demo", "express": true},
                    {"id": "plain", "provider": "demo"},
                    {"id": "wire", "provider": "wire_transfer", "express": true}])");
  Session session({"0123456789abcdef0123456789abcdef"});
  ASSERT_TRUE(session.set_rules(rules, rules_id(rules)));
  const State state = session.state();
  ASSERT_EQ(state.payment_options.size(), 3U);
  EXPECT_TRUE(state.payment_options[0].express);
  EXPECT_FALSE(state.payment_options[1].express);
  EXPECT_FALSE(state.payment_options[2].express);
}

TEST(Session, RefusesAndChangesNothing) {
  Shop shop;
  Session session = shop.session();
  const auto refused =
      session.apply(R"({"type":"add_line","sku":"GONE","quantity":1})", {"c1"}, kNow);
  EXPECT_EQ(reason_of(refused), Reason::offer_unknown);
  EXPECT_THAT(session.pending(), IsEmpty());
  EXPECT_EQ(session.state().view.version, 0);
}

TEST(Session, UnderstandsTheCustomersCommandsOnly) {
  Shop shop;
  Session session = shop.session();
  for (const std::string type : {"confirm_order", "payment_captured", "expire_hold", "no_such"}) {
    const auto refused = session.apply(R"({"type":")" + type + R"("})", {"c1"}, kNow);
    EXPECT_EQ(reason_of(refused), Reason::command_unknown) << type;
    EXPECT_EQ(refused.error().subject, type);
  }
  const auto placed =
      session.apply(R"({"type":"place_order","expected_digest":")" + std::string(64, '0') + R"("})",
                    {"c1"}, kNow);
  EXPECT_EQ(reason_of(placed), Reason::command_unknown);
}

TEST(Session, TakesACommandIdOnce) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  EXPECT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  EXPECT_THAT(session.pending(), SizeIs(1));
  EXPECT_EQ(reason_of(session.apply(kAddMug, {"c1"}, kNow)), Reason::command_id_reused);
}

TEST(Session, ShowsAfterSyncWhatTheServerHas) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  ASSERT_TRUE(session.apply(kAddMug, {"c2"}, kNow));
  ASSERT_TRUE(session.apply(R"({"type":"set_contact","email":"a@example.org","name":"Ada"})",
                            {"c3"}, kNow));
  const auto before = session.quote();
  const auto received = shop.sync(session);
  ASSERT_TRUE(received);
  EXPECT_THAT(received->notices, IsEmpty());
  EXPECT_THAT(session.pending(), IsEmpty());
  EXPECT_EQ(session.state().stream_digest, shop.host.head());
  EXPECT_EQ(session.state().version, shop.host.order().version);
  EXPECT_EQ(session.quote()->quote_digest, before->quote_digest);
  EXPECT_EQ(session.shown().contact->name, "Ada");
}

TEST(Session, TakesTheSameAnswerTwice) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  const std::string answer = shop.answer_to(session);
  ASSERT_TRUE(session.receive(answer));
  const std::string once = canonical(session.state());
  ASSERT_TRUE(session.receive(answer));
  EXPECT_EQ(canonical(session.state()), once);
}

TEST(Session, TakesAnOlderAnswerAfterANewerOne) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  const std::string older = shop.answer_to(session);
  shop.host.facts.availability["MUG"] = 3;
  ASSERT_TRUE(session.apply(kAddMug, {"c2"}, kNow));
  const std::string newer = shop.answer_to(session);
  ASSERT_TRUE(session.receive(newer));
  const std::string latest = canonical(session.state());
  ASSERT_TRUE(session.receive(older));
  EXPECT_EQ(canonical(session.state()), latest) << "neither events nor facts go back";
}

TEST(Session, SaysWhenEventsAreMissing) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  (void)shop.answer_to(session);  // lost
  const auto gap = session.receive(canonical(shop.host.events_after(1, ++shop.now)));
  ASSERT_TRUE(gap);
  EXPECT_TRUE(gap->gap);
  EXPECT_EQ(session.state().version, 0);
  EXPECT_THAT(session.pending(), SizeIs(1));
  // The events say by their command ids what became of what was sent.
  ASSERT_TRUE(session.receive(canonical(shop.host.events_after(0, ++shop.now))));
  EXPECT_THAT(session.pending(), IsEmpty());
  EXPECT_EQ(total_of(session), 4760);
}

TEST(Session, DecidesWhatIsPendingAgainOnWhatHappenedElsewhere) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  ASSERT_TRUE(shop.sync(session));
  ASSERT_TRUE(session.apply(R"({"type":"set_quantity","line":"TEA","quantity":5})", {"c2"}, kNow));
  ASSERT_TRUE(session.apply(kAddMug, {"c3"}, kNow));
  ASSERT_TRUE(shop.elsewhere(RemoveLine{.line = {"TEA"}}, shop.customer).accepted);
  const auto feed = canonical(shop.host.events_after(session.history().version(), ++shop.now));
  const auto received = session.receive(feed);
  ASSERT_TRUE(received);
  ASSERT_THAT(received->notices, SizeIs(1));
  EXPECT_EQ(received->notices[0].by, RefusedBy::rebase);
  EXPECT_EQ(received->notices[0].sent.command_id.value, "c2");
  EXPECT_EQ(received->notices[0].rejection.reason, Reason::line_unknown);
  EXPECT_THAT(session.pending(), SizeIs(1)) << "what still holds survives";
  EXPECT_EQ(session.shown().lines.size(), 1U);
  ASSERT_TRUE(shop.sync(session));
  EXPECT_EQ(session.state().stream_digest, shop.host.head());
}

TEST(Session, TellsWhatTheServerRefused) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddMug, {"c1"}, kNow));
  shop.host.facts.availability["MUG"] = 0;
  const auto received = shop.sync(session);
  ASSERT_TRUE(received);
  ASSERT_THAT(received->notices, SizeIs(1));
  EXPECT_EQ(received->notices[0].by, RefusedBy::server);
  EXPECT_EQ(received->notices[0].rejection.reason, Reason::out_of_stock);
  EXPECT_THAT(session.shown().lines, IsEmpty());
}

TEST(Session, LeavesACodeToTheServer) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  const std::int64_t without = total_of(session);
  ASSERT_TRUE(session.apply(R"({"type":"apply_coupon","code":"hello"})", {"c2"}, kNow));
  EXPECT_EQ(total_of(session), without);
  EXPECT_THAT(session.state().pending_codes, ElementsAre("HELLO"));
  shop.host.facts.coupons["HELLO"] = {.promotion = {"welcome"}, .verdict = {}};
  ASSERT_TRUE(shop.sync(session));
  EXPECT_THAT(session.state().pending_codes, IsEmpty());
  EXPECT_EQ(total_of(session), 4284);  // 10 % less
  // Known now, so it works without the server.
  ASSERT_TRUE(session.apply(R"({"type":"remove_coupon","code":"HELLO"})", {"c3"}, kNow));
  ASSERT_TRUE(session.apply(R"({"type":"apply_coupon","code":" hello "})", {"c4"}, kNow));
  EXPECT_EQ(total_of(session), 4284);
}

TEST(Session, KnowsPublishedCodes) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
  ASSERT_TRUE(session.apply(R"({"type":"apply_coupon","code":"open"})", {"c2"}, kNow));
  EXPECT_THAT(session.state().pending_codes, IsEmpty());
  EXPECT_EQ(total_of(session), 4522);  // 5 % less
}

TEST(Session, NamesACodeThatTheServerDoesNotKnow) {
  Shop shop;
  Session session = shop.session();
  ASSERT_TRUE(session.apply(R"({"type":"apply_coupon","code":"NOPE"})", {"c1"}, kNow));
  const auto received = shop.sync(session);
  ASSERT_TRUE(received);
  ASSERT_THAT(received->notices, SizeIs(1));
  EXPECT_EQ(received->notices[0].rejection.reason, Reason::coupon_unknown);
}

}  // namespace
}  // namespace tandem::sync
