# SPDX-License-Identifier: Apache-2.0
# tandem_no_floats(target): compiles it for a processor without floating-point registers, so that
# every double in it is a compile error.
include(CheckCXXSourceCompiles)

set(CMAKE_REQUIRED_FLAGS -mgeneral-regs-only)
check_cxx_source_compiles("int main(int n, char**) { return n; }" TANDEM_KNOWS_NO_FLOATS)
check_cxx_source_compiles("double half(double x) { return x / 2; } int main() {}"
                          TANDEM_ALLOWS_FLOATS)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT TANDEM_KNOWS_NO_FLOATS OR TANDEM_ALLOWS_FLOATS)
  message(FATAL_ERROR "TANDEM_NO_FLOATS: this compiler cannot refuse floating-point numbers.")
endif()

function(tandem_no_floats target)
  target_compile_options(${target} PRIVATE -mgeneral-regs-only)
endfunction()
