// SPDX-License-Identifier: Apache-2.0
#include "tandem/digest/sha256.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "tandem/digest/sha256_blocks.hpp"
#include "tandem/digest/sha256_rounds.hpp"

namespace tandem {
namespace {

std::uint32_t read_word(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

int nibble(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

/// One round (FIPS 180-4, 6.2.2). The letters move by one place from round to round; here the words
/// stay where they are and the letters name others of them, so that all can stay in registers.
template <std::size_t Nth>
void round(std::array<std::uint32_t, 8>& words, std::uint32_t added) {
  const auto letter = [&](std::size_t place) -> std::uint32_t& {
    return words[(place + 8 - Nth % 8) % 8];
  };
  const std::uint32_t a = letter(0);
  const std::uint32_t b = letter(1);
  const std::uint32_t e = letter(4);
  const std::uint32_t g = letter(6);
  const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
  const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
  const std::uint32_t t1 = letter(7) + s1 + (g ^ (e & (letter(5) ^ g))) + added;
  letter(3) += t1;
  letter(7) = t1 + s0 + ((a & b) | (letter(2) & (a | b)));
}

/// The word of the schedule sixteen behind this one, in its place.
template <std::size_t Nth>
void advance(std::array<std::uint32_t, 16>& schedule) {
  const std::uint32_t second = schedule[(Nth + 1) % 16];
  const std::uint32_t last = schedule[(Nth + 14) % 16];
  const std::uint32_t s0 = std::rotr(second, 7) ^ std::rotr(second, 18) ^ second >> 3;
  const std::uint32_t s1 = std::rotr(last, 17) ^ std::rotr(last, 19) ^ last >> 10;
  schedule[Nth] += s0 + schedule[(Nth + 9) % 16] + s1;
}

/// Mixes one block of 64 bytes into the state, sixteen rounds at a time.
template <std::size_t... Nth>
void mix(std::array<std::uint32_t, 8>& state, const std::uint8_t* block,
         std::index_sequence<Nth...> /*sixteen*/) {
  std::array<std::uint32_t, 16> schedule{read_word(block + 4 * Nth)...};
  std::array<std::uint32_t, 8> words = state;
  for (std::size_t first = 0;; first += 16) {
    (round<Nth>(words, detail::kSha256Round[first + Nth] + schedule[Nth]), ...);
    if (first + 16 == detail::kSha256Round.size()) break;
    (advance<Nth>(schedule), ...);
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] += words[i];
}

}  // namespace

void detail::compress_portably(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes,
                               std::size_t blocks) {
  constexpr std::make_index_sequence<16> sixteen;
  for (; blocks > 0; --blocks, bytes += 64) mix(state, bytes, sixteen);
}

void Sha256::compress(const std::uint8_t* bytes, std::size_t blocks) {
#ifdef TANDEM_SHA256_X86
  static const bool by_instructions = detail::has_sha256_instructions();
  if (by_instructions) return detail::compress_by_instructions(state_, bytes, blocks);
#endif
  detail::compress_portably(state_, bytes, blocks);
}

Sha256& Sha256::update(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t left = text.size();
  length_ += left;
  if (filled_ > 0) {
    const std::size_t taken = std::min(left, block_.size() - filled_);
    std::copy_n(bytes, taken, block_.begin() + static_cast<std::ptrdiff_t>(filled_));
    filled_ += taken;
    bytes += taken;
    left -= taken;
    if (filled_ < block_.size()) return *this;
    compress(block_.data(), 1);
    filled_ = 0;
  }
  const std::size_t blocks = left / block_.size();
  if (blocks > 0) compress(bytes, blocks);
  filled_ = left % block_.size();
  std::copy_n(bytes + blocks * block_.size(), filled_, block_.begin());
  return *this;
}

Sha256& Sha256::update(const Digest& digest) {
  return update({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

Digest Sha256::finish() {
  const std::uint64_t bits = length_ * 8;
  block_[filled_++] = 0x80;
  if (filled_ > 56) {
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(), 0);
    compress(block_.data(), 1);
    filled_ = 0;
  }
  std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(), 0);
  for (std::size_t i = 0; i < 8; ++i) block_[63 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  compress(block_.data(), 1);

  Digest digest{};
  for (std::size_t i = 0; i < 32; ++i)
    digest[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

Digest sha256(std::string_view bytes) { return Sha256{}.update(bytes).finish(); }

std::string hex(const Digest& digest, std::size_t bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes);
  for (std::size_t i = 0; i < std::min(bytes, digest.size()); ++i) {
    out += digits[digest[i] >> 4];
    out += digits[digest[i] & 15];
  }
  return out;
}

bool TextForm<Digest>::parse(std::string_view text, Digest& digest) {
  if (text.size() != 64) return false;
  for (std::size_t i = 0; i < 32; ++i) {
    const int high = nibble(text[2 * i]);
    const int low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    digest[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return true;
}

void TextForm<Digest>::format(const Digest& digest, std::string& out) { out += hex(digest); }

}  // namespace tandem
