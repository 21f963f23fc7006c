// SPDX-License-Identifier: Apache-2.0
#include "app/preconditions.hpp"

#include <algorithm>

namespace tandem::app {
namespace {

bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view one = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    const bool quoted = one.size() >= 2 && one.front() == '"' && one.back() == '"';
    if (one == "*" || (quoted && one.substr(1, one.size() - 2) == tag)) return true;
  }
  return false;
}

}  // namespace

Precondition precondition_of(const http::Request& request) {
  Precondition precondition;
  if (const auto field = request.headers.get("If-Match")) precondition.if_match = *field;
  precondition.if_none_match_any = request.headers.get("If-None-Match") == "*";
  return precondition;
}

Result<void> check_precondition(const Precondition& precondition,
                                const std::optional<std::string>& tag, const std::string& subject) {
  if (precondition.if_match) {
    if (tag && names_tag(*precondition.if_match, *tag)) return {};
    return reject(Reason::version_stale, subject);
  }
  if (!tag) return {};
  if (precondition.if_none_match_any) return reject(Reason::version_stale, subject);
  return reject(Reason::precondition_required, subject);
}

}  // namespace tandem::app
