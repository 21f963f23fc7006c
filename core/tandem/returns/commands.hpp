// SPDX-License-Identifier: Apache-2.0
#pragma once
// Commands on returns.
//
//   RequestReturn{.lines = {{.line = {"MUG"}, .quantity = 1}}}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/ids.hpp"
#include "tandem/fields/fields.hpp"
#include "tandem/order/words.hpp"
#include "tandem/returns/words.hpp"

namespace tandem {

struct RequestReturn {
  std::vector<ReturnDemand> lines;
  std::optional<std::string> note;
};
template <>
struct Fields<RequestReturn> {
  static constexpr std::array list{required<&RequestReturn::lines>("lines"),
                                   optional<&RequestReturn::note>("note")};
};

struct CancelReturn {
  std::int64_t return_ = 0;
};
template <>
struct Fields<CancelReturn> {
  static constexpr std::array list{required<&CancelReturn::return_>("return")};
};

struct ApproveReturn {
  std::optional<std::vector<LineQuantity>> lines;  // all that was requested when not named
  std::int64_t return_ = 0;
};
template <>
struct Fields<ApproveReturn> {
  static constexpr std::array list{optional<&ApproveReturn::lines>("lines"),
                                   required<&ApproveReturn::return_>("return")};
};

struct RejectReturn {
  std::string reason;
  std::int64_t return_ = 0;
};
template <>
struct Fields<RejectReturn> {
  static constexpr std::array list{required<&RejectReturn::reason>("reason"),
                                   required<&RejectReturn::return_>("return")};
};

struct ReceiveReturn {
  std::vector<ReceivedLine> lines;
  std::optional<std::string> location;
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReceiveReturn> {
  static constexpr std::array list{required<&ReceiveReturn::lines>("lines"),
                                   optional<&ReceiveReturn::location>("location"),
                                   required<&ReceiveReturn::return_>("return")};
};

/// Sends goods in place of money.
struct ExchangeReturn {
  std::optional<std::vector<ExchangedLine>>
      lines;  // the same goods as were returned when not named
  std::int64_t return_ = 0;
};
template <>
struct Fields<ExchangeReturn> {
  static constexpr std::array list{optional<&ExchangeReturn::lines>("lines"),
                                   required<&ExchangeReturn::return_>("return")};
};

}  // namespace tandem
