// SPDX-License-Identifier: Apache-2.0
// Parts of the C and C++ library that would be downloaded for nothing. nlohmann_json words each
// refusal and reads every fraction; the core shows the one to nobody and refuses the other. The
// C++ library writes a message to nowhere before it gives up. Printing alone, with all its formats
// of floating-point numbers, would be a tenth of the module.
#include <cstdio>
#include <cstdlib>
#include <version>

extern "C" {

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
int snprintf(char* /*to*/, size_t /*size*/, const char* /*format*/, ...) { return 0; }

float strtof(const char* /*text*/, char** /*end*/) { return 0; }
double strtod(const char* /*text*/, char** /*end*/) { return 0; }
long double strtold(const char* /*text*/, char** /*end*/) { return 0; }
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
}

_LIBCPP_BEGIN_NAMESPACE_STD

// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
[[noreturn]] void __libcpp_verbose_abort(const char* /*format*/, ...) { __builtin_trap(); }

_LIBCPP_END_NAMESPACE_STD
