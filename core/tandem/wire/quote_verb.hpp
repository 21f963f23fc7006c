// SPDX-License-Identifier: Apache-2.0
#pragma once
// The verb `quote` as a pure function: a document in, canonical bytes out. `tandem quote` and the
// npm package's bin print exactly what it answers, so both print the same bytes.
//
//   int status = 0;
//   std::string answer = quote_verb(document, status);   // status 0: a quote; 1: a problem

#include <string>
#include <string_view>

#include "tandem/base/result.hpp"

namespace tandem::wire {

/// The sealed quote's canonical bytes. Refuses as quote_verb does, as a value.
[[nodiscard]] Result<std::string> quote_answer(std::string_view input);

/// Answers the sealed quote (status 0) or a problem document (status 1). The subject of a problem
/// is a JSON pointer into the document. Refuses what decode(), compile() and quote() refuse, and
/// besides: format_unknown, id_duplicate (an offer's sku).
[[nodiscard]] std::string quote_verb(std::string_view input, int& status);

}  // namespace tandem::wire
