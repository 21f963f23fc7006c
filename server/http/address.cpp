// SPDX-License-Identifier: Apache-2.0
#include "http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace tandem::http {
namespace {

constexpr int kAddressBits = 128;
constexpr int kV4Bits = 32;
constexpr int kV4RangeBits = 24;
constexpr int kV6RangeBits = 56;
constexpr std::size_t kDigitsMax = 45;  // the longest address, IPv4 behind IPv6
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/// Without a port and brackets, where there are some.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const std::size_t colon = text.find(':');
  const bool one_colon = colon != std::string_view::npos && text.rfind(':') == colon;
  return one_colon ? text.substr(0, colon) : text;
}

IpAddress masked(IpAddress address, int bits) {
  for (int i = 0; i < static_cast<int>(address.bytes.size()); ++i) {
    const int kept = std::clamp(bits - 8 * i, 0, 8);
    address.bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xFF00U >> kept);
  }
  return address;
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*address, kAddressBits};
  const std::string_view digits = text.substr(slash + 1);
  int bits = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (end.ec != std::errc{} || end.ptr != digits.data() + digits.size()) return std::nullopt;
  const int most = address->is_v4() ? kV4Bits : kAddressBits;
  if (bits < 0 || bits > most) return std::nullopt;
  return Network{*address, bits + kAddressBits - most};
}

/// The elements of all fields of this name, in their order.
std::vector<std::string_view> elements(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> all;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const HeaderField field = headers[i];
    if (!equals_ignoring_case(field.name, name)) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) all.push_back(trim(cut(rest, ',')));
  }
  return all;
}

}  // namespace

bool IpAddress::is_v4() const { return std::equal(kMapped.begin(), kMapped.end(), bytes.begin()); }

std::optional<IpAddress> parse_address(std::string_view text) {
  const std::string digits(without_port(text));
  if (digits.empty() || digits.size() > kDigitsMax) return std::nullopt;
  IpAddress address;
  if (::inet_pton(AF_INET6, digits.c_str(), address.bytes.data()) == 1) return address;
  if (::inet_pton(AF_INET, digits.c_str(), address.bytes.data() + kMapped.size()) != 1) {
    return std::nullopt;
  }
  std::ranges::copy(kMapped, address.bytes.begin());
  return address;
}

bool Network::contains(const IpAddress& other) const {
  return masked(other, bits) == masked(address, bits);
}

std::expected<Networks, std::string> networks(std::span<const std::string> texts) {
  Networks all;
  for (const std::string& text : texts) {
    const auto network = parse_network(text);
    if (!network) return std::unexpected(text);
    all.push_back(*network);
  }
  return all;
}

bool contains(const Networks& networks, const IpAddress& address) {
  return std::ranges::any_of(networks, [&](const Network& one) { return one.contains(address); });
}

bool is_public(const IpAddress& address) {
  // The registries of special addresses of IANA, and groups; of IPv6 only what is given out at all.
  static const std::array<std::string, 21> kSpecial{
      "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10",   "127.0.0.0/8",     "169.254.0.0/16",
      "172.16.0.0/12",  "192.0.0.0/24",   "192.0.2.0/24",    "192.31.196.0/24", "192.52.193.0/24",
      "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",   "198.51.100.0/24",
      "203.0.113.0/24", "224.0.0.0/3",    "2001::/23",       "2001:db8::/32",   "2002::/16",
      "3fff::/20"};
  static const Networks kNever = *networks(kSpecial);
  static const Network kGivenOut = *parse_network("2000::/3");
  if (!address.is_v4() && !kGivenOut.contains(address)) return false;
  return !contains(kNever, address);
}

std::string range_of(const IpAddress& address) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const int bits = address.is_v4() ? kAddressBits - kV4Bits + kV4RangeBits : kV6RangeBits;
  std::string text;
  for (const std::uint8_t byte : masked(address, bits).bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

Client client_of(const Request& request, const Networks& trusted) {
  Client client;
  client.address = parse_address(request.remote_address);
  client.secured = request.secured;
  if (!client.address || !contains(trusted, *client.address)) {
    client.by_stranger = request.headers.contains("X-Forwarded-For");
    return client;
  }
  client.by_proxy = true;
  const auto schemes = elements(request.headers, "X-Forwarded-Proto");
  if (!schemes.empty()) client.secured = equals_ignoring_case(schemes.back(), "https");
  const auto hops = elements(request.headers, "X-Forwarded-For");
  for (std::size_t i = hops.size(); i > 0 && contains(trusted, *client.address); --i) {
    const auto hop = parse_address(hops[i - 1]);
    if (!hop) break;
    client.address = hop;
  }
  return client;
}

}  // namespace tandem::http
