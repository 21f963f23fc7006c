// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a message looks like on the wire, as data. Each message lists its fields once; the canonical
// writer, the decoder, the schema and the checks of the TypeScript types all walk that list.
//
//   template <> struct Fields<AddLine> {
//     static constexpr std::array list{required<&AddLine::quantity>("quantity"),
//                                      required<&AddLine::sku>("sku")};
//   };
//
// A Type is reached through type_of<T>() and handles values through untyped pointers, so that one
// walker serves every message and the code stays small in WebAssembly.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tandem {

struct Type;
using TypeRef = const Type& (*)();

enum class TypeKind : std::uint8_t {
  boolean,
  integer,
  text,  // a string, or a type with a textual form
  enumeration,
  nullable,  // std::optional: null or the element
  list,
  map,  // string keys, sorted by bytes
  object,
  one_of,  // std::variant: an object whose discriminator names the alternative
  switch_or_list,  // a boolean, or a list that says more
  one_or_list,  // null, an element, or a list of several
  verbatim,  // canonical bytes of a message, written as they are and never read
};

/// Whether a field may be absent when read and is left out when written.
enum class Presence : std::uint8_t {
  required,  // must be there; always written
  optional,  // absent keeps the member's default; always written
  sparse,  // a nullable that is left out, when written, while it is empty
};

struct Field {
  std::string_view name;
  TypeRef type;
  void* (*member)(void* object);
  Presence presence;
};

/// Whether fields stand by ascending names, each once.
constexpr bool ascend(std::span<const Field> fields) {
  for (std::size_t i = 1; i < fields.size(); ++i)
    if (!(fields[i - 1].name < fields[i].name)) return false;
  return true;
}

struct Alternative {
  std::string_view name;
  TypeRef type;
  void* (*emplace)(void* variant);
};

/// The description of one C++ type. Only the members that the kind needs are set.
struct Type {
  TypeKind kind{};
  std::string_view name{};  // of an object, an enumeration, or a textual form

  // integer; boolean and switch_or_list as 0 and 1
  std::int64_t (*get_integer)(const void*) = nullptr;
  void (*set_integer)(void*, std::int64_t) = nullptr;
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  // text: parse answers false when the text has not this form; verbatim has format_text alone
  bool (*parse_text)(std::string_view, void*) = nullptr;
  void (*format_text)(const void*, std::string&) = nullptr;
  // enumeration: by index
  std::span<const std::string_view> values{};
  std::size_t (*get_index)(const void*) = nullptr;
  void (*set_index)(void*, std::size_t) = nullptr;
  // nullable, list, map, one_or_list; a switch_or_list is written as a list unless that is empty
  TypeRef element = nullptr;
  void* (*engage)(void*) = nullptr;  // nullable: makes a value, answers where it is
  const void* (*value)(const void*) = nullptr;  // nullable: the value or nullptr
  std::size_t (*size)(const void*) = nullptr;  // list, map
  const void* (*at)(const void*, std::size_t) = nullptr;  // list
  void* (*append)(void*) = nullptr;  // list
  void (*clear)(void*) = nullptr;  // list: a default is replaced, not added to
  void (*each)(const void*, void*,
               void (*)(void*, std::string_view, const void*)) = nullptr;  // map
  void* (*insert)(void*, std::string_view) = nullptr;  // map
  // object: ascending by name
  std::span<const Field> fields{};
  // one_of
  std::string_view discriminator{};
  std::span<const Alternative> alternatives{};
  std::size_t (*index)(const void*) = nullptr;
  const void* (*alternative)(const void*) = nullptr;
};

}  // namespace tandem
