// SPDX-License-Identifier: Apache-2.0
#pragma once
// A refusal is a value. Functions that can refuse return Result<T>; nothing in the core throws.
//
//   Result<Money> add(Money a, Money b);
//   if (auto sum = add(a, b)) use(*sum); else show(sum.error());

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "tandem/base/reason.hpp"

namespace tandem {

/// Why something was refused: the broken rule, what it is about, and the limit that was met.
/// `subject` is an id (sku, line, code, method) or, for input, a JSON pointer.
struct Rejection {
  Reason reason{};
  std::string subject;
  std::optional<std::int64_t> limit;

  friend bool operator==(const Rejection&, const Rejection&) = default;
};

template <class T>
using Result = std::expected<T, Rejection>;

/// Makes a refusal: `return reject(Reason::offer_unknown, sku)`.
[[nodiscard]] inline std::unexpected<Rejection> reject(
    Reason reason, std::string subject = {}, std::optional<std::int64_t> limit = std::nullopt) {
  return std::unexpected(Rejection{reason, std::move(subject), limit});
}

}  // namespace tandem
