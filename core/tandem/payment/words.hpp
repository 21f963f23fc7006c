// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a refund gives back, in the words that events and views share.
//
//   RefundLine{.amount_minor = 1190, .line_id = {"MUG"}, .quantity = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/enum.hpp"
#include "tandem/fields/fields.hpp"

namespace tandem {

struct RefundLine {
  std::int64_t amount_minor = 0;
  LineId line_id;
  std::int64_t quantity = 0;
};
template <>
struct Fields<RefundLine> {
  static constexpr std::array list{required<&RefundLine::amount_minor>("amount_minor"),
                                   required<&RefundLine::line_id>("line_id"),
                                   required<&RefundLine::quantity>("quantity")};
};

}  // namespace tandem
