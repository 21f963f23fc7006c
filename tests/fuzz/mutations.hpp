// SPDX-License-Identifier: Apache-2.0
#pragma once
// Documents a little changed. Most changes keep to the types of what is there, so that they get
// past the decoders: another value of the type, one more field, an element twice or gone. Some do
// not, and a few spoil the bytes.
//
//   std::string next = mutated(document, random);

#include <string>
#include <string_view>

#include "fuzz/random.hpp"

namespace tandem::fuzz {

[[nodiscard]] std::string mutated(std::string_view document, Random& random);

}  // namespace tandem::fuzz
