// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plays a replay script on a whole server without its sockets, and answers what replay answers:
// `orders`, `outbox`, `promotions`, `coupons`, `gift_cards`, `steps` and `stock`. A customer's
// command goes to the order's route, staff's to theirs with an API key, the demo provider's word
// comes as a signed webhook, stock is adjusted by the warehouse, and what falls due or follows is
// the scheduler's and the worker's to do. What has no route (a customer who is signed in, other
// providers, the shop itself) is submitted as the job that a route would make. Other facts that
// change are written as a back office would.
//
//   ScriptPlayer player(input);
//   if (auto why = player.left_out()) …  // HTTP has no way to say this
//   Json answer = player.play();

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app/shop_fixture.hpp"
#include "tandem/replay/document.hpp"

namespace tandem::app::test {

class ScriptPlayer {
 public:
  explicit ScriptPlayer(Json input);

  /// Why this script cannot be said over HTTP, if it cannot.
  [[nodiscard]] static std::optional<std::string> left_out(const Json& input);

  /// Plays all of it, and checks on the way what every client checks: chains, digests of parts.
  [[nodiscard]] Json play();

  [[nodiscard]] Shop& shop() { return shop_; }

 private:
  struct Entry;

  void begin(const Json& facts);
  void set(const Json& facts, Json& step);
  void change(const Json& facts);
  void issue(const Json& cards);
  void know_customers(const Json& customers);
  [[nodiscard]] std::optional<Json> adjust(const Json& rows);
  void run_commands(std::int64_t at_ms, Json& step);
  [[nodiscard]] Json caused_on(std::int64_t order_no, std::int64_t at_ms);
  [[nodiscard]] std::optional<std::int64_t> due_at(std::int64_t order_no);
  void give_names(Json& value) const;
  [[nodiscard]] Json gift_cards();
  void publish(const Json& facts);
  void sell(const Json& offers);
  void run_due(std::int64_t until_ms, Json& step);
  void step(const Json& entry, std::size_t index);
  void carry_out(const Json& entry, std::size_t index, Json& step);
  [[nodiscard]] Answer send(const Json& entry, std::size_t index, Client& client);
  [[nodiscard]] Answer tell(const Json& entry, std::size_t index, const Client& client);
  [[nodiscard]] Json with_stand_ins(const Json& entry, Client& client);
  [[nodiscard]] Json view(const Client& client);
  [[nodiscard]] std::vector<store::LedgerRow> ledger_rows(store::LedgerKind kind);
  [[nodiscard]] Json stock();
  [[nodiscard]] Json coupons();
  [[nodiscard]] Json promotions();
  [[nodiscard]] Json outbox();
  [[nodiscard]] store::OrderHead head(const Client& client);
  [[nodiscard]] const std::string& key(const std::string& role);

  Json input_;
  const bool recalls_;  // whether a page that was shown earlier is meant somewhere
  Shop shop_;
  wire::Value rules_{wire::Members{}};
  wire::Value settings_{wire::Members{}};
  replay::Table offers_{"sku"};
  replay::Table coupons_{"code"};
  replay::Table customers_{"id"};
  Settings current_;
  std::map<std::string, std::string> cards_;  // as spelled, by folded code
  std::map<std::string, std::unique_ptr<Client>> clients_;  // by the script's name of the order
  std::map<std::string, Json> sent_;                        // bodies by command id
  std::map<std::string, std::string> keys_;                 // of the staff, by role
  std::vector<std::map<std::string, std::string>> shown_;  // digests after each entry, by order
  Json steps_ = Json::array();
};

}  // namespace tandem::app::test
