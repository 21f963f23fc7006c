// SPDX-License-Identifier: Apache-2.0
// Plays every vector of tests/vectors/order through the server's router: the same scripts that the
// core plays in memory, here against a database, with the answers that clients get.
#include <gtest/gtest.h>

#include <iostream>

#include "core/support/vectors.hpp"
#include "script_player.hpp"
#include "tandem/replay/replay.hpp"

namespace tandem::app::test {
namespace {

using testing::difference;

/// The core's own answer, without what a server has of its own: salts, which are in the digests of
/// streams, numbers of orders, the published rules' id, references of webhooks. A stored view is of
/// the order's last change, so where facts change by themselves only what happened is compared.
wire::Value replayed(const wire::Value& input) {
  Json answer = Json::parse(replay_verb(testing::text_of(input)).bytes);
  answer.erase("stream_digests");
  const auto sets = [](const wire::Value& entry) { return entry.find("set") != nullptr; };
  if (std::ranges::any_of(*input.find("script")->list(), sets)) answer.erase("orders");
  for (Json& step : answer["steps"]) {
    if (!step.contains("events")) continue;
    for (Json& event : step["events"]) {
      event.erase("rules");
      event.erase("reference");
    }
  }
  if (answer.contains("orders")) {
    for (auto& [name, view] : answer["orders"].items()) view.erase("order_no");
  }
  return *wire::parse(answer.dump(), {.depth_max = 32});
}

void play(const wire::Value& vector) {
  SCOPED_TRACE(*vector.find("name")->text());
  ScriptPlayer player(Json::parse(testing::text_of(*vector.find("input"))));
  const auto answer = wire::parse(player.play().dump(), {.depth_max = 32});
  ASSERT_TRUE(answer.has_value()) << answer.error().subject;
  EXPECT_EQ(difference(*vector.find("expect"), *answer), "");
  EXPECT_EQ(difference(replayed(*vector.find("input")), *answer), "")
      << "the server does what the core does in memory, in all that a vector does not name too";
  EXPECT_EQ(player.shop().verify().sentences, std::vector<std::string>{});
}

TEST(OrderVectors, HoldThroughTheRouter) {
  std::size_t played = 0;
  std::vector<std::string> left_out;
  for (const auto& file : testing::vector_files("tests/vectors/order")) {
    SCOPED_TRACE(file.filename().string());
    const auto vectors = wire::parse(testing::read_file(file));
    ASSERT_TRUE(vectors.has_value()) << vectors.error().subject;
    for (const wire::Value& vector : *vectors->list()) {
      const auto why =
          ScriptPlayer::left_out(Json::parse(testing::text_of(*vector.find("input"))),
                                 Json::parse(testing::text_of(*vector.find("expect"))));
      if (why) {
        left_out.push_back(*vector.find("name")->text() + ": " + *why);
        continue;
      }
      play(vector);
      ++played;
    }
  }
  std::cout << played << " vectors played, " << left_out.size() << " left out\n";
  for (const std::string& one : left_out) std::cout << "  " << one << '\n';
  EXPECT_GE(played, 100U);
  EXPECT_LE(left_out.size() * 20, played) << "what HTTP cannot say must stay the exception";
}

}  // namespace
}  // namespace tandem::app::test
