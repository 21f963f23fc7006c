// SPDX-License-Identifier: Apache-2.0
// The simulator is a program of the tests. Builds that have them know where it is.
#include <unistd.h>

#include <cstdio>
#include <vector>

#include "cli/cli.hpp"

namespace tandem::cli {

int simulate(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{TANDEM_SIMULATOR};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& one : all) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  ::execv(all.front().c_str(), pointers.data());
  std::fprintf(stderr, "%s cannot be started\n", all.front().c_str());
  return kUsage;
}

}  // namespace tandem::cli
