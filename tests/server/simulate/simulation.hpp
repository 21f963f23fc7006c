// SPDX-License-Identifier: Apache-2.0
#pragma once
// A seed, played to its end.
//
//   const Ended ended = simulate(7, kStepsOfSeed);
//   if (!ended.broken.empty()) std::cout << replay_command(7);

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tandem::simulate {

inline constexpr std::int64_t kStepsOfSeed = 130;

struct Ended {
  std::string broken;  // the first invariant that did not hold; empty: all did
  std::vector<std::string> story;
  std::int64_t steps = 0;
  std::int64_t simulated_ms = 0;
  std::int64_t crashes = 0;
  std::int64_t ahead = 0;  // batches decided while the one before was written
  std::int64_t writes_lost = 0;
  std::int64_t writes_torn = 0;
  std::int64_t orders = 0;
  std::map<std::string, std::int64_t> events;
};

[[nodiscard]] Ended simulate(std::uint64_t seed, std::int64_t steps);

/// What many seeds came to.
struct Totals {
  std::int64_t seeds = 0;
  std::int64_t steps = 0;
  std::int64_t simulated_ms = 0;
  std::int64_t crashes = 0;
  std::int64_t ahead = 0;
  std::int64_t writes_lost = 0;
  std::int64_t writes_torn = 0;
  std::int64_t orders = 0;
  std::map<std::string, std::int64_t> events;

  void add(const Ended& ended);
  [[nodiscard]] std::string sentence() const;
};

/// What plays a seed again and tells its story.
[[nodiscard]] std::string replay_command(std::uint64_t seed, std::int64_t steps = kStepsOfSeed);

}  // namespace tandem::simulate
