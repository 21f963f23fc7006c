// SPDX-License-Identifier: Apache-2.0
// write_seeds FOLDER: the inputs that the fuzzers begin with, one file each. Run it in the
// repository's folder.
#include <fstream>
#include <iostream>

#include "fuzz/seeds.hpp"

namespace {

bool write(const std::vector<std::string>& inputs, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::ofstream file(folder / ("vector-" + std::to_string(i)), std::ios::binary);
    if (!(file << inputs[i])) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "write_seeds FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto seeds = tandem::fuzz::seeds_of("tests/vectors");
  const bool written = write(seeds.quotes, folder / "quote") &&
                       write(seeds.replays, folder / "replay") &&
                       write(seeds.messages, folder / "messages");
  return written ? 0 : 1;
}
