// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request as a plain value: what a handler is a function of. Tests write one by hand, the
// listener fills one from a socket and uses it again for the next request of the connection.
//
//   Request request{.method = Method::post, .target = "/v1/orders?dry=1", .body = "{}"};
//   request.headers.set("Content-Type", "application/json");

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/headers.hpp"

namespace tandem::http {

/// `unknown` is any method that no route can take.
enum class Method : std::uint8_t { get, head, post, put, patch, remove, options, unknown };
inline constexpr std::size_t kMethods = 8;

/// The name on the wire; empty for `unknown`. `remove` is DELETE, which C++ keeps for itself.
[[nodiscard]] std::string_view name(Method method);

/// The method of this name; names are case-sensitive.
[[nodiscard]] Method method_named(std::string_view name);

/// A decoded key and value of a query, or the value that a pattern's `{name}` took.
struct Parameter {
  std::string name;
  std::string value;

  friend bool operator==(const Parameter&, const Parameter&) = default;
};

struct Request {
  Method method = Method::get;
  std::string target = "/";  // as received: path and query, still encoded
  Headers headers = {};
  std::string body = {};
  std::string remote_address = {};  // of the connection; a proxy's own address if there is one
  bool secured = false;             // the connection itself is over TLS
  std::string id = {};              // what the log and the answer call it; given by the router

  // Filled by the router from the target.
  std::string path = {};  // decoded
  std::vector<Parameter> query = {};
  std::vector<Parameter> path_parameters = {};
  std::string_view route = {};  // the pattern that matched, of the router; empty: none did
  std::chrono::steady_clock::time_point begun = {};  // when the router saw its head

  /// The value that `{name}` of the route's pattern took; empty if the pattern has none.
  [[nodiscard]] std::string_view path_parameter(std::string_view name) const;

  /// The first value of this key in the query.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;

  /// The value of this cookie.
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;

  /// Makes it ready for the next request of the same connection; the memory is kept.
  void clear();
};

}  // namespace tandem::http
