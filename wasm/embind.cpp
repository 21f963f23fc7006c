// SPDX-License-Identifier: Apache-2.0
// Embind's own start registers every type of C++ that JavaScript knows, and the glue would carry a
// converter for each. The table's calls need these few. The functions are those that Embind's
// library, which the linker then leaves aside, has in its own bind.cpp.
#include <emscripten/bind.h>

#include <cstring>
#include <limits>
#include <string>

using emscripten::internal::TypeID;

namespace {

emscripten::internal::InitFunc* first = nullptr;

}  // namespace

extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
// For errors about types that are not registered; the glue frees it.
const char* __getTypeName(const std::type_info* /*type*/) { return strdup("?"); }

void _embind_initialize_bindings() {
  for (auto* table = first; table != nullptr; table = table->next) table->init_func();
}

void _embind_register_bindings(emscripten::internal::InitFunc* table) {
  table->next = first;
  first = table;
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
}

EMSCRIPTEN_BINDINGS(types) {
  using namespace emscripten::internal;
  constexpr int uint8_array = 1;  // a place in Embind's list of typed arrays
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_bool(TypeID<bool>::get(), "bool", true, false);
  _embind_register_integer(TypeID<int>::get(), "int", sizeof(int), std::numeric_limits<int>::min(),
                           std::numeric_limits<int>::max());
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  _embind_register_emval(TypeID<emscripten::val>::get());
  _embind_register_memory_view(TypeID<emscripten::memory_view<unsigned char>>::get(), uint8_array,
                               "memory_view");
}
