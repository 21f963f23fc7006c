// SPDX-License-Identifier: Apache-2.0
// Serving, canceling and following transfers that are there.
#include <algorithm>
#include <map>
#include <utility>

#include "tandem/delivery/shelves.hpp"
#include "tandem/delivery/steps.hpp"
#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

/// The transfer with this number if it is open. Refuses, in this order: transfer_unknown,
/// transfer_done, transfer_canceled.
Result<const Transfer*> open_transfer(const Order& order, std::int64_t number) {
  const Transfer* transfer = order.find_transfer(number);
  if (transfer == nullptr) return reject(Reason::transfer_unknown, std::to_string(number));
  if (transfer->state == TransferState::done) {
    return reject(Reason::transfer_done, std::to_string(number));
  }
  if (transfer->state == TransferState::canceled) {
    return reject(Reason::transfer_canceled, std::to_string(number));
  }
  return transfer;
}

/// What a transfer may take of what is free now, by the place where it lies.
std::map<std::string, std::vector<StockTaken>> stock_to_serve(const Decider& d,
                                                              const Transfer& transfer) {
  Shelves shelves(d);
  std::map<std::string, std::vector<StockTaken>> taken;
  for (const TransferLine& moved : transfer.lines) {
    const Line* line = d.order().find_line(moved.line);
    if (line == nullptr || !moved.tracked || moved.missing() <= 0) continue;
    // What was promised of it is promised no more.
    std::int64_t promised = line->sku == moved.sku ? line->backordered : 0;
    const auto take = [&](const std::string& place, std::int64_t quantity) {
      if (quantity == 0) return;
      const std::int64_t kept = std::min(promised, quantity);
      promised -= kept;
      taken[place].push_back({.backordered = -kept,
                              .line = moved.line,
                              .location = place,
                              .quantity = quantity,
                              .sku = moved.sku});
    };
    if (moved.ship_together) {
      take(transfer.location, shelves.take_at(moved.sku, moved.missing(), transfer.location));
      continue;
    }
    for (const Shelf& shelf : shelves.take(moved.sku, moved.missing(), transfer.location)) {
      take(shelf.location, shelf.free);
    }
  }
  return taken;
}

/// Units that a waiting transfer leaves to one from the place where they lie. The promise of them
/// was given where the first transfer begins.
void split_off(Decider& d, const Transfer& transfer, const std::string& place,
               std::vector<StockTaken> taken) {
  const std::int64_t number = next_transfer(d.order());
  TransferCreated split{.exchange_of = transfer.exchange_of,
                        .lines = {},
                        .location = place,
                        .split_of = transfer.number,
                        .step = transfer.step,
                        .transfer = number};
  std::vector<StockTaken> lines;
  for (StockTaken& one : taken) {
    split.lines.push_back(
        {.demanded = one.quantity, .line = one.line, .reserved = 0, .sku = one.sku});
    if (one.backordered != 0) {
      lines.push_back({.backordered = std::exchange(one.backordered, 0),
                       .line = one.line,
                       .location = transfer.location,
                       .quantity = 0,
                       .sku = one.sku});
    }
    lines.push_back(std::move(one));
  }
  d.emit(std::move(split));
  d.emit(StockReserved{.lines = std::move(lines), .transfer = number});
  judge_readiness(d, number);
}

}  // namespace

Result<void> serve(Decider& d, std::int64_t number) {
  const auto transfer = open_transfer(d.order(), number);
  if (!transfer) return std::unexpected(transfer.error());
  const Transfer before = **transfer;
  auto taken = stock_to_serve(d, before);
  if (taken.empty()) return {};
  if (auto own = taken.extract(before.location); !own.empty()) {
    d.emit(StockReserved{.lines = std::move(own.mapped()), .transfer = number});
  }
  for (auto& [place, lines] : taken) split_off(d, before, place, std::move(lines));
  const bool moves =
      std::ranges::any_of(d.order().find_transfer(number)->lines,
                          [](const TransferLine& line) { return line.demanded > 0; });
  if (moves) {
    judge_readiness(d, number);
  } else {
    d.emit(TransferCanceled{.transfer = number});
  }
  return {};
}

Result<void> cancel_transfer(Decider& d, const CancelTransfer& command) {
  const auto found = open_transfer(d.order(), command.transfer);
  if (!found) return std::unexpected(found.error());
  const Transfer transfer = **found;
  d.emit(TransferCanceled{.transfer = command.transfer});
  std::vector<StockTaken> released;
  for (const TransferLine& moved : transfer.lines) {
    const Line* line = d.order().find_line(moved.line);
    if (line == nullptr || !moved.tracked) continue;
    const std::int64_t promised =
        line->sku == moved.sku ? std::min(line->backordered, moved.missing()) : 0;
    if (moved.reserved == 0 && promised == 0) continue;
    released.push_back({.backordered = promised,
                        .line = moved.line,
                        .location = transfer.location,
                        .quantity = moved.reserved,
                        .sku = moved.sku});
  }
  if (!released.empty()) d.emit(StockReleased{.lines = std::move(released), .transfer = {}});
  if (transfer.exchange_of) consider_closing(d, *transfer.exchange_of);
  return {};
}

Result<void> record_delivery(Decider& d, const RecordDelivery& command) {
  const Transfer* transfer = d.order().find_transfer(command.transfer);
  const std::string number = std::to_string(command.transfer);
  if (transfer == nullptr) return reject(Reason::transfer_unknown, number);
  if (transfer->state != TransferState::done || transfer->step != TransferStep::ship) {
    return reject(Reason::transfer_not_ready, number);
  }
  const std::int64_t at_ms = command.delivered_ms.value_or(d.now_ms());
  if (transfer->delivered_ms == at_ms) return {};
  d.emit(TransferDelivered{.delivered_ms = at_ms, .transfer = command.transfer});
  return {};
}

}  // namespace tandem
