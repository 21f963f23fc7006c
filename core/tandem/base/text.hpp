// SPDX-License-Identifier: Apache-2.0
#pragma once
// How people's spelling of numbers and codes is folded into one form. Keyboards for Persian, Arabic
// and Japanese write digits of their own; what is meant is the same.
//
//   ascii_digits("۱۰۱۱۵") == "10115"        fold_code(" sommer２۶ ") == "SOMMER26"

#include <string>
#include <string_view>

namespace tandem {

/// Text with Persian, Arabic and full-width digits as ASCII digits.
[[nodiscard]] std::string ascii_digits(std::string_view text);

/// A code as it is compared: digits as ASCII, letters a to z as capitals, no blanks around it.
[[nodiscard]] std::string fold_code(std::string_view code);

}  // namespace tandem
