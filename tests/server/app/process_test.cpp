// SPDX-License-Identifier: Apache-2.0
// The real program: imports the sample shop, serves, is killed in the middle of work, and has lost
// nothing that it had acknowledged.
#include <gtest/gtest.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/secrets.hpp"
#include "program.hpp"
#include "server/http_client.hpp"

namespace tandem::app::test {
namespace {

using Json = nlohmann::json;

/// What a client was told of its order.
struct Acknowledged {
  std::string id;
  std::string secret;
  std::int64_t version = 0;
};

Json one_line() {
  return {{"command_id", random_hex(16)},
          {"command", {{"type", "add_line"}, {"sku", "TEA-101-100G"}, {"quantity", 1}}}};
}

/// What all clients were told, in one list.
struct Told {
  std::mutex mutex;
  std::condition_variable grown;
  std::vector<Acknowledged> orders;

  void add(const Acknowledged& order) {
    {
      const std::lock_guard lock(mutex);
      orders.push_back(order);
    }
    grown.notify_one();
  }
  void wait_for(std::size_t count) {
    std::unique_lock lock(mutex);
    grown.wait(lock, [&] { return orders.size() >= count; });
  }
};

/// Makes orders and adds to them until the server goes away.
void shop_until_killed(std::uint16_t port, Told& told) {
  http::test::Client client(port);
  while (true) {
    Acknowledged order{.id = random_hex(16), .secret = random_hex(16)};
    const Json create{{"order", order.id}, {"secret", order.secret}, {"commands", {one_line()}}};
    if (!client.send(request("/v1/orders", create.dump(), ""))) return;
    for (int i = 0; i < 3; ++i) {
      const http::test::Answer answer = client.read();
      if (answer.status != 200 && answer.status != 201) return;
      order.version = Json::parse(answer.body).at("version");
      told.add(order);
      const Json more{{"base_version", order.version}, {"commands", {one_line()}}};
      if (!client.send(request("/v1/orders/" + order.id + "/commands", more.dump(), order.secret)))
        return;
    }
    if (client.read().status != 200) return;
  }
}

TEST_F(Process, WhatWasAcknowledgedSurvivesBeingKilled) {
  auto server = serve();
  Told told;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] { shop_until_killed(port_, told); });
  }
  told.wait_for(60);
  (void)server->end(SIGKILL);
  clients.clear();

  const auto [status, text] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(status, 0) << text;
  server = serve();
  http::test::Client client(port_);
  for (const Acknowledged& order : told.orders) {
    ASSERT_TRUE(client.send(request("/v1/orders/" + order.id, "", order.secret)));
    const http::test::Answer answer = client.read();
    ASSERT_EQ(answer.status, 200);
    EXPECT_GE(Json::parse(answer.body).at("version"), order.version);
  }
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Process, ImportingAgainChangesNothing) {
  const auto [first, before] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(first, 0) << before;
  const auto [status, text] =
      run({"import", "--db", database_, "--shop", "examples/shop", "--quiet"});
  EXPECT_EQ(status, 0) << text;
  EXPECT_EQ(run({"verify", "--db", database_, "--quiet"}).second, before);
}

TEST_F(Process, TheSampleShopIsServed) {
  const auto server = serve();
  http::test::Client client(port_);
  ASSERT_TRUE(client.send(http::test::get("/v1/offers?limit=2&q=%DA%86%D8%A7%DB%8C")));
  const Json offers = Json::parse(client.read().body);
  EXPECT_EQ(offers.at("products").size(), 2U);
  EXPECT_GT(offers.at("total"), 2);
  const std::string image = offers.at("products").at(0).at("image");
  ASSERT_TRUE(client.send(http::test::get(image)));
  EXPECT_EQ(client.read().headers.at("content-type"), "image/svg+xml");
  ASSERT_TRUE(client.send(http::test::get("/v1/rules")));
  const http::test::Answer rules = client.read();
  const std::string tag = "If-None-Match: " + rules.headers.at("etag") + "\r\n";
  ASSERT_TRUE(client.send(http::test::get("/v1/rules", tag)));
  EXPECT_EQ(client.read().status, 304);
}

TEST_F(Process, WrongUsageIsTwo) {
  EXPECT_EQ(run({}).first, 2);
  EXPECT_EQ(run({"serve", "--port", "99999"}).first, 2);
  EXPECT_EQ(run({"key", "add", "--db", database_, "--role", "king"}).first, 2);
  EXPECT_EQ(run({"verify", "--db", folder_ + "/none.db"}).first, 1);
}

}  // namespace
}  // namespace tandem::app::test
