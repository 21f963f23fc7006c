// SPDX-License-Identifier: Apache-2.0
// Runs every vector of tests/vectors/quote through the verb: the answer must hold what the vector
// expects, key by key, or refuse with the reason it names.
#include <gtest/gtest.h>

#include "core/support/vectors.hpp"
#include "tandem/wire/decode.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem {
namespace {

using wire::Value;

using testing::difference;
using testing::merged;
using testing::read_file;
using testing::text_of;
using testing::vector_files;

void run_vector(const Value& vector, const Value* base) {
  const Value& changes = *vector.find("input");
  const Value input = base == nullptr ? changes : merged(*base, changes);
  int status = 0;
  const std::string answer = wire::quote_verb(text_of(input), status);
  auto read = wire::parse(answer);
  ASSERT_TRUE(read.has_value()) << answer;
  EXPECT_EQ(text_of(*read), answer) << "the answer is canonical";
  if (const Value* refused = vector.find("refused")) {
    EXPECT_EQ(status, 1) << answer;
    EXPECT_EQ(difference(*refused, *read, ""), "");
  } else {
    EXPECT_EQ(status, 0) << answer;
    EXPECT_EQ(difference(*vector.find("expect"), *read, ""), "") << answer;
  }
}

TEST(QuoteVectors, GiveTheirPublishedFigures) {
  std::size_t count = 0;
  for (const auto& path : vector_files("tests/vectors/quote")) {
    auto file = wire::parse(read_file(path), {.depth_max = 32});
    ASSERT_TRUE(file.has_value()) << path << ": " << file.error().subject;
    const Value* base = file->find("base");
    for (const Value& vector : *file->find("vectors")->list()) {
      SCOPED_TRACE(path.filename().string() + ": " + *vector.find("name")->text());
      EXPECT_FALSE(vector.find("source")->text()->empty());
      run_vector(vector, base);
      ++count;
    }
  }
  EXPECT_GE(count, 900U);
  RecordProperty("vectors", static_cast<int>(count));
}

}  // namespace
}  // namespace tandem
