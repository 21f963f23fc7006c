// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tandem/wire/value.hpp"

namespace tandem::wire {
namespace {

/// The canonical text of what was read, or the refusal and its place.
std::string told(std::string_view text, const Limits& limits = {}) {
  const auto value = parse(text, limits);
  if (!value) return std::string(name(value.error().reason)) + " " + value.error().subject;
  std::string canonical;
  append_value(canonical, *value);
  return canonical;
}

struct Case {
  std::string_view text;
  std::string_view told;
};

TEST(Parse, ReadsWhatRfc8259Has) {
  const Case cases[] = {
      {"null", "null"},
      {" \t\r\n[ ] ", "[]"},
      {R"({"b":1,"a":{}})", R"({"a":{},"b":1})"},
      {"[true,false,null,-1,0,9007199254740991]", "[true,false,null,-1,0,9007199254740991]"},
      {R"("\"\\\/\n")", R"("\"\\/\n")"},
      {R"("\u0041\u06f1\u20ac\ud83d\ude00")", "\"A۱€😀\""},
      {R"("\u00e9\u00E9")", "\"éé\""},
      {"\"سلام\"", "\"سلام\""},
  };
  for (const Case& one : cases) EXPECT_EQ(told(one.text), one.told) << one.text;
}

TEST(Parse, RefusesWhatIsNotWellFormed) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "[",
                                      "[1,]",
                                      "[,1]",
                                      "[1 2]",
                                      "{,}",
                                      R"({"a"})",
                                      R"({"a":})",
                                      R"({"a":1,})",
                                      R"({a:1})",
                                      R"({"a":1 "b":2})",
                                      "tru",
                                      "nul",
                                      "True",
                                      "NaN",
                                      "Infinity",
                                      "+1",
                                      "-",
                                      "01",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "1e+",
                                      "0x10",
                                      "\"",
                                      "\"a",
                                      R"("\x")",
                                      R"("\u12")",
                                      R"("\u12g4")",
                                      R"("\ud800")",
                                      R"("\ud800\u0041")",
                                      R"("\udc00")",
                                      "\"\n\"",
                                      "\"\t\"",
                                      "[] []",
                                      "1 1",
                                      "\xEF\xBB\xBF{}",
                                      "'a'",
                                      "/**/1",
                                      "]"}) {
    EXPECT_EQ(told(text).substr(0, 14), "json_malformed") << text;
  }
  EXPECT_EQ(told(std::string_view("\0", 1)).substr(0, 14), "json_malformed");
}

TEST(Parse, NamesWhatItRefusesAndWhere) {
  const Case cases[] = {
      {R"({"a":[0,1.5]})", "number_not_integer /a/1"},
      {"[1e2]", "number_not_integer /0"},
      {"[0,-0]", "number_not_integer /1"},
      {R"({"x":9007199254740992})", "number_out_of_range /x"},
      {R"({"x":-9007199254740992})", "number_out_of_range /x"},
      {"18446744073709551616", "number_out_of_range "},
      {R"({"a":{"b":1,"c":2,"b":3}})", "key_duplicate /a/b"},
      {R"({"a/b~":[1.0]})", "number_not_integer /a~1b~0/0"},
      {R"(["\u0000"])", "text_malformed /0"},
      {R"({"a":"\u001f"})", "text_malformed /a"},
      {"\"\xC0\x80\"", "text_malformed "},
      {"\"\xED\xA0\x80\"", "text_malformed "},
      {"\"\xF4\x90\x80\x80\"", "text_malformed "},
      {R"({"a":[}])", "json_malformed /a/0"},
  };
  for (const Case& one : cases) EXPECT_EQ(told(one.text), one.told) << one.text;
}

TEST(Parse, KeepsItsLimits) {
  EXPECT_EQ(told("[[[]]]", {.depth_max = 3}), "[[[]]]");
  EXPECT_EQ(told("[[[]]]", {.depth_max = 2}), "depth_exceeded /0/0");
  EXPECT_EQ(told(std::string(100'000, '[')).substr(0, 14), "depth_exceeded");
  EXPECT_EQ(told("[0,0]", {.bytes_max = 4}), "size_exceeded ");
}

}  // namespace
}  // namespace tandem::wire
