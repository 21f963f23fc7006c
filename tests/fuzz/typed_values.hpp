// SPDX-License-Identifier: Apache-2.0
#pragma once
// Values of a type, made from what a document holds already: an id that stands somewhere is worth
// more than one that was made up.
//
//   Survey survey(document);   survey.value_of(type_of<Cart>(), random)

#include <map>
#include <string>
#include <vector>

#include "fuzz/random.hpp"
#include "tandem/fields/type.hpp"
#include "tandem/wire/value.hpp"

namespace tandem::fuzz {

/// A value of a document, and its type where that is known.
struct Place {
  wire::Value* value;
  const Type* type;
};

class Survey {
 public:
  explicit Survey(wire::Value& document) { visit(document, nullptr); }

  [[nodiscard]] const std::vector<Place>& places() const { return places_; }

  /// A value that the type's decoder accepts, or nearly.
  [[nodiscard]] wire::Value value_of(const Type& type, Random& random, int depth = 0) const;

 private:
  void visit(wire::Value& value, const Type* type);
  [[nodiscard]] wire::Value text_of(const Type& type, Random& random) const;
  [[nodiscard]] wire::Value object_of(const Type& type, Random& random, int depth) const;
  [[nodiscard]] wire::Value list_of(const Type& type, Random& random, int depth) const;
  [[nodiscard]] wire::Value map_of(const Type& type, Random& random, int depth) const;

  std::vector<Place> places_;
  std::vector<std::string> texts_;
  std::map<const Type*, std::vector<std::string>> typed_texts_;
};

/// Puts a member in its place among the others, which ascend; one of that key is replaced.
void put_member(wire::Members& members, std::string_view key, wire::Value value);

}  // namespace tandem::fuzz
