// SPDX-License-Identifier: Apache-2.0
// The real program: imports the sample shop, serves, is killed in the middle of work, and has lost
// nothing that it had acknowledged.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.hpp"
#include "server/http_client.hpp"
#include "shoppers.hpp"

namespace tandem::app::test {
namespace {

using Json = nlohmann::json;

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
  expect_all(told, port_);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Process, ABackupWhileItServesIsWholeAndServes) {
  auto server = serve();
  Told told;
  std::vector<std::jthread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] { shop_until_killed(port_, told); });
  }
  told.wait_for(40);
  Told before;
  {
    const std::lock_guard lock(told.mutex);
    before.orders = told.orders;
  }
  const std::string copy = folder_ + "/copy.db";
  const auto [status, text] = run({"backup", "--db", database_, "--to", copy, "--quiet"});
  EXPECT_EQ(status, 0) << text;
  (void)server->end(SIGKILL);
  clients.clear();
  EXPECT_EQ(run({"backup", "--db", database_, "--to", copy, "--quiet"}).first, 1);

  database_ = copy;  // with a key of its own: links of orders do not depend on it
  server = serve();
  expect_all(before, port_);
  EXPECT_EQ(server->end(SIGTERM), 0);
}

TEST_F(Process, ImportingAgainChangesNothing) {
  const auto [first, before] = run({"verify", "--db", database_, "--quiet"});
  EXPECT_EQ(first, 0) << before;
  const auto [status, text] = run({"import", "--db", database_, "--shop", "examples/shop"});
  EXPECT_EQ(status, 0) << text;
  EXPECT_NE(text.find("products: 0 new, 0 changed"), std::string::npos) << text;
  EXPECT_NE(text.find("stock: 0 counted"), std::string::npos) << text;
  const auto [again, nothing] =
      run({"import", "--db", database_, "--shop", "examples/shop", "--quiet"});
  EXPECT_EQ(again, 0);
  EXPECT_EQ(nothing, "");
  EXPECT_EQ(run({"verify", "--db", database_, "--quiet"}).second, before);
}

TEST_F(Process, RulesArePublishedListedComparedAndBroughtBack) {
  const auto rules = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "rules");
    arguments.insert(arguments.end(), {"--db", database_});
    return run(std::move(arguments));
  };
  const auto id_of = [](const std::string& text) { return text.substr(0, text.find(' ')); };
  const std::string first = id_of(rules({"list"}).second);
  std::ifstream sample("examples/shop/rules.json");
  Json changed = Json::parse(sample);
  changed["payment_methods"].erase(0);
  const std::string file = folder_ + "/rules.json";
  std::ofstream(file) << changed;
  EXPECT_EQ(rules({"publish", file, "--if-match", "other"}).first, 1);
  const auto [status, said] = rules({"publish", file, "--if-match", first, "--as", "ann"});
  ASSERT_EQ(status, 0) << said;
  const std::string second = id_of(said);
  EXPECT_NE(first, second);
  EXPECT_EQ(id_of(rules({"list"}).second), second);
  EXPECT_NE(rules({"diff", first, second}).second.find("/payment_methods/"), std::string::npos);
  std::ofstream(file) << R"({"currency": "EUR", "pricing": 1})";
  EXPECT_EQ(rules({"publish", file}).first, 1);
  EXPECT_EQ(rules({"rollback", first}).first, 0);
  EXPECT_EQ(id_of(rules({"list"}).second), first);
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
