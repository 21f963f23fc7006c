// SPDX-License-Identifier: Apache-2.0
// How many confirmed orders a second the store alone could write: the rows of orders that a server
// has confirmed, written again into an empty database, by size of batch. What the server does
// beside that, and the commits in between, is what `confirm_sqlite_of_limit` is about.
//
//   store_limit DATABASE [ORDERS]      prints `batches of 64: 9000 orders/s` …, then the best
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace tandem {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kAll = std::int64_t{1} << 40;

/// Everything that is stored of one order. Its number is given anew.
struct Stored {
  store::OrderHead head;
  std::vector<store::Event> events;
  std::vector<store::Part> parts;
  std::vector<store::CommandRecord> commands;
  store::OrderRow row;
  std::vector<store::LedgerEntry> entries;
  std::vector<store::OutboxRow> outbox;
};

std::vector<Stored> read_orders(store::Reads& reads, std::int64_t count) {
  std::vector<Stored> orders;
  for (std::int64_t no = 1; static_cast<std::int64_t>(orders.size()) < count; ++no) {
    const auto head = reads.order(no);
    if (!head || !*head) break;
    const auto row = reads.order_row(no);
    if (!row || !*row || (*row)->order_state != "order") continue;
    Stored order{.head = **head, .row = **row};
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

void add(store::Writes& writes, const Stored& order, std::int64_t no) {
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
    row.dedupe_key += '/' + std::to_string(no);
    writes.outbox.push_back(std::move(row));
  }
}

/// Enough of every product that the orders have taken.
bool stock_up(store::Store& store, std::span<const Stored> orders) {
  std::set<store::LedgerKey> keys;
  for (const Stored& order : orders) {
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

bool write_some(store::Store& store, std::span<const Stored> some) {
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
double measure(const std::filesystem::path& folder, std::span<const Stored> orders,
               std::size_t batch_size) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  store::SqliteOptions options;
  options.path = (folder / "shop.db").string();
  const auto store = store::open_sqlite(options);
  if (!store || !stock_up(**store, orders)) return -1;
  const Clock::time_point begin = Clock::now();
  for (std::size_t done = 0; done < orders.size(); done += batch_size) {
    const auto some = orders.subspan(done, std::min(batch_size, orders.size() - done));
    if (!write_some(**store, some)) return -1;
  }
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  return static_cast<double>(orders.size()) / seconds.count();
}

int run(const std::string& database, std::int64_t count, const std::filesystem::path& folder) {
  store::SqliteOptions options;
  options.path = database;
  const auto from = store::open_sqlite(options);
  if (!from) return 1;
  const std::vector<Stored> orders = read_orders((*from)->reads(), count);
  double best = 0;
  for (const std::size_t batch : {1UL, 8UL, 64UL, 512UL}) {
    // Small batches are slow: fewer orders say as much.
    const std::size_t some = batch < 64 ? orders.size() / 20 : orders.size();
    const double figure = measure(folder, std::span(orders).first(some), batch);
    std::printf("batches of %3zu: %6.0f orders/s\n", batch, figure);
    if (figure < 0 || orders.empty()) best = -1;
    if (best >= 0) best = std::max(best, figure);
  }
  std::filesystem::remove_all(folder);
  std::printf("best %.0f\n", best);
  return best > 0 ? 0 : 1;
}

}  // namespace
}  // namespace tandem

int main(int count, char** arguments) {
  if (count < 2) return 2;
  std::int64_t orders = 10'000;
  if (count > 2) {
    const std::string_view text = arguments[2];
    std::from_chars(text.data(), text.data() + text.size(), orders);
  }
  std::string folder = (std::filesystem::temp_directory_path() / "tandem-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  return tandem::run(arguments[1], orders, folder);
}
