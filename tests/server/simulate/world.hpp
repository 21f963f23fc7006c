// SPDX-License-Identifier: Apache-2.0
#pragma once
// One shop with its disk, its bank, its network and its people, all of it following from one seed.
//
//   World world(7);
//   world.people(6);
//   if (!world.run(600)) print(world.story());

#include <memory>
#include <vector>

#include "auditor.hpp"
#include "bank.hpp"
#include "buyer.hpp"
#include "disk.hpp"
#include "network.hpp"
#include "server.hpp"
#include "staff.hpp"

namespace tandem::simulate {

class World {
 public:
  /// `draws` lets the seed choose the shop's settings too; else they are the defaults.
  explicit World(std::uint64_t seed, bool draws = false);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// No faults and no crashes: what is done is done at once.
  void calm();
  /// Buyers and staff who act by themselves until the end.
  void people(std::int64_t buyers);
  /// So many steps, then as much time as everything needs to come to its end. False when an
  /// invariant was broken: the story says which.
  bool run(std::int64_t steps);
  /// The end alone.
  bool finish();
  /// Everything that is planned within this time.
  void pass(std::int64_t ms);

  /// A request without a network, as a scenario sends it; what it leads to is not waited for.
  void send(const http::Request& request, Server::Answered answered);
  /// The same, waited for.
  [[nodiscard]] http::Response ask(const http::Request& request);
  /// The bank's webhook as a request, signed now.
  [[nodiscard]] http::Request webhook(const std::string& body) const;

  [[nodiscard]] bool is_over() const { return over_; }
  [[nodiscard]] std::int64_t steps() const { return steps_; }

  Timeline timeline;
  Random random;
  Story story{timeline};
  Disk disk;
  Mounted mounted{disk};
  Bank bank{timeline, random, story};
  Server server;
  Auditor auditor{story, bank, server};
  Network network;

 private:
  bool step();

  std::vector<std::unique_ptr<Buyer>> buyers_;
  std::unique_ptr<Staff> staff_;
  bool over_ = false;  // people have gone home
  std::int64_t steps_ = 0;
};

}  // namespace tandem::simulate
