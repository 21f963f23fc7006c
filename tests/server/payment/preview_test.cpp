// SPDX-License-Identifier: Apache-2.0
// What a command would do is what it does: cancel, void and refund are three commands, and each
// says beforehand what money it moves.
#include <gtest/gtest.h>

#include "house.hpp"

namespace tandem::app::test {
namespace {

class Preview : public testing::Test {
 protected:
  Preview() : client_(house_.placed()), key_(house_.shop.key("admin")) {
    house_.pay();
    tell();
  }

  void tell() {
    for (const std::string& word : house_.words()) EXPECT_EQ(house_.tell(word), 200);
    house_.settle();
  }
  [[nodiscard]] Answer ask(const Json& command, const std::string& key) const {
    return house_.shop.post("/v1/staff/orders/" + client_->id + "/preview",
                            Json{{"command", command}}.dump(), key);
  }
  /// "captures 2490" for each move, and how the order would stand.
  [[nodiscard]] std::string told(const Json& command) const {
    const Answer answer = ask(command, key_);
    EXPECT_EQ(answer.status, 200) << answer.body;
    if (!answer.body.at("rejected").is_null()) return answer.body.at("rejected").at("reason");
    std::string text;
    for (const Json& move : answer.body.at("moves")) {
      text += move.at("move").get<std::string>() + ' ' + move.at("amount_minor").dump() + ' ';
    }
    const Json& order = answer.body.at("order");
    return text + order.at("axes").at("order").get<std::string>() + " owed " +
           order.at("money").at("owed_minor").dump() + " refunding " +
           order.at("money").at("refunding_minor").dump();
  }
  /// Tells it, does it, and sees that the order stands as it was told.
  void does(const Json& command, const std::string& expected) {
    const std::int64_t before = version();
    EXPECT_EQ(told(command), expected);
    EXPECT_EQ(version(), before) << "it was done";
    const Json previewed = ask(command, key_).body.at("order");
    const Answer done = staff_send(house_.shop, client_->id, key_, command);
    const Json& events = done.body.at("events");
    EXPECT_EQ(done.body.at("results").at(0).at("accepted"), true) << done.body;
    EXPECT_EQ(previewed.at("version"), done.body.at("version"));
    EXPECT_FALSE(events.empty());
    tell();
    EXPECT_EQ(previewed.at("axes").at("order"), order().at("axes").at("order"));
  }
  [[nodiscard]] Json order() const { return client_->view().body.at("order"); }
  [[nodiscard]] std::int64_t version() const { return client_->view().body.at("version"); }

  DemoHouse house_{true};
  std::unique_ptr<Client> client_;
  const std::string key_;
};

TEST_F(Preview, OfACaptureAndARefundIsTheMoneyThatMoves) {
  does({{"type", "capture_payment"}, {"attempt", 1}}, "captures 2490 order owed 0 refunding 0");
  EXPECT_EQ(order().at("money").at("captured_minor"), 2490);
  does({{"type", "refund"}, {"amount_minor", 1000}}, "refunds 1000 order owed 0 refunding 1000");
  EXPECT_EQ(order().at("money").at("refunded_minor"), 1000);
  does({{"type", "refund"}}, "refunds 1490 order owed 0 refunding 1490");
  EXPECT_EQ(order().at("money").at("refunded_minor"), 2490);
  EXPECT_EQ(told({{"type", "refund"}}), "nothing_to_refund");
}

TEST_F(Preview, OfCancelingCapturedMoneyMovesNone) {
  does({{"type", "capture_payment"}, {"attempt", 1}}, "captures 2490 order owed 0 refunding 0");
  does({{"type", "cancel_order"}}, "canceled owed 2490 refunding 0");
  does({{"type", "refund"}}, "refunds 2490 canceled owed 2490 refunding 2490");
  EXPECT_EQ(order().at("money").at("owed_minor"), 0);
}

TEST_F(Preview, OfAVoidIsWhatWasReserved) {
  does({{"type", "void_payment"}, {"attempt", 1}}, "voids 2490 order owed 0 refunding 0");
  EXPECT_EQ(order().at("money").at("captured_minor"), 0);
  EXPECT_EQ(told({{"type", "capture_payment"}, {"attempt", 1}}), "attempt_not_live");
}

TEST_F(Preview, OfARevisionIsWhatTheOrderWouldCost) {
  const Json change{{"line", "TEA-100"}, {"quantity", 2}};
  const Json revise{{"type", "revise_order"}, {"changes", {change}}};
  const Json previewed = ask(revise, key_).body.at("order");
  EXPECT_EQ(staff_send(house_.shop, client_->id, key_, revise).status, 200);
  EXPECT_EQ(previewed.at("totals"), order().at("totals"));
  EXPECT_EQ(previewed.at("money"), order().at("money"));
}

TEST_F(Preview, IsForThoseWhoMaySendTheCommandAndKnownToStaffAlone) {
  const Json refund{{"type", "refund"}};
  EXPECT_EQ(ask(refund, "").status, 401);
  EXPECT_EQ(ask(refund, client_->secret).status, 401);
  const Answer sales = ask(refund, house_.shop.key("sales"));
  EXPECT_EQ(sales.body.at("rejected").at("reason"), "role_forbids");
  EXPECT_TRUE(sales.body.at("order").is_null());
  EXPECT_EQ(ask({{"type", "payment_captured"}, {"attempt", 1}, {"amount_minor", 1}}, key_).reason(),
            "command_unknown");
  EXPECT_EQ(ask({{"type", "apply_coupon"}, {"code", "GUESS"}}, key_).reason(), "command_unknown");
  const Json guess{
      {"type", "revise_order"}, {"changes", Json::array()}, {"coupons_add", {"GUESS"}}};
  EXPECT_EQ(ask(guess, key_).reason(), "command_unknown");
  EXPECT_EQ(house_.shop
                .post("/v1/staff/orders/" + random_hex(16) + "/preview",
                      Json{{"command", refund}}.dump(), key_)
                .reason(),
            "order_unknown");
}

}  // namespace
}  // namespace tandem::app::test
