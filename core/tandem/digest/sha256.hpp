// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHA-256 (FIPS 180-4) as a pure function. It lives in the core because a decision cannot wait for
// the browser's asynchronous WebCrypto, which is missing outside secure contexts besides.
// Everything secret (passwords, HMAC, signatures, randomness) is left to libsodium.
//
//   hex(sha256("abc")) == "ba7816bf…"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tandem/fields/fields.hpp"

namespace tandem {

using Digest = std::array<std::uint8_t, 32>;

/// A running SHA-256: feed bytes in any pieces, then finish once.
class Sha256 {
 public:
  Sha256& update(std::string_view bytes);
  Sha256& update(const Digest& digest);
  [[nodiscard]] Digest finish();

 private:
  void compress(const std::uint8_t* bytes, std::size_t blocks);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::size_t filled_ = 0;
  std::uint64_t length_ = 0;
};

/// The digest of some bytes.
[[nodiscard]] Digest sha256(std::string_view bytes);

/// Lower-case hexadecimal digits of a digest, or of its first `bytes` bytes.
[[nodiscard]] std::string hex(const Digest& digest, std::size_t bytes = 32);

/// On the wire a digest is 64 lower-case hexadecimal digits.
template <>
struct TextForm<Digest> {
  static bool parse(std::string_view text, Digest& digest);
  static void format(const Digest& digest, std::string& out);
};
template <>
inline constexpr std::string_view kTypeName<Digest> = "digest";

}  // namespace tandem
