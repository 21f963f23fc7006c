// SPDX-License-Identifier: Apache-2.0
// Receiving what came back, and settling it by other goods. Restocking is apart from refunding:
// goods may come back without money going out, and the other way round.
#include <algorithm>
#include <map>

#include "tandem/delivery/shelves.hpp"
#include "tandem/delivery/steps.hpp"
#include "tandem/order/axes.hpp"
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
std::int64_t exchangeable(const Order& order, const Return& back, const LineId& id) {
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
    const std::int64_t left = exchangeable(d.order(), back, asked.line);
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

/// All that came in went back: nothing is left to pay for.
bool is_all_given_back(const Order& order) {
  const OrderMoney money = money_of(order);
  return money.captured_minor > 0 && money.refunding_minor == 0 && refundable_in_all(order) == 0;
}

/// What goes out in exchange from one place.
struct Sent {
  std::vector<ExchangeLine> lines;
  std::vector<StockTaken> taken;
};

/// One transfer from each place, from `home` first.
void send_in_exchange(Decider& d, std::int64_t back, const std::string& home,
                      std::map<std::string, Sent> by_place) {
  const auto send = [&](const std::string& place, Sent sent) {
    const std::int64_t transfer = next_transfer(d.order());
    d.emit(ExchangeCreated{.lines = std::move(sent.lines),
                           .location = place,
                           .return_ = back,
                           .step = first_step(d),
                           .transfer = transfer});
    if (!sent.taken.empty()) {
      d.emit(StockReserved{.lines = std::move(sent.taken), .transfer = transfer});
    }
    judge_readiness(d, transfer);
  };
  if (auto first = by_place.extract(home); !first.empty()) send(home, std::move(first.mapped()));
  for (auto& [place, sent] : by_place) send(place, std::move(sent));
}

}  // namespace

void consider_closing(Decider& d, std::int64_t number) {
  const Return& back = *d.order().find_return(number);
  if (back.state != ReturnState::received) return;
  const bool awaited =
      std::ranges::any_of(back.lines, [](const ReturnLine& line) { return line.awaited() > 0; });
  const bool refunding = std::ranges::any_of(d.order().refunds, [&](const Refund& refund) {
    const bool pays =
        refund.of_return == number ||
        std::ranges::find(refund.settles, number, &ReturnUnits::of_return) != refund.settles.end();
    return pays && refund.state == RefundState::pending;
  });
  const bool sending = std::ranges::any_of(d.order().transfers, [&](const Transfer& transfer) {
    return transfer.exchange_of == number && transfer.is_open();
  });
  if (awaited || refunding || sending) return;
  if (!refund_lines_of(d.order(), back).empty() && !is_all_given_back(d.order())) return;
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
  if (lines.empty()) {
    const bool arrived =
        std::ranges::any_of(back.lines, [](const ReturnLine& line) { return line.accepted > 0; });
    return reject(arrived ? Reason::nothing_to_return : Reason::return_not_received,
                  std::to_string(command.return_));
  }

  std::map<Sku, std::int64_t> units;
  const std::vector<ExchangedLine> sent = merged(d.order(), lines);
  for (const ExchangedLine& asked : sent) {
    const Line& line = *d.order().find_line(asked.line);
    if (is_counted(d, line.kind, *asked.sku)) units[*asked.sku] += asked.quantity;
  }
  Shelves shelves(d);
  const std::string home = shelves.home_of(units);
  std::map<std::string, Sent> by_place;
  for (const ExchangedLine& asked : sent) {
    const Line& line = *d.order().find_line(asked.line);
    const Sku& sku = *asked.sku;
    const auto send = [&](const std::string& place, std::int64_t quantity, bool counted) {
      Sent& from = by_place[place];
      from.lines.push_back({.line = asked.line,
                            .quantity = quantity,
                            .reserved = counted ? 0 : quantity,
                            .sku = sku,
                            .tracked = counted});
      if (!counted) return;
      from.taken.push_back({.backordered = 0,
                            .line = asked.line,
                            .location = place,
                            .quantity = quantity,
                            .sku = sku});
    };
    if (!is_counted(d, line.kind, sku)) {
      send(home, asked.quantity, false);
      continue;
    }
    std::int64_t left = asked.quantity;
    for (const Shelf& shelf : shelves.take(sku, asked.quantity, home)) {
      send(shelf.location, shelf.free, true);
      left -= shelf.free;
    }
    if (left > 0) return reject(Reason::insufficient_stock, sku.value, asked.quantity - left);
  }
  send_in_exchange(d, command.return_, home, std::move(by_place));
  return {};
}

}  // namespace tandem
