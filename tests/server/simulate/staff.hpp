// SPDX-License-Identifier: Apache-2.0
#pragma once
// Those who run the shop: they confirm, ship, capture, refund, cancel and count, at any moment.

#include <string>

#include "auditor.hpp"
#include "shop.hpp"

namespace tandem::simulate {

class World;

class Staff {
 public:
  explicit Staff(World& world) : world_(world) {}
  void begin();

 private:
  void act();
  void count();
  void command(const Auditor::Known& known, const Json& command);
  [[nodiscard]] Json choose(const Order& order);
  [[nodiscard]] Json about_money(const Order& order);

  World& world_;
};

}  // namespace tandem::simulate
