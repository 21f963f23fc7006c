// SPDX-License-Identifier: Apache-2.0
#include "tandem/fields/writer.hpp"

#include <array>
#include <charconv>

namespace tandem {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escaped(std::string& out, char character) {
  switch (character) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    default:
      break;
  }
  const auto code = static_cast<unsigned char>(character);
  out += "\\u00";
  out += kHex[code >> 4];
  out += kHex[code & 15];
}

void append_key(std::string& out, bool& first, std::string_view key) {
  if (!first) out += ',';
  first = false;
  append_text(out, key);
  out += ':';
}

// A one_of's discriminator stands among the alternative's own keys, wherever its name sorts.
void append_object(std::string& out, const Type& type, const void* object,
                   std::string_view discriminator, std::string_view alternative) {
  out += '{';
  bool first = true;
  bool named = discriminator.empty();
  for (const Field& field : type.fields) {
    if (!named && discriminator < field.name) {
      append_key(out, first, discriminator);
      append_text(out, alternative);
      named = true;
    }
    const Type& of = field.type();
    const void* member = field.member(const_cast<void*>(object));
    if (field.presence == Presence::sparse && of.value(member) == nullptr) continue;
    append_key(out, first, field.name);
    append_value(out, of, member);
  }
  if (!named) {
    append_key(out, first, discriminator);
    append_text(out, alternative);
  }
  out += '}';
}

void append_list(std::string& out, const Type& type, const void* list) {
  const Type& element = type.element();
  const std::size_t size = type.size(list);
  out += '[';
  for (std::size_t i = 0; i < size; ++i) {
    if (i != 0) out += ',';
    append_value(out, element, type.at(list, i));
  }
  out += ']';
}

struct MapState {
  std::string& out;
  const Type& element;
  bool first = true;
};

void append_map(std::string& out, const Type& type, const void* map) {
  out += '{';
  MapState state{out, type.element()};
  type.each(map, &state, [](void* to, std::string_view key, const void* value) {
    auto& s = *static_cast<MapState*>(to);
    append_key(s.out, s.first, key);
    append_value(s.out, s.element, value);
  });
  out += '}';
}

void append_text_form(std::string& out, const Type& type, const void* value) {
  std::string text;
  type.format_text(value, text);
  append_text(out, text);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  std::size_t clean = 0;  // start of the stretch that needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    if (code >= 0x20 && code != '"' && code != '\\') continue;
    out.append(text, clean, i - clean);
    append_escaped(out, text[i]);
    clean = i + 1;
  }
  out.append(text, clean);
  out += '"';
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end.ptr);
}

void append_value(std::string& out, const Type& type, const void* value) {
  switch (type.kind) {
    case TypeKind::boolean:
      out += type.get_integer(value) != 0 ? "true" : "false";
      return;
    case TypeKind::integer:
      append_integer(out, type.get_integer(value));
      return;
    case TypeKind::text:
      append_text_form(out, type, value);
      return;
    case TypeKind::enumeration:
      append_text(out, type.values[type.get_index(value)]);
      return;
    case TypeKind::nullable:
      if (const void* held = type.value(value)) {
        append_value(out, type.element(), held);
      } else {
        out += "null";
      }
      return;
    case TypeKind::list:
      append_list(out, type, value);
      return;
    case TypeKind::switch_or_list:
      if (type.size(value) != 0) {
        append_list(out, type, value);
      } else {
        out += type.get_integer(value) != 0 ? "true" : "false";
      }
      return;
    case TypeKind::map:
      append_map(out, type, value);
      return;
    case TypeKind::object:
      append_object(out, type, value, {}, {});
      return;
    case TypeKind::one_of: {
      const Alternative& chosen = type.alternatives[type.index(value)];
      append_object(out, chosen.type(), type.alternative(value), type.discriminator, chosen.name);
      return;
    }
  }
}

}  // namespace tandem
