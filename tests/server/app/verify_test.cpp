// SPDX-License-Identifier: Apache-2.0
// What `tandem verify` finds: a sound database is changed behind the server's back.
#include <gtest/gtest.h>

#include <algorithm>

#include "shop_fixture.hpp"

namespace tandem::app::test {
namespace {

struct Damage {
  const char* what;
  const char* sql;
  const char* finding;
  std::int64_t orders = 2;  // that are there to be checked
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.what; }

constexpr const char* kNotTold =
    "order 1: the feed does not tell its commits, each once and in order";

class Verify : public testing::TestWithParam<Damage> {
 protected:
  Verify() {
    shop_.stock("TEA-100", 2000, 12);
    for (int i = 0; i < 2; ++i) {
      Client client(shop_);
      client.fill({{"TEA-100", 2}});
      client.place();
      client.pay("captured");
    }
  }

  Shop shop_;
};

TEST_P(Verify, FindsTheDamageAndNothingBefore) {
  EXPECT_EQ(shop_.verify().sentences, std::vector<std::string>{});
  shop_.run_sql(GetParam().sql);
  const Findings findings = shop_.verify();
  EXPECT_TRUE(findings.complete);
  EXPECT_EQ(findings.orders, GetParam().orders);
  EXPECT_EQ(std::ranges::count(findings.sentences, GetParam().finding), 1)
      << testing::PrintToString(findings.sentences);
}

TEST(VerifyBesideAServer, SeesOneMoment) {
  Shop shop;
  shop.stock("TEA-100", 2000, 12);
  const auto buy = [&] {
    Client client(shop);
    client.fill({{"TEA-100", 2}});
    client.place();
    client.pay("captured");
  };
  buy();
  const Findings findings = shop.verify_while(buy);
  EXPECT_EQ(findings.sentences, std::vector<std::string>{});
  EXPECT_EQ(findings.orders, 1);
  EXPECT_EQ(shop.verify().orders, 2);
}

INSTANTIATE_TEST_SUITE_P(
    Damages, Verify,
    testing::Values(
        Damage{"TheFeedsFirstRowIsGone", "DELETE FROM feed WHERE order_no = 1 AND from_version = 0",
               kNotTold},
        Damage{"TheFeedsLastRowIsGone",
               "DELETE FROM feed WHERE order_no = 1"
               " AND version = (SELECT version FROM orders WHERE order_no = 1)",
               kNotTold},
        Damage{"TheFeedKnowsNothingOfAnOrder", "DELETE FROM feed WHERE order_no = 1", kNotTold},
        Damage{"TheFeedTellsOneCommitTwice",
               "INSERT INTO feed (shop, batch, order_no, from_version, version)"
               " SELECT shop, batch, order_no, from_version, version FROM feed"
               " WHERE order_no = 1 AND from_version = 0",
               kNotTold},
        Damage{"TheFeedIsAheadOfAnOrder",
               "INSERT INTO feed (shop, batch, order_no, from_version, version)"
               " SELECT shop, 9007199254740991, order_no, version, version + 1 FROM orders"
               " WHERE order_no = 1",
               kNotTold},
        Damage{"TheFeedTellsOfAnotherOrder",
               "INSERT INTO feed (shop, batch, order_no, from_version, version)"
               " VALUES (1, 0, 999, 0, 3)",
               "feed: tells of order 999, which does not exist"},
        Damage{"AnEventIsGone", "DELETE FROM events WHERE order_no = 2 AND n = 2",
               "order 2: the chain does not verify"},
        Damage{"TheOrderIsGone", "DELETE FROM orders WHERE order_no = 2",
               "order 2: does not exist, but something is kept of it", 1},
        Damage{"ItsRowIsGone", "DELETE FROM order_rows WHERE order_no = 2",
               "order 2: its row is missing"},
        Damage{"AColumnIsAnother",
               "UPDATE order_rows SET total_minor = total_minor + 1 WHERE order_no = 2",
               "order 2: its columns are not its fold"},
        Damage{"ACounterIsAnother",
               "UPDATE stock SET reserved = reserved + 1, on_hand = on_hand + 1",
               "ledger stock/TEA-100: the counter is not the sum of its entries"}),
    [](const testing::TestParamInfo<Damage>& damage) { return std::string(damage.param.what); });

}  // namespace
}  // namespace tandem::app::test
