// SPDX-License-Identifier: Apache-2.0
// Any bytes at all as the input of `quote` and `replay`: both must answer, with bytes that are JSON
// again. Begins best from the vectors:
//
//   build/fuzz/tests/fuzz/verbs_fuzz -max_total_time=60 build/fuzz/corpus
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tandem/replay/replay.hpp"
#include "tandem/wire/quote_verb.hpp"
#include "tandem/wire/value.hpp"

namespace {

void expect_answer(std::string_view bytes) {
  if (!tandem::wire::parse(bytes, {.depth_max = 64})) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  int status = 0;
  expect_answer(tandem::wire::quote_verb(input, status));
  expect_answer(tandem::replay_verb(input).bytes);
  return 0;
}
