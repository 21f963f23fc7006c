// SPDX-License-Identifier: Apache-2.0
#include "http/request.hpp"

#include <algorithm>
#include <array>

namespace tandem::http {
namespace {

constexpr std::array<std::string_view, kMethods> kNames{"GET",   "HEAD",   "POST",    "PUT",
                                                        "PATCH", "DELETE", "OPTIONS", ""};
constexpr std::size_t kBodyKept =
    std::size_t{64} * 1024;  // a rare large body does not stay with the connection

std::optional<std::string_view> find(const std::vector<Parameter>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Parameter::name);
  if (found == all.end()) return std::nullopt;
  return found->value;
}

}  // namespace

std::string_view name(Method method) { return kNames[static_cast<std::size_t>(method)]; }

Method method_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (name.empty() || found == kNames.end()) return Method::unknown;
  return static_cast<Method>(found - kNames.begin());
}

std::string_view Request::path_parameter(std::string_view name) const {
  return find(path_parameters, name).value_or(std::string_view{});
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  return find(query, name);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const HeaderField field = headers[i];
    if (!equals_ignoring_case(field.name, "Cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      std::string_view value = trim(cut(rest, ';'));
      if (cut(value, '=') == name) return value;
    }
  }
  return std::nullopt;
}

void Request::clear() {
  method = Method::get;
  target.clear();
  headers.clear();
  if (body.capacity() > kBodyKept) {
    std::string().swap(body);
  } else {
    body.clear();
  }
  path.clear();
  query.clear();
  path_parameters.clear();
  id.clear();
  route = {};
  begun = {};
}

}  // namespace tandem::http
