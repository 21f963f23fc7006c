// SPDX-License-Identifier: Apache-2.0
#pragma once
// A transfer: one movement of goods of an order (pick, pack or ship), and its states.
//
// waiting: not everything it needs is there. ready: it can be worked on. done, canceled: final.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/transitions.hpp"
#include "tandem/delivery/words.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

TANDEM_ENUM(TransferState, waiting, ready, done, canceled)

TANDEM_ENUM(TransferAction, serve, wait, complete, cancel)

inline constexpr std::array kTransferTransitions{
    Transition{TransferState::waiting, TransferAction::serve, TransferState::ready},
    Transition{TransferState::waiting, TransferAction::cancel, TransferState::canceled},
    // Goods it counted on turned out not to be there.
    Transition{TransferState::ready, TransferAction::wait, TransferState::waiting},
    Transition{TransferState::ready, TransferAction::complete, TransferState::done},
    Transition{TransferState::ready, TransferAction::cancel, TransferState::canceled},
};
static_assert(every_state_reachable(kTransferTransitions, TransferState::waiting));
static_assert(final_states_are(kTransferTransitions,
                               {TransferState::done, TransferState::canceled}));
static_assert(rows_are_unambiguous(kTransferTransitions));

struct TransferLine {
  LineId line;
  Sku sku;
  std::int64_t demanded = 0;
  std::int64_t reserved = 0;
  std::int64_t done = 0;
  bool tracked = false;  // its stock is counted
  std::optional<std::string> ship_together;  // the set that it leaves in, all of it or none

  [[nodiscard]] std::int64_t missing() const { return demanded - reserved; }
};

struct Transfer {
  std::int64_t number = 0;
  TransferStep step{};
  TransferState state = TransferState::waiting;
  std::optional<std::int64_t> backorder_of;
  std::string location;
  Tracking tracking;
  std::vector<TransferLine> lines;
  std::optional<std::int64_t> exchange_of;  // the return whose goods it replaces
  std::optional<std::int64_t> done_ms;
  std::optional<std::int64_t> delivered_ms;  // as the carrier says

  [[nodiscard]] bool is_open() const {
    return state == TransferState::waiting || state == TransferState::ready;
  }
  /// What of a line may be moved: what is reserved of it, but of a set nothing until all of it is.
  [[nodiscard]] std::int64_t movable(const TransferLine& line) const {
    const auto is_short = [&](const TransferLine& other) {
      return other.ship_together == line.ship_together && other.missing() > 0;
    };
    const bool waits = line.ship_together && std::ranges::any_of(lines, is_short);
    return waits ? 0 : line.reserved;
  }
};

}  // namespace tandem
