// SPDX-License-Identifier: Apache-2.0
// Runs every example of the reference pages: a fence `json quote` or `json replay`, and the fence
// `json answer` that follows it.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/support/vectors.hpp"
#include "tandem/replay/replay.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem {
namespace {

struct Fence {
  std::string kind;
  std::string text;
};

/// The fenced blocks of JSON in a page, in order.
std::vector<Fence> fences_of(const std::string& page) {
  constexpr std::string_view opening = "\n```json ";
  std::vector<Fence> fences;
  for (std::size_t at = page.find(opening); at != std::string::npos;) {
    const std::size_t kind = at + opening.size();
    const std::size_t text = page.find('\n', kind);
    const std::size_t end = page.find("\n```", text);
    fences.push_back({page.substr(kind, text - kind), page.substr(text, end - text)});
    at = page.find(opening, end);
  }
  return fences;
}

std::string answer_to(const Fence& question) {
  if (question.kind == "replay") return replay_verb(question.text).bytes;
  int status = 0;
  return wire::quote_verb(question.text, status);
}

void run_page(const std::string& path, std::size_t examples) {
  const auto fences = fences_of(testing::read_file(path));
  ASSERT_EQ(fences.size(), 2 * examples) << path;
  for (std::size_t i = 0; i < fences.size(); i += 2) {
    SCOPED_TRACE(path + ", example " + std::to_string(i / 2 + 1));
    ASSERT_EQ(fences[i + 1].kind, "answer");
    const auto actual = wire::parse(answer_to(fences[i]));
    const auto expected = wire::parse(fences[i + 1].text);
    ASSERT_TRUE(actual.has_value());
    ASSERT_TRUE(expected.has_value());
    EXPECT_EQ(testing::difference(*expected, *actual), "");
  }
}

TEST(ReferencePages, ShowWhatQuoteAnswers) { run_page("docs/reference/quote.md", 4); }

TEST(ReferencePages, ShowWhatReplayAnswers) { run_page("docs/reference/replay.md", 3); }

TEST(ReferencePages, ShowHowAQuoteIsComputed) { run_page("docs/reference/pricing.md", 1); }

TEST(ReferencePages, ShowHowAnOrderIsHandled) { run_page("docs/order-handling.md", 27); }

}  // namespace
}  // namespace tandem
