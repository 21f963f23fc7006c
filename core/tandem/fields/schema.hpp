// SPDX-License-Identifier: Apache-2.0
#pragma once
// The field lists told as data, so that others can be checked against them: the TypeScript types,
// the reference pages. Types that several messages share, or that hold themselves, appear once.
//
//   {"roots":{"offer":0},"types":[{"fields":[{"name":"active","presence":"optional","type":1},…],
//    "kind":"object","name":"offer"},{"kind":"boolean","name":""},…]}

#include <span>
#include <string>
#include <string_view>

#include "tandem/fields/type.hpp"

namespace tandem {

/// A message that the schema begins with.
struct SchemaRoot {
  std::string_view name;
  TypeRef type;
};

/// Appends the schema of these messages and of all that they hold. Types are numbered in the order
/// in which they are met; `element`, `type` of a field and of an alternative are such numbers.
void append_schema(std::string& out, std::span<const SchemaRoot> roots);

}  // namespace tandem
