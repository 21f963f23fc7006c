// SPDX-License-Identifier: Apache-2.0
#include "tandem/ledger/waiting.hpp"

#include <algorithm>
#include <tuple>

#include "tandem/base/sort.hpp"

namespace tandem {

std::vector<Waiting> waiting_of(const Order& order, const std::string& id) {
  std::vector<Waiting> waiting;
  if (order.state != OrderState::order) return waiting;
  for (const Transfer& transfer : order.transfers) {
    if (!transfer.is_open()) continue;
    Waiting one{.confirmed_ms = order.confirmed_ms.value_or(0),
                .order = id,
                .transfer = transfer.number,
                .missing = {}};
    for (const TransferLine& line : transfer.lines) {
      if (line.missing() > 0) one.missing.insert(line.sku);
    }
    if (!one.missing.empty()) waiting.push_back(std::move(one));
  }
  return waiting;
}

std::vector<Waiting> serve_waiting(std::vector<Waiting> waiting, const std::set<Sku>& freed) {
  std::erase_if(waiting, [&](const Waiting& one) {
    return std::ranges::none_of(one.missing, [&](const Sku& sku) { return freed.contains(sku); });
  });
  sort_stably(waiting, [](const Waiting& a, const Waiting& b) {
    return std::tie(a.confirmed_ms, a.order, a.transfer) <
           std::tie(b.confirmed_ms, b.order, b.transfer);
  });
  return waiting;
}

std::vector<Reserved> lose_reserved(std::vector<Reserved> reserved, std::int64_t short_by) {
  sort_stably(reserved, [](const Reserved& a, const Reserved& b) {
    return std::tie(b.confirmed_ms, b.order) < std::tie(a.confirmed_ms, a.order);
  });
  std::vector<Reserved> lost;
  for (Reserved& one : reserved) {
    one.quantity = std::min(one.quantity, short_by);
    if (one.quantity <= 0) continue;
    short_by -= one.quantity;
    lost.push_back(std::move(one));
  }
  return lost;
}

}  // namespace tandem
