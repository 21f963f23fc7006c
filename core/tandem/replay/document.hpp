// SPDX-License-Identifier: Apache-2.0
#pragma once
// Documents that a script changes by keys: what `set` names replaces what was there, null takes a
// key away so that its default holds again.
//
//   {"sku":"A","unit_price_minor":200} + {"unit_price_minor":210} =
//   {"sku":"A","unit_price_minor":210}

#include <map>
#include <string>
#include <string_view>

#include "tandem/base/result.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::replay {

/// Puts the keys of `changes` into `document`, both objects. Refuses: type_mismatch.
[[nodiscard]] Result<void> merge(wire::Value& document, const wire::Value& changes,
                                 std::string_view pointer);

/// Rows by the text under one key of each.
class Table {
 public:
  explicit Table(std::string_view key) : key_(key) {}

  /// Merges a list of rows by their key. Refuses, in this order: type_mismatch, field_missing.
  [[nodiscard]] Result<void> merge_rows(const wire::Value& rows, std::string_view pointer);

  [[nodiscard]] const std::map<std::string, wire::Value>& rows() const { return rows_; }

 private:
  std::string_view key_;
  std::map<std::string, wire::Value> rows_;
};

}  // namespace tandem::replay
