// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request target taken apart: decoded path, its segments, decoded query. The path is cut at its
// slashes before it is decoded, so an encoded slash belongs to a segment and never makes a new one;
// segments that mean another folder ("." and "..") are refused however they are written.
//
//   parse_target(request, segments) of "/a/b%2Fc?x=1+2": segments {"a", "b/c"}, x = "1 2"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "http/request.hpp"

namespace tandem::http {

/// Views into Request::path; valid until the request changes.
class Segments {
 public:
  static constexpr std::size_t kMax = 32;

  [[nodiscard]] std::span<const std::string_view> all() const { return {at_.data(), count_}; }
  [[nodiscard]] bool full() const { return count_ == kMax; }
  void add(std::string_view segment) { at_[count_++] = segment; }

 private:
  std::array<std::string_view, kMax> at_;
  std::size_t count_ = 0;
};

/// Fills path and query of the request from its target (origin form, absolute form or "*").
/// False when it is none of these, when an escape is broken or decodes to something that is not
/// clean UTF-8, when a segment is "." or "..", or beyond 32 segments or 64 query keys.
[[nodiscard]] bool parse_target(Request& request, Segments& segments);

}  // namespace tandem::http
