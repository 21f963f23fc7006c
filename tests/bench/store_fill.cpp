// SPDX-License-Identifier: Apache-2.0
// Fills a database: the confirmed orders that it has are written again and again, with all their
// rows, each under a number and an id of its own and of a customer of its own.
//
//   store_fill DATABASE ORDERS [BATCH]       a path or postgresql://…; batches of 4,096 orders
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "stored_orders.hpp"

namespace tandem::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// So many are copied in turn: more would only take memory.
constexpr std::int64_t kCopied = 2'000;

void replace(std::string& text, std::string_view was, std::string_view is) {
  const std::size_t at = text.find(was);
  if (at != std::string::npos) text.replace(at, was.size(), is);
}

class Filler {
 public:
  explicit Filler(store::Store& store)
      : store_(store), orders_(read_confirmed(store.reads(), kCopied)) {}

  [[nodiscard]] bool has_orders() const { return !orders_.empty(); }

  bool write_some(std::int64_t count) {
    auto batch = store_.begin_batch();
    if (!batch) return tell(batch.error());
    const auto first = (*batch)->reserve_order_nos(count);
    if (!first) return tell(first.error());
    store::Writes writes;
    for (std::int64_t i = 0; i < count; ++i) {
      copy(writes, orders_[next_++ % orders_.size()], *first + i);
    }
    writes.settle();
    if (const auto written = (*batch)->write(writes); !written) return tell(written.error());
    const auto done = (*batch)->commit();
    return done ? true : tell(done.error());
  }

 private:
  static bool tell(const store::Failure& failure) {
    std::fprintf(stderr, "%s %s: %s\n", failure.table.c_str(), failure.key.c_str(),
                 failure.message.c_str());
    return false;
  }

  void copy(store::Writes& writes, const StoredOrder& order, std::int64_t order_no) {
    const std::size_t effects = writes.outbox.size();
    add(writes, order, order_no);
    writes.orders.back().order_id = hex();
    store::OrderRow& row = writes.order_rows.back();
    replace(row.view, "\"order\":\"" + order.head.order_id + '"',
            "\"order\":\"" + writes.orders.back().order_id + '"');
    replace(row.view, "\"order_no\":" + std::to_string(order.head.order_no) + ',',
            "\"order_no\":" + std::to_string(order_no) + ',');
    row.contact_hash.emplace();
    for (std::uint8_t& byte : *row.contact_hash) byte = static_cast<std::uint8_t>(random_());
    // What had to be done for these orders was done long ago.
    for (std::size_t i = effects; i < writes.outbox.size(); ++i) {
      writes.outbox_outcomes.push_back({.dedupe_key = writes.outbox[i].dedupe_key});
    }
  }

  std::string hex() {
    std::string text(32, '0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i, bits >>= 4U) {
      if (i % 16 == 0) bits = random_();
      text[i] = "0123456789abcdef"[bits & 15U];
    }
    return text;
  }

  store::Store& store_;
  const std::vector<StoredOrder> orders_;
  std::size_t next_ = 0;
  std::mt19937_64 random_{std::random_device{}()};
};

int run(const std::string& database, std::int64_t count, std::int64_t batch) {
  const auto store = store::open_store({.database = database});
  if (!store) {
    std::fprintf(stderr, "%s: %s\n", database.c_str(), store.error().message.c_str());
    return 1;
  }
  Filler filler(**store);
  if (!filler.has_orders()) {
    std::fprintf(stderr, "%s: has no confirmed order to copy\n", database.c_str());
    return 1;
  }
  const Clock::time_point begin = Clock::now();
  for (std::int64_t done = 0; done < count; done += batch) {
    if (!filler.write_some(std::min(batch, count - done))) return 1;
  }
  const std::chrono::duration<double> seconds = Clock::now() - begin;
  std::printf("%lld orders written in %.0f s: %.0f a second\n", static_cast<long long>(count),
              seconds.count(), static_cast<double>(count) / seconds.count());
  return 0;
}

}  // namespace
}  // namespace tandem::bench

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const std::int64_t batch = count > 3 ? std::atoll(arguments[3]) : 4'096;
  if (batch <= 0) return 2;
  return tandem::bench::run(arguments[1], std::atoll(arguments[2]), batch);
}
