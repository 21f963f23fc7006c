// SPDX-License-Identifier: Apache-2.0
#pragma once
// JSON pointers (RFC 6901): the place of a fault in a message.
//
//   append_pointer(place, "a/b") appends "/a~1b"

#include <string>
#include <string_view>

namespace tandem::wire {

/// Appends "/key" with '~' and '/' escaped as the RFC asks.
inline void append_pointer(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char character : key) {
    if (character == '~') {
      pointer += "~0";
    } else if (character == '/') {
      pointer += "~1";
    } else {
      pointer += character;
    }
  }
}

/// The place of a member or element of what `pointer` names.
[[nodiscard]] inline std::string pointer_to(std::string_view pointer, std::string_view key) {
  std::string place(pointer);
  append_pointer(place, key);
  return place;
}

}  // namespace tandem::wire
