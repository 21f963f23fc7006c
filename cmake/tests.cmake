# SPDX-License-Identifier: Apache-2.0
# tandem_add_tests(name SOURCES … [LIBRARIES …] [ENGINES …]): one GoogleTest program, run by ctest.
#
# The same call serves native builds and WebAssembly, where the program runs under Node. It runs in
# the repository's folder, so a test opens `tests/vectors/x.json`, and leaves its results in
# `results/<name>.xml` of the build folder, where scripts/test counts them. For each of ENGINES it
# runs once more as `<name>_<engine>`, with that engine's name in TANDEM_TEST_ENGINE.
if(EMSCRIPTEN)
  find_path(TANDEM_GOOGLETEST googletest/CMakeLists.txt
            PATHS /usr/src/googletest /usr/local/src/googletest /opt/homebrew/src/googletest
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  mark_as_advanced(TANDEM_GOOGLETEST)
  set(gtest_disable_pthreads ON CACHE INTERNAL "")
  set(INSTALL_GTEST OFF CACHE INTERNAL "")
  add_subdirectory(${TANDEM_GOOGLETEST} ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL SYSTEM)
else()
  find_package(GTest REQUIRED)
endif()

function(tandem_add_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;ENGINES")
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main)
  tandem_warnings(${name})
  if(EMSCRIPTEN)
    target_link_options(${name} PRIVATE -sENVIRONMENT=node -sEXIT_RUNTIME -sNODERAWFS
                                        -sALLOW_MEMORY_GROWTH -sSTACK_SIZE=1MB -sWASM_BIGINT)
  endif()
  add_test(NAME ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
           COMMAND ${name} --gtest_output=xml:${CMAKE_BINARY_DIR}/results/${name}.xml)
  foreach(engine IN LISTS arg_ENGINES)
    add_test(NAME ${name}_${engine} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
             COMMAND ${name} --gtest_output=xml:${CMAKE_BINARY_DIR}/results/${name}_${engine}.xml)
    set_tests_properties(${name}_${engine} PROPERTIES ENVIRONMENT TANDEM_TEST_ENGINE=${engine})
  endforeach()
endfunction()
