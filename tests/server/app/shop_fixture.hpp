// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small shop on a temporary database with a clock of its own, its application called with
// request values, and a client that keeps the events it was told and computes with the same core,
// as the browser does.
//
//   Shop shop;
//   shop.stock("TEA-100", 2000, 12);
//   Client client(shop);
//   client.send({add("TEA-100", 2)});

#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/verify.hpp"
#include "seeding.hpp"
#include "tandem/order/order.hpp"
#include "tandem/order/record.hpp"
#include "tandem/pricing/pricing.hpp"

namespace tandem::app::test {

using Json = nlohmann::json;

inline constexpr std::int64_t kStart = 1'767'225'600'000;

inline constexpr const char* kPassword = "correct horse battery";

/// An answer with its body read as JSON, when it is JSON.
struct Answer {
  int status = 0;
  Json body;
  http::Response response;

  [[nodiscard]] std::string reason() const { return body.value("reason", ""); }
};

class Shop {
 public:
  explicit Shop(Options options = {});
  ~Shop();
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  /// Writes what a back office would: documents as they are, stock as counts.
  void write(const store::Writes& writes, const Counts& counts = {});
  /// A product of this one offer, in place of the one it had.
  void sell(const Offer& offer);
  /// A product under the policy `deny`, with so many pieces on hand.
  void stock(const std::string& sku, std::int64_t price_minor, std::int64_t on_hand);
  void code(const std::string& code, const std::string& promotion);
  /// An API key of this role.
  [[nodiscard]] std::string key(const std::string& role);
  /// A user of this role who signs in with kPassword.
  void user(const std::string& email, const std::string& role);
  /// A gift card with so much on it.
  void gift_card(const std::string& code, std::int64_t balance_minor,
                 std::optional<std::int64_t> expires_ms = std::nullopt);
  /// An account, as a row of a script's customers.
  void account(const Json& row);
  /// Carries out commands that have no route, as `actor`; answers as a route would.
  [[nodiscard]] Answer submit(const std::string& order, const Actor& actor, const Json& body,
                              const std::string& other_secret = {});
  void publish(const Json& rules);
  void settle(const Json& settings);

  [[nodiscard]] Answer call(http::Request request) const;
  [[nodiscard]] Answer get(const std::string& target, const std::string& bearer = "") const;
  [[nodiscard]] Answer post(const std::string& target, const std::string& body,
                            const std::string& bearer = "") const;
  /// What the demo provider tells, signed by it.
  [[nodiscard]] Answer webhook(const Json& body) const;

  /// Where requests come from that do not say it themselves.
  void come_from(std::string address) { address_ = std::move(address); }

  /// Closes everything and opens it again, as a restart does.
  void restart();
  [[nodiscard]] Findings verify();
  /// As the command does, beside a server that goes on.
  [[nodiscard]] Findings verify_while(const std::function<void()>& meanwhile);
  [[nodiscard]] store::LedgerRow stock_of(const std::string& sku);
  [[nodiscard]] Application& app() { return *app_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  /// The same database once more, as another node has it.
  [[nodiscard]] std::unique_ptr<store::Store> open_another();
  /// Changes the database behind everybody's back.
  void run_sql(const std::string& sql) const;
  [[nodiscard]] const Options& options() const { return options_; }
  void pass(std::int64_t ms) { now_ms_ += ms; }
  void set_time(std::int64_t now_ms) { now_ms_ = now_ms; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

 private:
  void open();

  std::string folder_;
  std::string address_;
  Counts balances_;  // of gift cards, to be written next
  std::atomic<std::int64_t> now_ms_{kStart};
  Options options_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Application> app_;
};

/// Rules of the small shop: tax included, one parcel method, the demo provider and bank transfer.
[[nodiscard]] Json small_rules();

/// A customer with an order of its own.
class Client {
 public:
  explicit Client(const Shop& shop, bool creates = true);

  /// Sends commands, each with an id of its own; keeps what comes back.
  Answer send(const std::vector<Json>& commands);
  /// Sends a body as it is.
  Answer send_body(const Json& body);
  /// Places with the digest that this client computes itself.
  Answer place();
  /// Everything that a parcel needs before it can be placed, paid by `method`.
  Answer fill(const std::vector<std::pair<std::string, std::int64_t>>& lines,
              const std::string& method = "card");
  /// Chooses an outcome on the payment page of the last answer.
  Answer pay(const std::string& outcome);
  /// Events since this client's version, as a page that comes back does.
  Answer catch_up();

  [[nodiscard]] Answer view() const;
  [[nodiscard]] std::string digest() const;
  [[nodiscard]] std::string chain() const { return hex(chain_); }
  [[nodiscard]] const Order& order() const { return order_; }
  [[nodiscard]] Json last_result() const { return last_.body.at("results").back(); }

  /// Secret of another order, sent along with what follows.
  void know(const std::string& other_secret) { other_secret_ = other_secret; }
  [[nodiscard]] const std::string& known() const { return other_secret_; }

  std::string id = random_hex(16);
  std::string secret = random_hex(16);

 private:
  void keep(const Answer& answer);

  const Shop& shop_;
  Order order_;
  Digest chain_{};
  std::vector<Offer> offers_;
  QuoteFacts facts_;
  std::int64_t server_time_ms_ = kStart;
  Answer last_;
  std::string other_secret_;
};

[[nodiscard]] Json add(const std::string& sku, std::int64_t quantity);
[[nodiscard]] Json item(const Json& command);

/// A command of staff to an order, with an API key.
Answer staff_send(const Shop& shop, const std::string& order, const std::string& key,
                  const Json& command);

}  // namespace tandem::app::test
