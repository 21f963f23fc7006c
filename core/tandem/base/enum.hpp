// SPDX-License-Identifier: Apache-2.0
#pragma once
// An enumeration whose enumerators are spelled exactly as on the wire, each written once.
//
//   TANDEM_ENUM(OrderState, quotation, quotation_sent, order, canceled)
//   enum_name(OrderState::quotation) == "quotation"
//   enum_named<OrderState>("order") == OrderState::order
//
// Enumerators count from 0 without gaps.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tandem {

namespace detail {

constexpr std::size_t count_names(std::string_view list) {
  return 1 + static_cast<std::size_t>(std::ranges::count(list, ','));
}

template <std::size_t Count>
constexpr std::array<std::string_view, Count> split_names(std::string_view list) {
  std::array<std::string_view, Count> names{};
  for (std::string_view& name : names) {
    const std::size_t comma = list.find(',');
    name = list.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return names;
}

}  // namespace detail

#define TANDEM_ENUM(Name, ...) \
  enum class Name : std::uint8_t { __VA_ARGS__ }; \
  constexpr std::string_view tandem_enum_list(Name) { return #__VA_ARGS__; } \
  constexpr std::string_view tandem_enum_title(Name) { return #Name; }

template <class E>
concept NamedEnum = requires(E e) { tandem_enum_list(e); };

/// The names on the wire, in order.
template <NamedEnum E>
inline constexpr auto kEnumNames =
    detail::split_names<detail::count_names(tandem_enum_list(E{}))>(tandem_enum_list(E{}));

template <NamedEnum E>
[[nodiscard]] constexpr std::string_view enum_name(E value) {
  return kEnumNames<E>[static_cast<std::size_t>(value)];
}

template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> enum_named(std::string_view name) {
  const auto found = std::ranges::find(kEnumNames<E>, name);
  if (found == kEnumNames<E>.end()) return std::nullopt;
  return static_cast<E>(found - kEnumNames<E>.begin());
}

}  // namespace tandem
