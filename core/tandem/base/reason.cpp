// SPDX-License-Identifier: Apache-2.0
#include "tandem/base/reason.hpp"

#include <algorithm>
#include <array>

namespace tandem {
namespace {

constexpr std::array kReasons{
#define TANDEM_REASON(number, name, status, retry, sentence) \
  ReasonInfo{Reason::name, #name, status, retry, sentence},
#include "tandem/base/reasons.def"
#undef TANDEM_REASON
};

constexpr auto by_number = [](const ReasonInfo& a, const ReasonInfo& b) {
  return a.reason < b.reason;
};
static_assert(std::ranges::is_sorted(kReasons, by_number), "numbers ascend in reasons.def");

}  // namespace

std::span<const ReasonInfo> reasons() { return kReasons; }

const ReasonInfo& info(Reason reason) {
  return *std::ranges::lower_bound(kReasons, reason, {}, &ReasonInfo::reason);
}

std::optional<Reason> reason_named(std::string_view name) {
  const auto found = std::ranges::find(kReasons, name, &ReasonInfo::name);
  if (found == kReasons.end()) return std::nullopt;
  return found->reason;
}

}  // namespace tandem
