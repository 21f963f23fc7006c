# SPDX-License-Identifier: Apache-2.0
# tandem_json: nlohmann_json's headers, for tandem/wire alone.
add_library(tandem_json INTERFACE)
if(EMSCRIPTEN)
  # The headers are the system's, but the system's include folder must never be seen by Emscripten:
  # its C library would win over Emscripten's own. So one folder of it is linked into the build.
  find_path(TANDEM_JSON_INCLUDE nlohmann/json.hpp
            PATHS /usr/include /usr/local/include /opt/homebrew/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  mark_as_advanced(TANDEM_JSON_INCLUDE)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
  file(CREATE_LINK ${TANDEM_JSON_INCLUDE}/nlohmann ${CMAKE_BINARY_DIR}/include/nlohmann SYMBOLIC)
  target_include_directories(tandem_json SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/include)
else()
  find_package(nlohmann_json 3.11 REQUIRED)
  target_link_libraries(tandem_json INTERFACE nlohmann_json::nlohmann_json)
endif()
