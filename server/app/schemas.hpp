// SPDX-License-Identifier: Apache-2.0
#pragma once
// Messages as JSON Schemas, from the same field lists that decode and write them. Types that have a
// name become components and are referred to; the others are written where they are used.
//
//   Schemas schemas;
//   schemas.use(type_of<Offer>(), Way::answered)   // {"$ref":"#/components/schemas/Offer"}
//   schemas.components()                           // {"Offer":{"properties":…},…}

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tandem/fields/type.hpp"

namespace tandem::app {

/// What is sent may leave out fields that have a default; what is answered has them all. A type
/// for which that makes a difference has two schemas; the one of what is sent ends in "Sent".
enum class Way : std::uint8_t { sent, answered };

class Schemas {
 public:
  /// Names a type that has no name of its own, in PascalCase.
  void name(const Type& type, std::string_view name) { names_[&type] = name; }

  /// The schema of a type where it is used.
  [[nodiscard]] std::string use(const Type& type, Way way);

  /// All components used so far, as one object.
  [[nodiscard]] std::string components() const;

 private:
  struct Component {
    const Type* type = nullptr;
    std::string schema{};
  };

  [[nodiscard]] std::string name_of(const Type& type) const;
  [[nodiscard]] bool leaves_out(const Type& type, std::set<const Type*>& seen) const;
  std::string component(std::string name, const Type& type, Way way, std::string_view tag_name,
                        std::string_view tag);
  std::string whole(const Type& type, Way way);
  std::string object(const Type& type, Way way, std::string_view tag_name, std::string_view tag);
  std::string one_of(const Type& type, Way way);

  std::map<const Type*, std::string> names_;
  std::map<std::string, Component> components_;
};

/// A text as JSON.
[[nodiscard]] std::string json_text(std::string_view text);

/// "quote_line" as "QuoteLine".
[[nodiscard]] std::string pascal_case(std::string_view name);

}  // namespace tandem::app
