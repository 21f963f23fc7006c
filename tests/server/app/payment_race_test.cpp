// SPDX-License-Identifier: Apache-2.0
// One order, many hands at once: it is placed once, paid once, and what was paid for is what was
// shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "app/facts.hpp"
#include "market.hpp"

namespace tandem::app::test {
namespace {

class PaymentRace : public Market {
 protected:
  /// A buyer whose order is placed and waits to be paid.
  std::unique_ptr<Buyer> placed(const std::string& sku, std::size_t node) {
    auto buyer = std::make_unique<Buyer>(port(node));
    EXPECT_LT(buyer->create(cart({add(sku, 1)})).status, 300);
    EXPECT_TRUE(buyer->place(buyer->view().at("quote_digest")).accepted());
    EXPECT_FALSE(buyer->page().empty());
    return buyer;
  }

  /// The same customer on another connection, to any node.
  std::unique_ptr<Buyer> again(const Buyer& buyer, std::size_t node) {
    auto other = std::make_unique<Buyer>(port(node));
    other->id = buyer.id;
    other->secret = buyer.secret;
    return other;
  }

  /// What the provider tells of the first attempt of an order.
  std::string told(const Json& order, const std::string& event) {
    const std::string intent = order.at("order_no").dump() + "-1";
    return webhook({{"event", event},
                    {"intent", intent},
                    {"attempt", 1},
                    {"amount_minor", order.at("totals").at("total_minor")},
                    {"currency", "EUR"},
                    {"reference", event + '/' + intent}});
  }

  static void expect_paid_once(const Json& order) {
    EXPECT_EQ(order.at("axes").at("order"), "order");
    EXPECT_EQ(order.at("axes").at("payment"), "paid");
    EXPECT_EQ(order.at("money").at("captured_minor"), order.at("totals").at("total_minor"));
    EXPECT_EQ(order.at("money").at("refunded_minor"), 0);
    EXPECT_EQ(order.at("payments").size(), 1U);
  }
};

TEST_P(PaymentRace, OneCartIsPlacedOnce) {
  each_seed([&](std::uint64_t seed) {
    const std::string sku = "ONCE-" + std::to_string(seed);
    sell(sku, 2000, 100);
    Buyer buyer(port(seed));
    EXPECT_LT(buyer.create(cart({add(sku, 3)})).status, 300);
    const std::string digest = buyer.view().at("quote_digest");
    const Json place{{"type", "place_order"}, {"expected_digest", digest}};
    const std::string same =
        Json{{"base_version", 0}, {"commands", {with_id(place)}}}.dump();  // pressed again
    std::atomic<int> first = 0;
    std::atomic<int> repeated = 0;
    together(12, [&](std::size_t i) {
      const auto tab = again(buyer, i);
      const bool presses_again = i % 2 == 0;
      const Said said =
          presses_again
              ? tab->ask(request("/v1/orders/" + buyer.id + "/commands", same, buyer.secret))
              : tab->place(digest);
      if (said.accepted()) {
        ++(presses_again ? repeated : first);
      } else {
        const std::set<std::string> reasons{"already_placed", "not_a_quotation",
                                            "payment_in_progress"};
        EXPECT_TRUE(reasons.contains(said.reason())) << said.reason();
      }
    });
    // Either one tab won, or the button that was pressed six times, which is then told so each
    // time.
    EXPECT_TRUE((first == 1 && repeated == 0) || (first == 0 && repeated == 6))
        << first << ' ' << repeated;
    const Json order = buyer.view();
    EXPECT_EQ(order.at("payments").size(), 1U);
    EXPECT_EQ(figures(stock_key(sku)), (store::Figures{.on_hand = 100, .held = 3}));
    EXPECT_EQ(buyer.pay().status, 303);
    expect_paid_once(buyer.view());
    EXPECT_EQ(figures(stock_key(sku)), (store::Figures{.on_hand = 100, .reserved = 3}));
  });
}

TEST_P(PaymentRace, OneOrderIsPaidOnce) {
  each_seed([&](std::uint64_t seed) {
    const std::string sku = "PAID-" + std::to_string(seed);
    sell(sku, 2000, 100);
    const auto buyer = placed(sku, seed);
    const Json order = buyer->view();
    const std::string page = buyer->page();
    together(16, [&](std::size_t i) {
      const auto tab = again(*buyer, i);
      if (i % 2 == 0) {
        EXPECT_FALSE(tab->page().empty() && tab->view().at("axes").at("order") != "order");
        if (!tab->page().empty()) {
          EXPECT_EQ(tab->pay().status, 303);
        }
      } else {
        EXPECT_EQ(tab->ask(told(order, "captured")).status, 200);
      }
    });
    expect_paid_once(buyer->view());
    EXPECT_EQ(figures(stock_key(sku)), (store::Figures{.on_hand = 100, .reserved = 1}));
  });
}

TEST_P(PaymentRace, TheReturnAndThreeWebhooksInEveryOrder) {
  each_seed([&](std::uint64_t seed) {
    const std::string sku = "DOORS-" + std::to_string(seed);
    sell(sku, 2000, 100);
    std::vector<std::vector<int>> orders;
    std::vector<int> doors{0, 1, 2, 3};
    do orders.push_back(doors);
    while (std::ranges::next_permutation(doors).found);
    together(orders.size(), [&](std::size_t i) {
      std::mt19937_64 random(seed * 100 + i);
      const auto buyer = placed(sku, i);
      const Json order = buyer->view();
      const std::vector<std::string> events{"pending", "authorized", "captured"};
      const auto through = [&](int door) {
        const auto hand = again(*buyer, random());
        if (door < 3) return hand->ask(told(order, events[static_cast<std::size_t>(door)]));
        return hand->page().empty() ? Said{} : hand->pay();
      };
      for (const int door : orders[i]) {
        (void)through(door);
        if (random() % 3 == 0) (void)through(door);  // told twice
      }
      expect_paid_once(buyer->view());
    });
    EXPECT_EQ(figures(stock_key(sku)), (store::Figures{.on_hand = 100, .reserved = 24}));
  });
}

TEST_P(PaymentRace, AnEditDuringPaymentNeverChangesWhatIsPaidFor) {
  each_seed([&](std::uint64_t seed) {
    const std::string sku = "EDIT-" + std::to_string(seed);
    sell(sku, 2000, 100);
    std::atomic<std::int64_t> confirmed = 0;
    together(8, [&](std::size_t i) {
      std::mt19937_64 random(seed * 100 + i);
      const auto buyer = placed(sku, i);
      const Json before = buyer->view();
      const std::uint64_t moments = random() % 2'000;
      together(2, [&](std::size_t hand) {
        const auto tab = again(*buyer, random() % 3 + hand);
        if (hand == 0) {
          (void)tab->ask(told(before, "captured"));
        } else {
          dawdle(moments);
          (void)tab->send({add(sku, 1)});
        }
      });
      // Money that came too late goes back by itself: soon, but not at once.
      Json after = buyer->view();
      const auto settled = [&] {
        const Json& money = after.at("money");
        const bool order = after.at("axes").at("order") == "order";
        return order || money.at("captured_minor") == money.at("refunded_minor");
      };
      for (int tries = 0; !settled() && tries < 10'000; ++tries) after = buyer->view();
      EXPECT_TRUE(settled()) << after.at("money") << after.at("axes");
      if (after.at("axes").at("order") != "order") return;
      ++confirmed;
      EXPECT_EQ(after.at("quote_digest"), before.at("quote_digest"));
      expect_paid_once(after);
    });
    EXPECT_EQ(figures(stock_key(sku)),
              (store::Figures{.on_hand = 100, .reserved = confirmed.load()}));
  });
}

TEST_P(PaymentRace, AStaleTabNeverPlacesWhatItDidNotShow) {
  each_seed([&](std::uint64_t seed) {
    const std::string sku = "TABS-" + std::to_string(seed);
    sell(sku, 2000, 1'000);
    together(8, [&](std::size_t i) {
      Buyer buyer(port(i));
      EXPECT_LT(buyer.create(cart({add(sku, 1)})).status, 300);
      const Json shown = buyer.view();
      Said placing;
      together(2, [&](std::size_t tab) {
        const auto hand = again(buyer, i + tab);
        if (tab == 0) {
          EXPECT_TRUE(hand->send({add(sku, 1)}).accepted());
        } else {
          placing = hand->send({{{"type", "place_order"},
                                 {"expected_digest", shown.at("quote_digest")},
                                 {"expected_version", shown.at("version")}}});
        }
      });
      const Json after = buyer.view();
      // The edit came first and the other tab is told so, or it came second and reopened the order.
      EXPECT_EQ(after.at("axes").at("order"), "quotation");
      EXPECT_EQ(after.at("lines").at(0).at("quantity"), 2);
      if (placing.accepted()) {
        EXPECT_EQ(after.at("payments").size(), 1U);
      } else {
        const std::set<std::string> reasons{"version_stale", "quote_changed"};
        EXPECT_TRUE(reasons.contains(placing.reason())) << placing.reason();
        EXPECT_TRUE(after.at("payments").empty());
      }
    });
    EXPECT_EQ(figures(stock_key(sku)), (store::Figures{.on_hand = 1'000}));
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, PaymentRace, testing::Values("sqlite", "postgres"), engine_name);

}  // namespace
}  // namespace tandem::app::test
