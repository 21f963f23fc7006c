// SPDX-License-Identifier: Apache-2.0
// What a session does not take: changed events, foreign orders, messages of another core.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/sync_shop.hpp"
#include "tandem/sync/schema.hpp"

namespace tandem::sync {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class SessionChecks : public ::testing::Test {
 protected:
  SessionChecks() : session(shop.session()) {
    EXPECT_TRUE(session.apply(kAddTea, {"c1"}, kNow));
    EXPECT_TRUE(session.apply(R"({"type":"set_contact","email":"a@example.org"})", {"c2"}, kNow));
  }

  void expect_refused(const std::string& answer, Reason reason) {
    const auto refused = session.receive(answer);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, reason) << refused.error().subject;
    EXPECT_THAT(session.pending(), SizeIs(2)) << "pending commands are kept";
    EXPECT_EQ(session.history().version(), 0);
  }

  Shop shop;
  Session session;
};

TEST_F(SessionChecks, RefusesAChangedEvent) {
  const std::string answer = shop.answer_to(session);
  expect_refused(replaced(answer, R"("unit_price_minor":2000)", R"("unit_price_minor":1)"),
                 Reason::chain_broken);
}

TEST_F(SessionChecks, RefusesAChangedPart) {
  const std::string answer = shop.answer_to(session);
  expect_refused(replaced(answer, "a@example.org", "b@example.org"), Reason::chain_broken);
}

TEST_F(SessionChecks, RefusesAnotherHead) {
  Answer answer = shop.host.answer(
      {.base_version = 0, .commands = sent_by(session), .core_version = {}}, shop.customer, kNow);
  answer.stream_digest[0] ^= 1;
  expect_refused(canonical(answer), Reason::chain_broken);
}

TEST_F(SessionChecks, KeepsWhatIsPendingWhenAnEventIsUnknown) {
  const std::string answer = shop.answer_to(session);
  expect_refused(replaced(answer, R"("type":"line_added")", R"("type":"line_dreamt")"),
                 Reason::core_outdated);
}

TEST_F(SessionChecks, RefusesTextThatIsNoAnswer) {
  expect_refused("{", Reason::json_malformed);
  expect_refused("[]", Reason::core_outdated);
}

TEST_F(SessionChecks, ComesBackFromWhatWasKept) {
  ASSERT_TRUE(shop.sync(session));
  ASSERT_TRUE(session.apply(kAddMug, {"c3"}, kNow));
  Session again({"0123456789abcdef0123456789abcdef"});
  ASSERT_TRUE(again.set_rules(kRules, rules_id()));
  again.set_time(shop.now);
  const auto restored = again.import_kept(session.export_kept());
  ASSERT_TRUE(restored) << restored.error().subject;
  EXPECT_THAT(restored->notices, IsEmpty());
  EXPECT_EQ(canonical(again.state()), canonical(session.state()));
  EXPECT_EQ(again.export_kept(), session.export_kept());
}

TEST_F(SessionChecks, TakesOnlyWhatWasKeptOfItsOrder) {
  Session other({"ffffffffffffffffffffffffffffffff"});
  ASSERT_TRUE(other.set_rules(kRules, rules_id()));
  EXPECT_EQ(other.import_kept(session.export_kept()).error().reason, Reason::type_mismatch);
}

TEST_F(SessionChecks, WorksOutReadinessAsPlacingDoes) {
  ASSERT_TRUE(shop.sync(session));
  const std::string steps[] = {
      R"({"type":"set_address","kind":"ship_to","address":{"country":"DE","name":"Ada",
          "line1":"A 1","city":"Berlin","postcode":"10115"}})",
      R"({"type":"choose_shipping","method":"parcel"})",
      R"({"type":"choose_payment","method":"card"})"};
  const Reason faults[] = {Reason::address_incomplete, Reason::shipping_not_chosen,
                           Reason::payment_not_chosen};
  for (std::size_t i = 0; i < std::size(steps); ++i) {
    EXPECT_EQ(session.state().place.rejection->reason, faults[i]);
    ASSERT_TRUE(session.apply(steps[i], {"s" + std::to_string(i)}, kNow));
  }
  EXPECT_TRUE(session.state().place.possible);
  ASSERT_TRUE(shop.sync(session));
  Digest digest{};
  ASSERT_TRUE(TextForm<Digest>::parse(session.quote()->quote_digest, digest));
  const auto placed = shop.elsewhere(
      PlaceOrder{.expected_digest = digest, .expected_version = session.history().version()},
      shop.customer);
  EXPECT_TRUE(placed.accepted);
}

TEST_F(SessionChecks, PricesEveryShippingMethodThatCanBeChosen) {
  const auto options = session.state().shipping_options;
  ASSERT_THAT(options, SizeIs(2));
  EXPECT_EQ(options[0].gross_minor, 583);  // 4.90 and 19 %
  EXPECT_EQ(options[1].gross_minor, 1178);
}

TEST(Schema, TellsEveryMessageOnce) {
  std::string schema;
  append_schema(schema, message_roots());
  EXPECT_THAT(schema, HasSubstr(R"("roots":{"actor":0,)"));
  const auto first = schema.find(R"("name":"quote_totals")");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(schema.find(R"("name":"quote_totals")", first + 1), std::string::npos);
}

TEST(KeyStyle, SpellsFieldsForJavaScriptAndLeavesDataAlone) {
  QuoteFacts facts;
  facts.availability = {{"TEA_100", 2}};
  std::string out;
  append_value(out, type_of<QuoteFacts>(), &facts, KeyStyle::camel);
  EXPECT_EQ(out,
            R"({"availability":{"TEA_100":2},"coupons":{},"customerGroup":null,"firstOrder":null,)"
            R"("giftCards":[],"promotions":{},"vatNumber":null})");
}

}  // namespace
}  // namespace tandem::sync
