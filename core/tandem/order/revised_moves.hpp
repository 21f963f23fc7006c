// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a revision changes for the transfers of a confirmed order, and for its stock: units are
// taken off the transfers that would move them, or put on from where they lie.
//
//   Moves moves = moves_for(d, deltas);   …   emit_moves(d, moves);

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tandem/order/decider.hpp"

namespace tandem {

/// How a line's units differ: positive when more are to be moved.
struct Delta {
  LineId line;
  Sku sku;
  std::int64_t units = 0;
  bool tracked = false;
};

struct Moves {
  std::vector<RevisedDemand> demands;
  std::vector<StockTaken> released;
  std::map<std::int64_t, std::vector<StockTaken>> taken;  // by the transfer that moves it
  struct Fresh {
    std::vector<TransferDemand> demands;
    std::vector<StockTaken> taken;
  };
  std::map<std::string, Fresh> fresh;  // for transfers of their own, by place
};

/// What the changed lines mean for transfers that are open, and what has to be moved besides.
[[nodiscard]] Moves moves_for(const Decider& d, const std::vector<Delta>& deltas);

/// Gives back and takes what the moves say, once the revised order is there.
void emit_moves(Decider& d, Moves& moves);

}  // namespace tandem
