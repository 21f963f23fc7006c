// SPDX-License-Identifier: Apache-2.0
#pragma once
// Addresses of clients and networks of them, and who a request comes from when proxies stand in
// between. An IPv4 address is kept as its IPv6 form (::ffff:a.b.c.d), so that both are one type.
//
//   const auto trusted = networks({"127.0.0.1/32"});
//   client_of(request, *trusted).address   // the right-most hop that is no trusted proxy

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.hpp"

namespace tandem::http {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] bool is_v4() const;
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// From digits: "192.0.2.1", "2001:db8::1", also with a port behind ("192.0.2.1:80",
/// "[2001:db8::1]:443"), as some proxies write them.
[[nodiscard]] std::optional<IpAddress> parse_address(std::string_view text);

struct Network {
  IpAddress address{};
  int bits = 128;  // of the IPv6 form

  [[nodiscard]] bool contains(const IpAddress& other) const;
};

using Networks = std::vector<Network>;

/// "10.0.0.0/8", "::1/128", or one address. The error is the text that is none.
[[nodiscard]] std::expected<Networks, std::string> networks(std::span<const std::string> texts);

[[nodiscard]] bool contains(const Networks& networks, const IpAddress& address);

/// Whether an address is one that the whole Internet reaches: not of this machine, a private or a
/// shared network, a link, a group, a translation, or set aside for anything else.
[[nodiscard]] bool is_public(const IpAddress& address);

/// What one customer usually has of the address space: an IPv4 /24, an IPv6 /56, as hexadecimal
/// digits.
[[nodiscard]] std::string range_of(const IpAddress& address);

/// Who sent a request, as far as it can be believed.
struct Client {
  std::optional<IpAddress> address{};  // nothing: the connection was gone before it was looked at
  bool secured = false;  // reached this server, or the outermost trusted proxy, over TLS
  bool by_proxy = false;  // a trusted proxy handed it on
  bool by_stranger = false;  // somebody else says that he handed it on: the address is his
};

/// X-Forwarded-For and X-Forwarded-Proto count only as far as trusted proxies wrote them: hops are
/// taken from the right until one is not trusted. A hop that is no address stands for its proxy.
[[nodiscard]] Client client_of(const Request& request, const Networks& trusted);

}  // namespace tandem::http
