// SPDX-License-Identifier: Apache-2.0
// Asking for a return, and what staff say to it.
#include <algorithm>

#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// When the customer got the last units of a line: as the carrier says, else when they were
/// shipped.
std::optional<std::int64_t> arrived_ms(const Order& order, const LineId& id) {
  std::optional<std::int64_t> latest;
  for (const Transfer& transfer : order.transfers) {
    if (transfer.state != TransferState::done || transfer.step != TransferStep::ship) continue;
    const bool carries = std::ranges::any_of(
        transfer.lines, [&](const TransferLine& line) { return line.line == id && line.done > 0; });
    if (!carries) continue;
    const auto at = transfer.delivered_ms ? transfer.delivered_ms : transfer.done_ms;
    if (!latest || *at > *latest) latest = at;
  }
  return latest;
}

/// Units of a line that the customer announced or gave back.
std::int64_t claimed(const Order& order, const LineId& id) {
  std::int64_t units = 0;
  for (const Return& back : order.returns) {
    for (const ReturnLine& line : back.lines) {
      if (line.line == id) units += back.claimed(line);
    }
  }
  return units;
}

/// Refuses, in this order: not_shipped, quantity_exceeds_shipped, not_returnable,
/// return_window_closed, already_returned.
Result<void> check_line(const Decider& d, const Line& line, std::int64_t quantity) {
  const Order& order = d.order();
  const std::string& subject = line.id.value;
  if (line.shipped == 0) return reject(Reason::not_shipped, subject);
  if (quantity > line.shipped) {
    return reject(Reason::quantity_exceeds_shipped, subject, line.shipped);
  }
  if (!line.returnable) return reject(Reason::not_returnable, subject);
  const auto arrived = arrived_ms(order, line.id);
  const std::int64_t days = order.placed ? order.placed->terms.return_days : 0;
  if (arrived && d.now_ms() > *arrived + days * kDayMs) {
    return reject(Reason::return_window_closed, subject, days);
  }
  const std::int64_t left = line.shipped - claimed(order, line.id);
  if (quantity > left) return reject(Reason::already_returned, subject, left);
  return {};
}

std::vector<LineQuantity> all_requested(const Return& back) {
  std::vector<LineQuantity> lines;
  for (const ReturnLine& line : back.lines) {
    lines.push_back({.line = line.line, .quantity = line.requested});
  }
  return lines;
}

/// Refuses, in this order: return_unknown, return_closed.
Result<const Return*> requested(const Order& order, std::int64_t number) {
  const Return* back = order.find_return(number);
  if (back == nullptr) return reject(Reason::return_unknown, std::to_string(number));
  if (back->state != ReturnState::requested) {
    return reject(Reason::return_closed, std::to_string(number));
  }
  return back;
}

/// Lines named twice are one line.
std::vector<ReturnDemand> joined(const std::vector<ReturnDemand>& lines) {
  std::vector<ReturnDemand> joined;
  for (const ReturnDemand& asked : lines) {
    const auto known = std::ranges::find(joined, asked.line, &ReturnDemand::line);
    if (known == joined.end()) {
      joined.push_back(asked);
    } else {
      known->quantity += asked.quantity;
    }
  }
  return joined;
}

}  // namespace

Result<void> request_return(Decider& d, const RequestReturn& command) {
  const Order& order = d.order();
  if (order.state == OrderState::canceled) return reject(Reason::order_canceled);
  if (order.state != OrderState::order) return reject(Reason::not_confirmed);
  for (const ReturnDemand& asked : command.lines) {
    if (order.find_line(asked.line) == nullptr) {
      return reject(Reason::line_unknown, asked.line.value);
    }
    if (asked.quantity < 1) return reject(Reason::quantity_not_positive, asked.line.value, 1);
  }
  if (command.lines.empty()) return reject(Reason::nothing_to_return);
  std::vector<ReturnDemand> lines = joined(command.lines);
  for (const ReturnDemand& asked : lines) {
    if (auto ok = check_line(d, *order.find_line(asked.line), asked.quantity); !ok) return ok;
  }
  const auto number = static_cast<std::int64_t>(order.returns.size()) + 1;
  d.emit(ReturnRequested{.lines = std::move(lines), .return_ = number},
         {.address = {}, .contact = {}, .note = command.note, .reason = {}});
  if (d.settings().return_approval == ReturnApproval::automatic) {
    d.emit(ReturnApproved{.lines = all_requested(*order.find_return(number)), .return_ = number});
  }
  return {};
}

Result<void> cancel_return(Decider& d, const CancelReturn& command) {
  const Return* back = d.order().find_return(command.return_);
  if (back == nullptr) return reject(Reason::return_unknown, std::to_string(command.return_));
  if (!next(kReturnTransitions, back->state, ReturnAction::cancel)) {
    return reject(Reason::return_closed, std::to_string(command.return_));
  }
  d.emit(ReturnCanceled{.return_ = command.return_});
  return {};
}

Result<void> approve_return(Decider& d, const ApproveReturn& command) {
  const auto back = requested(d.order(), command.return_);
  if (!back) return std::unexpected(back.error());
  const std::vector<LineQuantity> lines =
      command.lines ? joined(*command.lines) : all_requested(**back);
  for (const LineQuantity& approved : lines) {
    const auto line = std::ranges::find((*back)->lines, approved.line, &ReturnLine::line);
    if (line == (*back)->lines.end()) return reject(Reason::line_unknown, approved.line.value);
    if (approved.quantity < 0) {
      return reject(Reason::quantity_not_positive, approved.line.value, 0);
    }
    if (approved.quantity > line->requested) {
      return reject(Reason::quantity_above_limit, approved.line.value, line->requested);
    }
  }
  d.emit(ReturnApproved{.lines = lines, .return_ = command.return_});
  return {};
}

Result<void> reject_return(Decider& d, const RejectReturn& command) {
  if (const auto back = requested(d.order(), command.return_); !back) {
    return std::unexpected(back.error());
  }
  d.emit(ReturnRejected{.return_ = command.return_},
         {.address = {}, .contact = {}, .note = {}, .reason = command.reason});
  return {};
}

}  // namespace tandem
