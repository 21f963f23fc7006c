// SPDX-License-Identifier: Apache-2.0
#include "tandem/order/revised_moves.hpp"

#include <algorithm>

#include "tandem/delivery/shelves.hpp"
#include "tandem/delivery/steps.hpp"

namespace tandem {
namespace {

/// Takes units off open transfers, the last first, and there first what is not reserved.
void take_off(const Decider& d, const Delta& delta, Moves& moves) {
  std::int64_t left = -delta.units;
  const auto& transfers = d.order().transfers;
  for (auto transfer = transfers.rbegin(); transfer != transfers.rend() && left > 0; ++transfer) {
    if (!transfer->is_open() || transfer->exchange_of) continue;
    for (const TransferLine& line : transfer->lines) {
      if (line.line != delta.line || left == 0) continue;
      const std::int64_t units = std::min(left, line.demanded);
      const std::int64_t unreserved_units = std::min(units, line.missing());
      const std::int64_t reserved = units - unreserved_units;
      left -= units;
      moves.demands.push_back({.demanded = line.demanded - units,
                               .line = delta.line,
                               .reserved = line.reserved - reserved,
                               .transfer = transfer->number});
      if (!delta.tracked) continue;
      const Line* of = d.order().find_line(delta.line);
      moves.released.push_back({.backordered = std::min(of->backordered, unreserved_units),
                                .line = delta.line,
                                .location = transfer->location,
                                .quantity = reserved,
                                .sku = delta.sku});
    }
  }
}

/// The open transfer of the first step that moves this line.
const Transfer* moves_line(const Decider& d, const LineId& id) {
  const TransferStep first = first_step(d);
  for (const Transfer& transfer : d.order().transfers) {
    if (!transfer.is_open() || transfer.step != first || transfer.exchange_of) continue;
    if (std::ranges::find(transfer.lines, id, &TransferLine::line) != transfer.lines.end()) {
      return &transfer;
    }
  }
  return nullptr;
}

/// Units that are moved from one place: by the transfer there that moves the line already, else by
/// one of their own.
void put_at(const Delta& delta, const Transfer* transfer, StockTaken taken, Moves& moves) {
  const std::int64_t units = taken.quantity + taken.backordered;
  if (units == 0) return;
  const std::int64_t there = delta.tracked ? 0 : units;
  if (transfer != nullptr && transfer->location == taken.location) {
    const auto line = std::ranges::find(transfer->lines, delta.line, &TransferLine::line);
    moves.demands.push_back({.demanded = line->demanded + units,
                             .line = delta.line,
                             .reserved = line->reserved + there,
                             .transfer = transfer->number});
    if (delta.tracked) moves.taken[transfer->number].push_back(std::move(taken));
    return;
  }
  Moves::Fresh& fresh = moves.fresh[taken.location];
  fresh.demands.push_back(
      {.demanded = units, .line = delta.line, .reserved = there, .sku = delta.sku});
  if (delta.tracked) fresh.taken.push_back(std::move(taken));
}

/// Adds units to what is moved, from where they lie; what lies nowhere is promised.
void put_on(const Decider& d, const Delta& delta, Shelves& shelves, Moves& moves) {
  const Transfer* transfer = moves_line(d, delta.line);
  StockTaken home{.backordered = delta.units,
                  .line = delta.line,
                  .location = transfer != nullptr ? transfer->location
                                                  : shelves.home_of({{delta.sku, delta.units}}),
                  .quantity = 0,
                  .sku = delta.sku};
  if (!delta.tracked) return put_at(delta, transfer, std::move(home), moves);
  std::vector<StockTaken> elsewhere;
  for (const Shelf& shelf : shelves.take(delta.sku, delta.units, home.location)) {
    home.backordered -= shelf.free;
    if (shelf.location == home.location) {
      home.quantity = shelf.free;
      continue;
    }
    elsewhere.push_back({.backordered = 0,
                         .line = delta.line,
                         .location = shelf.location,
                         .quantity = shelf.free,
                         .sku = delta.sku});
  }
  put_at(delta, transfer, std::move(home), moves);
  for (StockTaken& one : elsewhere) put_at(delta, transfer, std::move(one), moves);
}

void reserve_for(Decider& d, Moves& moves) {
  for (auto& [transfer, taken] : moves.taken) {
    d.emit(StockReserved{.lines = std::move(taken), .transfer = transfer});
  }
  for (auto& [place, fresh] : moves.fresh) {
    const std::int64_t number = next_transfer(d.order());
    d.emit(TransferCreated{.exchange_of = {},
                           .lines = std::move(fresh.demands),
                           .location = place,
                           .split_of = {},
                           .step = first_step(d),
                           .transfer = number});
    if (!fresh.taken.empty()) {
      d.emit(StockReserved{.lines = std::move(fresh.taken), .transfer = number});
    }
    judge_readiness(d, number);
  }
}

void settle_transfers(Decider& d, const std::vector<RevisedDemand>& demands) {
  for (const RevisedDemand& demand : demands) {
    const Transfer& transfer = *d.order().find_transfer(demand.transfer);
    if (!transfer.is_open()) continue;
    const bool empty = std::ranges::all_of(
        transfer.lines, [](const TransferLine& line) { return line.demanded == 0; });
    if (empty) {
      d.emit(TransferCanceled{.transfer = demand.transfer});
    } else {
      judge_readiness(d, demand.transfer);
    }
  }
}

}  // namespace

Moves moves_for(const Decider& d, const std::vector<Delta>& deltas) {
  Moves moves;
  Shelves shelves(d);
  for (const Delta& delta : deltas) {
    delta.units < 0 ? take_off(d, delta, moves) : put_on(d, delta, shelves, moves);
  }
  return moves;
}

void emit_moves(Decider& d, Moves& moves) {
  if (!moves.released.empty()) {
    d.emit(StockReleased{.lines = moves.released, .transfer = {}});
  }
  reserve_for(d, moves);
  settle_transfers(d, moves.demands);
}

}  // namespace tandem
