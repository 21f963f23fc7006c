// SPDX-License-Identifier: Apache-2.0
#pragma once
// A customer of a scenario: does what the scenario says, one request at a time or many at once.
//
//   World world(1);
//   world.calm();
//   Shopper ann(world);
//   ann.fill("TEA-100", 1);
//   ann.take(world.ask(ann.place()));

#include <string>
#include <vector>

#include "tandem/sync/session.hpp"
#include "world.hpp"

namespace tandem::simulate {

class Shopper {
 public:
  /// With an order of its own.
  explicit Shopper(World& world);
  /// Another page of the same customer, as far as that one knows.
  Shopper(World& world, const Shopper& other);

  /// A cart that can be placed and is paid by card.
  void fill(const std::string& sku, std::int64_t quantity, const std::vector<Json>& more = {});
  /// Decides here and answers the request that tells the shop.
  [[nodiscard]] http::Request change(const std::vector<Json>& commands);
  /// A command that only the shop decides.
  [[nodiscard]] http::Request ask_for(const Json& command);
  [[nodiscard]] http::Request place();
  [[nodiscard]] http::Request look() const;
  void take(const http::Response& response);
  /// A request and its answer.
  void tell(const http::Request& request);

  /// Of the last attempt.
  [[nodiscard]] std::string intent() const;
  [[nodiscard]] const Order& order() const { return session_.history().order(); }
  [[nodiscard]] const std::string& id() const { return id_; }
  /// As the shop has it.
  [[nodiscard]] const Order& stored() const;
  /// The reason of the last refusal; empty when all was accepted.
  [[nodiscard]] const std::string& refused() const { return refused_; }

 private:
  World& world_;
  std::string id_ = app::random_hex(16);
  std::string secret_ = app::random_hex(16);
  sync::Session session_;
  std::string refused_;
};

/// Sends all of them before the shop does anything, and waits until everything was done.
void all_at_once(World& world, const std::vector<std::pair<http::Request, Shopper*>>& requests);

/// The webhook with which the demo provider would tell this of the shopper's last attempt.
[[nodiscard]] http::Request fact(const World& world, const Shopper& shopper,
                                 const std::string& event);

}  // namespace tandem::simulate
