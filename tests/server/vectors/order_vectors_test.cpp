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
/// the order's last change: where facts change by themselves, or what is not placed stands beside
/// other orders, only what happened is compared.
wire::Value replayed(const wire::Value& input, Json answer) {
  answer.erase("stream_digests");
  const auto sets = [](const wire::Value& entry) { return entry.find("set") != nullptr; };
  if (std::ranges::any_of(*input.find("script")->list(), sets)) answer.erase("orders");
  for (Json& step : answer["steps"]) {
    if (!step.contains("events")) continue;
    for (Json& event : step["events"]) {
      event.erase("rules");
      event.erase("reference");
      if (event.contains("terms")) event["terms"]["facts"].erase("gift_cards");
    }
  }
  if (answer.contains("orders")) {
    const Json orders = answer.at("orders");
    for (const auto& [name, view] : orders.items()) {
      answer["orders"][name].erase("order_no");
      const bool is_frozen = !view.at("placed_ms").is_null();
      if (!is_frozen && orders.size() > 1) answer["orders"].erase(name);
    }
  }
  return *wire::parse(answer.dump(), {.depth_max = 32});
}

std::string play(const wire::Value& vector, const wire::Value& input, Json said, Json by_core) {
  SCOPED_TRACE(*vector.find("name")->text());
  ScriptPlayer player(std::move(said));
  const auto answer = wire::parse(player.play().dump(), {.depth_max = 32});
  if (!answer) return "the answer cannot be read: " + answer.error().subject;
  if (auto text = difference(*vector.find("expect"), *answer); !text.empty()) return text;
  auto text = difference(replayed(input, std::move(by_core)), *answer);
  if (!text.empty()) return "otherwise than the core in memory, in what no vector names: " + text;
  const Findings findings = player.shop().verify();
  return findings.sentences.empty() ? "" : "verify: " + findings.sentences.front();
}

/// What became of all vectors.
struct Tally {
  std::size_t played = 0;
  std::vector<std::string> left_out;
  std::vector<std::string> not_by_core;  // the core itself answers otherwise

  void run(const wire::Value& vector, const wire::Value& base) {
    const std::string name = *vector.find("name")->text();
    const wire::Value input = testing::merged(base, *vector.find("input"));
    const std::string text = testing::text_of(input);
    Json said = Json::parse(text);
    if (const auto why = ScriptPlayer::left_out(said)) {
      left_out.push_back(name + ": " + *why);
      return;
    }
    const VerbAnswer by_core = replay_verb(text);
    const auto core = wire::parse(by_core.bytes, {.depth_max = 32});
    if (!core || by_core.status != 0 || !difference(*vector.find("expect"), *core).empty()) {
      not_by_core.push_back(name);
      return;
    }
    EXPECT_EQ(play(vector, input, std::move(said), Json::parse(by_core.bytes)), "") << name;
    ++played;
  }
};

TEST(OrderVectors, HoldThroughTheRouter) {
  Tally tally;
  for (const auto& file : testing::vector_files("tests/vectors/order")) {
    SCOPED_TRACE(file.filename().string());
    const auto vectors = wire::parse(testing::read_file(file), {.depth_max = 32});
    ASSERT_TRUE(vectors.has_value()) << vectors.error().subject;
    for (const wire::Value& vector : *vectors->find("vectors")->list()) {
      tally.run(vector, *vectors->find("base"));
    }
  }
  std::cout << tally.played << " vectors played, " << tally.left_out.size() << " left out\n";
  for (const std::string& one : tally.left_out) std::cout << "  " << one << '\n';
  for (const std::string& one : tally.not_by_core)
    std::cout << "  not by the core: " << one << '\n';
  EXPECT_GE(tally.played, 1'000U);
  EXPECT_LE(tally.left_out.size() * 20, tally.played) << "what HTTP cannot say is the exception";
}

}  // namespace
}  // namespace tandem::app::test
