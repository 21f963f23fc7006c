// SPDX-License-Identifier: Apache-2.0
// Known attacks and races by their names: those of ACIDRain (Warszawski and Bailis, SIGMOD 2017),
// and those in which payment and customer meet. Each is played under several seeds, which change
// how requests share batches.
#include <gtest/gtest.h>

#include <algorithm>

#include "payment/demo.hpp"
#include "shop.hpp"
#include "shopper.hpp"

namespace tandem::simulate {
namespace {

constexpr std::uint64_t kSeeds = 12;

/// Without faults, and with so many seconds for what the webhooks bring.
struct Calm : World {
  explicit Calm(std::uint64_t seed) : World(seed) { calm(); }
  ~Calm() { EXPECT_TRUE(finish()) << story.first_broken(); }
};

using Shoppers = std::vector<std::unique_ptr<Shopper>>;

Shoppers shoppers(World& world, int count) {
  Shoppers all;
  for (int i = 0; i < count; ++i) all.push_back(std::make_unique<Shopper>(world));
  return all;
}

/// All place at once; those who could, pay at once.
void buy_at_once(World& world, const Shoppers& all) {
  std::vector<std::pair<http::Request, Shopper*>> requests;
  for (const auto& shopper : all) requests.emplace_back(shopper->place(), shopper.get());
  all_at_once(world, requests);
  for (const auto& shopper : all) {
    if (shopper->order().state == OrderState::quotation_sent) {
      EXPECT_TRUE(world.bank.pay(shopper->intent(), false));
    }
  }
  world.pass(120'000);
}

std::int64_t confirmed(const Shoppers& all) {
  return std::ranges::count_if(
      all, [](const auto& one) { return one->stored().state == OrderState::order; });
}

TEST(AcidRain, VoucherUsedTwiceConcurrently) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    const Shoppers all = shoppers(world, 5);
    for (const auto& one : all) {
      one->fill("TEA-100", 1, {{{"type", "apply_coupon"}, {"code", "WELCOME"}}});
    }
    buy_at_once(world, all);
    const auto discounted = std::ranges::count_if(all, [](const auto& one) {
      const Order& order = one->stored();
      return order.state == OrderState::order && order.placed->quote.totals.discount_minor != 0;
    });
    EXPECT_EQ(discounted, kWelcomeUses) << "seed " << seed;
  }
}

TEST(AcidRain, GiftCardSpentTwiceConcurrently) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    const Shoppers all = shoppers(world, 3);
    for (const auto& one : all) {
      one->fill("MUG-7", 3);
      one->tell(one->change({{{"type", "apply_gift_card"}, {"code", kGiftCard}}}));
      one->tell(one->change({{{"type", "set_quantity"}, {"line", "MUG-7"}, {"quantity", 4}}}));
    }
    buy_at_once(world, all);
    std::int64_t taken = 0;
    for (const auto& one : all) {
      const Order& order = one->stored();
      if (order.state != OrderState::order) continue;
      for (const QuoteGiftCard& card : order.placed->quote.gift_cards) taken += card.amount_minor;
    }
    EXPECT_LE(taken, kGiftMinor) << "seed " << seed;
    EXPECT_GT(taken, 0) << "seed " << seed;
  }
}

TEST(AcidRain, InventoryOversoldConcurrently) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    const Shoppers all = shoppers(world, 6);
    for (const auto& one : all) one->fill("HOT-1", 1);
    buy_at_once(world, all);
    EXPECT_EQ(confirmed(all), kOnHand[0]) << "seed " << seed;
  }
}

/// The cart grows between the price that was agreed to and the payment of it. Whichever comes
/// first, nobody gets goods that were not paid for.
TEST(AcidRain, CartChangedBetweenPricingAndPayment) {
  for (std::uint64_t seed = 1; seed <= 2 * kSeeds; ++seed) {
    Calm world(seed);
    Shopper ann(world);
    ann.fill("TEA-100", 1);
    ann.tell(ann.place());
    const http::Request more =
        ann.change({{{"type", "add_line"}, {"sku", "HOT-2"}, {"quantity", 3}}});
    EXPECT_TRUE(world.bank.pay(ann.intent(), false));
    const http::Request paid = fact(world, ann, "captured");
    if (seed % 2 == 0) all_at_once(world, {{more, &ann}, {paid, nullptr}});
    if (seed % 2 == 1) all_at_once(world, {{paid, nullptr}, {more, &ann}});
    world.pass(120'000);
    const Order& order = ann.stored();
    const Attempt& attempt = order.attempts.front();
    if (order.state == OrderState::order) {
      EXPECT_EQ(order.lines.size(), 1U) << "seed " << seed;
      EXPECT_EQ(attempt.captured_minor, order.placed->quote.totals.payable_minor);
    } else {
      EXPECT_EQ(attempt.refunded_minor, attempt.amount_minor) << "seed " << seed;
    }
  }
}

TEST(Payment, TwoSimultaneousSubmits) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    Shopper ann(world);
    ann.fill("HOT-1", 1);
    Shopper other_page(world, ann);
    all_at_once(world, {{ann.place(), &ann}, {other_page.place(), &other_page}});
    EXPECT_NE(ann.refused().empty(), other_page.refused().empty()) << "seed " << seed;
    EXPECT_EQ(ann.stored().attempts.size(), 1U);
    EXPECT_TRUE(world.bank.pay(ann.intent(), false));
    EXPECT_FALSE(world.bank.pay(ann.intent(), false));
    all_at_once(world, {{ann.ask_for({{"type", "start_payment"}}), &ann},
                        {other_page.ask_for({{"type", "start_payment"}}), &other_page}});
    world.pass(120'000);
    EXPECT_EQ(ann.stored().state, OrderState::order);
    EXPECT_EQ(world.bank.intents().size(), ann.stored().attempts.size());
  }
}

/// The customer comes back while the provider tells three things, in every order, one after the
/// other and all at once.
TEST(Payment, ReturnAndThreeWebhooksInAllOrders) {
  std::vector<int> order{0, 1, 2, 3};
  std::uint64_t seed = 0;
  do {
    for (const bool at_once : {false, true}) {
      Calm world(++seed);
      Shopper ann(world);
      ann.fill("TEA-100", 2);
      ann.tell(ann.place());
      EXPECT_TRUE(world.bank.pay(ann.intent(), false));
      const std::array requests{ann.look(), fact(world, ann, "pending"),
                                fact(world, ann, "authorized"), fact(world, ann, "captured")};
      std::vector<std::pair<http::Request, Shopper*>> sent;
      for (const int which : order) {
        const auto& request = requests[static_cast<std::size_t>(which)];
        sent.emplace_back(request, which == 0 ? &ann : nullptr);
      }
      for (const auto& one : sent) {
        if (!at_once) all_at_once(world, {one});
      }
      if (at_once) all_at_once(world, sent);
      ann.tell(ann.look());
      EXPECT_EQ(ann.order().state, OrderState::order) << "seed " << seed;
      EXPECT_EQ(ann.order().attempts.front().captured_minor,
                ann.order().attempts.front().amount_minor);
      EXPECT_EQ(world.auditor.counts().at("order_confirmed"), 1);
    }
  } while (std::ranges::next_permutation(order).found);
}

/// "Pending" was chosen on the demo provider's page, and while what that leads to waits for its
/// turn, "captured" is chosen as well.
TEST(Payment, CapturedTwiceOnTheDemoPageIsCountedOnce) {
  World world(1);
  world.calm();
  Shopper ann(world);
  ann.fill("TEA-100", 1);
  ann.tell(ann.place());
  const payment::Demo demo({.key = signing_key()});
  http::Request choose{.method = http::Method::post};
  choose.target = *demo.page({.id = ann.intent()});
  choose.headers.set("Content-Type", "application/x-www-form-urlencoded");
  choose.body = "outcome=pending";
  EXPECT_EQ(world.ask(choose).status, 303);
  world.timeline.pass(6'000);
  EXPECT_TRUE(world.bank.pay(ann.intent(), false));
  world.server.round();
  choose.body = "outcome=captured";
  all_at_once(world, {{choose, nullptr}});
  const Attempt& attempt = ann.stored().attempts.front();
  EXPECT_EQ(attempt.state, AttemptState::captured);
  EXPECT_EQ(attempt.captured_minor, attempt.amount_minor);
}

/// The provider's word of an authorization overtakes nothing: it comes when the payment has been
/// given up and released already, and must not be taken for one that lasts.
TEST(Payment, AuthorizationToldAfterItsRelease) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    Shopper ann(world);
    ann.fill("HOT-1", 1);
    ann.tell(ann.place());
    world.network.faults.lost = 100;
    EXPECT_TRUE(world.bank.pay(ann.intent(), true));
    world.pass(1'000);
    world.network.faults.lost = 0;
    const http::Request late = fact(world, ann, "authorized");
    all_at_once(
        world,
        {{ann.change({{{"type", "set_quantity"}, {"line", "HOT-1"}, {"quantity", 2}}}), &ann}});
    EXPECT_EQ(ann.stored().attempts.front().state, AttemptState::canceled);
    all_at_once(world, {{late, nullptr}});
    world.pass(120'000);
    EXPECT_NE(ann.stored().attempts.front().state, AttemptState::authorized) << "seed " << seed;
  }
}

/// The payment that was under way is given up; its money, should it still come, goes back.
TEST(Payment, EditDuringPayment) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Calm world(seed);
    Shopper ann(world);
    ann.fill("HOT-1", 1);
    ann.tell(ann.place());
    const std::string first = ann.intent();
    // The bank has the money before it hears that nobody wants it.
    world.bank.faults.unreachable = 100;
    ann.tell(ann.change({{{"type", "set_quantity"}, {"line", "HOT-1"}, {"quantity", 2}}}));
    EXPECT_EQ(ann.stored().state, OrderState::quotation);
    EXPECT_TRUE(ann.stored().attempts.front().superseded);
    EXPECT_TRUE(world.bank.pay(first, false));
    world.bank.faults.unreachable = 0;
    world.pass(120'000);
    EXPECT_EQ(world.bank.find(first)->refunded_minor, world.bank.find(first)->captured_minor);
    ann.tell(ann.look());
    ann.tell(ann.place());
    EXPECT_TRUE(world.bank.pay(ann.intent(), false));
    world.pass(120'000);
    EXPECT_EQ(ann.stored().state, OrderState::order) << "seed " << seed;
  }
}

}  // namespace
}  // namespace tandem::simulate
