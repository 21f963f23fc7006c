// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHA-256's inner loop: portably, and in the processor's own instructions where it has them. Every
// stored event is chained by digests, so an order costs some four hundred blocks. Both mix the
// same; a test holds them together.

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#define TANDEM_SHA256_X86 1
#endif

namespace tandem::detail {

/// Mixes whole blocks of 64 bytes into the state, on any machine.
void compress_portably(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes,
                       std::size_t blocks);

#ifdef TANDEM_SHA256_X86
/// Whether this processor has the instructions (SSSE3, SSE4.1, SHA).
[[nodiscard]] bool has_sha256_instructions();

/// Mixes whole blocks of 64 bytes into the state. Only where has_sha256_instructions().
void compress_by_instructions(std::array<std::uint32_t, 8>& state, const std::uint8_t* bytes,
                              std::size_t blocks);
#endif

}  // namespace tandem::detail
