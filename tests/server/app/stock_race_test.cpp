// SPDX-License-Identifier: Apache-2.0
// Many buyers, few pieces, few uses, one card: exactly so many get them, everybody else is told
// why not, and afterwards counters, ledgers and orders say the same.
#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "app/facts.hpp"
#include "market.hpp"

namespace tandem::app::test {
namespace {

/// Who got something and what the others were told.
struct Tally {
  std::atomic<std::int64_t> placed = 0;
  std::atomic<std::int64_t> confirmed = 0;
  std::atomic<std::int64_t> refused = 0;

  /// Pays what was placed; a refusal must have one of these reasons.
  void settle(Buyer& buyer, const Said& said, const std::set<std::string>& reasons) {
    if (!said.accepted()) {
      ++refused;
      EXPECT_TRUE(reasons.contains(said.reason())) << said.reason();
      return;
    }
    ++placed;
    if (!buyer.page().empty()) {
      EXPECT_EQ(buyer.pay().status, 303);
    }
    if (buyer.state() == "order") ++confirmed;
  }
};

const std::set<std::string> kNoStock{"out_of_stock", "insufficient_stock"};

class StockRace : public Market {
 protected:
  /// So many buyers of one piece each; some create and place in one request, some step by step.
  void race(std::uint64_t seed, std::size_t buyers, std::int64_t pieces) {
    const std::string sku = "LAST-" + std::to_string(seed) + '-' + std::to_string(buyers);
    sell(sku, 2000, pieces);
    const std::string digest = quote_of(cart({add(sku, 1)})).at("quote_digest");
    Tally tally;
    together(buyers, [&](std::size_t i) {
      std::mt19937_64 random(seed * 10'000 + i);
      Buyer buyer(port(random()));
      std::vector<Json> commands = cart({add(sku, 1)});
      if (random() % 2 == 0) {
        commands.push_back({{"type", "place_order"}, {"expected_digest", digest}});
        tally.settle(buyer, buyer.create(commands), kNoStock);
      } else {
        // The cart itself may be told already that nothing is left.
        const Said created = buyer.create(commands);
        EXPECT_LT(created.status, 300) << created.body;
        dawdle(random() % 200);
        const Said said = buyer.place(digest);
        std::set<std::string> reasons = kNoStock;
        reasons.insert("order_is_empty");
        tally.settle(buyer, said, reasons);
      }
    });
    EXPECT_EQ(tally.placed, pieces);
    EXPECT_EQ(tally.confirmed, pieces);
    EXPECT_EQ(tally.refused, static_cast<std::int64_t>(buyers) - pieces);
    const store::Figures after = figures(stock_key(sku));
    EXPECT_EQ(after, (store::Figures{.on_hand = pieces, .reserved = pieces}));
  }
};

TEST_P(StockRace, SixtyBuyersOfTwentyPieces) {
  each_seed([&](std::uint64_t seed) { race(seed, 60, 20); });
}

TEST_P(StockRace, AThousandBuyersOfAHundredPieces) {
  each_seed([&](std::uint64_t seed) { race(seed, 1'000, 100); }, true);
}

TEST_P(StockRace, AHotProductInSeveralLinesOfAnOrder) {
  each_seed([&](std::uint64_t seed) {
    const std::string hot = "HOT-" + std::to_string(seed);
    const std::string cold = "COLD-" + std::to_string(seed);
    sell(hot, 2000, 20);
    sell(cold, 500, 1'000);
    const auto lines = [&] {
      return cart({add(hot, 1, "engraved: A"), add(cold, 1), add(hot, 2, "engraved: B")});
    };
    const std::string digest = quote_of(lines()).at("quote_digest");
    Tally tally;
    together(30, [&](std::size_t i) {
      Buyer buyer(port(seed + i));
      std::vector<Json> commands = lines();
      commands.push_back({{"type", "place_order"}, {"expected_digest", digest}});
      // With one or two left the cart is cut down, and the quote is another one.
      std::set<std::string> reasons = kNoStock;
      reasons.insert("quote_changed");
      tally.settle(buyer, buyer.create(commands), reasons);
    });
    EXPECT_EQ(tally.placed, 6);  // of three pieces each; the two that are left are not enough
    EXPECT_EQ(tally.confirmed, 6);
    EXPECT_EQ(figures(stock_key(hot)), (store::Figures{.on_hand = 20, .reserved = 18}));
  });
}

TEST_P(StockRace, ACodeIsUsedAsOftenAsItMayBe) {
  each_seed([&](std::uint64_t seed) {
    const std::string name = std::to_string(seed);
    constexpr std::int64_t kUses = 7;
    sell("TEA-" + name, 2000, 1'000);
    promote("RACE" + name, kUses);
    const auto commands = [&] {
      std::vector<Json> all = cart({add("TEA-" + name, 1)});
      all.push_back({{"type", "apply_coupon"}, {"code", "RACE" + name}});
      return all;
    };
    const Json quote = quote_of(commands());
    EXPECT_EQ(quote.at("totals").at("discount_minor"), 200) << quote.at("totals");
    Tally tally;
    together(30, [&](std::size_t i) {
      Buyer buyer(port(seed + i));
      std::vector<Json> all = commands();
      all.push_back({{"type", "place_order"}, {"expected_digest", quote.at("quote_digest")}});
      tally.settle(buyer, buyer.create(all), {"coupon_used_up", "coupon_held", "quote_changed"});
    });
    EXPECT_EQ(tally.placed, kUses);
    EXPECT_EQ(tally.confirmed, kUses);
    EXPECT_EQ(figures(promotion_key("RACE" + name)), (store::Figures{.used = kUses}));
  });
}

TEST_P(StockRace, AGiftCardIsSpentOnce) {
  each_seed([&](std::uint64_t seed) {
    const std::string name = std::to_string(seed);
    sell("TEA-" + name, 2000, 1'000);
    const std::int64_t total =
        quote_of(cart({add("TEA-" + name, 1)})).at("totals").at("total_minor");
    gift_card("GIFT" + name, 3 * total);
    std::atomic<std::int64_t> spent = 0;
    Tally tally;
    together(64, [&](std::size_t i) {
      Buyer buyer(port(seed + i));
      std::vector<Json> all = cart({add("TEA-" + name, 1)});
      all.push_back({{"type", "apply_gift_card"}, {"code", "GIFT" + name}});
      EXPECT_LT(buyer.create(all).status, 300);
      const std::string digest = buyer.view().value("quote_digest", std::string());
      tally.settle(buyer, buyer.place(digest),
                   {"gift_card_held", "gift_card_empty", "quote_changed"});
      if (buyer.state() != "order") return;
      for (const Json& card : buyer.view().value("gift_cards", Json::array())) {
        spent += card.at("amount_minor").get<std::int64_t>();
      }
    });
    EXPECT_EQ(spent, 3 * total);
    EXPECT_EQ(tally.placed, tally.confirmed);
    EXPECT_EQ(figures(gift_card_key("GIFT" + name)), store::Figures{});
  });
}

INSTANTIATE_TEST_SUITE_P(Engines, StockRace, testing::Values("sqlite", "postgres"), engine_name);

}  // namespace
}  // namespace tandem::app::test
