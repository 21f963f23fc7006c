// SPDX-License-Identifier: Apache-2.0
// Plays every vector of tests/vectors/order: a script on a small shop, and what must come of it.
#include <gtest/gtest.h>

#include "core/support/vectors.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/value.hpp"

namespace tandem {
namespace {

using testing::difference;

void play(const wire::Value& base, const wire::Value& vector) {
  SCOPED_TRACE(*vector.find("name")->text());
  const wire::Value input = testing::merged(base, *vector.find("input"));
  const VerbAnswer answer = replay_verb(testing::text_of(input));
  ASSERT_EQ(answer.status, 0) << answer.bytes;
  const auto parsed = wire::parse(answer.bytes, {.depth_max = 32});
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(testing::text_of(*parsed), answer.bytes) << "an answer is canonical";
  EXPECT_EQ(difference(*vector.find("expect"), *parsed), "");
}

TEST(OrderVectors, HoldWhatTheyExpect) {
  std::size_t played = 0;
  for (const auto& file : testing::vector_files("tests/vectors/order")) {
    SCOPED_TRACE(file.filename().string());
    const auto vectors = wire::parse(testing::read_file(file), {.depth_max = 32});
    ASSERT_TRUE(vectors.has_value()) << vectors.error().subject;
    for (const wire::Value& vector : *vectors->find("vectors")->list()) {
      ASSERT_FALSE(vector.find("source")->text()->empty());
      play(*vectors->find("base"), vector);
      ++played;
    }
  }
  EXPECT_GE(played, 1'000U);
}

}  // namespace
}  // namespace tandem
