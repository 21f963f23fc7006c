// SPDX-License-Identifier: Apache-2.0
// Seeds, each of them a shop under faults.
//
//   TANDEM_SIMULATE_SEEDS   how many; not set: 200
//   TANDEM_SIMULATE_SEED    the first one
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "simulation.hpp"

namespace tandem::simulate {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(Simulation, KeepsItsInvariantsUnderEveryFault) {
  const std::uint64_t first = setting("TANDEM_SIMULATE_SEED", 1);
  const std::uint64_t seeds = setting("TANDEM_SIMULATE_SEEDS", 200);
  Totals totals;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const Ended ended = simulate(seed, kStepsOfSeed);
    totals.add(ended);
    ASSERT_TRUE(ended.broken.empty()) << ended.broken << "\n  " << replay_command(seed);
  }
  std::cout << totals.sentence() << '\n';
  if (seeds < 100) return;
  // Whatever is not reached is not tested.
  for (const char* event :
       {"order_confirmed", "order_reopened", "payment_superseded", "payment_captured",
        "payment_canceled", "refund_succeeded", "hold_expired", "transfer_done"}) {
    EXPECT_GT(totals.events[event], 0) << event;
  }
  EXPECT_GT(totals.ahead, 0);
  EXPECT_GT(totals.crashes, 0);
  EXPECT_GT(totals.writes_lost + totals.writes_torn, 0);
}

TEST(Simulation, TellsTheSameStoryForTheSameSeed) {
  std::vector<std::vector<std::string>> stories;
  for (const std::uint64_t seed : {3U, 4U, 78U}) {
    stories.push_back(simulate(seed, kStepsOfSeed).story);
  }
  // In another order, after other seeds, in other memory.
  EXPECT_EQ(simulate(78, kStepsOfSeed).story, stories[2]);
  EXPECT_EQ(simulate(3, kStepsOfSeed).story, stories[0]);
  EXPECT_EQ(simulate(4, kStepsOfSeed).story, stories[1]);
}

}  // namespace
}  // namespace tandem::simulate
