// SPDX-License-Identifier: Apache-2.0
// The fuzzers' checks in every build: over all vectors, and over changes of them from one seed.
//
//   TANDEM_FUZZ_RUNS   how many changed documents in all; not set: 10,000
//   TANDEM_FUZZ_SEED   not set: 20260101
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "fuzz/harness.hpp"
#include "fuzz/mutations.hpp"
#include "fuzz/seeds.hpp"

namespace tandem::fuzz {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

const Seeds& seeds() {
  static const Seeds all = seeds_of("tests/vectors", 20);
  return all;
}

/// Tries every input, then changes of changes of them. `share` is this check's part of all runs,
/// in hundredths: what a run takes differs.
void try_out(Check check, const std::vector<std::string>& inputs, std::uint64_t share) {
  ASSERT_FALSE(inputs.empty());
  for (const std::string& input : inputs) ASSERT_EQ(check(input), "") << input;
  const std::uint64_t runs = setting("TANDEM_FUZZ_RUNS", 10'000) * share / 100;
  const std::uint64_t seed = setting("TANDEM_FUZZ_SEED", 20'260'101);
  std::cout << runs << " documents, seed " << seed << '\n';
  ::testing::Test::RecordProperty("seed", std::to_string(seed));
  Random random(seed);
  std::string input;
  for (std::uint64_t i = 0; i < runs; ++i) {
    if (i % 4 == 0) input = random.pick(inputs);
    input = mutated(input, random);
    ASSERT_EQ(check(input), "") << input;
  }
}

TEST(Fuzz, WhatADecoderAcceptsIsWrittenInOneWay) { try_out(check_messages, seeds().messages, 20); }
TEST(Fuzz, QuoteAnswersAnyBytesAndAddsUp) { try_out(check_quote, seeds().quotes, 78); }
TEST(Fuzz, ReplayAnswersAnyBytes) { try_out(check_replay, seeds().replays, 2); }

}  // namespace
}  // namespace tandem::fuzz
