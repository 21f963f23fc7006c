// SPDX-License-Identifier: Apache-2.0
#pragma once
// Orders as they are stored, read from a database and written again under other numbers: what the
// store alone can do, and a database that has a million of them.
//
//   const auto orders = bench::read_confirmed(store.reads(), 10'000);
//   bench::add(writes, orders.front(), order_no);

#include <cstdint>
#include <vector>

#include "store/store.hpp"

namespace tandem::bench {

/// Everything that is stored of one order.
struct StoredOrder {
  store::OrderHead head;
  std::vector<store::Event> events;
  std::vector<store::Part> parts;
  std::vector<store::CommandRecord> commands;
  store::OrderRow row;
  std::vector<store::LedgerEntry> entries;
  std::vector<store::OutboxRow> outbox;
};

/// The first confirmed orders, at most so many.
[[nodiscard]] std::vector<StoredOrder> read_confirmed(store::Reads& reads, std::int64_t count);

/// The order's rows under another number: one commit where the server made two. Its id stays, and
/// so does what its view says; facts are shared by all orders and are not written.
void add(store::Writes& writes, const StoredOrder& order, std::int64_t order_no);

}  // namespace tandem::bench
