// SPDX-License-Identifier: Apache-2.0
#include "fuzz/typed_values.hpp"

#include <algorithm>
#include <array>

#include "fuzz/messages.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::fuzz {
namespace {

using wire::List;
using wire::Members;
using wire::Value;

constexpr int kDepthMax = 4;

constexpr std::array<std::int64_t, 24> kIntegers{0,
                                                 1,
                                                 -1,
                                                 2,
                                                 3,
                                                 5,
                                                 10,
                                                 99,
                                                 100,
                                                 1'000,
                                                 9'999,
                                                 10'000,
                                                 10'001,
                                                 50'000,
                                                 190'000,
                                                 333'333,
                                                 999'999,
                                                 1'000'000,
                                                 1'000'001,
                                                 1'767'225'600'000,
                                                 kIntegerMax,
                                                 -kIntegerMax,
                                                 kIntegerMax / 2,
                                                 1LL << 31};

constexpr std::array<std::string_view, 20> kTexts{"",
                                                  "a",
                                                  "*",
                                                  "1.5",
                                                  "0.000000000001",
                                                  "9007199254740991",
                                                  "-1",
                                                  "DE",
                                                  "EUR",
                                                  "IRR",
                                                  "JPY",
                                                  "2026-01-01",
                                                  "due",
                                                  "current",
                                                  "۱۲۳",
                                                  "\xE2\x80\x8C",
                                                  "\n",
                                                  "0.1",
                                                  "default",
                                                  "12345678901234567890"};

/// The alternative of an object by its discriminator.
const Type* alternative_of(const Value& value, const Type& type) {
  const Value* kind = value.find(type.discriminator);
  if (kind == nullptr || kind->text() == nullptr) return nullptr;
  const auto found = std::ranges::find(type.alternatives, *kind->text(), &Alternative::name);
  return found == type.alternatives.end() ? nullptr : &found->type();
}

/// The type of a member: of the field, of the map's elements, or of the message of that name.
const Type* type_of_member(std::string_view key, const Type* type) {
  if (type == nullptr) {
    const Message* message = message_named(key);
    return message == nullptr ? nullptr : message->type;
  }
  if (type->kind == TypeKind::map) return &type->element();
  const auto found = std::ranges::find(type->fields, key, &Field::name);
  return found == type->fields.end() ? nullptr : &found->type();
}

}  // namespace

void put_member(Members& members, std::string_view key, Value value) {
  const auto place = std::ranges::lower_bound(
      members, key, {}, [](const wire::Member& m) { return std::string_view(m.key); });
  if (place != members.end() && place->key == key) {
    place->value = std::move(value);
  } else {
    members.insert(place, {std::string(key), std::move(value)});
  }
}

void Survey::visit(Value& value, const Type* type) {
  while (type != nullptr && type->kind == TypeKind::nullable) type = &type->element();
  places_.push_back({&value, type});
  if (const auto* text = value.text()) {
    texts_.push_back(*text);
    if (type != nullptr) typed_texts_[type].push_back(*text);
  } else if (auto* list = std::get_if<List>(&value.data)) {
    const bool known = type != nullptr && type->element != nullptr && type->kind != TypeKind::map;
    for (Value& element : *list) visit(element, known ? &type->element() : nullptr);
  } else if (auto* members = std::get_if<Members>(&value.data)) {
    if (type != nullptr && type->kind == TypeKind::one_of) type = alternative_of(value, *type);
    for (auto& [key, member] : *members) visit(member, type_of_member(key, type));
  }
}

Value Survey::text_of(const Type& type, Random& random) const {
  const auto known = typed_texts_.find(&type);
  if (known != typed_texts_.end() && !random.one_in(4)) return {random.pick(known->second)};
  if (!texts_.empty() && !random.one_in(3)) return {random.pick(texts_)};
  return {std::string(random.pick(kTexts))};
}

Value Survey::object_of(const Type& type, Random& random, int depth) const {
  Members members;
  for (const Field& field : type.fields) {
    const bool wanted = depth < kDepthMax && random.one_in(4);
    if (field.presence != Presence::required && !wanted) continue;
    put_member(members, field.name, value_of(field.type(), random, depth + 1));
  }
  return {std::move(members)};
}

Value Survey::list_of(const Type& type, Random& random, int depth) const {
  List list;
  for (std::size_t n = depth < kDepthMax ? random.below(3) : 0; n > 0; --n) {
    list.push_back(value_of(type.element(), random, depth + 1));
  }
  return {std::move(list)};
}

Value Survey::map_of(const Type& type, Random& random, int depth) const {
  Members members;
  for (std::size_t n = depth < kDepthMax ? random.below(3) : 0; n > 0; --n) {
    const std::string key = texts_.empty() ? "a" : random.pick(texts_);
    put_member(members, key, value_of(type.element(), random, depth + 1));
  }
  return {std::move(members)};
}

Value Survey::value_of(const Type& type, Random& random, int depth) const {
  switch (type.kind) {
    case TypeKind::boolean:
      return {random.one_in(2)};
    case TypeKind::integer:
      if (random.one_in(3)) return {static_cast<std::int64_t>(random.below(5'000))};
      return {std::clamp(random.pick(kIntegers), type.minimum, type.maximum)};
    case TypeKind::text:
      return text_of(type, random);
    case TypeKind::enumeration:
      return {std::string(random.pick(type.values))};
    case TypeKind::nullable:
      if (random.one_in(4)) return {wire::Null{}};
      return value_of(type.element(), random, depth);
    case TypeKind::list:
      return list_of(type, random, depth);
    case TypeKind::map:
      return map_of(type, random, depth);
    case TypeKind::object:
      return object_of(type, random, depth);
    case TypeKind::one_of: {
      const Alternative& chosen = random.pick(type.alternatives);
      Value value = object_of(chosen.type(), random, depth);
      put_member(std::get<Members>(value.data), type.discriminator, {std::string(chosen.name)});
      return value;
    }
    case TypeKind::switch_or_list:
      if (random.one_in(2)) return {random.one_in(2)};
      return list_of(type, random, depth);
    case TypeKind::one_or_list:
      if (random.one_in(2)) return value_of(type.element(), random, depth);
      return list_of(type, random, depth);
    case TypeKind::verbatim:
      break;
  }
  return {wire::Null{}};
}

}  // namespace tandem::fuzz
