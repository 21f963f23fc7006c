// SPDX-License-Identifier: Apache-2.0
#include "tandem/fields/writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>

namespace tandem {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Bytes that are written behind a text's own. Views are written after every action of a customer,
/// so this works on plain memory and leaves the text to be cut to its length in the end.
class Bytes {
 public:
  explicit Bytes(std::string& to) : to_(to), used_(to.size()) { grow(kRoom); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() { to_.resize(used_); }

  void put(char character) {
    if (used_ == room_) grow(1);
    at_[used_++] = character;
  }
  void put(std::string_view text) {
    if (room_ - used_ < text.size()) grow(text.size());
    copy(text, at_ + used_);
    used_ += text.size();
  }
  /// At least so many bytes may be written at the answer; used() says how many were.
  char* reserve(std::size_t bytes) {
    if (room_ - used_ < bytes) grow(bytes);
    return at_ + used_;
  }
  void used(std::size_t bytes) { used_ += bytes; }

 private:
  static constexpr std::size_t kRoom = 256;

  /// Names and ids are short: two overlapping words are sooner copied than a function is called.
  static void copy(std::string_view text, char* to) {
    const std::size_t size = text.size();
    if (size > 2 * sizeof(std::uint64_t)) {
      std::memcpy(to, text.data(), size);
    } else if (size >= sizeof(std::uint64_t)) {
      copy_ends<std::uint64_t>(text, to);
    } else if (size >= sizeof(std::uint32_t)) {
      copy_ends<std::uint32_t>(text, to);
    } else {
      for (std::size_t i = 0; i < size; ++i) to[i] = text[i];
    }
  }

  template <class Word>
  static void copy_ends(std::string_view text, char* to) {
    Word first{};
    Word last{};
    const std::size_t rest = text.size() - sizeof(Word);
    std::memcpy(&first, text.data(), sizeof(Word));
    std::memcpy(&last, text.data() + rest, sizeof(Word));
    std::memcpy(to, &first, sizeof(Word));
    std::memcpy(to + rest, &last, sizeof(Word));
  }

  void grow(std::size_t more) {
    const std::size_t size = std::max(used_ + more, std::max(to_.capacity(), 2 * used_));
    // Not resize(): it would clear all the room that a reused buffer has, for every value.
    to_.resize_and_overwrite(size, [](char*, std::size_t all) { return all; });
    at_ = to_.data();
    room_ = to_.size();
  }

  std::string& to_;
  std::size_t used_;
  char* at_ = nullptr;
  std::size_t room_ = 0;
};

void put_escaped(Bytes& out, char character) {
  switch (character) {
    case '"':
      out.put("\\\"");
      return;
    case '\\':
      out.put("\\\\");
      return;
    case '\n':
      out.put("\\n");
      return;
    default:
      break;
  }
  const auto code = static_cast<unsigned char>(character);
  out.put("\\u00");
  out.put(kHex[code >> 4]);
  out.put(kHex[code & 15]);
}

/// Whether one of eight bytes has to be escaped: below 0x20, a quote or a backslash. (Anderson,
/// "Bit Twiddling Hacks": a byte is less than n where a borrow reaches its high bit.)
bool needs_escape(std::uint64_t bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  const std::uint64_t quotes = bytes ^ (ones * '"');
  const std::uint64_t slashes = bytes ^ (ones * '\\');
  const std::uint64_t low = (bytes - ones * 0x20) & ~bytes;
  const std::uint64_t zero = ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
  return ((low | zero) & highs) != 0;
}

/// How many bytes from the start need no escape for sure; fewer than eight may be left.
std::size_t plain_words(std::string_view text) {
  std::size_t at = 0;
  for (; text.size() - at >= sizeof(std::uint64_t); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes{};
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (needs_escape(bytes)) break;
  }
  return at;
}

void put_text(Bytes& out, std::string_view text) {
  out.put('"');
  std::size_t clean = 0;  // start of the stretch that needs no escape
  for (std::size_t i = plain_words(text); i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    if (code >= 0x20 && code != '"' && code != '\\') continue;
    out.put(text.substr(clean, i - clean));
    put_escaped(out, text[i]);
    clean = i + 1;
  }
  out.put(text.substr(clean));
  out.put('"');
}

void put_integer(Bytes& out, std::int64_t value) {
  // Most counts and many amounts of a cart.
  if (value >= 0 && value <= 9) return out.put(static_cast<char>('0' + value));
  constexpr std::size_t most = 24;
  char* at = out.reserve(most);
  out.used(static_cast<std::size_t>(std::to_chars(at, at + most, value).ptr - at));
}

/// Writes one value and everything in it.
class Writer {
 public:
  Writer(std::string& out, KeyStyle keys) : out_(out), keys_(keys) {}

  void value(const Type& type, const void* value) {
    switch (type.kind) {
      case TypeKind::boolean:
        out_.put(type.get_integer(value) != 0 ? "true" : "false");
        return;
      case TypeKind::integer:
        put_integer(out_, type.get_integer(value));
        return;
      case TypeKind::text:
        text_form(type, value);
        return;
      case TypeKind::enumeration:
        put_text(out_, type.values[type.get_index(value)]);
        return;
      case TypeKind::nullable:
        if (const void* held = type.value(value)) {
          this->value(type.element(), held);
        } else {
          out_.put("null");
        }
        return;
      case TypeKind::list:
        list(type, value);
        return;
      case TypeKind::one_or_list:
        if (type.size(value) == 0) {
          out_.put("null");
        } else if (type.size(value) == 1) {
          this->value(type.element(), type.at(value, 0));
        } else {
          list(type, value);
        }
        return;
      case TypeKind::switch_or_list:
        if (type.size(value) != 0) {
          list(type, value);
        } else {
          out_.put(type.get_integer(value) != 0 ? "true" : "false");
        }
        return;
      case TypeKind::map:
        map(type, value);
        return;
      case TypeKind::verbatim:
        text_.clear();
        type.format_text(value, text_);
        out_.put(std::string_view(text_));
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
    constexpr std::size_t around = 4;
    char* const begin = out_.reserve(name.size() + around);
    char* at = begin;
    if (!first) *at++ = ',';
    first = false;
    *at++ = '"';
    at = keys_ == KeyStyle::wire ? std::ranges::copy(name, at).out : camel_name(name, at);
    *at++ = '"';
    *at++ = ':';
    out_.used(static_cast<std::size_t>(at - begin));
  }

  /// Answers where the name ends. No name ends in an underscore.
  static char* camel_name(std::string_view name, char* to) {
    for (const char* at = name.data(); at != name.data() + name.size(); ++at) {
      *to++ = *at == '_' ? raised(*++at) : *at;
    }
    return to;
  }

  static char raised(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

  // A one_of's discriminator stands among the alternative's own keys, wherever its name sorts.
  void object(const Type& type, const void* object, std::string_view discriminator,
              std::string_view alternative) {
    out_.put('{');
    bool first = true;
    bool named = discriminator.empty();
    const auto name_alternative = [&] {
      field_name(first, discriminator);
      put_text(out_, alternative);
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
    out_.put('}');
  }

  void list(const Type& type, const void* list) {
    const Type& element = type.element();
    const std::size_t size = type.size(list);
    out_.put('[');
    for (std::size_t i = 0; i < size; ++i) {
      if (i != 0) out_.put(',');
      value(element, type.at(list, i));
    }
    out_.put(']');
  }

  struct MapState {
    Writer& writer;
    const Type& element;
    bool first = true;
  };

  void map(const Type& type, const void* map) {
    out_.put('{');
    MapState state{*this, type.element()};
    type.each(map, &state, [](void* to, std::string_view key, const void* value) {
      auto& s = *static_cast<MapState*>(to);
      if (!s.first) s.writer.out_.put(',');
      s.first = false;
      put_text(s.writer.out_, key);
      s.writer.out_.put(':');
      s.writer.value(s.element, value);
    });
    out_.put('}');
  }

  void text_form(const Type& type, const void* value) {
    text_.clear();
    type.format_text(value, text_);
    put_text(out_, text_);
  }

  Bytes out_;
  std::string text_;
  KeyStyle keys_;
};

}  // namespace

void append_text(std::string& out, std::string_view text) {
  Bytes bytes(out);
  put_text(bytes, text);
}

void append_integer(std::string& out, std::int64_t value) {
  Bytes bytes(out);
  put_integer(bytes, value);
}

void append_value(std::string& out, const Type& type, const void* value, KeyStyle keys) {
  Writer(out, keys).value(type, value);
}

}  // namespace tandem
