// SPDX-License-Identifier: Apache-2.0
// Runs every vector of tests/vectors/quote through the verb: the answer must hold what the vector
// expects, key by key, or refuse with the reason it names.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tandem/wire/decode.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem {
namespace {

using wire::Value;

std::string text_of(const Value& value) {
  std::string text;
  wire::append_value(text, value);
  return text;
}

/// Where `actual` does not hold `expected`: objects key by key, lists element by element.
std::string difference(const Value& expected, const Value& actual, const std::string& place) {
  if (const auto* members = expected.object()) {
    for (const auto& [key, value] : *members) {
      const Value* found = actual.find(key);
      if (found == nullptr) return place + "/" + key + " is missing";
      if (auto text = difference(value, *found, place + "/" + key); !text.empty()) return text;
    }
    return {};
  }
  const auto* list = expected.list();
  if (list != nullptr && actual.list() != nullptr && list->size() == actual.list()->size()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string at = place + "/" + std::to_string(i);
      if (auto text = difference((*list)[i], (*actual.list())[i], at); !text.empty()) return text;
    }
    return {};
  }
  const std::string want = text_of(expected);
  const std::string have = text_of(actual);
  return want == have ? "" : place + " is " + have + ", not " + want;
}

std::vector<std::filesystem::path> vector_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator("tests/vectors/quote")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// `base` with the members of `changes` laid over it; null takes a member away.
Value merged(const Value& base, const Value& changes) {
  const auto* over = changes.object();
  if (over == nullptr || base.object() == nullptr) return changes;
  wire::Members members = *base.object();
  for (const auto& [key, value] : *over) {
    const auto found = std::ranges::find(members, key, &wire::Member::first);
    if (found != members.end()) {
      found->second = merged(found->second, value);
    } else {
      members.emplace_back(key, value);
    }
  }
  std::ranges::sort(members, {}, &wire::Member::first);
  return Value{std::move(members)};
}

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
  for (const auto& path : vector_files()) {
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
  EXPECT_GE(count, 1U);
  RecordProperty("vectors", static_cast<int>(count));
}

}  // namespace
}  // namespace tandem
