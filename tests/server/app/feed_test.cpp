// SPDX-License-Identifier: Apache-2.0
// Event streams where several nodes write into one database: nothing is skipped, nothing comes
// twice, whichever node is asked and however often the connection is cut.
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <stdlib.h>

#include <map>
#include <random>
#include <thread>

#include "follower.hpp"
#include "shop_fixture.hpp"
#include "shop_store.hpp"

namespace tandem::app::test {
namespace {

/// A second node on the shop's database.
class Node {
 public:
  explicit Node(Shop& shop) : store_(shop.open_another()), app_(*store_, shop.options()) {}
  [[nodiscard]] Application& app() { return app_; }
  [[nodiscard]] store::Store& store() { return *store_; }

 private:
  std::unique_ptr<store::Store> store_;
  Application app_;
};

std::string order_stream(const Client& client) { return "/v1/orders/" + client.id + "/events"; }
constexpr const char* kAll = "/v1/staff/events";

/// Sends a command through a node of its own choice.
void send_by(Application& app, const Client& client, const Json& command) {
  http::Request request{.method = http::Method::post,
                        .target = "/v1/orders/" + client.id + "/commands"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Authorization", "Bearer " + client.secret);
  request.body = Json{{"base_version", 0}, {"commands", {item(command)}}}.dump();
  const Json said = Json::parse(app.router().handle(std::move(request)).content());
  ASSERT_TRUE(said.contains("results")) << said;
  ASSERT_EQ(said.at("results").back().at("accepted"), true) << said;
}

/// What a follower of all orders has seen: each order's versions must follow without a gap.
class Ledger {
 public:
  void note(const Seen& seen) {
    ASSERT_EQ(seen.event, "order") << seen.data;
    const auto order_no = seen.data.at("order_no").get<std::int64_t>();
    const auto version = seen.data.at("version").get<std::int64_t>();
    const auto count = static_cast<std::int64_t>(seen.data.at("events").size());
    EXPECT_EQ(versions_[order_no] + count, version) << "of order " << order_no;
    versions_[order_no] = version;
    events_ += count;
  }
  [[nodiscard]] std::int64_t events() const { return events_; }
  [[nodiscard]] const std::map<std::int64_t, std::int64_t>& versions() const { return versions_; }

 private:
  std::map<std::int64_t, std::int64_t> versions_;
  std::int64_t events_ = 0;
};

TEST(Feed, AnOrdersStreamTellsWhatAnotherNodeCommits) {
  Shop shop;
  shop.stock("TEA-100", 2000, 50);
  Node other(shop);
  const Client client(shop);
  Follower follower(other.app(), order_stream(client), client.secret);
  send_by(shop.app(), client, add("TEA-100", 1));
  Seen seen = follower.next();
  const std::string first = seen.id;
  EXPECT_EQ(seen.event, "order");
  EXPECT_EQ(std::to_string(seen.data.at("version").get<std::int64_t>()), first);
  // It waits now; the other node's commit wakes it.
  std::jthread later([&] { send_by(shop.app(), client, add("TEA-100", 2)); });
  seen = follower.next();
  EXPECT_EQ(seen.data.at("events").size(), 1U);
  EXPECT_EQ(seen.data.at("version").get<std::int64_t>(), std::stoll(first) + 1);
}

TEST(Feed, AnOrdersStreamGoesOnWhereItWasCutOff) {
  Shop shop;
  shop.stock("TEA-100", 2000, 50);
  Node other(shop);
  const Client client(shop);
  std::string last;
  std::int64_t events = 0;
  for (int round = 0; round < 4; ++round) {
    Application& writer = round % 2 == 0 ? shop.app() : other.app();
    Application& reader = round % 2 == 0 ? other.app() : shop.app();
    send_by(writer, client, add("TEA-100", 1));
    send_by(reader, client, add("TEA-100", 1));
    Follower follower(reader, order_stream(client), client.secret, last);
    const Seen seen = follower.next();
    events += static_cast<std::int64_t>(seen.data.at("events").size());
    last = follower.last_id();
    EXPECT_EQ(std::to_string(events), last) << "no event twice, none left out";
  }
}

TEST(Feed, StaffSeeTheOrdersOfAllNodesWithWhatTheyMaySee) {
  Shop shop;
  shop.stock("TEA-100", 2000, 50);
  Node other(shop);
  const std::string key = shop.key("sales");
  Follower follower(other.app(), kAll, key);
  EXPECT_EQ(follower.next().event, "position");
  const Client here(shop);
  send_by(shop.app(), here, add("TEA-100", 1));
  send_by(other.app(), here, add("TEA-100", 1));
  Ledger ledger;
  while (ledger.events() < 3) {
    const Seen seen = follower.next();
    ledger.note(seen);
    EXPECT_EQ(seen.data.at("order"), here.id);
  }
  Follower one(other.app(), "/v1/staff/orders/" + here.id + "/events", key);
  EXPECT_EQ(one.next().data.at("events").size(), 3U);
}

TEST(Feed, TheStreamOfAllOrdersIsForStaffAndRefusesForeignPositions) {
  Shop shop;
  const std::string key = shop.key("sales");
  EXPECT_EQ(shop.get(kAll).status, 401);
  EXPECT_EQ(shop.get("/v1/staff/orders/1/events").status, 401);
  for (const char* id : {"7", "x-1", "1-", "99999999999999-1"}) {
    const Follower follower(shop.app(), kAll, key, id);
    EXPECT_EQ(follower.response().status, info(Reason::value_unknown).http_status) << id;
  }
}

TEST(Feed, NothingIsLostOrRepeatedWhileNodesWriteAndConnectionsAreCut) {
  Shop shop;
  shop.stock("TEA-100", 2000, 50'000);
  Node other(shop);
  const std::string key = shop.key("sales");
  constexpr int kWriters = 4;
  constexpr int kCommands = 25;
  constexpr int kEvents = kCommands + 1;  // an order's first command opens it, too
  std::vector<Client> clients;
  for (int i = 0; i < kWriters; ++i) clients.emplace_back(shop);
  Follower start(shop.app(), kAll, key, "0-0");
  std::vector<std::jthread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] {
      for (int n = 0; n < kCommands; ++n) {
        Application& app = (i + n) % 2 == 0 ? shop.app() : other.app();
        send_by(app, clients[static_cast<std::size_t>(i)], add("TEA-100", 1));
      }
    });
  }
  Ledger ledger;
  std::string last = start.last_id();
  std::minstd_rand chance(7);
  while (ledger.events() < kWriters * kEvents) {
    Follower follower(chance() % 2 == 0 ? shop.app() : other.app(), kAll, key, last);
    const auto count = 1 + chance() % 5;
    for (std::uint32_t i = 0; i < count && ledger.events() < kWriters * kEvents; ++i) {
      ledger.note(follower.next());
    }
    last = follower.last_id();
  }
  EXPECT_EQ(ledger.versions().size(), std::size_t{kWriters});
  for (const auto& [order_no, version] : ledger.versions()) EXPECT_EQ(version, kEvents);
}

/// For tests of what only a shared database can do: their shop is on PostgreSQL in any case.
class OnPostgres {
 public:
  OnPostgres() {
    if (const char* engine = std::getenv(kName)) before_ = engine;
    ::setenv(kName, "postgres", 1);
  }
  OnPostgres(const OnPostgres&) = delete;
  OnPostgres& operator=(const OnPostgres&) = delete;
  ~OnPostgres() { before_ ? ::setenv(kName, before_->c_str(), 1) : ::unsetenv(kName); }

 private:
  static constexpr const char* kName = "TANDEM_TEST_ENGINE";
  std::optional<std::string> before_;
};

/// An order that a transaction writes and does not commit yet.
std::unique_ptr<store::Batch> slow_commit(store::Store& store, std::int64_t now_ms) {
  auto batch = *store.begin_batch();
  const std::int64_t order_no = *batch->reserve_order_nos(1);
  store::Writes writes;
  writes.orders.push_back({order_no, random_hex(16), store::Digest{}, now_ms});
  writes.events.push_back({order_no, {1, "{}", ""}});
  writes.heads.push_back({order_no, 0, 1, store::Digest{}});
  EXPECT_TRUE(batch->write(writes));
  return batch;
}

TEST(Feed, ACommitThatComesLateIsNotPassedOver) {
  const OnPostgres engine;
  Shop shop;
  shop.stock("TEA-100", 2000, 50);
  Node other(shop);
  const std::string key = shop.key("sales");
  const Client client(shop);
  Follower follower(other.app(), kAll, key);
  EXPECT_EQ(follower.next().event, "position");
  const auto position = shop.store().reads().feed_end();
  auto slow = slow_commit(other.store(), shop.now_ms());
  send_by(shop.app(), client, add("TEA-100", 1));  // began later, committed first
  const auto held = shop.store().reads().feed(*position, 10);
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->empty()) << "what stands before it is still to come";
  ASSERT_TRUE(slow->commit());
  const Seen first = follower.next();
  const Seen second = follower.next();
  EXPECT_NE(first.data.at("order"), client.id);
  EXPECT_EQ(second.data.at("order"), client.id);
}

TEST(Feed, AForeignTransactionHoldsTheStreamOfAllOrdersButLosesNothing) {
  const OnPostgres engine;
  Shop shop;
  shop.stock("TEA-100", 2000, 50);
  Node other(shop);
  const Client client(shop);
  const std::string key = shop.key("sales");
  Follower follower(other.app(), kAll, key);
  EXPECT_EQ(follower.next().event, "position");
  const std::string url = store::PostgresServer::shared().url("postgres");
  const std::unique_ptr<PGconn, decltype(&PQfinish)> foreign(PQconnectdb(url.c_str()), &PQfinish);
  PQclear(PQexec(foreign.get(), "BEGIN"));
  PQclear(PQexec(foreign.get(), "SELECT pg_current_xact_id()"));
  const auto position = shop.store().reads().feed_end();
  send_by(shop.app(), client, add("TEA-100", 1));
  send_by(other.app(), client, add("TEA-100", 1));
  EXPECT_TRUE(shop.store().reads().feed(*position, 10)->empty());
  // One order's own stream reads the order and waits for nobody.
  Follower one(other.app(), order_stream(client), client.secret);
  EXPECT_EQ(one.next().data.at("events").size(), 3U);
  PQclear(PQexec(foreign.get(), "ROLLBACK"));
  Ledger ledger;
  while (ledger.events() < 3) ledger.note(follower.next());
}

}  // namespace
}  // namespace tandem::app::test
