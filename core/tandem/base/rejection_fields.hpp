// SPDX-License-Identifier: Apache-2.0
#pragma once
// A refusal on the wire: the same fields in a problem document, in a sync answer and in `replay`.
//
//   {"also":[],"changes":[],"limit":3,"reason":"insufficient_stock","subject":"TEA-100"}

#include "tandem/base/result.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

template <>
struct TextForm<Reason> {
  static bool parse(std::string_view text, Reason& reason) {
    const auto known = reason_named(text);
    if (known) reason = *known;
    return known.has_value();
  }
  static void format(const Reason& reason, std::string& out) { out += name(reason); }
};
template <>
inline constexpr std::string_view kTypeName<Reason> = "reason";

template <>
struct Fields<Change> {
  static constexpr std::array list{required<&Change::code>("code"), required<&Change::now>("now"),
                                   required<&Change::subject>("subject"),
                                   required<&Change::was>("was")};
};
template <>
struct Fields<Fault> {
  static constexpr std::array list{required<&Fault::limit>("limit"),
                                   required<&Fault::subject>("subject")};
};
template <>
struct Fields<Rejection> {
  static constexpr std::array list{
      required<&Rejection::also>("also"), required<&Rejection::changes>("changes"),
      required<&Rejection::limit>("limit"), required<&Rejection::reason>("reason"),
      required<&Rejection::subject>("subject")};
};
template <>
inline constexpr std::string_view kTypeName<Rejection> = "rejection";

}  // namespace tandem
