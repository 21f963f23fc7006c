// SPDX-License-Identifier: Apache-2.0
// How the events of transfers change an order. Goods leave the shop with the step that ships.
#include <algorithm>

#include "tandem/order/fold.hpp"

namespace tandem {
namespace {

/// Whether the stock of what a transfer moves is counted: as the line says or, for other goods that
/// go out in exchange, as an earlier transfer of them did.
bool is_tracked(const Order& order, const TransferDemand& demand) {
  const Line* line = order.find_line(demand.line);
  if (line != nullptr && line->sku == demand.sku) return line->tracked;
  for (const Transfer& transfer : order.transfers) {
    for (const TransferLine& moved : transfer.lines) {
      if (moved.line == demand.line && moved.sku == demand.sku) return moved.tracked;
    }
  }
  return false;
}

Transfer transfer_of(const Order& order, std::int64_t number, TransferStep step,
                     const std::string& location, const std::vector<TransferDemand>& demands) {
  Transfer transfer;
  transfer.number = number;
  transfer.step = step;
  transfer.location = location;
  for (const TransferDemand& demand : demands) {
    const Line* line = order.find_line(demand.line);
    const bool own = line != nullptr && line->sku == demand.sku;
    transfer.lines.push_back({.line = demand.line,
                              .sku = demand.sku,
                              .demanded = demand.demanded,
                              .reserved = demand.reserved,
                              .tracked = is_tracked(order, demand),
                              .ship_together = own ? line->ship_together : std::nullopt});
  }
  return transfer;
}

/// Replacements that will not go out after all: their units are the return's to settle again.
void settle_again(Order& order, const Transfer& transfer, const LineId& id, std::int64_t units) {
  Return* back = transfer.exchange_of ? order.find_return(*transfer.exchange_of) : nullptr;
  if (back == nullptr) return;
  const auto line = std::ranges::find(back->lines, id, &ReturnLine::line);
  if (line != back->lines.end()) line->exchanged -= units;
}

}  // namespace

void Fold::move(std::int64_t number, TransferAction action) {
  if (Transfer* transfer = order_.find_transfer(number)) {
    step(transfer->state, kTransferTransitions, action);
  }
}

void Fold::operator()(const TransferCreated& e) {
  order_.transfers.push_back(transfer_of(order_, e.transfer, e.step, e.location, e.lines));
  order_.transfers.back().exchange_of = e.exchange_of;
  Transfer* before = e.split_of ? order_.find_transfer(*e.split_of) : nullptr;
  if (before == nullptr) return;
  for (const TransferDemand& demand : e.lines) {
    for (TransferLine& line : before->lines) {
      if (line.line == demand.line && line.sku == demand.sku) line.demanded -= demand.demanded;
    }
  }
}

void Fold::operator()(const BackorderCreated& e) {
  Transfer transfer = transfer_of(order_, e.transfer, e.step, e.location, e.lines);
  transfer.backorder_of = e.backorder_of;
  if (const Transfer* before = order_.find_transfer(e.backorder_of)) {
    transfer.exchange_of = before->exchange_of;
  }
  order_.transfers.push_back(std::move(transfer));
}

std::int64_t Order::open_units(const LineId& line) const {
  std::int64_t units = 0;
  for (const Transfer& transfer : transfers) {
    if (!transfer.is_open() || transfer.exchange_of) continue;
    for (const TransferLine& moved : transfer.lines) {
      if (moved.line == line) units += moved.demanded;
    }
  }
  return units;
}

void give_up(const Order& order, Line& line, std::int64_t units, std::int64_t on_their_way) {
  const std::int64_t moved =
      line.shipped - line.replaced + order.open_units(line.id) + on_their_way;
  const std::int64_t missing = line.quantity - moved;
  line.canceled = std::clamp<std::int64_t>(missing, 0, line.canceled + units);
}

void Fold::operator()(const TransferReady& e) { move(e.transfer, TransferAction::serve); }

void Fold::operator()(const TransferWaiting& e) { move(e.transfer, TransferAction::wait); }

void Fold::operator()(const TransferDone& e) {
  Transfer* transfer = order_.find_transfer(e.transfer);
  if (transfer == nullptr) return;
  move(e.transfer, TransferAction::complete);
  transfer->done_ms = moment_.at_ms;
  transfer->tracking = e.tracking;
  for (const TransferDoneLine& moved : e.lines) {
    for (TransferLine& line : transfer->lines) {
      if (line.line != moved.line || line.sku != moved.sku) continue;
      line.done = moved.quantity;
      line.reserved = 0;
    }
    settle_again(order_, *transfer, moved.line, moved.canceled);
    Line* line = order_.find_line(moved.line);
    if (line == nullptr) continue;
    const bool ships = transfer->step == TransferStep::ship;
    if (ships) line->shipped += moved.quantity;
    if (ships && transfer->exchange_of) line->replaced += moved.quantity;
    if (!transfer->exchange_of) give_up(order_, *line, moved.canceled, ships ? 0 : moved.quantity);
    if (!ships) continue;
    if (line->sku == moved.sku) {
      line->reserved -= moved.reserved;
      line->backordered -= moved.backordered;
    }
  }
}

void Fold::operator()(const TransferCanceled& e) {
  Transfer* transfer = order_.find_transfer(e.transfer);
  if (transfer == nullptr) return;
  move(e.transfer, TransferAction::cancel);
  for (TransferLine& moved : transfer->lines) {
    moved.reserved = 0;
    settle_again(order_, *transfer, moved.line, moved.demanded);
    Line* line = order_.find_line(moved.line);
    if (line == nullptr || transfer->exchange_of || moved.demanded == 0) continue;
    give_up(order_, *line, moved.demanded, 0);
  }
}

void Fold::operator()(const TransferDelivered& e) {
  if (Transfer* transfer = order_.find_transfer(e.transfer)) {
    transfer->delivered_ms = e.delivered_ms;
  }
}

}  // namespace tandem
