// SPDX-License-Identifier: Apache-2.0
// Many buyers, few pieces: threads through the real committer.
#include <gtest/gtest.h>

#include <thread>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

TEST(Race, SixtyBuyersOfTwentyPiecesGetExactlyTwenty) {
  Shop shop;
  shop.stock("LAST", 2000, 20);
  constexpr int kBuyers = 60;
  std::atomic<int> placed = 0;
  std::atomic<int> confirmed = 0;
  std::vector<std::jthread> buyers;
  for (int i = 0; i < kBuyers; ++i) {
    buyers.emplace_back([&] {
      Client client(shop);
      client.fill({{"LAST", 1}});
      if (client.order().lines.empty()) return;  // nothing was left for the cart already
      client.place();
      if (client.last_result().at("accepted") == false) {
        EXPECT_EQ(client.last_result().at("rejected").at("reason"), "insufficient_stock");
        return;
      }
      ++placed;
      client.pay("captured");
      if (client.view().body.at("order").at("axes").at("order") == "order") ++confirmed;
    });
  }
  buyers.clear();
  EXPECT_EQ(placed, 20);
  EXPECT_EQ(confirmed, 20);
  EXPECT_EQ(shop.stock_of("LAST").figures.reserved, 20);
  EXPECT_EQ(shop.stock_of("LAST").figures.held, 0);
  const Findings findings = shop.verify();
  EXPECT_TRUE(findings.sentences.empty()) << findings.sentences.front();
}

TEST(Race, ACodeWithTwoUsesIsUsedTwice) {
  Shop shop;
  shop.stock("TEA-100", 2000, 1000);
  shop.code("HELLO", "welcome");
  std::atomic<int> discounted = 0;
  std::vector<std::jthread> buyers;
  for (int i = 0; i < 12; ++i) {
    buyers.emplace_back([&] {
      Client client(shop);
      client.fill({{"TEA-100", 1}});
      client.send({{{"type", "apply_coupon"}, {"code", "HELLO"}}});
      client.place();
      if (client.last_result().at("accepted") == false) return;  // the code's last use was taken
      client.pay("captured");
      const Json order = client.view().body.at("order");
      if (order.at("axes").at("order") != "order") return;
      if (order.at("totals").at("discount_minor") != 0) ++discounted;
    });
  }
  buyers.clear();
  EXPECT_EQ(discounted, 2);
  EXPECT_TRUE(shop.verify().sentences.empty());
}

}  // namespace
}  // namespace tandem::app::test
