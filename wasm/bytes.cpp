// SPDX-License-Identifier: Apache-2.0
#include "bytes.hpp"

#include <cstdint>

#include "tandem/base/rejection_fields.hpp"

namespace tandem::web {

std::string& empty_buffer() {
  static std::string buffer;
  buffer.clear();  // keeps its memory: a cart's messages are all of about one size
  return buffer;
}

emscripten::val view_of_bytes(std::string_view bytes) {
  return emscripten::val(emscripten::typed_memory_view(
      bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data())));
}

Reply::Reply() : out_(empty_buffer()) { out_ += R"({"ok":true)"; }

Reply& Reply::field(std::string_view name, const Type& type, const void* value) {
  out_ += ",\"";
  out_ += name;
  out_ += "\":";
  append_value(out_, type, value, KeyStyle::camel);
  return *this;
}

emscripten::val Reply::done() {
  out_ += '}';
  return view_of_bytes(out_);
}

emscripten::val refuse(const Rejection& rejection) {
  std::string& out = empty_buffer();
  out += R"({"ok":false,"rejection":)";
  append_value(out, type_of<Rejection>(), &rejection, KeyStyle::camel);
  out += '}';
  return view_of_bytes(out);
}

}  // namespace tandem::web
