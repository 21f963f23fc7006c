// SPDX-License-Identifier: Apache-2.0
#include "simulation.hpp"

#include <fmt/format.h>

#include "world.hpp"

namespace tandem::simulate {

Ended simulate(std::uint64_t seed, std::int64_t steps) {
  World world(seed, true);
  world.people(world.random.between(3, 8));
  world.run(steps);
  Ended ended{.broken = world.story.first_broken(),
              .story = world.story.lines(),
              .steps = world.steps(),
              .simulated_ms = world.timeline.now_ms() - kStart,
              .crashes = world.server.crashes(),
              .ahead = world.server.ahead(),
              .writes_lost = world.disk.counts().writes_lost,
              .writes_torn = world.disk.counts().writes_torn,
              .orders = static_cast<std::int64_t>(world.auditor.orders().size()),
              .events = world.auditor.counts()};
  return ended;
}

void Totals::add(const Ended& ended) {
  ++seeds;
  steps += ended.steps;
  simulated_ms += ended.simulated_ms;
  crashes += ended.crashes;
  ahead += ended.ahead;
  writes_lost += ended.writes_lost;
  writes_torn += ended.writes_torn;
  orders += ended.orders;
  for (const auto& [event, count] : ended.events) events[event] += count;
}

std::string Totals::sentence() const {
  return fmt::format(
      "{} seeds, {} steps, {} simulated hours, {} orders, {} batches decided ahead, {} crashes, "
      "{} writes lost, {} torn",
      seeds, steps, simulated_ms / 3'600'000, orders, ahead, crashes, writes_lost, writes_torn);
}

std::string replay_command(std::uint64_t seed, std::int64_t steps) {
  std::string command = "build/dev/server/tandem simulate --seed " + std::to_string(seed);
  if (steps != kStepsOfSeed) command += " --steps " + std::to_string(steps);
  return command;
}

}  // namespace tandem::simulate
