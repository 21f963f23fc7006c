// SPDX-License-Identifier: Apache-2.0
#pragma once
// From bytes to messages, by their field lists. Unknown keys are refused by name and place.
//
//   Result<AddLine> command = wire::decode<AddLine>(R"({"quantity":2,"sku":"TEA-100"})");

#include <string_view>

#include "tandem/base/result.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::wire {

/// Reads a parsed value into the message that `type` describes; `pointer` is the value's place.
/// Refuses, per value in this order: type_mismatch, value_unknown, number_out_of_range,
/// field_unknown, field_missing; the subject is the JSON pointer of the place.
/// On a refusal the message is left half read and must not be used.
[[nodiscard]] Result<void> read(const Value& value, const Type& type, void* message,
                                std::string_view pointer = {});

template <class T>
[[nodiscard]] Result<T> decode(const Value& value, std::string_view pointer = {}) {
  T message{};
  if (auto done = read(value, type_of<T>(), &message, pointer); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return message;
}

template <class T>
[[nodiscard]] Result<T> decode(std::string_view text, const Limits& limits = {}) {
  auto value = parse(text, limits);
  if (!value) return std::unexpected(std::move(value.error()));
  return decode<T>(*value);
}

}  // namespace tandem::wire
