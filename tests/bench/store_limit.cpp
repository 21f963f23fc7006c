// SPDX-License-Identifier: Apache-2.0
// How many confirmed orders a second the store alone could write: the rows of orders that a server
// has confirmed, written again into empty databases of the same engine, one for each size of batch.
// What the server does beside that is what `confirm_sqlite_of_limit` is about.
//
//   store_limit DATABASE ORDERS BATCH EMPTY [BATCH EMPTY]…
//
// A database is a path or postgresql://…; prints `batches of 64: 9000 orders/s` …, then the best.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "stored_orders.hpp"

namespace tandem::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Enough of every product that the orders have taken.
bool stock_up(store::Store& store, std::span<const StoredOrder> orders) {
  std::set<store::LedgerKey> keys;
  for (const StoredOrder& order : orders) {
    for (const store::LedgerEntry& entry : order.entries) {
      if (entry.key.kind == store::LedgerKind::stock) keys.insert(entry.key);
    }
  }
  store::Writes writes;
  for (const store::LedgerKey& key : keys) {
    const store::Figures change{.on_hand = 100'000'000};
    writes.ledger_updates.push_back({.key = key, .change = change});
    writes.ledger_entries.push_back({.key = key,
                                     .movement = "count",
                                     .change = change,
                                     .cause = {.actor = "bench", .reason = "bench"}});
  }
  auto batch = store.begin_batch();
  return batch && (*batch)->write(writes) && (*batch)->commit();
}

bool write_some(store::Store& store, std::span<const StoredOrder> some) {
  auto batch = store.begin_batch();
  if (!batch) return false;
  const auto first = (*batch)->reserve_order_nos(static_cast<std::int64_t>(some.size()));
  if (!first) return false;
  store::Writes writes;
  for (std::size_t i = 0; i < some.size(); ++i) {
    add(writes, some[i], *first + static_cast<std::int64_t>(i));
  }
  writes.settle();
  const auto written = (*batch)->write(writes);
  if (!written) {
    std::printf("%s %s: %s\n", written.error().table.c_str(), written.error().key.c_str(),
                written.error().message.c_str());
  }
  return written && (*batch)->commit();
}

/// Orders a second, negative when the store refused something.
double measure(const std::string& database, std::span<const StoredOrder> orders,
               std::size_t batch_size) {
  const auto store = store::open_store({.database = database});
  if (!store) {
    std::printf("%s: %s\n", database.c_str(), store.error().message.c_str());
    return -1;
  }
  if (!stock_up(**store, orders)) return -1;
  const Clock::time_point begin = Clock::now();
  for (std::size_t done = 0; done < orders.size(); done += batch_size) {
    const auto some = orders.subspan(done, std::min(batch_size, orders.size() - done));
    if (!write_some(**store, some)) return -1;
  }
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  return static_cast<double>(orders.size()) / seconds.count();
}

int run(std::span<char*> arguments) {
  const auto from = store::open_store({.database = arguments[0]});
  if (!from) return 1;
  const auto orders = read_confirmed((*from)->reads(), std::atoll(arguments[1]));
  double best = 0;
  for (std::size_t i = 2; i + 1 < arguments.size(); i += 2) {
    const auto batch = static_cast<std::size_t>(std::atoll(arguments[i]));
    // Small batches are slow: fewer orders say as much.
    const std::size_t some = batch < 64 ? orders.size() / 20 : orders.size();
    const double figure = batch == 0 || some == 0
                              ? -1
                              : measure(arguments[i + 1], std::span(orders).first(some), batch);
    std::printf("batches of %3zu: %6.0f orders/s\n", batch, figure);
    if (figure < 0) return 1;
    best = std::max(best, figure);
  }
  std::printf("best %.0f\n", best);
  return best > 0 ? 0 : 1;
}

}  // namespace
}  // namespace tandem::bench

int main(int count, char** arguments) {
  if (count < 5) return 2;
  return tandem::bench::run(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
}
