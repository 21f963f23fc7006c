// SPDX-License-Identifier: Apache-2.0
#pragma once
// What must hold of any bytes at all. Each function answers what was broken, in words; an empty
// text means that all held. The fuzzers of libFuzzer and the test that runs everywhere share them.
//
//   check_quote("{") == ""   // refused, as it should be

#include <string>
#include <string_view>

namespace tandem::fuzz {

/// Whatever a decoder accepts is written in one way only: reading that again gives the same bytes.
/// Every message that stands under its name anywhere in the document is tried ("rules", "command").
[[nodiscard]] std::string check_messages(std::string_view bytes);

/// `quote` answers canonical bytes; what it refuses is a problem document. The parts of a quote add
/// up, and no amount leaves the range of whole numbers.
[[nodiscard]] std::string check_quote(std::string_view bytes);

/// `replay` answers canonical bytes, and every event in them can be read back.
[[nodiscard]] std::string check_replay(std::string_view bytes);

using Check = std::string (*)(std::string_view);

}  // namespace tandem::fuzz
