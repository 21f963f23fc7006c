// SPDX-License-Identifier: Apache-2.0
// Servers and databases that are killed while everybody shops: what was answered as paid is there,
// once, and nothing contradicts itself.
//
//   TANDEM_ROUNDS=50 server_race_tests --gtest_filter=*Kill*     that many rounds
//
// And a database that is lost for good: its standby takes over.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <optional>
#include <thread>

#include "app/secrets.hpp"
#include "market.hpp"

namespace tandem::app::test {
namespace {

constexpr const char* kSku = "KILL-1";

/// Orders whose payment was answered as done.
class Paid {
 public:
  struct Order {
    std::string id, secret;
  };
  void add(const Buyer& buyer) {
    {
      const std::lock_guard lock(mutex_);
      orders_.push_back({buyer.id, buyer.secret});
    }
    grown_.notify_all();
  }
  void wait_for_more(std::size_t count) {
    std::unique_lock lock(mutex_);
    const std::size_t wanted = orders_.size() + count;
    grown_.wait(lock, [&] { return orders_.size() >= wanted; });
  }
  [[nodiscard]] const std::vector<Order>& orders() const { return orders_; }

 private:
  std::mutex mutex_;
  std::condition_variable grown_;
  std::vector<Order> orders_;
};

class Kill : public Market {
 protected:
  void SetUp() override {
    Market::SetUp();
    sell(kSku, 2000, 1'000'000);
    digest_ = quote_of(cart({add(kSku, 1)})).at("quote_digest");
  }

  /// Buys order after order until the server is gone.
  void shop_until_killed(std::uint16_t port, Paid& paid) const {
    Buyer buyer(port);
    buyer.expect_kills();
    for (int status = 200; status != 0;) {
      buyer.start_anew();
      std::vector<Json> commands = cart({add(kSku, 1)});
      commands.push_back({{"type", "place_order"}, {"expected_digest", digest_}});
      const Said said = buyer.create(commands);
      status = said.status;
      if (!said.accepted() || buyer.page().empty()) continue;
      status = buyer.pay().status;
      if (status == 303) paid.add(buyer);
    }
  }

  std::vector<std::jthread> crowd(Paid& paid) const {
    std::vector<std::jthread> clients;
    for (std::size_t i = 0; i < 6; ++i) {
      clients.emplace_back([this, i, &paid] { shop_until_killed(port(i), paid); });
    }
    return clients;
  }

  void expect_all_paid_once(const Paid& paid) const {
    std::atomic<std::size_t> next = 0;
    together(4, [&](std::size_t hand) {
      Buyer buyer(port(hand));
      for (std::size_t i = next++; i < paid.orders().size(); i = next++) {
        buyer.id = paid.orders()[i].id;
        buyer.secret = paid.orders()[i].secret;
        const Json order = buyer.view();
        EXPECT_EQ(order.at("axes").at("order"), "order");
        EXPECT_EQ(order.at("payments").size(), 1U);
        EXPECT_EQ(order.at("money").at("captured_minor"), order.at("totals").at("total_minor"));
      }
    });
  }

  std::string digest_;
};

TEST_P(Kill, WhatWasPaidIsThereOnce) {
  const std::uint64_t rounds = number_in("TANDEM_ROUNDS", 3);
  const std::uint64_t seed = number_in("TANDEM_SEED", std::random_device{}());
  std::cout << "seed " << seed << ", " << rounds << " rounds\n";
  std::mt19937_64 random(seed);
  Paid paid;
  for (std::uint64_t round = 1; round <= rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    std::vector<std::jthread> clients = crowd(paid);
    paid.wait_for_more(5 + random() % 40);
    if (on_postgres()) {
      const std::size_t first = random() % 3;
      (void)nodes_[first]->end(SIGKILL);
      paid.wait_for_more(1 + random() % 20);
      postgres().restart(SIGQUIT);
      paid.wait_for_more(1 + random() % 20);  // the other nodes have come back by themselves
      (void)nodes_[(first + 1) % 3]->end(SIGKILL);
      paid.wait_for_more(1 + random() % 10);
      (void)nodes_[(first + 2) % 3]->end(SIGKILL);
    } else {
      (void)nodes_[0]->end(SIGKILL);
    }
    clients.clear();
    verify();
    start_nodes();
  }
  expect_all_paid_once(paid);
  std::cout << paid.orders().size() << " orders were paid\n";
}

class Failover : public Kill {
 protected:
  std::string new_database() override {
    const std::string name = "failover";
    primary_.emplace(store::PostgresServer::Options{.durable = true});
    primary_->new_database(name);
    standby_.emplace(store::PostgresServer::Options{.durable = true, .standby_of = &*primary_});
    primary_->require_standby();
    return primary_->url_of_primary(name, *standby_);
  }

  std::optional<store::PostgresServer> primary_;
  std::optional<store::PostgresServer> standby_;
};

TEST_P(Failover, WhatWasPaidSurvivesTheLossOfTheDatabase) {
  const std::uint64_t seed = number_in("TANDEM_SEED", std::random_device{}());
  std::cout << "seed " << seed << '\n';
  std::mt19937_64 random(seed);
  Paid paid;
  std::vector<std::jthread> clients = crowd(paid);
  paid.wait_for_more(20 + random() % 40);
  primary_->stop(SIGQUIT);
  standby_->promote();
  paid.wait_for_more(20 + random() % 40);  // the nodes have found the new primary by themselves
  for (const auto& node : nodes_) (void)node->end(SIGKILL);
  clients.clear();
  verify();
  start_nodes();
  expect_all_paid_once(paid);
  std::cout << paid.orders().size() << " orders were paid\n";
}

INSTANTIATE_TEST_SUITE_P(Engines, Failover, testing::Values("postgres"), engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, Kill, testing::Values("sqlite", "postgres"), engine_name);

}  // namespace
}  // namespace tandem::app::test
