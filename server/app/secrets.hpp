// SPDX-License-Identifier: Apache-2.0
#pragma once
// Secrets: what is random, what is compared in constant time, what is signed. All of it is
// libsodium's; digests of secrets are SHA-256, so that a stolen database signs nobody in.
//
//   start_crypto();  // once, before anything else here
//   same(digest_of(given), stored) == true

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tandem/digest/sha256.hpp"
#include "tandem/order/record.hpp"

namespace tandem::app {

/// A key that signs tokens and webhooks.
using SigningKey = std::array<std::uint8_t, 32>;

/// Makes libsodium ready; false when it cannot be used.
[[nodiscard]] bool start_crypto();

[[nodiscard]] SigningKey random_key();
/// `bytes` random bytes as lower-case hexadecimal digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);
[[nodiscard]] std::vector<Salt> random_salts(std::size_t count);

/// In constant time.
[[nodiscard]] bool same(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);
[[nodiscard]] bool same(std::string_view a, std::string_view b);

/// HMAC of a text under a key, as hexadecimal digits and as bytes.
[[nodiscard]] Digest mac(const SigningKey& key, std::string_view text);
[[nodiscard]] std::string mac_hex(const SigningKey& key, std::string_view text);

/// A key of its own for one purpose, out of the shop's key.
[[nodiscard]] SigningKey derived_key(const SigningKey& key, std::string_view purpose);

/// Whether a text is `digits` lower-case hexadecimal digits.
[[nodiscard]] bool is_hex(std::string_view text, std::size_t digits);

}  // namespace tandem::app
