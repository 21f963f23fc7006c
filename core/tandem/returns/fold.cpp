// SPDX-License-Identifier: Apache-2.0
// How the events of returns change an order.
#include <algorithm>

#include "tandem/order/fold.hpp"

namespace tandem {
namespace {

ReturnLine* find_line(Return* back, const LineId& id) {
  if (back == nullptr) return nullptr;
  const auto found = std::ranges::find(back->lines, id, &ReturnLine::line);
  return found == back->lines.end() ? nullptr : &*found;
}

}  // namespace

void Fold::move(std::int64_t number, ReturnAction action) {
  if (Return* back = order_.find_return(number)) step(back->state, kReturnTransitions, action);
}

void Fold::operator()(const ReturnRequested& e) {
  Return& back = order_.returns.emplace_back();
  back.number = e.return_;
  for (const ReturnDemand& demand : e.lines) {
    back.lines.push_back({.line = demand.line, .requested = demand.quantity});
  }
}

void Fold::operator()(const ReturnApproved& e) {
  move(e.return_, ReturnAction::approve);
  for (const LineQuantity& approved : e.lines) {
    ReturnLine* line = find_line(order_.find_return(e.return_), approved.line);
    if (line != nullptr) line->approved = approved.quantity;
  }
}

void Fold::operator()(const ReturnRejected& e) { move(e.return_, ReturnAction::reject); }

void Fold::operator()(const ReturnCanceled& e) { move(e.return_, ReturnAction::cancel); }

void Fold::operator()(const ReturnReceived& e) {
  move(e.return_, ReturnAction::receive);
  for (const ReceivedLine& received : e.lines) {
    const std::int64_t restocked =
        received.disposition == Disposition::restock ? received.accepted : 0;
    if (ReturnLine* line = find_line(order_.find_return(e.return_), received.line)) {
      line->accepted += received.accepted;
      line->rejected += received.rejected;
      line->restocked += restocked;
    }
    if (Line* line = order_.find_line(received.line)) {
      line->returned += received.accepted;
      line->restocked += restocked;
    }
  }
}

void Fold::operator()(const ReturnClosed& e) { move(e.return_, ReturnAction::close); }

void Fold::operator()(const ExchangeCreated& e) {
  Transfer& transfer = order_.transfers.emplace_back();
  transfer.number = e.transfer;
  transfer.step = e.step;
  transfer.location = e.location;
  transfer.exchange_of = e.return_;
  for (const ExchangeLine& line : e.lines) {
    transfer.lines.push_back({.line = line.line,
                              .sku = line.sku,
                              .demanded = line.quantity,
                              .reserved = line.reserved,
                              .tracked = line.tracked});
    ReturnLine* of = find_line(order_.find_return(e.return_), line.line);
    if (of != nullptr) of->exchanged += line.quantity;
  }
}

}  // namespace tandem
