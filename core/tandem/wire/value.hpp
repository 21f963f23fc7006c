// SPDX-License-Identifier: Apache-2.0
#pragma once
// A parsed JSON value that can only hold what Tandem's messages may hold: no fractions, integers
// within ±(2^53 − 1), clean text, no key twice, limited depth. parse() refuses everything else.
//
//   parse(R"({"a":1})")->find("a")->integer()   // points to 1

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tandem/base/result.hpp"

namespace tandem::wire {

struct Value;
using List = std::vector<Value>;
struct Member;
using Members = std::vector<Member>;  // ascending by key

struct Null {};

struct Value {
  std::variant<Null, bool, std::int64_t, std::string, List, Members> data;

  [[nodiscard]] bool is_null() const { return std::holds_alternative<Null>(data); }
  [[nodiscard]] const Members* object() const { return std::get_if<Members>(&data); }
  [[nodiscard]] const List* list() const { return std::get_if<List>(&data); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  /// The member with this key of an object, else nullptr.
  [[nodiscard]] const Value* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Value value;
};

/// What a text may be at most. Every message of the contract stays far below.
struct Limits {
  std::size_t bytes_max = 64U << 20U;
  std::size_t depth_max = 16;
};

/// Reads JSON. Refuses with the JSON pointer of the place as subject, in this order as met:
/// size_exceeded, text_malformed (not UTF-8, or control characters other than newline),
/// json_malformed, depth_exceeded, number_not_integer, number_out_of_range, key_duplicate.
[[nodiscard]] Result<Value> parse(std::string_view text, const Limits& limits = {});

/// Appends the canonical bytes of any value: how an event of an unknown type keeps its bytes.
void append_value(std::string& out, const Value& value);

}  // namespace tandem::wire
