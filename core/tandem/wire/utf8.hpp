// SPDX-License-Identifier: Apache-2.0
#pragma once
// What well-formed UTF-8 is (Unicode table 3-7): no overlong forms, no surrogates, nothing above
// U+10FFFF. Whoever reads text from outside asks here, and only here.
//
//   utf8_length("é!") == 2,  utf8_length("\xff") == 0

#include <cstddef>
#include <string_view>

namespace tandem::wire {

/// Length of the well-formed sequence at the start, 0 if there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Whether all of the text is well-formed.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace tandem::wire
