// SPDX-License-Identifier: Apache-2.0
#include "fuzz/mutations.hpp"

#include <algorithm>
#include <array>

#include "fuzz/typed_values.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem::fuzz {
namespace {

using wire::List;
using wire::Members;
using wire::Value;

constexpr std::size_t kBytesMax = 1U << 16U;

constexpr std::array<std::string_view, 22> kTokens{"1.5",
                                                   "1e3",
                                                   "-0",
                                                   "9007199254740992",
                                                   "18446744073709551616",
                                                   "-9007199254740992",
                                                   "null",
                                                   "true",
                                                   "\"\"",
                                                   "\"\\u0000\"",
                                                   "\"\\ud800\"",
                                                   "[]",
                                                   "{}",
                                                   "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
                                                   "{\"a\":1,\"a\":2}",
                                                   ",",
                                                   ":",
                                                   "]",
                                                   "}",
                                                   "\"",
                                                   "\\",
                                                   "\xFF"};

void change_integer(std::int64_t& integer, Random& random) {
  switch (random.below(5)) {
    case 0:
      integer += 1;
      break;
    case 1:
      integer -= 1;
      break;
    case 2:
      integer = -integer;
      break;
    case 3:
      integer = random.one_in(2) ? integer / 2 : integer * 10;
      break;
    default:
      integer = static_cast<std::int64_t>(random.below(100));
  }
  integer = std::clamp(integer, -kIntegerMax, kIntegerMax);
}

void change_list(List& list, const Type* type, const Survey& survey, Random& random) {
  const bool typed = type != nullptr && type->element != nullptr && type->kind != TypeKind::map;
  if (list.empty() || (typed && random.one_in(3))) {
    if (typed) list.push_back(survey.value_of(type->element(), random));
    return;
  }
  const auto at = static_cast<std::ptrdiff_t>(random.below(list.size()));
  switch (random.below(3)) {
    case 0:
      list.erase(list.begin() + at);
      break;
    case 1: {
      Value twice = list[static_cast<std::size_t>(at)];
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size() + 1)),
                  std::move(twice));
      break;
    }
    default:
      std::swap(list[static_cast<std::size_t>(at)], random.pick(list));
  }
}

void change_object(Members& members, const Type* type, const Survey& survey, Random& random) {
  const bool typed = type != nullptr && type->kind == TypeKind::object && !type->fields.empty();
  if (typed && !random.one_in(4)) {
    const Field& field = random.pick(type->fields);
    put_member(members, field.name, survey.value_of(field.type(), random));
  } else if (type != nullptr && type->kind == TypeKind::map && random.one_in(2)) {
    const auto other = survey.value_of(*type, random);
    for (const auto& [key, value] : *other.object()) put_member(members, key, value);
  } else if (!members.empty()) {
    members.erase(members.begin() + static_cast<std::ptrdiff_t>(random.below(members.size())));
  }
}

/// Changes one thing somewhere.
void change(Value& document, Random& random) {
  const Survey survey(document);
  const Place& place = random.pick(survey.places());
  if (place.type != nullptr && random.one_in(3)) {
    *place.value = survey.value_of(*place.type, random);
  } else if (random.one_in(12)) {
    Value other = *random.pick(survey.places()).value;
    *place.value = std::move(other);
  } else if (auto* list = std::get_if<List>(&place.value->data)) {
    change_list(*list, place.type, survey, random);
  } else if (auto* members = std::get_if<Members>(&place.value->data)) {
    change_object(*members, place.type, survey, random);
  } else if (auto* integer = std::get_if<std::int64_t>(&place.value->data)) {
    change_integer(*integer, random);
  } else if (place.type != nullptr) {
    *place.value = survey.value_of(*place.type, random);
  }
}

std::string spoiled(std::string bytes, Random& random) {
  for (std::size_t n = 1 + random.below(3); n > 0; --n) {
    const std::size_t at = random.below(bytes.size() + 1);
    switch (random.below(4)) {
      case 0:
        bytes.insert(at, random.pick(kTokens));
        break;
      case 1:
        bytes.erase(at, random.below(8));
        break;
      case 2:
        if (at < bytes.size()) bytes[at] = static_cast<char>(random.below(256));
        break;
      default: {
        const std::size_t end = std::min(bytes.find_first_of(",]}", at), bytes.size());
        const std::size_t begin = bytes.find_last_of(":[,", at);
        if (begin != std::string::npos && begin < end) {
          bytes.replace(begin + 1, end - begin - 1, random.pick(kTokens));
        }
      }
    }
  }
  return bytes;
}

}  // namespace

std::string mutated(std::string_view document, Random& random) {
  auto value = wire::parse(document, {.depth_max = 64});
  if (!value) return spoiled(std::string(document), random);
  for (std::size_t n = 1 + random.below(4); n > 0; --n) change(*value, random);
  std::string bytes;
  wire::append_value(bytes, *value);
  if (bytes.size() > kBytesMax) bytes.assign(document);
  return random.one_in(8) ? spoiled(std::move(bytes), random) : bytes;
}

}  // namespace tandem::fuzz
