// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reasons for which something is refused, generated from the one list in reasons.def.
//
//   name(Reason::out_of_stock) == "out_of_stock"
//   http_status(Reason::out_of_stock) == 409

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tandem {

enum class Reason : std::uint16_t {
#define TANDEM_REASON(number, name, status, retry, sentence) name = number,
#include "tandem/base/reasons.def"
#undef TANDEM_REASON
};

/// One row of the list.
struct ReasonInfo {
  Reason reason;
  std::string_view name;
  std::uint16_t http_status;
  bool retry;  // the same request may succeed later without being changed
  std::string_view sentence;
};

/// All rows, in order of precedence.
[[nodiscard]] std::span<const ReasonInfo> reasons();

/// The row of a reason.
[[nodiscard]] const ReasonInfo& info(Reason reason);

/// The name on the wire.
[[nodiscard]] inline std::string_view name(Reason reason) { return info(reason).name; }

/// The HTTP status a server answers with.
[[nodiscard]] inline std::uint16_t http_status(Reason reason) { return info(reason).http_status; }

/// The reason with this name on the wire.
[[nodiscard]] std::optional<Reason> reason_named(std::string_view name);

}  // namespace tandem
