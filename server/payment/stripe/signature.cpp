// SPDX-License-Identifier: Apache-2.0
#include "payment/stripe/signature.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace tandem::payment::stripe {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

struct Header {
  std::optional<std::int64_t> seconds;
  std::vector<std::string_view> signatures;
};

Header header_of(std::string_view text) {
  Header header;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (part.starts_with("v1=")) header.signatures.push_back(part.substr(3));
    if (!part.starts_with("t=")) continue;
    const std::string_view digits = part.substr(2);
    std::int64_t seconds = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (end.ec == std::errc{} && end.ptr == digits.data() + digits.size()) header.seconds = seconds;
  }
  return header;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string signature(std::int64_t seconds, std::string_view body, std::string_view secret) {
  const std::string head = std::to_string(seconds) + '.';
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(head), head.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(body), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  std::string text(2 * mac.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), mac.data(), mac.size());
  text.resize(2 * mac.size());
  return text;
}

bool verify(std::string_view header, std::string_view body, std::span<const std::string> secrets,
            std::int64_t now_ms) {
  const Header given = header_of(header);
  constexpr std::int64_t kFar = std::int64_t{1} << 40;  // its milliseconds are far from overflow
  if (!given.seconds || *given.seconds < 0 || *given.seconds > kFar) return false;
  const std::int64_t at_ms = *given.seconds * 1'000;
  if (at_ms < now_ms - kToleranceMs || at_ms > now_ms + kToleranceMs) return false;
  bool fits = false;
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    const std::string expected = signature(*given.seconds, body, secret);
    for (const std::string_view one : given.signatures) fits = same(expected, one) || fits;
  }
  return fits;
}

}  // namespace tandem::payment::stripe
