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

/// Writes one value and everything in it.
class Writer {
 public:
  Writer(std::string& out, KeyStyle keys) : out_(out), keys_(keys) {}

  void value(const Type& type, const void* value) {
    switch (type.kind) {
      case TypeKind::boolean:
        out_ += type.get_integer(value) != 0 ? "true" : "false";
        return;
      case TypeKind::integer:
        append_integer(out_, type.get_integer(value));
        return;
      case TypeKind::text:
        text_form(type, value);
        return;
      case TypeKind::enumeration:
        append_text(out_, type.values[type.get_index(value)]);
        return;
      case TypeKind::nullable:
        if (const void* held = type.value(value)) {
          this->value(type.element(), held);
        } else {
          out_ += "null";
        }
        return;
      case TypeKind::list:
        list(type, value);
        return;
      case TypeKind::switch_or_list:
        if (type.size(value) != 0) {
          list(type, value);
        } else {
          out_ += type.get_integer(value) != 0 ? "true" : "false";
        }
        return;
      case TypeKind::map:
        map(type, value);
        return;
      case TypeKind::object:
        object(type, value, {}, {});
        return;
      case TypeKind::one_of: {
        const Alternative& chosen = type.alternatives[type.index(value)];
        object(chosen.type(), type.alternative(value), type.discriminator, chosen.name);
        return;
      }
    }
  }

 private:
  /// Names of fields need no escapes.
  void field_name(bool& first, std::string_view name) {
    out_ += first ? "\"" : ",\"";
    first = false;
    if (keys_ == KeyStyle::wire) {
      out_ += name;
    } else {
      append_camel(name);
    }
    out_ += "\":";
  }

  void append_camel(std::string_view name) {
    bool raise = false;
    for (const char c : name) {
      if (c == '_') {
        raise = true;
      } else {
        out_ += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raise = false;
      }
    }
  }

  // A one_of's discriminator stands among the alternative's own keys, wherever its name sorts.
  void object(const Type& type, const void* object, std::string_view discriminator,
              std::string_view alternative) {
    out_ += '{';
    bool first = true;
    bool named = discriminator.empty();
    const auto name_alternative = [&] {
      field_name(first, discriminator);
      append_text(out_, alternative);
      named = true;
    };
    for (const Field& field : type.fields) {
      if (!named && discriminator < field.name) name_alternative();
      const Type& of = field.type();
      const void* member = field.member(const_cast<void*>(object));
      if (field.presence == Presence::sparse && of.value(member) == nullptr) continue;
      field_name(first, field.name);
      value(of, member);
    }
    if (!named) name_alternative();
    out_ += '}';
  }

  void list(const Type& type, const void* list) {
    const Type& element = type.element();
    const std::size_t size = type.size(list);
    out_ += '[';
    for (std::size_t i = 0; i < size; ++i) {
      if (i != 0) out_ += ',';
      value(element, type.at(list, i));
    }
    out_ += ']';
  }

  struct MapState {
    Writer& writer;
    const Type& element;
    bool first = true;
  };

  void map(const Type& type, const void* map) {
    out_ += '{';
    MapState state{*this, type.element()};
    type.each(map, &state, [](void* to, std::string_view key, const void* value) {
      auto& s = *static_cast<MapState*>(to);
      if (!s.first) s.writer.out_ += ',';
      s.first = false;
      append_text(s.writer.out_, key);
      s.writer.out_ += ':';
      s.writer.value(s.element, value);
    });
    out_ += '}';
  }

  void text_form(const Type& type, const void* value) {
    std::string text;
    type.format_text(value, text);
    append_text(out_, text);
  }

  std::string& out_;
  KeyStyle keys_;
};

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

void append_value(std::string& out, const Type& type, const void* value, KeyStyle keys) {
  Writer(out, keys).value(type, value);
}

}  // namespace tandem
