// SPDX-License-Identifier: Apache-2.0
#include "tandem/wire/decode.hpp"

#include <algorithm>
#include <vector>

#include "tandem/wire/pointer.hpp"

namespace tandem::wire {
namespace {

/// The way from the message to the value being read. Only a refusal spells it out.
struct Place {
  const Place* outer = nullptr;
  std::string_view key{};  // of a member
  std::size_t index = 0;   // of an element, where there is no key
  bool is_element = false;
};

/// Walks a value along a type; keeps the place so that a refusal can name it.
class Reader {
 public:
  explicit Reader(std::string_view pointer) : pointer_(pointer) {}

  Result<void> read(const Value& value, const Type& type, void* to) {
    switch (type.kind) {
      case TypeKind::boolean:
        return read_boolean(value, type, to);
      case TypeKind::integer:
        return read_integer(value, type, to);
      case TypeKind::text:
        return read_text(value, type, to);
      case TypeKind::enumeration:
        return read_enumeration(value, type, to);
      case TypeKind::nullable:
        if (value.is_null()) {
          // Null is a value of what is nullable by itself: left out is something else.
          if (type.element().kind == TypeKind::nullable) type.engage(to);
          return {};
        }
        return read(value, type.element(), type.engage(to));
      case TypeKind::list:
        return read_list(value, type, to);
      case TypeKind::map:
        return read_map(value, type, to);
      case TypeKind::object:
        return read_object(value, type, to, {});
      case TypeKind::one_of:
        return read_one_of(value, type, to);
      case TypeKind::switch_or_list:
        return value.list() != nullptr ? read_list(value, type, to) : read_boolean(value, type, to);
      case TypeKind::one_or_list:
        if (value.is_null()) return {};
        return value.list() != nullptr ? read_list(value, type, to)
                                       : read(value, type.element(), type.append(to));
      case TypeKind::verbatim:
        break;
    }
    return refuse(Reason::type_mismatch);
  }

 private:
  std::unexpected<Rejection> refuse(Reason reason) const { return reject(reason, pointer()); }
  std::unexpected<Rejection> refuse_at(std::string_view key, Reason reason) const {
    return reject(reason, pointer_to(pointer(), key));
  }

  [[nodiscard]] std::string pointer() const {
    std::vector<const Place*> way;
    for (const Place* place = place_; place != nullptr; place = place->outer) way.push_back(place);
    std::string text(pointer_);
    for (std::size_t i = way.size(); i-- > 0;) {
      const Place& place = *way[i];
      append_pointer(text, place.is_element ? std::to_string(place.index) : place.key);
    }
    return text;
  }

  Result<void> read_boolean(const Value& value, const Type& type, void* to) {
    const auto* boolean = std::get_if<bool>(&value.data);
    if (boolean == nullptr) return refuse(Reason::type_mismatch);
    type.set_integer(to, *boolean ? 1 : 0);
    return {};
  }

  Result<void> read_integer(const Value& value, const Type& type, void* to) {
    const std::int64_t* integer = value.integer();
    if (integer == nullptr) return refuse(Reason::type_mismatch);
    if (*integer < type.minimum || *integer > type.maximum) {
      return refuse(Reason::number_out_of_range);
    }
    type.set_integer(to, *integer);
    return {};
  }

  Result<void> read_text(const Value& value, const Type& type, void* to) {
    const std::string* text = value.text();
    if (text == nullptr) return refuse(Reason::type_mismatch);
    if (!type.parse_text(*text, to)) return refuse(Reason::value_unknown);
    return {};
  }

  Result<void> read_enumeration(const Value& value, const Type& type, void* to) {
    const std::string* text = value.text();
    if (text == nullptr) return refuse(Reason::type_mismatch);
    const auto found = std::ranges::find(type.values, *text);
    if (found == type.values.end()) return refuse(Reason::value_unknown);
    type.set_index(to, static_cast<std::size_t>(found - type.values.begin()));
    return {};
  }

  Result<void> read_list(const Value& value, const Type& type, void* to) {
    const List* list = value.list();
    if (list == nullptr) return refuse(Reason::type_mismatch);
    type.clear(to);
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Place here{.outer = place_, .index = i, .is_element = true};
      if (auto done = read_at(here, (*list)[i], type.element(), type.append(to)); !done) {
        return done;
      }
    }
    return {};
  }

  Result<void> read_map(const Value& value, const Type& type, void* to) {
    const Members* members = value.object();
    if (members == nullptr) return refuse(Reason::type_mismatch);
    for (const auto& [key, member] : *members) {
      const Place here{.outer = place_, .key = key};
      if (auto done = read_at(here, member, type.element(), type.insert(to, key)); !done) {
        return done;
      }
    }
    return {};
  }

  /// Null says of a field that may be left out that it is; of a nullable one it is a value.
  static bool is_left_out(const Field& field, const Value& value) {
    return value.is_null() && field.presence != Presence::required &&
           field.type().kind != TypeKind::nullable;
  }

  /// Fields and members both ascend, so one pass over the two finds every fault. A missing field
  /// is told last: a misspelled key is both unknown and missing, and its name helps more.
  Result<void> read_object(const Value& value, const Type& type, void* to,
                           std::string_view discriminator) {
    const Members* members = value.object();
    if (members == nullptr) return refuse(Reason::type_mismatch);
    std::string_view absent;
    const auto skip_until = [&](auto& field, auto is_there) {
      for (; field != type.fields.end() && !is_there(*field); ++field) {
        if (field->presence == Presence::required && absent.empty()) absent = field->name;
      }
    };
    auto field = type.fields.begin();
    for (const auto& [key, member] : *members) {
      if (!discriminator.empty() && key == discriminator) continue;
      skip_until(field, [&](const Field& f) { return f.name >= key; });
      if (field == type.fields.end() || field->name != key) {
        return refuse_at(key, Reason::field_unknown);
      }
      const Place here{.outer = place_, .key = key};
      if (!is_left_out(*field, member)) {
        if (auto done = read_at(here, member, field->type(), field->member(to)); !done) return done;
      }
      ++field;
    }
    skip_until(field, [](const Field&) { return false; });
    if (!absent.empty()) return refuse_at(absent, Reason::field_missing);
    return {};
  }

  Result<void> read_one_of(const Value& value, const Type& type, void* to) {
    if (value.object() == nullptr) return refuse(Reason::type_mismatch);
    const Value* kind = value.find(type.discriminator);
    if (kind == nullptr) return refuse_at(type.discriminator, Reason::field_missing);
    const std::string* text = kind->text();
    if (text == nullptr) return refuse_at(type.discriminator, Reason::type_mismatch);
    const auto found = std::ranges::find(type.alternatives, *text, &Alternative::name);
    if (found == type.alternatives.end()) {
      return refuse_at(type.discriminator, Reason::value_unknown);
    }
    return read_object(value, found->type(), found->emplace(to), type.discriminator);
  }

  Result<void> read_at(const Place& place, const Value& value, const Type& type, void* to) {
    place_ = &place;
    auto done = read(value, type, to);
    place_ = place.outer;
    return done;
  }

  std::string_view pointer_;  // of the message
  const Place* place_ = nullptr;
};

}  // namespace

Result<void> read(const Value& value, const Type& type, void* message, std::string_view pointer) {
  return Reader(pointer).read(value, type, message);
}

}  // namespace tandem::wire
