// SPDX-License-Identifier: Apache-2.0
// No number of a quote's document may be anything but a whole number in its one spelling: every
// numeric place that a vector of tests/vectors/quote has is tried with spellings that are not.
#include <gtest/gtest.h>

#include <set>

#include "core/support/vectors.hpp"
#include "tandem/wire/quote_verb.hpp"

namespace tandem::testing {
namespace {

struct Spelling {
  std::string_view text;
  Reason reason;
};

constexpr Spelling kSpellings[] = {
    {"1.0", Reason::number_not_integer},
    {"0.0", Reason::number_not_integer},
    {"-0", Reason::number_not_integer},
    {"-0.0", Reason::number_not_integer},
    {"1.5", Reason::number_not_integer},
    {"0.1", Reason::number_not_integer},
    {"1e2", Reason::number_not_integer},
    {"1E2", Reason::number_not_integer},
    {"1E+2", Reason::number_not_integer},
    {"1e-2", Reason::number_not_integer},
    {"100e-2", Reason::number_not_integer},
    {"0e0", Reason::number_not_integer},
    {"1.5e-3", Reason::number_not_integer},
    {"1e308", Reason::number_not_integer},
    {"9007199254740991.0", Reason::number_not_integer},
    {"9007199254740992", Reason::number_out_of_range},
    {"-9007199254740992", Reason::number_out_of_range},
    {"9223372036854775808", Reason::number_out_of_range},
    {"18446744073709551615", Reason::number_out_of_range},
    {"18446744073709551616", Reason::number_out_of_range},
    {"-18446744073709551616", Reason::number_out_of_range},
    {"1e400", Reason::json_malformed},
    {"-1e400", Reason::json_malformed},
    {".5", Reason::json_malformed},
    {"5.", Reason::json_malformed},
    {"1.e2", Reason::json_malformed},
    {"1e", Reason::json_malformed},
    {"1e+", Reason::json_malformed},
    {"+1", Reason::json_malformed},
    {"01", Reason::json_malformed},
    {"-01", Reason::number_not_integer},
    {"-", Reason::json_malformed},
    {"--1", Reason::json_malformed},
    {"0x10", Reason::json_malformed},
    {"1_000", Reason::json_malformed},
    {"1,000", Reason::json_malformed},
    {"NaN", Reason::json_malformed},
    {"nan", Reason::json_malformed},
    {"Infinity", Reason::json_malformed},
    {"-Infinity", Reason::json_malformed},
    {"1n", Reason::json_malformed},
    {"1f", Reason::json_malformed},
    {"\xDB\xB1", Reason::json_malformed},  // a Persian one
    {"\"1\"", Reason::type_mismatch},
};

/// Stands where a number stood until a spelling is put in.
constexpr std::string_view kMark = "\"@@\"";

/// The document once per kind of numeric place that was not seen before, with the mark in it.
class Places {
 public:
  void add(wire::Value document) {
    whole_ = &document;
    visit(document, "");
  }

  [[nodiscard]] const std::vector<std::string>& marked() const { return marked_; }
  [[nodiscard]] const std::set<std::string>& seen() const { return seen_; }

 private:
  void visit(wire::Value& value, const std::string& place) {
    if (value.integer() != nullptr) {
      if (!seen_.insert(place).second) return;
      const wire::Value kept = value;
      value.data = std::string("@@");
      marked_.push_back(text_of(*whole_));
      value = kept;
    } else if (auto* list = std::get_if<wire::List>(&value.data)) {
      for (wire::Value& element : *list) visit(element, place + "/[]");
    } else if (auto* members = std::get_if<wire::Members>(&value.data)) {
      const wire::Value* kind = value.find("kind");
      const std::string of = kind != nullptr && kind->text() != nullptr ? ":" + *kind->text() : "";
      for (auto& [key, member] : *members) visit(member, place + of + "/" + key);
    }
  }

  wire::Value* whole_ = nullptr;
  std::set<std::string> seen_;
  std::vector<std::string> marked_;
};

Places numeric_places() {
  Places places;
  for (const auto& path : vector_files("tests/vectors/quote")) {
    const auto file = wire::parse(read_file(path), {.depth_max = 32});
    const wire::Value* base = file->find("base");
    for (const wire::Value& vector : *file->find("vectors")->list()) {
      if (vector.find("refused") != nullptr) continue;
      const wire::Value& input = *vector.find("input");
      places.add(base == nullptr ? input : merged(*base, input));
    }
  }
  return places;
}

TEST(Numbers, AreWholeAtEveryPlaceOfAQuote) {
  const Places places = numeric_places();
  EXPECT_GE(places.seen().size(), 70U);
  for (const std::string& document : places.marked()) {
    const std::size_t at = document.find(kMark);
    for (const Spelling& spelling : kSpellings) {
      std::string spelled = document;
      spelled.replace(at, kMark.size(), spelling.text);
      const auto answered = wire::quote_answer(spelled);
      ASSERT_FALSE(answered.has_value()) << spelled;
      ASSERT_EQ(name(answered.error().reason), name(spelling.reason)) << spelled;
    }
  }
}

}  // namespace
}  // namespace tandem::testing
