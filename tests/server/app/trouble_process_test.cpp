// SPDX-License-Identifier: Apache-2.0
// The machine lets the server down: the disk is full, the database takes no writes, thousands of
// connections do nothing. It says so, answers what it still can, and comes back by itself.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "market.hpp"

namespace tandem::app::test {
namespace {

/// Buys until the answer is 503 or so many orders were made; answers how many were.
int buy(std::uint16_t port, int orders, Said& last) {
  Buyer buyer(port);
  buyer.expect_kills();
  for (int made = 0; made < orders; ++made) {
    buyer.start_anew();
    last = buyer.create(cart({add("TEA-101-100G", 1)}));
    if (last.status != 201) return made;
  }
  return orders;
}

void expect_unavailable(const Said& said) {
  EXPECT_EQ(said.status, 503) << said.body;
  EXPECT_EQ(said.reason(), "overloaded");
}

using Disk = Process;

TEST_F(Disk, AFullDiskIsSaidAndNothingIsLost) {
  const auto server = serve();
  Said said;
  EXPECT_EQ(buy(port_, 3, said), 3);
  Buyer buyer(port_);
  ASSERT_EQ(buyer.create(cart({add("TEA-101-100G", 1)})).status, 201);
  rlimit room{};
  ASSERT_EQ(::prlimit(server->pid(), RLIMIT_FSIZE, nullptr, &room), 0);
  const rlimit none{.rlim_cur = 4'096, .rlim_max = room.rlim_max};
  ASSERT_EQ(::prlimit(server->pid(), RLIMIT_FSIZE, &none, nullptr), 0);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(buy(port_, 1, said), 0);
    expect_unavailable(said);
    EXPECT_EQ(buyer.view().at("lines").size(), 1U);
  }
  ASSERT_EQ(::prlimit(server->pid(), RLIMIT_FSIZE, &room, nullptr), 0);
  EXPECT_EQ(buy(port_, 3, said), 3) << said.body;
  EXPECT_TRUE(buyer.send({add("TEA-101-100G", 1)}).accepted());
  EXPECT_EQ(server->end(SIGTERM), 0);
  const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(status, 0) << text;
}

class ReadOnly : public Market {};

TEST_P(ReadOnly, ADatabaseThatTakesNoWritesIsSaid) {
  const std::string database = database_name();
  const auto reconnect = [&] {
    postgres().run("postgres",
                   "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                   " WHERE datname = '" +
                       database + "'");
  };
  Buyer buyer(port(0));
  buyer.expect_kills();
  ASSERT_EQ(buyer.create(cart({add("TEA-101-100G", 1)})).status, 201);
  postgres().run("postgres",
                 "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
  reconnect();
  expect_unavailable(buyer.send({add("TEA-101-100G", 1)}));
  EXPECT_EQ(buyer.view().at("lines").size(), 1U);
  postgres().run("postgres", "ALTER DATABASE " + database + " RESET default_transaction_read_only");
  reconnect();
  EXPECT_TRUE(buyer.send({add("TEA-101-100G", 1)}).accepted());
}

// A file's rights do not bind who may do anything, so SQLite's are tested on the store.
INSTANTIATE_TEST_SUITE_P(Engines, ReadOnly, testing::Values("postgres"), engine_name);

class Idle : public Market {};

TEST_P(Idle, ThousandsOfConnectionsThatDoNothingLeaveRoomForOthers) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  const std::size_t most = std::min<std::size_t>(3'000, files.rlim_max - 500);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const std::string whole = request("/v1/orders", R"({"order":"0"})", "");
  std::vector<std::unique_ptr<http::test::Client>> idle;
  for (std::size_t i = 0; i < most; ++i) {
    idle.push_back(std::make_unique<http::test::Client>(port(0)));
    ASSERT_TRUE(idle.back()->connected());
    if (i % 3 == 1) idle.back()->send(whole.substr(0, 10));  // stops in the head
    if (i % 3 == 2) idle.back()->send(whole.substr(0, whole.size() - 1));  // in the body
  }
  Buyer buyer(port(0));
  EXPECT_EQ(buyer.create(cart({add("TEA-101-100G", 1)})).status, 201);
  EXPECT_TRUE(buyer.place(buyer.view().at("quote_digest")).accepted());
  EXPECT_EQ(buyer.pay().status, 303);
  EXPECT_EQ(buyer.view().at("axes").at("order"), "order");
  idle.clear();
  EXPECT_TRUE(Buyer(port(0)).create(cart({add("TEA-101-100G", 1)})).accepted());
}

INSTANTIATE_TEST_SUITE_P(Engines, Idle, testing::Values("sqlite", "postgres"), engine_name);

}  // namespace
}  // namespace tandem::app::test
