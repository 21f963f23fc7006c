// SPDX-License-Identifier: Apache-2.0
#include "app/passwords.hpp"

#include <sodium.h>

#include <array>

namespace tandem::app {
namespace {

constexpr auto kPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto kMemoryBytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
static_assert(kMemoryBytes == 64U << 20U);

}  // namespace

std::optional<std::string> password_hash(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int failed =
      crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes);
  return failed == 0 ? std::optional<std::string>(hash.data()) : std::nullopt;
}

bool fits(std::string_view password, const std::string& hash) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

const std::string& nobodys_hash() {
  static const std::string hash =
      "$argon2id$v=19$m=65536,t=2,p=1$sZqiFN9ntWcjDjhDn1ApKw"
      "$FZxvEl/WlsU6NoAbnRM1f50KjbtcH3PuG1xwH9ZoSBM";
  return hash;
}

bool costs_as_today(const std::string& hash) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), kPasses, kMemoryBytes) == 0;
}

std::string made_password() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    password += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return password;
}

}  // namespace tandem::app
