// SPDX-License-Identifier: Apache-2.0
// The entry points of libFuzzer. TANDEM_FUZZ_CHECK is one of harness.hpp's functions; what it finds
// broken is told and ends the run. Three changes of four know what a document is, the rest are
// libFuzzer's own.
//
//   build/fuzz/tests/fuzz/quote_fuzz -max_total_time=60 build/fuzz/corpus/quote
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "fuzz/harness.hpp"
#include "fuzz/mutations.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t size_max);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string broken =
      tandem::fuzz::TANDEM_FUZZ_CHECK({reinterpret_cast<const char*>(data), size});
  if (broken.empty()) return 0;
  std::fprintf(stderr, "broken: %s\n", broken.c_str());
  std::abort();
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t size_max, unsigned seed) {
  tandem::fuzz::Random random(seed);
  if (random.one_in(4)) return LLVMFuzzerMutate(data, size, size_max);
  const std::string next =
      tandem::fuzz::mutated({reinterpret_cast<const char*>(data), size}, random);
  if (next.size() > size_max) return LLVMFuzzerMutate(data, size, size_max);
  std::memcpy(data, next.data(), next.size());
  return next.size();
}
