// SPDX-License-Identifier: Apache-2.0
// Long lives of many orders under random actors, audited at every step.
//
//   TANDEM_WORKLOAD_STEPS   how many steps; when not set 200,000 as WebAssembly, else 20,000
//   TANDEM_WORKLOAD_SEED    the first shop's seed; each shop has one
//   TANDEM_WORKLOAD_SCRIPT  where the script of a shop that fails is written
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/workload/world.hpp"

namespace tandem::workload {
namespace {

constexpr std::int64_t kStepsOfShop = 800;
#ifdef __EMSCRIPTEN__  // optimized, where the native build of the tests is not
constexpr std::uint64_t kSteps = 200'000;
#else
constexpr std::uint64_t kSteps = 20'000;
#endif

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void write_script(const World& world) {
  const char* path = std::getenv("TANDEM_WORKLOAD_SCRIPT");
  if (path != nullptr) std::ofstream(path, std::ios::binary) << world.script();
}

TEST(Workload, KeepsItsBooks) {
  const std::uint64_t steps = setting("TANDEM_WORKLOAD_STEPS", kSteps);
  const std::uint64_t first = setting("TANDEM_WORKLOAD_SEED", 1);
  std::map<std::string, std::int64_t> counts;
  const auto begun = std::chrono::steady_clock::now();
  std::uint64_t done = 0;
  for (std::uint64_t seed = first; done < steps; ++seed) {
    World world(seed);
    bool sound = true;
    for (std::int64_t i = 0; sound && i < kStepsOfShop && done < steps; ++i, ++done) {
      sound = world.step();
    }
    sound = sound && world.finish();
    if (!sound) write_script(world);
    ASSERT_TRUE(sound) << world.report();
    for (const auto& [what, count] : world.counts()) counts[what] += count;
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  std::cout << done << " steps from seed " << first << " in " << took.count() << " ms\n";
  if (std::getenv("TANDEM_WORKLOAD_COUNTS") == nullptr) return;
  for (const auto& [what, count] : counts) std::cout << count << '\t' << what << '\n';
}

}  // namespace
}  // namespace tandem::workload
