// SPDX-License-Identifier: Apache-2.0
// The real program on a PostgreSQL that waits for the disk: nodes are killed, the database is
// stopped at once, and nothing that was acknowledged is lost.
#include <csignal>
#include <thread>

#include "program.hpp"
#include "server/store/postgres_server.hpp"
#include "shoppers.hpp"

namespace tandem::app::test {
namespace {

class PostgresProcess : public Process {
 protected:
  std::string new_database() override { return server_.new_database("shop"); }
  void verify() {
    const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
    EXPECT_EQ(status, 0) << text;
  }

  store::PostgresServer server_{{.durable = true}};
};

TEST_F(PostgresProcess, WhatWasAcknowledgedSurvivesKilledNodesAndAStoppedDatabase) {
  Told told;
  for (int round = 1; round <= 3; ++round) {
    auto first = serve();
    const std::uint16_t first_port = port_;
    auto second = serve();
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back(
          [&, port = i % 2 == 0 ? first_port : port_] { shop_until_killed(port, told); });
    }
    told.wait_for(told.count() + 40);
    (void)first->end(SIGKILL);
    told.wait_for(told.count() + 20);
    server_.restart(SIGQUIT);
    told.wait_for(told.count() + 20);
    (void)second->end(SIGKILL);
    clients.clear();
    verify();
  }
  const auto server = serve();
  expect_all(told, port_);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(PostgresProcess, CommandsTakeAUrl) {
  EXPECT_EQ(run({"migrate", "--db", database_}).first, 0);
  EXPECT_EQ(run({"key", "add", "--db", database_, "--role", "sales"}).first, 0);
  verify();
  EXPECT_EQ(run({"verify", "--db", server_.url("none")}).first, 1);
  server_.run("shop", "ALTER DATABASE shop SET synchronous_commit = off");
  EXPECT_EQ(run({"verify", "--db", database_, "--quiet"}).first, 1);
  EXPECT_EQ(run({"verify", "--db", database_, "--quiet", "--unsafe"}).first, 0);
}

}  // namespace
}  // namespace tandem::app::test
