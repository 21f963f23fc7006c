// SPDX-License-Identifier: Apache-2.0
// Runs every vector of tests/vectors/quote through POST /v1/quote: a quote is answered with 200, a
// refusal with the status of its reason.
#include <gtest/gtest.h>

#include "core/support/vectors.hpp"
#include "server/app/shop_fixture.hpp"

namespace tandem::app::test {
namespace {

using testing::difference;
using testing::text_of;

void run_vector(const Shop& shop, const wire::Value& vector, const wire::Value* base) {
  const wire::Value& changes = *vector.find("input");
  const wire::Value input = base == nullptr ? changes : testing::merged(*base, changes);
  const Answer answer = shop.post("/v1/quote", text_of(input));
  const std::string body(answer.response.content());
  const auto read = wire::parse(body, {.depth_max = 32});
  ASSERT_TRUE(read.has_value()) << body;
  EXPECT_EQ(text_of(*read), body) << "the answer is canonical";
  if (const wire::Value* refused = vector.find("refused")) {
    const auto reason = reason_named(answer.reason());
    ASSERT_TRUE(reason.has_value()) << body;
    EXPECT_EQ(answer.status, info(*reason).http_status);
    EXPECT_EQ(difference(*refused, *read), "");
  } else {
    EXPECT_EQ(answer.status, 200) << body;
    EXPECT_EQ(difference(*vector.find("expect"), *read), "") << body;
  }
}

TEST(QuoteVectors, HoldThroughTheRouter) {
  const Shop shop;
  std::size_t count = 0;
  for (const auto& path : testing::vector_files("tests/vectors/quote")) {
    const auto file = wire::parse(testing::read_file(path), {.depth_max = 32});
    ASSERT_TRUE(file.has_value()) << path << ": " << file.error().subject;
    for (const wire::Value& vector : *file->find("vectors")->list()) {
      SCOPED_TRACE(path.filename().string() + ": " + *vector.find("name")->text());
      run_vector(shop, vector, file->find("base"));
      ++count;
    }
  }
  EXPECT_GE(count, 200U);
}

}  // namespace
}  // namespace tandem::app::test
