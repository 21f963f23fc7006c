// SPDX-License-Identifier: Apache-2.0
#pragma once
// A shop in processes of its own, one server on SQLite or three nodes on PostgreSQL, and buyers in
// threads of this process who reach it over HTTP alone, each on a connection of its own.
//
//   sell("LAST", 2000, 20);
//   together(60, [&](std::size_t i) {
//     Buyer buyer(port(i));
//     buyer.create(cart({{"LAST", 1}}));
//     if (buyer.place(digest).accepted()) buyer.pay();
//   });
//
//   TANDEM_SEEDS=200 server_race_tests     that many runs of each race, from the seed TANDEM_SEED

#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "program.hpp"
#include "seeding.hpp"
#include "server/http_client.hpp"
#include "server/store/postgres_server.hpp"

namespace tandem::app::test {

using Json = nlohmann::json;

/// How an answer was.
struct Said {
  int status = 0;
  Json body;

  /// Whether the last command of a batch was accepted.
  [[nodiscard]] bool accepted() const;
  /// Why the whole request was refused, or the first of its commands that was.
  [[nodiscard]] std::string reason() const;
};

/// A customer with an order of its own.
class Buyer {
 public:
  explicit Buyer(std::uint16_t port);

  Said create(const std::vector<Json>& commands);
  Said send(const std::vector<Json>& commands);
  Said place(const std::string& digest);
  /// The order as the server shows it.
  [[nodiscard]] Json view();
  /// Its state; empty when the server does not tell.
  [[nodiscard]] std::string state();
  /// Chooses an outcome on the page of the payment that waits.
  Said pay(const std::string& outcome = "captured");
  /// The page of the payment that waits; empty when none does.
  [[nodiscard]] std::string page();
  /// Sends a request as it is, and again when it is asked to come back (503). Any other answer of
  /// 5xx, or none at all, is a failure of the test, unless the server may be killed: then it may be
  /// gone (status 0), or ask to come back.
  Said ask(const std::string& text);
  void expect_kills() { may_be_killed_ = true; }
  /// Another order, on the same connection.
  void start_anew();

  std::string id;
  std::string secret;

 private:
  Said keep(const http::test::Answer& answer);

  http::test::Client client_;
  std::string page_;
  bool may_be_killed_ = false;
};

[[nodiscard]] Json with_id(const Json& command);
[[nodiscard]] Json add(const std::string& sku, std::int64_t quantity,
                       const std::string& configuration = {});
/// Everything that a parcel needs before it can be placed, paid by card.
[[nodiscard]] std::vector<Json> cart(const std::vector<Json>& lines);

/// How the tests of an engine are called.
[[nodiscard]] std::string engine_name(const testing::TestParamInfo<const char*>& engine);

/// The number in a variable of the environment.
[[nodiscard]] std::uint64_t number_in(const char* variable, std::uint64_t otherwise);

/// Lets others go first, so many times.
void dawdle(std::uint64_t moments);

/// Runs `act` in as many threads, which begin at the same moment.
void together(std::size_t count, const std::function<void(std::size_t)>& act);

class Market : public Process, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override;
  /// Stops all nodes; the database must be whole.
  void TearDown() override;
  std::string new_database() override;
  void start_nodes();
  void verify() const;
  [[nodiscard]] bool on_postgres() const;
  /// On PostgreSQL, the name of the database of this test.
  [[nodiscard]] const std::string& database_name() const { return database_name_; }
  /// The server of all databases on PostgreSQL here.
  static store::PostgresServer& postgres();

  [[nodiscard]] std::uint16_t port(std::size_t i) const { return ports_[i % ports_.size()]; }

  void sell(const std::string& sku, std::int64_t price_minor, std::int64_t on_hand) const;
  /// A code for a promotion of ten percent that may be used so often.
  void promote(const std::string& code, std::int64_t uses) const;
  void gift_card(const std::string& code, std::int64_t balance_minor) const;
  [[nodiscard]] store::Figures figures(const store::LedgerKey& key) const;
  /// The digest of this cart's quote, and its total.
  [[nodiscard]] Json quote_of(const std::vector<Json>& commands) const;
  /// What the provider tells, signed by it, as a request.
  [[nodiscard]] std::string webhook(const Json& body) const;
  /// Runs `act` for each seed; with `few` once, unless more were asked for than are usual.
  void each_seed(const std::function<void(std::uint64_t)>& act, bool few = false) const;

  std::string database_name_;
  std::vector<std::unique_ptr<Child>> nodes_;
  std::vector<std::uint16_t> ports_;
  std::unique_ptr<store::Store> store_;  // this process's own, for what a back office does
};

}  // namespace tandem::app::test
