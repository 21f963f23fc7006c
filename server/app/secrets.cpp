// SPDX-License-Identifier: Apache-2.0
#include "app/secrets.hpp"

#include <sodium.h>

#include <algorithm>

namespace tandem::app {
namespace {

static_assert(crypto_auth_KEYBYTES == 32 && crypto_auth_BYTES == 32);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

bool start_crypto() { return sodium_init() >= 0; }

SigningKey random_key() {
  SigningKey key;
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string random_hex(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  randombytes_buf(random.data(), random.size());
  std::string text(2 * bytes + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), random.data(), random.size());
  text.resize(2 * bytes);
  return text;
}

std::vector<Salt> random_salts(std::size_t count) {
  std::vector<Salt> salts(count);
  if (count > 0) randombytes_buf(salts.data(), count * sizeof(Salt));
  return salts;
}

bool same(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Digest mac(const SigningKey& key, std::string_view text) {
  Digest digest;
  crypto_auth(digest.data(), bytes_of(text), text.size(), key.data());
  return digest;
}

std::string mac_hex(const SigningKey& key, std::string_view text) { return hex(mac(key, text)); }

SigningKey derived_key(const SigningKey& key, std::string_view purpose) {
  return mac(key, purpose);
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace tandem::app
