// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the description of a type follows from the type and, for structs, its list of fields. Nobody
// but fields.hpp includes this.
//   type_of<std::vector<Sku>>().kind == TypeKind::list

#include "tandem/fields/fields.hpp"

namespace tandem {
namespace detail {
template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = true;
template <class T>
inline constexpr bool kIsMap = false;
template <class T>
inline constexpr bool kIsMap<std::map<std::string, T>> = true;
template <class T>
inline constexpr bool kIsSwitchOrList = false;  // a boolean or a list: `on_all` and `on`
template <class T>
inline constexpr bool kIsVariant = false;
template <class... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;
template <class T>
using VariantOfT = typename VariantOf<T>::type;

template <class T>
concept HasTextForm = requires(std::string_view text, T& value, std::string& out) {
  { TextForm<T>::parse(text, value) } -> std::same_as<bool>;
  TextForm<T>::format(value, out);
};

template <class T, class Void>
auto& as(Void* value) {
  return *static_cast<std::conditional_t<std::is_const_v<Void>, const T, T>*>(value);
}

template <class T>
constexpr Type integer_type() {
  constexpr auto low = std::max<std::int64_t>(std::numeric_limits<T>::min(), -kIntegerMax);
  constexpr auto high =
      std::int64_t(std::min<std::uint64_t>(std::numeric_limits<T>::max(), kIntegerMax));
  return {.kind = TypeKind::integer,
          .get_integer = [](const void* v) { return static_cast<std::int64_t>(as<T>(v)); },
          .set_integer = [](void* v, std::int64_t to) { as<T>(v) = static_cast<T>(to); },
          .minimum = low,
          .maximum = high};
}

template <class T>
constexpr Type text_type() {
  return {
      .kind = TypeKind::text,
      .name = kTypeName<T>,
      .parse_text = [](std::string_view text,
                       void* v) { return TextForm<T>::parse(text, as<T>(v)); },
      .format_text = [](const void* v, std::string& out) { TextForm<T>::format(as<T>(v), out); }};
}

template <class T>
constexpr Type enumeration_type() {
  return {.kind = TypeKind::enumeration,
          .name = tandem_enum_title(T{}),
          .values = kEnumNames<T>,
          .get_index = [](const void* v) { return static_cast<std::size_t>(as<T>(v)); },
          .set_index = [](void* v, std::size_t to) { as<T>(v) = static_cast<T>(to); }};
}

template <class T>
constexpr Type nullable_type() {
  return {.kind = TypeKind::nullable,
          .element = &type_of<typename T::value_type>,
          .engage = [](void* v) -> void* { return &as<T>(v).emplace(); },
          .value = [](const void* v) -> const void* { return as<T>(v) ? &*as<T>(v) : nullptr; }};
}

template <class T>
constexpr Type list_type() {
  return {.kind = TypeKind::list,
          .element = &type_of<typename T::value_type>,
          .size = [](const void* v) { return as<T>(v).size(); },
          .at = [](const void* v, std::size_t i) -> const void* { return &as<T>(v)[i]; },
          // Not emplace_back(): growing would be made twice where the rules add elements too.
          .append = [](void* v) -> void* {
            as<T>(v).push_back(typename T::value_type());
            return &as<T>(v).back();
          },
          .clear = [](void* v) { as<T>(v).clear(); }};
}

template <class T>
constexpr Type map_type() {
  return {
      .kind = TypeKind::map,
      .element = &type_of<typename T::mapped_type>,
      .size = [](const void* v) { return as<T>(v).size(); },
      .each =
          [](const void* v, void* state, void (*visit)(void*, std::string_view, const void*)) {
            for (const auto& [key, value] : as<T>(v)) visit(state, key, &value);
          },
      .insert = [](void* v, std::string_view key) -> void* { return &as<T>(v)[std::string(key)]; }};
}

template <class T>
constexpr Type object_type() {
  if constexpr (requires { T::type(); }) {
    return T::type();  // a type that says itself what it is
  } else if constexpr (std::is_empty_v<T>) {
    return {.kind = TypeKind::object, .name = kTypeName<T>};
  } else {
    static_assert(ascend(Fields<T>::list), "fields ascend by name, each once");
    return {.kind = TypeKind::object, .name = kTypeName<T>, .fields = Fields<T>::list};
  }
}

template <class T>
constexpr Type switch_or_list_type() {
  return {.kind = TypeKind::switch_or_list,
          .name = kTypeName<T>,
          .get_integer = [](const void* v) { return std::int64_t{as<T>(v).on_all}; },
          .set_integer = [](void* v, std::int64_t to) { as<T>(v).on_all = to != 0; },
          .element = &type_of<typename T::value_type>,
          .size = [](const void* v) { return as<T>(v).on.size(); },
          .at = [](const void* v, std::size_t i) -> const void* { return &as<T>(v).on[i]; },
          .append = [](void* v) -> void* { return &as<T>(v).on.emplace_back(); },
          .clear = [](void* v) { as<T>(v).on.clear(); }};
}

template <class T, std::size_t Index>
constexpr Alternative alternative_of() {
  return {OneOf<T>::names[Index], &type_of<std::variant_alternative_t<Index, VariantOfT<T>>>,
          [](void* v) -> void* { return &as<T>(v).template emplace<Index>(); }};
}

template <class T, std::size_t... Index>
constexpr std::array<Alternative, sizeof...(Index)> alternatives_of(std::index_sequence<Index...>) {
  return {alternative_of<T, Index>()...};
}

template <class T>
inline constexpr auto kAlternatives =
    alternatives_of<T>(std::make_index_sequence<std::variant_size_v<VariantOfT<T>>>{});

template <class T>
constexpr Type one_of_type() {
  static_assert(OneOf<T>::names.size() == std::variant_size_v<VariantOfT<T>>);
  return {.kind = TypeKind::one_of,
          .name = kTypeName<T>,
          .discriminator = OneOf<T>::discriminator,
          .alternatives = kAlternatives<T>,
          .index = [](const void* v) { return as<T>(v).index(); },
          .alternative =
              [](const void* v) {
                return std::visit([](const auto& a) -> const void* { return &a; }, as<T>(v));
              }};
}

template <class T>
constexpr Type make_type() {
  if constexpr (std::same_as<T, bool>) {
    return {.kind = TypeKind::boolean,
            .get_integer = [](const void* v) { return std::int64_t{as<bool>(v)}; },
            .set_integer = [](void* v, std::int64_t to) { as<bool>(v) = to != 0; }};
  } else if constexpr (NamedEnum<T>) {
    return enumeration_type<T>();
  } else if constexpr (std::integral<T>) {
    return integer_type<T>();
  } else if constexpr (HasTextForm<T>) {
    return text_type<T>();
  } else if constexpr (kIsOptional<T>) {
    return nullable_type<T>();
  } else if constexpr (kIsList<T>) {
    return list_type<T>();
  } else if constexpr (kIsMap<T>) {
    return map_type<T>();
  } else if constexpr (kIsSwitchOrList<T>) {
    return switch_or_list_type<T>();
  } else if constexpr (kIsVariant<VariantOfT<T>>) {
    return one_of_type<T>();
  } else {
    return object_type<T>();
  }
}
}  // namespace detail

template <class T>
const Type& type_of() {
  static constexpr Type type = detail::make_type<T>();
  return type;
}

}  // namespace tandem
