// SPDX-License-Identifier: Apache-2.0
#pragma once
// Processor time of this process and of those that it puts load on.
//
//   const std::vector<double> before = cpu_seconds_of({server, database});

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace tandem::bench {

inline double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Of each of these processes with its children, those that have ended among them.
inline std::vector<double> cpu_seconds_of(const std::vector<int>& processes) {
  std::vector<double> sums(processes.size(), 0);
  const auto index = [&](int pid) {
    return static_cast<std::size_t>(std::ranges::find(processes, pid) - processes.begin());
  };
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", none)) {
    const int pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0) continue;
    std::ifstream in(entry.path() / "stat");
    const std::string stat(std::istreambuf_iterator<char>(in), {});
    const std::size_t name_end = stat.rfind(')');
    if (name_end == std::string::npos) continue;
    std::istringstream text(stat.substr(name_end + 1));
    const std::vector<std::string> fields(std::istream_iterator<std::string>(text), {});
    if (fields.size() < 15) continue;
    // As proc(5) counts them: 4 the parent, 14 and 15 its own time, 16 and 17 its children's.
    const auto time = [&](std::size_t field) { return std::atof(fields[field - 3].c_str()); };
    const std::size_t own = index(pid);
    const std::size_t parent = index(std::atoi(fields[1].c_str()));
    if (own < sums.size()) sums[own] += (time(14) + time(15) + time(16) + time(17)) / ticks;
    if (parent < sums.size()) sums[parent] += (time(14) + time(15)) / ticks;
  }
  return sums;
}

}  // namespace tandem::bench
