// SPDX-License-Identifier: Apache-2.0
// How many orders a second the store and the committer make durable, by size of batch.
//
//   store_bench [ORDERS] [FOLDER]      (20000 orders for each line, in a temporary folder)
//
// "rows" writes the bare rows of an order: 6 events of 250 bytes and a view of 1,500. "jobs" does
// the same through jobs that also hold one of 1,000 products: what the committer adds to the rows.
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commit/committer.hpp"

namespace tandem {
namespace {

constexpr std::int64_t kEvents = 6;
constexpr std::size_t kEventBytes = 250;
constexpr std::size_t kViewBytes = 1'500;
constexpr std::int64_t kProducts = 1'000;

using Clock = std::chrono::steady_clock;

/// 128 bits in hex that look random, as a client's ids do.
std::string id_of(std::int64_t no) {
  std::uint64_t bits = static_cast<std::uint64_t>(no) * 0x9E3779B97F4A7C15ULL;
  std::string id;
  for (int word = 0; word < 2; ++word) {
    bits ^= bits >> 31U;
    bits *= 0xBF58476D1CE4E5B9ULL;
    for (unsigned shift = 0; shift < 64; shift += 4) {
      id.push_back("0123456789abcdef"[(bits >> shift) & 0xFU]);
    }
  }
  return id;
}

store::OrderRow row_of(std::int64_t order_no) {
  store::OrderRow row;
  row.order_no = order_no;
  row.version = kEvents;
  row.order_state = "order";
  row.payment_state = "paid";
  row.placed_ms = 1'767'225'600'000;
  row.total_minor = 6'426;
  row.currency = "EUR";
  row.contact_hash = store::Digest{static_cast<std::uint8_t>(order_no)};
  row.view = std::string(kViewBytes, 'v');
  return row;
}

store::Writes rows_of(std::int64_t first_no, std::int64_t count) {
  store::Writes writes;
  for (std::int64_t no = first_no; no < first_no + count; ++no) {
    writes.orders.push_back({no, id_of(no), store::Digest{}, 0});
    writes.heads.push_back({no, 0, kEvents, store::Digest{1}});
    for (std::int64_t n = 1; n <= kEvents; ++n) {
      writes.events.push_back({no, {n, std::string(kEventBytes, 'e'), id_of(no + n)}});
    }
    writes.order_rows.push_back(row_of(no));
  }
  return writes;
}

bool write_rows(store::Store& store, std::int64_t count) {
  auto batch = store.begin_batch();
  if (!batch) return false;
  const auto first = (*batch)->reserve_order_nos(count);
  return first && (*batch)->write(rows_of(*first, count)) && (*batch)->commit();
}

/// A new order with its events, its row and one piece held.
class BuyJob : public commit::Job {
 public:
  explicit BuyJob(std::int64_t no)
      : id_(id_of(no)),
        key_{store::LedgerKind::stock, "SKU-" + std::to_string(no % kProducts), "main"} {}
  void declare(commit::Needs& needs) override {
    needs.order(id_);
    needs.new_order();
  }
  void declare_ledgers(const commit::WorkingSet&, commit::Needs& needs) override {
    needs.ledger(key_);
  }
  Result<void> decide(commit::Scope& scope) override {
    if (scope.order(id_) != nullptr) return reject(Reason::already_placed);
    if (scope.ledger(key_).available() < 1) return reject(Reason::out_of_stock);
    const std::int64_t order_no = scope.create_order(id_, {}).order_no();
    std::vector<commit::NewEvent> events(kEvents);
    for (commit::NewEvent& event : events) event.bytes = std::string(kEventBytes, 'e');
    const std::int64_t n = scope.append(order_no, std::move(events));
    scope.move({.key = key_,
                .movement = "hold",
                .cause = {.order_no = order_no, .n = n},
                .hold = commit::HoldTarget{1, scope.now_ms() + 900'000}});
    scope.put_row(row_of(order_no));
    return {};
  }

 private:
  std::string id_;
  store::LedgerKey key_;
};

bool stock_up(store::Store& store) {
  auto batch = store.begin_batch();
  if (!batch) return false;
  store::Writes writes;
  for (std::int64_t product = 0; product < kProducts; ++product) {
    const store::LedgerKey key{store::LedgerKind::stock, "SKU-" + std::to_string(product), "main"};
    writes.ledger_updates.push_back({key, {.on_hand = 1'000'000}});
    writes.ledger_entries.push_back(
        {key, "adjust", {.on_hand = 1'000'000}, {.actor = "bench", .reason = "bench"}});
  }
  return (*batch)->write(writes) && (*batch)->commit();
}

bool run_jobs(store::Store& store, std::int64_t first, std::int64_t count,
              commit::CommitCounts& counts) {
  std::vector<std::unique_ptr<BuyJob>> jobs;
  std::vector<commit::Job*> pointers;
  for (std::int64_t no = first; no < first + count; ++no) {
    jobs.push_back(std::make_unique<BuyJob>(no));
    pointers.push_back(jobs.back().get());
  }
  (void)commit::run_batch(store, pointers, counts);
  return counts.failed == 0 && counts.refused == 0;
}

/// Processor time of this process, all threads, in microseconds.
double processor_us() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto us = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

struct Figures {
  double orders_per_s = -1;  // negative: something failed
  double processor_us = 0;   // per order
};

Figures measure(const std::filesystem::path& folder, std::int64_t orders, std::int64_t batch,
                bool jobs) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  store::SqliteOptions options;
  options.path = (folder / "shop.db").string();
  auto store = store::open_sqlite(options);
  if (!store || (jobs && !stock_up(**store))) return {};
  commit::CommitCounts counts;
  const Clock::time_point begin = Clock::now();
  const double processor_begin_us = processor_us();
  for (std::int64_t done = 0; done < orders; done += batch) {
    const bool fine =
        jobs ? run_jobs(**store, done + 1, batch, counts) : write_rows(**store, batch);
    if (!fine) return {};
  }
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  const auto count = static_cast<double>(orders);
  return {count / seconds.count(), (processor_us() - processor_begin_us) / count};
}

int run(std::int64_t orders, const std::filesystem::path& folder) {
  int failed = 0;
  for (const std::int64_t batch : {1, 8, 64, 512}) {
    // Small batches are slow: fewer orders say as much.
    const std::int64_t count = std::max<std::int64_t>(batch, batch < 64 ? orders / 10 : orders);
    const Figures rows = measure(folder, count, batch, false);
    const Figures jobs = measure(folder, count, batch, true);
    std::printf(
        "batches of %3lld: rows %6.0f orders/s (%4.0f us of CPU each), jobs %6.0f (%4.0f)\n",
        static_cast<long long>(batch), rows.orders_per_s, rows.processor_us, jobs.orders_per_s,
        jobs.processor_us);
    if (rows.orders_per_s < 0 || jobs.orders_per_s < 0) failed = 1;
  }
  std::filesystem::remove_all(folder);
  return failed;
}

}  // namespace
}  // namespace tandem

int main(int count, char** arguments) {
  std::int64_t orders = 20'000;
  if (count > 1) {
    const std::string_view text = arguments[1];
    std::from_chars(text.data(), text.data() + text.size(), orders);
  }
  std::string folder = (std::filesystem::temp_directory_path() / "tandem-XXXXXX").string();
  if (count > 2) {
    folder = std::string(arguments[2]) + "/tandem-store-bench";
  } else if (::mkdtemp(folder.data()) == nullptr) {
    return 1;
  }
  return tandem::run(orders, folder);
}
