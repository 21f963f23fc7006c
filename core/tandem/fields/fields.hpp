// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a message writes down to be understood on the wire: its one list of fields, its textual
// form, or its alternatives. type_of<T>() gives the description that follows from it (see
// type.hpp).
//
//   template <> struct Fields<RemoveLine> {
//     static constexpr std::array list{required<&RemoveLine::line>("line")};
//   };

#include <array>
#include <concepts>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/base/ids.hpp"
#include "tandem/fields/type.hpp"

namespace tandem {

/// The fields of a struct, ascending by name: `static constexpr std::array list{…}`.
template <class T>
struct Fields;

/// A type that is a string on the wire: `static bool parse(std::string_view, T&)` answers whether
/// the text has the form, `static void format(const T&, std::string&)` appends it.
template <class T>
struct TextForm;

/// A std::variant of messages: `discriminator` and, in the variant's order, `names`.
template <class T>
struct OneOf;

/// Canonical bytes of a `Message` that are at hand already: whoever sends what it has stored need
/// not read it first. Written where the message would be; nothing is decoded into it.
template <class Message>
struct Verbatim {
  std::string_view bytes;

  static constexpr Type type() {
    return {.kind = TypeKind::verbatim, .format_text = [](const void* value, std::string& out) {
              out = static_cast<const Verbatim*>(value)->bytes;
            }};
  }
};

/// Integers on the wire stay exact in every JSON reader.
inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;

/// The description of a type. Large messages are described in one file only: they declare a
/// specialization beside themselves.
template <class T>
[[nodiscard]] const Type& type_of();

namespace detail {

/// The std::variant that a type is, or is derived from.
template <class T>
struct VariantOf {
  using type = T;
};

template <auto Member>
struct MemberOf;
template <class Object, class Value, Value Object::* Member>
struct MemberOf<Member> {
  using value_type = Value;
  static void* get(void* object) { return &(static_cast<Object*>(object)->*Member); }
};

template <auto Member>
constexpr Field make_field(std::string_view name, Presence presence) {
  using M = MemberOf<Member>;
  return {name, &type_of<typename M::value_type>, &M::get, presence};
}

}  // namespace detail

template <auto Member>
constexpr Field required(std::string_view name) {
  return detail::make_field<Member>(name, Presence::required);
}
template <auto Member>
constexpr Field optional(std::string_view name) {
  return detail::make_field<Member>(name, Presence::optional);
}
template <auto Member>
constexpr Field sparse(std::string_view name) {
  return detail::make_field<Member>(name, Presence::sparse);
}

/// The name of a message for the schema; defaults to nothing.
template <class T>
inline constexpr std::string_view kTypeName = "";

template <class Tag>
struct TextForm<Id<Tag>> {
  static bool parse(std::string_view text, Id<Tag>& id) {
    id.value = text;
    return !text.empty();
  }
  static void format(const Id<Tag>& id, std::string& out) { out += id.value; }
};

template <>
struct TextForm<std::string> {
  static bool parse(std::string_view text, std::string& value) {
    value = text;
    return true;
  }
  static void format(const std::string& value, std::string& out) { out += value; }
};

}  // namespace tandem

#include "tandem/fields/type_of.hpp"
