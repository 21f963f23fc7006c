// SPDX-License-Identifier: Apache-2.0
#include "tandem/digest/sha256_blocks.hpp"

#ifdef TANDEM_SHA256_X86
#include <cpuid.h>
#include <immintrin.h>

#include "tandem/digest/sha256_rounds.hpp"

namespace tandem::detail {

bool has_sha256_instructions() {
  constexpr unsigned ssse3 = 1U << 9;
  constexpr unsigned sse41 = 1U << 19;
  constexpr unsigned sha = 1U << 29;
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & ssse3) == 0 || (c & sse41) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

namespace {

#define TANDEM_SHA __attribute__((target("sha,sse4.1,ssse3")))

/// The state in the two halves that the instructions want: ABEF and CDGH, from the high word down.
struct Halves {
  __m128i abef;
  __m128i cdgh;
};

TANDEM_SHA __m128i load(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

TANDEM_SHA Halves to_halves(const std::array<std::uint32_t, 8>& state) {
  const __m128i cdab = _mm_shuffle_epi32(load(state.data()), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(load(state.data() + 4), 0x1B);
  return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

TANDEM_SHA void from_halves(const Halves& halves, std::array<std::uint32_t, 8>& state) {
  const __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(halves.cdgh, 0xB1);
  auto* to = reinterpret_cast<__m128i*>(state.data());
  _mm_storeu_si128(to, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(to + 1, _mm_alignr_epi8(dchg, feba, 8));
}

/// Four rounds, with the four words of the schedule that belong to them.
TANDEM_SHA void four_rounds(Halves& halves, __m128i words, std::size_t round) {
  const __m128i sum = _mm_add_epi32(words, load(kSha256Round.data() + round));
  halves.cdgh = _mm_sha256rnds2_epu32(halves.cdgh, halves.abef, sum);
  halves.abef = _mm_sha256rnds2_epu32(halves.abef, halves.cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

}  // namespace

TANDEM_SHA void compress_by_instructions(std::array<std::uint32_t, 8>& state,
                                         const std::uint8_t* bytes, std::size_t blocks) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  Halves halves = to_halves(state);
  for (; blocks > 0; --blocks, bytes += 64) {
    const Halves before = halves;
    // The last sixteen words of the schedule, oldest first.
    __m128i words[4];
    for (std::size_t i = 0; i < 4; ++i) {
      words[i] = _mm_shuffle_epi8(load(bytes + 16 * i), swap);
      four_rounds(halves, words[i], 4 * i);
    }
    for (std::size_t round = 16; round < 64; round += 4) {
      const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[0], words[1]),
                                        _mm_alignr_epi8(words[3], words[2], 4));
      const __m128i next = _mm_sha256msg2_epu32(sum, words[3]);
      words[0] = words[1];
      words[1] = words[2];
      words[2] = words[3];
      words[3] = next;
      four_rounds(halves, next, round);
    }
    halves.abef = _mm_add_epi32(halves.abef, before.abef);
    halves.cdgh = _mm_add_epi32(halves.cdgh, before.cdgh);
  }
  from_halves(halves, state);
}

}  // namespace tandem::detail
#endif
