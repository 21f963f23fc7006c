// SPDX-License-Identifier: Apache-2.0
// The digests of FIPS 180-4's examples, in one piece and in pieces, and that the two inner loops,
// where this machine has both, mix the same.
#include "tandem/digest/sha256.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tandem/digest/sha256_blocks.hpp"

namespace tandem {
namespace {

struct Example {
  std::string text;
  std::string_view digest;
};

/// The two examples of NIST's "SHA-256 example values", its empty message and its million letters.
std::vector<Example> examples() {
  return {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
}

TEST(Sha256, MakesTheDigestsOfThePublishedExamples) {
  for (const Example& example : examples()) EXPECT_EQ(hex(sha256(example.text)), example.digest);
}

TEST(Sha256, MakesTheSameOfAnyPieces) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>('a' + i % 26);
  const std::string_view all = text;
  for (std::size_t length = 0; length <= all.size(); ++length) {
    const Digest whole = sha256(all.substr(0, length));
    for (const std::size_t cut :
         {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}}) {
      const std::size_t first = std::min(cut, length);
      Sha256 running;
      running.update(all.substr(0, first)).update(all.substr(first, length - first));
      EXPECT_EQ(running.finish(), whole) << length << " after " << first;
    }
  }
}

#ifdef TANDEM_SHA256_X86
TEST(Sha256, MixesTheSameByInstructionsAsPortably) {
  if (!detail::has_sha256_instructions()) return;  // nothing to compare on this processor
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t i = 0, last = 1; i < 64 * 17; ++i) {
    last = last * 1'664'525U + 1'013'904'223U;
    bytes.push_back(static_cast<std::uint8_t>(last >> 24));
  }
  for (std::size_t blocks = 0; blocks <= 17; ++blocks) {
    std::array<std::uint32_t, 8> one{1, 2, 3, 4, 5, 6, 7, 8};
    std::array<std::uint32_t, 8> other = one;
    detail::compress_portably(one, bytes.data(), blocks);
    detail::compress_by_instructions(other, bytes.data(), blocks);
    EXPECT_EQ(one, other) << blocks;
  }
}
#endif

}  // namespace
}  // namespace tandem
