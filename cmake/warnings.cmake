# SPDX-License-Identifier: Apache-2.0
# tandem_warnings(target): the warnings that all of our own code is held to.
function(tandem_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                           -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
                                           # Members with defaults may be left out on purpose.
                                           -Wno-missing-field-initializers)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # g++ 12 warns of its own std::string when it optimizes (its bug 105651), and of what an empty
    # std::optional or std::expected does not hold (its bug 80635).
    target_compile_options(${target} PRIVATE -Wno-restrict
                                             $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
  endif()
  if(TANDEM_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
