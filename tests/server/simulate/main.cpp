// SPDX-License-Identifier: Apache-2.0
// `tandem simulate`: plays seeds; of a single one, or of one that fails, it tells the story.
// Exit status: 0 all invariants held, 1 one was broken, 2 wrong usage.
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

#include "simulation.hpp"

namespace tandem::simulate {
namespace {

struct Wanted {
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  std::int64_t steps = kStepsOfSeed;
  bool quiet = false;
};

void print_story(const Ended& ended) {
  for (const std::string& line : ended.story) std::puts(line.c_str());
}

/// Thousands of seeds take their time: whoever waits is told where it is.
void print_progress(std::uint64_t played, std::uint64_t seeds) {
  constexpr std::uint64_t kEach = 1'000;
  if (played % kEach != 0) return;
  std::fprintf(stderr, "%llu of %llu seeds\n", static_cast<unsigned long long>(played),
               static_cast<unsigned long long>(seeds));
}

int play(const Wanted& wanted) {
  const auto begun = std::chrono::steady_clock::now();
  Totals totals;
  int status = 0;
  for (std::uint64_t i = 0; i < wanted.seeds; ++i) {
    const std::uint64_t seed = wanted.seed + i;
    const Ended ended = simulate(seed, wanted.steps);
    totals.add(ended);
    print_progress(i + 1, wanted.seeds);
    const bool sound = ended.broken.empty();
    if ((wanted.seeds == 1 || !sound) && !wanted.quiet) print_story(ended);
    if (sound) continue;
    std::printf("seed %llu broke an invariant: %s\n  %s\n", static_cast<unsigned long long>(seed),
                ended.broken.c_str(), replay_command(seed, wanted.steps).c_str());
    std::fflush(stdout);
    status = 1;
    if (!wanted.quiet) break;  // a quiet run looks at all seeds
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
                        std::chrono::steady_clock::now() - begun)
                        .count();
  std::printf(
      "seeds %llu to %llu: %s\n%lld simulated hours per second\n",
      static_cast<unsigned long long>(wanted.seed),
      static_cast<unsigned long long>(wanted.seed + wanted.seeds - 1), totals.sentence().c_str(),
      static_cast<long long>(totals.simulated_ms / 3'600 / std::max<std::int64_t>(took, 1)));
  return status;
}

int run(int argc, char** argv) {
  Wanted wanted;
  CLI::App app{"Plays the whole shop under faults that follow from a seed"};
  app.add_option("--seed", wanted.seed, "The first seed");
  app.add_option("--seeds", wanted.seeds, "How many seeds, one after the other");
  app.add_option("--steps", wanted.steps, "Steps of each, before everything may come to its end");
  app.add_flag("--quiet", wanted.quiet, "No stories, and all seeds although one has failed");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return play(wanted);
}

}  // namespace
}  // namespace tandem::simulate

int main(int argc, char** argv) { return tandem::simulate::run(argc, argv); }
