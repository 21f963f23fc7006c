// SPDX-License-Identifier: Apache-2.0
// Serving, canceling and following transfers that are there.
#include <algorithm>
#include <map>

#include "tandem/delivery/steps.hpp"

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

/// What a transfer may take of what is free now; what was promised of it is promised no more.
std::vector<StockTaken> stock_to_serve(const Decider& d, const Transfer& transfer) {
  std::map<Sku, std::int64_t> left;
  std::vector<StockTaken> taken;
  for (const TransferLine& moved : transfer.lines) {
    const Line* line = d.order().find_line(moved.line);
    if (line == nullptr || !moved.tracked || moved.missing() <= 0) continue;
    const auto known = left.try_emplace(moved.sku, unreserved(d, moved.sku));
    std::int64_t& there = known.first->second;
    const std::int64_t quantity = std::min(there, moved.missing());
    if (quantity == 0) continue;
    there -= quantity;
    taken.push_back({.backordered = -std::min(line->backordered, quantity),
                     .line = moved.line,
                     .location = transfer.location,
                     .quantity = quantity,
                     .sku = moved.sku});
  }
  return taken;
}

}  // namespace

Result<void> serve(Decider& d, std::int64_t number) {
  const auto transfer = open_transfer(d.order(), number);
  if (!transfer) return std::unexpected(transfer.error());
  std::vector<StockTaken> taken = stock_to_serve(d, **transfer);
  if (taken.empty()) return {};
  d.emit(StockReserved{.lines = std::move(taken), .transfer = number});
  judge_readiness(d, number);
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
