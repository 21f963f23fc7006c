// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "timeline.hpp"

namespace tandem::simulate {

void Story::tell(std::string_view who, std::string_view what) {
  const std::int64_t ms = timeline_.now_ms() - kStart;
  lines_.push_back(fmt::format("{:3}:{:02}:{:02}.{:03}  {:<9} {}", ms / 3'600'000, ms / 60'000 % 60,
                               ms / 1'000 % 60, ms % 1'000, who, what));
}

void Story::broken(std::string what) {
  tell("AUDITOR", what);
  if (broken_.empty()) broken_ = std::move(what);
}

}  // namespace tandem::simulate
