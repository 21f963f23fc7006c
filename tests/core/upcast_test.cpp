// SPDX-License-Identifier: Apache-2.0
// An event type whose shape changed: version 1 of a made-up order_assigned had one `owner`, today's
// has a salesperson and a team.
#include "tandem/wire/upcast.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tandem/fields/writer.hpp"
#include "tandem/wire/decode.hpp"

namespace tandem {
namespace {

using wire::Members;
using wire::Upcaster;
using wire::Value;

void split_owner(Members& event) {
  const auto owner = std::ranges::find(event, "owner", &wire::Member::key);
  if (owner != event.end()) owner->key = "salesperson";
  event.emplace_back("team", Value{});
}

constexpr std::array<Upcaster, 1> kSteps{{{"order_assigned", 1, &split_owner}}};

std::string record_of(int version, const std::string& event) {
  return R"({"actor":{"class":"system"},"at_ms":5,"command_id":null,"event":)" + event +
         R"(,"n":1,"sealed":{},"v":)" + std::to_string(version) + "}";
}

TEST(Upcast, BringsAnOldRecordToTodaysShape) {
  const std::string old = record_of(1, R"({"owner":"mara","type":"order_assigned"})");
  auto value = wire::parse(old);
  ASSERT_TRUE(value.has_value());
  wire::upcast(*value, kSteps);
  const auto record = wire::decode<Record>(*value);
  ASSERT_TRUE(record.has_value()) << record.error().subject;
  EXPECT_EQ(record->v, 2);
  EXPECT_EQ(std::get<OrderAssigned>(record->event).salesperson, "mara");
}

TEST(Upcast, LeavesTodaysAndOtherRecordsAlone) {
  for (const std::string& bytes :
       {record_of(2, R"({"salesperson":"mara","team":null,"type":"order_assigned"})"),
        record_of(1, R"({"type":"order_locked"})")}) {
    auto value = wire::parse(bytes);
    ASSERT_TRUE(value.has_value());
    wire::upcast(*value, kSteps);
    std::string after;
    wire::append_value(after, *value);
    EXPECT_EQ(after, bytes);
  }
}

TEST(Upcast, AnOldShapeWithoutItsStepIsRefused) {
  const auto record = wire::decode_record(record_of(1, R"({"owner":"m","type":"order_assigned"})"));
  ASSERT_FALSE(record.has_value());
  EXPECT_EQ(record.error().reason, Reason::field_unknown);
}

}  // namespace
}  // namespace tandem
