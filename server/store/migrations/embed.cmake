# SPDX-License-Identifier: Apache-2.0
# Turns numbered SQL files into one C++ source, so that the program carries its own schema.
#
#   cmake -DOUTPUT=out.cpp -DENGINE=sqlite "-DFILES=a/0001_initial.sql;…" -P embed.cmake
set(rows "")
set(expected 1)
foreach(file IN LISTS FILES)
  get_filename_component(stem ${file} NAME_WE)
  string(REGEX MATCH "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$" matched ${stem})
  if(NOT matched)
    message(FATAL_ERROR "${file}: a migration is named NNNN_what_it_does.sql")
  endif()
  set(what ${CMAKE_MATCH_2})
  string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${file}: expected migration ${expected}")
  endif()
  math(EXPR expected "${expected} + 1")
  file(READ ${file} sql)
  # A string literal has a length limit, hence one raw literal for each statement's lines.
  string(REPLACE ";\n" ";\n)sql\"\n    R\"sql(" sql "${sql}")
  string(APPEND rows "    {${number}, \"${what}\",\n    R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// SPDX-License-Identifier: Apache-2.0
// Generated from the migrations' SQL files: change those.
#include \"store/migrations/migrations.hpp\"

namespace tandem::store {

std::span<const Migration> ${ENGINE}_migrations() {
  static constexpr Migration kMigrations[] = {
${rows}  };
  return kMigrations;
}

}  // namespace tandem::store
")
