// SPDX-License-Identifier: Apache-2.0
#include "http/target.hpp"

namespace tandem::http {
namespace {

constexpr std::size_t kQueryKeysMax = 64;

// Leaves the path and query of an absolute target: "http://shop.example/a" becomes "/a".
std::string_view origin_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() <= scheme.size()) continue;
    if (!equals_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const auto end = target.find_first_of("/?", scheme.size());
    return end == std::string_view::npos ? std::string_view("/") : target.substr(end);
  }
  return target;
}

bool parse_path(std::string_view encoded, std::string& path, Segments& segments) {
  path.clear();
  path.reserve(encoded.size());  // decoding never grows: the views stay valid
  while (!encoded.empty()) {
    encoded.remove_prefix(1);
    const std::string_view rest = encoded.substr(0, encoded.find('/'));
    path += '/';
    const std::size_t start = path.size();
    if (segments.full() || !percent_decode(rest, path, Plus::literal)) return false;
    const std::string_view segment = std::string_view(path).substr(start);
    if (segment == "." || segment == "..") return false;
    segments.add(segment);
    encoded.remove_prefix(rest.size());
  }
  return true;
}

bool parse_query(std::string_view encoded, std::vector<Parameter>& query) {
  query.clear();
  while (!encoded.empty()) {
    std::string_view value = cut(encoded, '&');
    if (value.empty()) continue;
    if (query.size() == kQueryKeysMax) return false;
    Parameter& parameter = query.emplace_back();
    if (!percent_decode(cut(value, '='), parameter.name, Plus::space)) return false;
    if (!percent_decode(value, parameter.value, Plus::space)) return false;
  }
  return true;
}

}  // namespace

bool parse_target(Request& request, Segments& segments) {
  request.path_parameters.clear();
  if (request.target == "*") {
    request.path.assign(1, '*');  // g++ 12 warns wrongly of a literal here
    request.query.clear();
    return request.method == Method::options;
  }
  std::string_view query = origin_form(request.target);
  const bool is_absolute = query.data() != request.target.data();
  if (query.find('#') != std::string_view::npos) return false;
  std::string_view path = cut(query, '?');
  if (path.empty() && is_absolute) path = "/";
  if (!path.starts_with('/')) return false;
  return parse_path(path, request.path, segments) && parse_query(query, request.query);
}

}  // namespace tandem::http
