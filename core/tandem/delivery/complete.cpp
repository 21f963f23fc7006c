// SPDX-License-Identifier: Apache-2.0
// Completing a transfer: what was moved, what follows later, what is given up, and the next step.
#include <algorithm>
#include <map>
#include <string_view>

#include "tandem/delivery/shelves.hpp"
#include "tandem/delivery/steps.hpp"
#include "tandem/invoice/steps.hpp"
#include "tandem/returns/steps.hpp"

namespace tandem {
namespace {

/// A transfer's line with how much of it is moved now.
struct Moved {
  TransferLine line;
  std::int64_t quantity = 0;
};

/// The order's line whose goods these are; nullptr for other goods that go out in exchange.
const Line* line_moved(const Order& order, const Moved& one) {
  const Line* line = order.find_line(one.line.line);
  return line != nullptr && line->sku == one.line.sku ? line : nullptr;
}

std::int64_t promised_of(const Line* line) { return line == nullptr ? 0 : line->backordered; }

/// Refuses, in this order: transfer_done, transfer_canceled, transfer_not_ready.
Result<void> check_workable(const Order& order, const Transfer& transfer) {
  const std::string number = std::to_string(transfer.number);
  if (transfer.state == TransferState::done) return reject(Reason::transfer_done, number);
  if (transfer.state == TransferState::canceled) return reject(Reason::transfer_canceled, number);
  const bool lost = order.needs_person && order.needs_person->reason == PersonCause::payment_lost;
  if (transfer.state == TransferState::waiting || lost) {
    return reject(Reason::transfer_not_ready, number);
  }
  return {};
}

/// Refuses, in this order: line_unknown (a revision may have taken it off the order),
/// quantity_not_positive.
Result<std::vector<Moved>> moved_by(const Order& order, const Transfer& transfer,
                                    const CompleteTransfer& command) {
  std::vector<Moved> moved;
  for (const TransferLine& line : transfer.lines) {
    moved.push_back({.line = line, .quantity = command.lines ? 0 : transfer.movable(line)});
  }
  if (!command.lines) return moved;
  for (const LineQuantity& asked : *command.lines) {
    const auto found =
        std::ranges::find_if(moved, [&](const Moved& one) { return one.line.line == asked.line; });
    if (found == moved.end() || order.find_line(asked.line) == nullptr) {
      return reject(Reason::line_unknown, asked.line.value);
    }
    if (asked.quantity < 0) return reject(Reason::quantity_not_positive, asked.line.value, 0);
    found->quantity += asked.quantity;
  }
  return moved;
}

/// What is left of a line after this move.
std::int64_t rest_of(const Moved& one) {
  return std::max<std::int64_t>(0, one.line.demanded - one.quantity);
}

/// A set is moved as a whole or stays. Refuses: transfer_not_ready, with the line that would stay
/// and how much of it belongs to the set.
Result<void> check_sets(const std::vector<Moved>& moved) {
  for (const Moved& stays : moved) {
    if (!stays.line.ship_together || rest_of(stays) == 0) continue;
    const bool torn = std::ranges::any_of(moved, [&](const Moved& one) {
      return one.quantity > 0 && one.line.ship_together == stays.line.ship_together;
    });
    if (torn) {
      return reject(Reason::transfer_not_ready, stays.line.line.value, stays.line.demanded);
    }
  }
  return {};
}

/// More than is reserved must lie there unreserved, for all lines of a product together; those that
/// come first take it. Refuses: insufficient_on_hand, `also` the others.
Result<void> check_on_hand(const Decider& d, const std::vector<Moved>& moved,
                           const std::string& location) {
  std::optional<Rejection> refusal;
  std::map<std::string_view, std::int64_t> taken;
  for (const Moved& one : moved) {
    if (!one.line.tracked || one.quantity <= one.line.reserved) continue;
    std::int64_t& before = taken[one.line.sku.value];
    const std::int64_t most = one.line.reserved + unreserved_at(d, one.line.sku, location) - before;
    if (one.quantity <= most) {
      before += one.quantity - one.line.reserved;
    } else if (!refusal) {
      refusal = rejection(Reason::insufficient_on_hand, one.line.line.value, most);
    } else {
      refusal->also.push_back({one.line.line.value, most});
    }
  }
  if (refusal) return std::unexpected(*std::move(refusal));
  return {};
}

bool follows_later(const Decider& d, const CompleteTransfer& command) {
  switch (d.settings().backorders) {
    case Backorders::always:
      return true;
    case Backorders::never:
      return false;
    case Backorders::ask:
      return command.backorder.value_or(true);
  }
  return true;
}

/// Of the units that stay, how many are reserved: what was reserved and not moved.
std::int64_t reserved_rest(const Moved& one) {
  return std::max<std::int64_t>(0, one.line.reserved - one.quantity);
}

TransferDone done_event(const Decider& d, const Transfer& transfer, const std::vector<Moved>& moved,
                        const Tracking& tracking, bool later) {
  TransferDone done{.lines = {}, .tracking = tracking, .transfer = transfer.number};
  const bool ships = transfer.step == TransferStep::ship;
  for (const Moved& one : moved) {
    const Line* line = line_moved(d.order(), one);
    const bool counts = ships && one.line.tracked;
    const std::int64_t reserved = counts ? std::min(one.quantity, one.line.reserved) : 0;
    const std::int64_t beyond = counts ? one.quantity - reserved : 0;
    const std::int64_t promised =
        counts ? std::min({beyond, promised_of(line), one.line.missing()}) : 0;
    done.lines.push_back({.backordered = promised,
                          .canceled = later ? 0 : rest_of(one),
                          .line = one.line.line,
                          .quantity = one.quantity,
                          .reserved = reserved,
                          .sku = one.line.sku});
  }
  return done;
}

/// Gives back what was taken for units that will never be moved.
void release_rest(Decider& d, const std::vector<Moved>& moved, const std::string& location) {
  std::vector<StockTaken> released;
  for (const Moved& one : moved) {
    const Line* line = line_moved(d.order(), one);
    if (!one.line.tracked || rest_of(one) == 0) continue;
    const std::int64_t reserved = std::min(reserved_rest(one), rest_of(one));
    const std::int64_t promised = std::min(promised_of(line), rest_of(one) - reserved);
    if (reserved == 0 && promised == 0) continue;
    released.push_back({.backordered = promised,
                        .line = one.line.line,
                        .location = location,
                        .quantity = reserved,
                        .sku = one.line.sku});
  }
  if (!released.empty()) d.emit(StockReleased{.lines = std::move(released), .transfer = {}});
}

void create_backorder(Decider& d, const Transfer& transfer, const std::vector<Moved>& moved) {
  BackorderCreated rest{.backorder_of = transfer.number,
                        .lines = {},
                        .location = transfer.location,
                        .step = transfer.step,
                        .transfer = next_transfer(d.order())};
  for (const Moved& one : moved) {
    if (rest_of(one) == 0) continue;
    rest.lines.push_back({.demanded = rest_of(one),
                          .line = one.line.line,
                          .reserved = std::min(reserved_rest(one), rest_of(one)),
                          .sku = one.line.sku});
  }
  if (rest.lines.empty()) return;
  const std::int64_t number = rest.transfer;
  d.emit(std::move(rest));
  judge_readiness(d, number);
}

std::optional<TransferStep> next_step(const Decider& d, TransferStep step) {
  if (step == TransferStep::ship) return std::nullopt;
  const bool packs = step == TransferStep::pick && d.settings().delivery_steps == 3;
  return packs ? TransferStep::pack : TransferStep::ship;
}

/// What was moved goes on to the next step, and stays reserved.
void create_next(Decider& d, const Transfer& transfer, const std::vector<Moved>& moved) {
  const auto step = next_step(d, transfer.step);
  if (!step) return;
  TransferCreated next{.exchange_of = transfer.exchange_of,
                       .lines = {},
                       .location = transfer.location,
                       .split_of = {},
                       .step = *step,
                       .transfer = next_transfer(d.order())};
  for (const Moved& one : moved) {
    if (one.quantity == 0) continue;
    next.lines.push_back({.demanded = one.quantity,
                          .line = one.line.line,
                          .reserved = one.quantity,
                          .sku = one.line.sku});
  }
  const std::int64_t number = next.transfer;
  d.emit(std::move(next));
  judge_readiness(d, number);
}

/// A step before shipping that moves more than was reserved takes it now: it is reserved from here.
void reserve_excess(Decider& d, const Transfer& transfer, const std::vector<Moved>& moved) {
  if (transfer.step == TransferStep::ship) return;
  std::vector<StockTaken> taken;
  for (const Moved& one : moved) {
    const Line* line = line_moved(d.order(), one);
    const std::int64_t beyond = one.quantity - one.line.reserved;
    if (!one.line.tracked || beyond <= 0) continue;
    taken.push_back({.backordered = -std::min({beyond, promised_of(line), one.line.missing()}),
                     .line = one.line.line,
                     .location = transfer.location,
                     .quantity = beyond,
                     .sku = one.line.sku});
  }
  if (!taken.empty()) d.emit(StockReserved{.lines = std::move(taken), .transfer = transfer.number});
}

}  // namespace

Result<void> complete_transfer(Decider& d, const CompleteTransfer& command) {
  if (d.order().state != OrderState::order) return reject(Reason::not_confirmed);
  const Transfer* found = d.order().find_transfer(command.transfer);
  if (found == nullptr) return reject(Reason::transfer_unknown, std::to_string(command.transfer));
  const Transfer transfer = *found;
  const auto moved = moved_by(d.order(), transfer, command);
  if (!moved) return std::unexpected(moved.error());
  if (auto ok = check_workable(d.order(), transfer); !ok) return ok;
  const bool any = std::ranges::any_of(*moved, [](const Moved& one) { return one.quantity > 0; });
  if (!any) return reject(Reason::nothing_to_transfer, std::to_string(command.transfer));
  if (auto ok = check_sets(*moved); !ok) return ok;
  if (auto ok = check_on_hand(d, *moved, transfer.location); !ok) return ok;

  const bool later = follows_later(d, command);
  reserve_excess(d, transfer, *moved);
  d.emit(done_event(d, transfer, *moved, command.tracking, later));
  if (later) {
    create_backorder(d, transfer, *moved);
  } else {
    release_rest(d, *moved, transfer.location);
  }
  create_next(d, transfer, *moved);
  if (transfer.step == TransferStep::ship) invoice_automatically(d);
  if (transfer.exchange_of) consider_closing(d, *transfer.exchange_of);
  return {};
}

}  // namespace tandem
