// SPDX-License-Identifier: Apache-2.0
#pragma once
// The inputs that fuzzing begins with: the vectors, as their runners read them.
//
//   const Seeds seeds = seeds_of("tests/vectors");

#include <filesystem>
#include <string>
#include <vector>

namespace tandem::fuzz {

struct Seeds {
  std::vector<std::string> quotes;
  std::vector<std::string> replays;
  std::vector<std::string> messages;  // both, and what replay answers: commands, events, views
};

/// `every` leaves out all scripts of `replay` but each so manieth: playing them takes long.
[[nodiscard]] Seeds seeds_of(const std::filesystem::path& vectors, std::size_t every = 1);

}  // namespace tandem::fuzz
