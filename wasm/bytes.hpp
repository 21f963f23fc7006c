// SPDX-License-Identifier: Apache-2.0
#pragma once
// How values leave the module: as JSON bytes in one buffer that the next call writes over. The
// package reads them at once with TextDecoder and JSON.parse, which was measured to be the fastest
// way out; fields are spelled as JavaScript spells them.
//
//   Reply().field("state", session.state()).done();

#include <emscripten/val.h>

#include <string>
#include <string_view>

#include "tandem/base/result.hpp"
#include "tandem/fields/writer.hpp"

namespace tandem::web {

/// A view of bytes that stay where they are until the next call.
[[nodiscard]] emscripten::val view_of_bytes(std::string_view bytes);

/// The buffer, empty.
[[nodiscard]] std::string& empty_buffer();

/// An answer that is given: `{"ok":true,…}`.
class Reply {
 public:
  Reply();

  template <class T>
  Reply& field(std::string_view name, const T& value) {
    return field(name, type_of<T>(), &value);
  }
  [[nodiscard]] emscripten::val done();

 private:
  Reply& field(std::string_view name, const Type& type, const void* value);

  std::string& out_;
};

/// An answer that refuses: `{"ok":false,"rejection":{…}}`.
[[nodiscard]] emscripten::val refuse(const Rejection& rejection);

}  // namespace tandem::web
