// SPDX-License-Identifier: Apache-2.0
// Receiving what came back, and settling it by other goods. Restocking is apart from refunding:
// goods may come back without money going out, and the other way round.
#include <algorithm>
#include <map>

#include "tandem/delivery/steps.hpp"
#include "tandem/payment/shares.hpp"
#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

/// A return that goods arrived of or may arrive of. Refuses, in this order: return_unknown,
/// return_not_received (not approved yet), return_closed.
Result<const Return*> approved(const Order& order, std::int64_t number) {
  const Return* back = order.find_return(number);
  if (back == nullptr) return reject(Reason::return_unknown, std::to_string(number));
  if (back->state == ReturnState::requested) {
    return reject(Reason::return_not_received, std::to_string(number));
  }
  if (!back->is_open()) return reject(Reason::return_closed, std::to_string(number));
  return back;
}

const ReturnLine* find_line(const Return& back, const LineId& id) {
  const auto found = std::ranges::find(back.lines, id, &ReturnLine::line);
  return found == back.lines.end() ? nullptr : &*found;
}

/// Accepted units that were neither exchanged nor refunded.
std::int64_t unsettled(const Order& order, const Return& back, const LineId& id) {
  for (const RefundLine& line : refund_lines_of(order, back)) {
    if (line.line_id == id) return line.quantity;
  }
  return 0;
}

std::vector<ExchangedLine> all_unsettled(const Order& order, const Return& back) {
  std::vector<ExchangedLine> lines;
  for (const RefundLine& line : refund_lines_of(order, back)) {
    lines.push_back({.line = line.line_id, .quantity = line.quantity, .sku = {}});
  }
  return lines;
}

/// Refuses, in this order: line_unknown, offer_unknown, quantity_not_positive,
/// quantity_above_limit.
Result<void> check_exchanged(const Decider& d, const Return& back,
                             const std::vector<ExchangedLine>& lines) {
  std::map<LineId, std::int64_t> units;
  for (const ExchangedLine& asked : lines) {
    if (find_line(back, asked.line) == nullptr) {
      return reject(Reason::line_unknown, asked.line.value);
    }
    if (asked.sku && d.offer(*asked.sku) == nullptr) {
      return reject(Reason::offer_unknown, asked.sku->value);
    }
    if (asked.quantity < 1) return reject(Reason::quantity_not_positive, asked.line.value, 1);
    const std::int64_t left = unsettled(d.order(), back, asked.line);
    if ((units[asked.line] += asked.quantity) > left) {
      return reject(Reason::quantity_above_limit, asked.line.value, left);
    }
  }
  return {};
}

/// What is sent of each product for each line, named once.
std::vector<ExchangedLine> merged(const Order& order, const std::vector<ExchangedLine>& lines) {
  std::vector<ExchangedLine> once;
  for (ExchangedLine asked : lines) {
    if (!asked.sku) asked.sku = order.find_line(asked.line)->sku;
    const auto known = std::ranges::find_if(once, [&](const ExchangedLine& one) {
      return one.line == asked.line && one.sku == asked.sku;
    });
    if (known == once.end()) {
      once.push_back(std::move(asked));
    } else {
      known->quantity += asked.quantity;
    }
  }
  return once;
}

}  // namespace

void consider_closing(Decider& d, std::int64_t number) {
  const Return& back = *d.order().find_return(number);
  if (back.state != ReturnState::received) return;
  const bool awaited =
      std::ranges::any_of(back.lines, [](const ReturnLine& line) { return line.awaited() > 0; });
  const bool refunding = std::ranges::any_of(d.order().refunds, [&](const Refund& refund) {
    return refund.of_return == number && refund.state == RefundState::pending;
  });
  if (awaited || refunding || !refund_lines_of(d.order(), back).empty()) return;
  d.emit(ReturnClosed{.return_ = number});
}

Result<void> receive_return(Decider& d, const ReceiveReturn& command) {
  const auto back = approved(d.order(), command.return_);
  if (!back) return std::unexpected(back.error());
  std::map<LineId, std::int64_t> arrived_of;
  for (const ReceivedLine& received : command.lines) {
    const ReturnLine* line = find_line(**back, received.line);
    if (line == nullptr) return reject(Reason::line_unknown, received.line.value);
    if (received.accepted < 0 || received.rejected < 0) {
      return reject(Reason::quantity_not_positive, received.line.value, 0);
    }
    const std::int64_t arrived = received.accepted + received.rejected;
    if ((arrived_of[received.line] += arrived) > line->awaited()) {
      return reject(Reason::quantity_above_limit, received.line.value, line->awaited());
    }
    if (arrived == 0) return reject(Reason::quantity_not_positive, received.line.value, 1);
  }
  if (command.lines.empty()) {
    return reject(Reason::nothing_to_return, std::to_string(command.return_));
  }
  d.emit(ReturnReceived{.lines = command.lines,
                        .location = command.location.value_or(std::string(kMainLocation)),
                        .return_ = command.return_});
  consider_closing(d, command.return_);
  return {};
}

Result<void> exchange_return(Decider& d, const ExchangeReturn& command) {
  const auto found = approved(d.order(), command.return_);
  if (!found) return std::unexpected(found.error());
  const Return back = **found;
  const auto lines = command.lines ? *command.lines : all_unsettled(d.order(), back);
  if (auto ok = check_exchanged(d, back, lines); !ok) return ok;
  if (lines.empty()) return reject(Reason::return_not_received, std::to_string(command.return_));

  ExchangeCreated exchange{.lines = {},
                           .location = std::string(kMainLocation),
                           .return_ = command.return_,
                           .step = first_step(d),
                           .transfer = next_transfer(d.order())};
  std::vector<StockTaken> taken;
  std::map<Sku, std::int64_t> left;
  for (const ExchangedLine& asked : merged(d.order(), lines)) {
    const Line& line = *d.order().find_line(asked.line);
    const Sku& sku = *asked.sku;
    const bool counted = is_counted(d, line.kind, sku);
    exchange.lines.push_back({.line = asked.line,
                              .quantity = asked.quantity,
                              .reserved = counted ? 0 : asked.quantity,
                              .sku = sku,
                              .tracked = counted});
    if (!counted) continue;
    std::int64_t& free = left.try_emplace(sku, unreserved(d, sku)).first->second;
    if (asked.quantity > free) return reject(Reason::insufficient_stock, sku.value, free);
    free -= asked.quantity;
    taken.push_back({.backordered = 0,
                     .line = asked.line,
                     .location = exchange.location,
                     .quantity = asked.quantity,
                     .sku = sku});
  }
  const std::int64_t transfer = exchange.transfer;
  d.emit(std::move(exchange));
  if (!taken.empty()) d.emit(StockReserved{.lines = std::move(taken), .transfer = transfer});
  judge_readiness(d, transfer);
  consider_closing(d, command.return_);
  return {};
}

}  // namespace tandem
