// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request to somebody else's server, over TLS when the address says https: the certificate must
// be of the host that was asked for and vouched for by the system's authorities. It waits on the
// calling thread, never longer than its patience, so it is called where waiting holds nobody up.
//
//   auto answer = call({.method = "GET", .url = "https://api.example/v1/things/7"});
//   if (!answer) …   // a sentence: nothing is known of what became of the request

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/address.hpp"

namespace tandem::http {

struct ClientCall {
  std::string method = "GET";
  std::string url{};  // http or https, a host, perhaps a port, a path
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::chrono::milliseconds patience{8'000};
  /// Connects to this address instead of asking what the host's is: the one that was checked.
  std::optional<IpAddress> connect_to{};
  bool head_only = false;  // of the answer: its body is left unread
};

struct ClientAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case
  std::string body{};

  /// The first value of a header; empty without one.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Sends it and reads the whole answer, of at most a mebibyte. The error names no secret.
[[nodiscard]] std::expected<ClientAnswer, std::string> call(const ClientCall& call);

/// The parts of an address, or nothing when it is none that can be called.
struct Address {
  bool secured = false;
  std::string host{};
  std::string port{};
  std::string target{};
};
[[nodiscard]] std::expected<Address, std::string> address_of(std::string_view url);

}  // namespace tandem::http
