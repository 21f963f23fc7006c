# SPDX-License-Identifier: Apache-2.0
# Compiles through ccache when it is there. Paths count from the repository, so that two checkouts
# on one machine serve each other.
find_program(TANDEM_CCACHE ccache)
mark_as_advanced(TANDEM_CCACHE)
if(TANDEM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
                                  CCACHE_NOHASHDIR=1 ${TANDEM_CCACHE})
endif()
