// SPDX-License-Identifier: Apache-2.0
#include "stored_orders.hpp"

#include <string>
#include <utility>

namespace tandem::bench {
namespace {

constexpr std::int64_t kAll = std::int64_t{1} << 40;

}  // namespace

std::vector<StoredOrder> read_confirmed(store::Reads& reads, std::int64_t count) {
  std::vector<StoredOrder> orders;
  for (std::int64_t no = 1; static_cast<std::int64_t>(orders.size()) < count; ++no) {
    const auto head = reads.order(no);
    if (!head || !*head) break;
    const auto row = reads.order_row(no);
    if (!row || !*row || (*row)->order_state != "order") continue;
    StoredOrder order{.head = **head, .row = **row};
    order.events = *reads.events(no, 0, kAll);
    order.parts = *reads.parts(no);
    order.entries = *reads.entries(no);
    order.outbox = *reads.outbox_of(no);
    for (const store::Event& event : order.events) {
      const bool known =
          !order.commands.empty() && order.commands.back().command_id == event.command_id;
      if (event.command_id.empty() || known) continue;
      if (auto command = *reads.command(no, event.command_id)) {
        order.commands.push_back(*std::move(command));
      }
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

void add(store::Writes& writes, const StoredOrder& order, std::int64_t no) {
  writes.orders.push_back({no, order.head.order_id, order.head.secret_hash, 0});
  writes.heads.push_back({no, 0, order.head.version, order.head.head});
  for (const store::Event& event : order.events) writes.events.push_back({no, event});
  for (const store::Part& part : order.parts) writes.parts.push_back({no, part});
  for (const auto& command : order.commands) writes.commands.push_back({no, command});
  writes.order_rows.push_back(order.row);
  writes.order_rows.back().order_no = no;
  for (store::LedgerEntry entry : order.entries) {
    entry.cause.order_no = no;
    writes.ledger_updates.push_back(
        {.key = entry.key, .change = entry.change, .guard = store::Guard::fact});
    writes.ledger_entries.push_back(std::move(entry));
  }
  for (store::OutboxRow row : order.outbox) {
    row.order_no = no;
    const std::string was = '/' + std::to_string(order.head.order_no) + '/';
    const std::size_t at = row.dedupe_key.find(was);
    if (at != std::string::npos) {
      row.dedupe_key.replace(at, was.size(), '/' + std::to_string(no) + '/');
    }
    writes.outbox.push_back(std::move(row));
  }
}

}  // namespace tandem::bench
