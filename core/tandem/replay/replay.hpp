// SPDX-License-Identifier: Apache-2.0
#pragma once
// replay: plays a script of commands and facts on a shop in memory and tells, step by step, what
// happened. Pure: the same script gives the same bytes, natively and as WebAssembly.
//
//   VerbAnswer answer = replay_verb(script);   // answer.status == 0

#include <string>
#include <string_view>

namespace tandem {

/// The answer of a verb: its canonical bytes, and 0 (answered) or 1 (the input is refused; the
/// bytes are a problem document).
struct VerbAnswer {
  std::string bytes;
  int status = 0;
};

/// Reads a script, plays it, writes the answer.
[[nodiscard]] VerbAnswer replay_verb(std::string_view input);

}  // namespace tandem
