// SPDX-License-Identifier: Apache-2.0
#include "tandem/base/reason.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace tandem {
namespace {

TEST(Reason, IsFoundByItsNameOnTheWire) {
  for (const ReasonInfo& row : reasons()) {
    EXPECT_EQ(reason_named(row.name), row.reason) << row.name;
    EXPECT_EQ(name(row.reason), row.name);
  }
}

TEST(Reason, RejectsAnUnknownName) {
  EXPECT_EQ(reason_named("no_such_reason"), std::nullopt);
  EXPECT_EQ(reason_named(""), std::nullopt);
}

TEST(Reason, NamesAndNumbersAreUsedOnce) {
  std::set<std::string_view> names;
  std::set<Reason> numbers;
  for (const ReasonInfo& row : reasons()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(numbers.insert(row.reason).second) << row.name;
  }
}

TEST(Reason, AnswersAsARefusal) {
  for (const ReasonInfo& row : reasons()) {
    EXPECT_GE(row.http_status, 400) << row.name;
    EXPECT_LT(row.http_status, 600) << row.name;
  }
}

TEST(Reason, IsOneSentenceForPeople) {
  for (const ReasonInfo& row : reasons()) {
    ASSERT_FALSE(row.sentence.empty()) << row.name;
    EXPECT_EQ(row.sentence.back(), '.') << row.name;
  }
}

TEST(Reason, PrecedesTheReasonsListedAfterIt) {
  // Whether input is well formed is answered before who asks, and that before the order's state.
  EXPECT_LT(Reason::json_malformed, Reason::command_unknown);
  EXPECT_LT(Reason::command_unknown, Reason::order_canceled);
  EXPECT_LT(Reason::order_canceled, Reason::out_of_stock);
}

}  // namespace
}  // namespace tandem
