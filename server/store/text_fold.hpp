// SPDX-License-Identifier: Apache-2.0
#pragma once
// Folds text so that what people type finds what shops wrote.
//
//   fold_search("Earl Grey") == "earl grey"
//   fold_search("چاي") == fold_search("چای")      (Arabic and Persian letters are one)

#include <string>
#include <string_view>
#include <vector>

namespace tandem::store {

/// For searching: lower case (Latin, Greek, Cyrillic), Latin letters without accents, one form of
/// the Arabic letters, no vowel marks, tatweel or half-space, ASCII digits, single spaces.
[[nodiscard]] std::string fold_search(std::string_view text);

/// The folded words of what was typed; all of them must occur.
[[nodiscard]] std::vector<std::string> search_words(std::string_view text);

}  // namespace tandem::store
