// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of returns: asked for, judged, received, closed, or exchanged for other goods.
//
//   ReturnReceived{.lines = {{.accepted = 2, .line = {"MUG"}}}, .return_ = 1}

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/delivery/words.hpp"
#include "tandem/order/words.hpp"
#include "tandem/returns/words.hpp"

namespace tandem {

/// Part: note.
struct ReturnRequested {
  std::vector<ReturnDemand> lines;
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnRequested> {
  static constexpr std::array list{required<&ReturnRequested::lines>("lines"),
                                   required<&ReturnRequested::return_>("return")};
};

struct ReturnApproved {
  std::vector<LineQuantity> lines;
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnApproved> {
  static constexpr std::array list{required<&ReturnApproved::lines>("lines"),
                                   required<&ReturnApproved::return_>("return")};
};

/// Part: reason.
struct ReturnRejected {
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnRejected> {
  static constexpr std::array list{required<&ReturnRejected::return_>("return")};
};

struct ReturnCanceled {
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnCanceled> {
  static constexpr std::array list{required<&ReturnCanceled::return_>("return")};
};

struct ReturnReceived {
  std::vector<ReceivedLine> lines;
  std::string location;
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnReceived> {
  static constexpr std::array list{required<&ReturnReceived::lines>("lines"),
                                   required<&ReturnReceived::location>("location"),
                                   required<&ReturnReceived::return_>("return")};
};

struct ReturnClosed {
  std::int64_t return_ = 0;
};
template <>
struct Fields<ReturnClosed> {
  static constexpr std::array list{required<&ReturnClosed::return_>("return")};
};

/// Goods go out in place of returned ones. They stay on the line that was sold.
struct ExchangeCreated {
  std::vector<ExchangeLine> lines;
  std::string location;
  std::int64_t return_ = 0;
  TransferStep step{};
  std::int64_t transfer = 0;
};
template <>
struct Fields<ExchangeCreated> {
  static constexpr std::array list{
      required<&ExchangeCreated::lines>("lines"), required<&ExchangeCreated::location>("location"),
      required<&ExchangeCreated::return_>("return"), required<&ExchangeCreated::step>("step"),
      required<&ExchangeCreated::transfer>("transfer")};
};

}  // namespace tandem
