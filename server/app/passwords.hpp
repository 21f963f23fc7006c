// SPDX-License-Identifier: Apache-2.0
#pragma once
// Passwords of staff: argon2id as libsodium makes it, 64 MiB and two passes a time. A hash carries
// its own salt and cost. Slow on purpose: never on an I/O thread or the writer's.
//
//   const auto hash = password_hash("correct horse battery");
//   fits("correct horse battery", *hash) == true

#include <optional>
#include <string>
#include <string_view>

namespace tandem::app {

inline constexpr std::size_t kPasswordBytesMin = 10;
inline constexpr std::size_t kPasswordBytesMax = 1'024;

/// Nothing when there is no memory for it.
[[nodiscard]] std::optional<std::string> password_hash(std::string_view password);

[[nodiscard]] bool fits(std::string_view password, const std::string& hash);

/// The hash of a password that nobody knows: what an unknown account's password is looked at
/// against, so that it takes as long as that of a known one.
[[nodiscard]] const std::string& nobodys_hash();

/// Whether a hash costs what hashes cost today.
[[nodiscard]] bool costs_as_today(const std::string& hash);

/// 20 characters that are told apart easily, about 98 bits.
[[nodiscard]] std::string made_password();

}  // namespace tandem::app
