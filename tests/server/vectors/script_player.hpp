// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plays a replay script on a whole server without its sockets, and answers what replay answers:
// `orders`, `outbox`, `promotions`, `coupons`, `steps` and `stock`. A customer's command goes to
// the order's route, staff's to theirs with an API key, a provider's word comes as a signed
// webhook, and what falls due is the scheduler's to do at its time. Facts that change are written
// as a back office would.
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

  /// Why this script cannot be said over HTTP, if it cannot. `expect` is what it would come to.
  [[nodiscard]] static std::optional<std::string> left_out(const Json& input, const Json& expect);

  /// Plays all of it, and checks on the way what every client checks: chains, digests of parts.
  [[nodiscard]] Json play();

  [[nodiscard]] Shop& shop() { return shop_; }

 private:
  struct Entry;

  void set(const Json& facts);
  void publish(const Json& facts);
  void sell(const Json& offers);
  void count(const Json& rows);
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
  std::map<std::string, std::unique_ptr<Client>> clients_;  // by the script's name of the order
  std::map<std::string, Json> sent_;                        // bodies by command id
  std::map<std::string, std::string> keys_;                 // of the staff, by role
  std::vector<std::map<std::string, std::string>> shown_;  // digests after each entry, by order
  Json steps_ = Json::array();
};

}  // namespace tandem::app::test
