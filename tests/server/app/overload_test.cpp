// SPDX-License-Identifier: Apache-2.0
// More than can be done at once is turned away; a batch is as large as what waits; a clock that
// goes back confuses nobody.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

TEST(Overload, WhatDoesNotFitIsTurnedAwayAndMayComeBack) {
  Options options;
  options.committer.queue_max = 4;
  Shop shop(options);
  shop.stock("TEA-100", 2000, 100);
  Client client(shop);
  EXPECT_EQ(shop.app().commit_counts().batch_largest, 1U) << "an idle server does not wait";

  // Everybody wants the same order, which another node works on; SQLite has one writer anyway.
  const auto node = shop.open_another();
  auto other = node->begin_batch();
  ASSERT_TRUE(other);
  const std::vector<store::OrderRequest> hot{{.ref = client.id}};
  ASSERT_TRUE((*other)->load_orders(hot));
  std::atomic<int> turned_away = 0;
  std::atomic<int> done = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      const Json body{{"base_version", 0}, {"commands", {item(add("TEA-100", 1))}}};
      const Answer answer =
          shop.post("/v1/orders/" + client.id + "/commands", body.dump(), client.secret);
      if (answer.status == 200) {
        ++done;
        return;
      }
      EXPECT_EQ(answer.status, 503);
      EXPECT_EQ(answer.reason(), "overloaded");
      EXPECT_EQ(answer.response.headers.get("Retry-After"), "1");
      ++turned_away;
    });
  }
  // One batch is being tried, of at most four; four wait.
  while (turned_away < 4) std::this_thread::yield();
  (*other)->rollback();
  threads.clear();
  EXPECT_EQ(done + turned_away, 12);
  EXPECT_GT(done, 0);
  const auto counts = shop.app().commit_counts();
  EXPECT_EQ(counts.overloaded, turned_away);
  EXPECT_GT(counts.batch_largest, 1U);
  const Json order = client.view().body.at("order");
  EXPECT_EQ(order.at("lines").at(0).at("quantity"), done.load());
  EXPECT_TRUE(shop.verify().sentences.empty());
}

TEST(Overload, AClockThatGoesBackConfusesNobody) {
  Shop shop;
  shop.stock("TEA-100", 2000, 5);
  Client client(shop);
  client.fill({{"TEA-100", 1}});
  shop.pass(-86'400'000);
  client.place();
  EXPECT_EQ(client.last_result().at("accepted"), true);
  shop.pass(-3'600'000);
  shop.app().round();
  client.pay("captured");
  const Json order = client.view().body.at("order");
  EXPECT_EQ(order.at("axes").at("order"), "order");
  std::int64_t last_ms = 0;
  for (const Json& event :
       shop.get("/v1/orders/" + client.id + "/events", client.secret).body.at("events")) {
    const std::int64_t at_ms = event.at("record").at("at_ms");
    EXPECT_GE(at_ms, last_ms);
    last_ms = at_ms;
  }
  EXPECT_EQ(shop.stock_of("TEA-100").figures.reserved, 1);
  EXPECT_TRUE(shop.verify().sentences.empty());
}

}  // namespace
}  // namespace tandem::app::test
