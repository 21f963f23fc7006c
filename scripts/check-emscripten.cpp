// SPDX-License-Identifier: Apache-2.0
#include <emscripten/bind.h>

#include <expected>
#include <string>

namespace {

std::expected<int, std::string> halve(int value) {
  if (value % 2 != 0) return std::unexpected("odd");
  return value / 2;
}

emscripten::val half(int value) {
  const auto result = halve(value);
  return result ? emscripten::val(*result) : emscripten::val(result.error());
}

// Embind's text binding goes missing at run time when the flags differ between compiling and
// linking, so one function takes and gives text.
std::string greet(const std::string& name) {
  return name + ", " + std::to_string(name.size() / 2 + 1);
}

}  // namespace

EMSCRIPTEN_BINDINGS(probe) {
  emscripten::function("half", &half);
  emscripten::function("greet", &greet);
}
