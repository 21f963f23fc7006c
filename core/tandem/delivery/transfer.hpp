// SPDX-License-Identifier: Apache-2.0
#pragma once
// A transfer: one movement of goods of an order (pick, pack or ship), and its states.
//
// waiting: not everything it needs is there. ready: it can be worked on. done, canceled: final.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tandem/base/transitions.hpp"
#include "tandem/order/words.hpp"

namespace tandem {

TANDEM_ENUM(TransferState, waiting, ready, done, canceled)

TANDEM_ENUM(TransferAction, serve, complete, cancel)

inline constexpr std::array kTransferTransitions{
    Transition{TransferState::waiting, TransferAction::serve, TransferState::ready},
    Transition{TransferState::waiting, TransferAction::cancel, TransferState::canceled},
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
};

struct Transfer {
  std::int64_t number = 0;
  TransferStep step{};
  TransferState state = TransferState::waiting;
  std::optional<std::int64_t> backorder_of;
  std::string location;
  std::vector<std::string> tracking;
  std::vector<TransferLine> lines;

  [[nodiscard]] bool is_open() const {
    return state == TransferState::waiting || state == TransferState::ready;
  }
};

}  // namespace tandem
