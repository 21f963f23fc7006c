// SPDX-License-Identifier: Apache-2.0
// The store on a disk whose power fails at every possible place in turn: what was acknowledged is
// there afterwards, what was not is there entirely or not at all.
#include <gtest/gtest.h>

#include <string>

#include "disk.hpp"
#include "store/store.hpp"

namespace tandem::simulate {
namespace {

store::Stored<std::unique_ptr<store::Store>> open_store(bool eager) {
  return store::open_sqlite({.path = "/shop.db",
                             .checkpoint_pages = eager ? 4 : 1'000,
                             .checkpoint_thread = false,
                             .now_ms = [] { return std::int64_t{1'767'225'600'000}; }});
}

/// An order with two rows that belong together. False when it was not acknowledged.
bool add_order(store::Store& store, std::int64_t i) {
  auto batch = store.begin_batch();
  if (!batch) return false;
  const auto order_no = (*batch)->reserve_order_nos(1);
  if (!order_no) return false;
  store::Writes writes;
  writes.orders.push_back({*order_no, "order-" + std::to_string(i), {}, 1});
  writes.coupons.push_back({"CODE-" + std::to_string(i), std::string(300, 'x')});
  if (!(*batch)->write(writes)) return false;
  return (*batch)->commit().has_value();
}

struct Kept {
  bool order = false;
  bool coupon = false;
};

Kept kept(store::Store& store, std::int64_t i) {
  const auto order = store.reads().order("order-" + std::to_string(i));
  const auto coupon = store.reads().coupon("CODE-" + std::to_string(i));
  EXPECT_TRUE(order && coupon);
  return {order && order->has_value(), coupon && coupon->has_value()};
}

/// Cuts the power at one operation; answers whether the orders ended before it was reached.
bool try_cut(std::int64_t operation, bool eager) {
  Disk disk(static_cast<std::uint64_t>(operation));
  Mounted here(disk);
  std::int64_t acknowledged = 0;
  {
    auto store = open_store(eager);
    EXPECT_TRUE(store);
    disk.cut_after(operation);
    while (acknowledged < 12 && add_order(**store, acknowledged)) ++acknowledged;
  }
  const bool reached = disk.is_off();
  if (!reached) disk.cut();
  disk.restart();
  auto store = open_store(eager);
  EXPECT_TRUE(store) << store.error().message;
  if (!store) return false;
  for (std::int64_t i = 0; i <= acknowledged; ++i) {
    const Kept found = kept(**store, i);
    EXPECT_EQ(found.order, found.coupon) << "operation " << operation << ", order " << i;
    EXPECT_TRUE(found.order || i >= acknowledged) << "operation " << operation << ", order " << i;
  }
  return !reached;
}

TEST(Disk, KeepsWhatWasAcknowledgedWhereverThePowerFails) {
  std::int64_t operation = 1;
  while (!try_cut(operation, false)) ++operation;
  EXPECT_GT(operation, 40);
}

TEST(Disk, KeepsItWhenThePowerFailsAmidCheckpoints) {
  std::int64_t operation = 1;
  while (!try_cut(operation, true)) ++operation;
  EXPECT_GT(operation, 80);
}

/// Whoever trusts a disk that lies loses what was acknowledged: so the tests above can fail.
TEST(Disk, ThatLiesIsFoundOut) {
  std::int64_t lost = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Disk disk(seed);
    Mounted here(disk);
    {
      auto store = open_store(false);
      ASSERT_TRUE(store);
      disk.lie();
      for (std::int64_t i = 0; i < 5; ++i) EXPECT_TRUE(add_order(**store, i));
      disk.cut();
    }
    disk.restart();
    auto store = open_store(false);
    if (!store) {
      ++lost;
      continue;
    }
    const auto order = (*store)->reads().order("order-4");
    if (!order || !*order) ++lost;
  }
  EXPECT_GT(lost, 4);
}

TEST(Disk, LosesWhatWasNotSynced) {
  Disk disk(1);
  {
    const auto file = disk.open("/a");
    file->write(0, "synced");
    file->sync();
    file->write(0, "gone..");
  }
  std::int64_t kept = 0;
  for (int i = 0; i < 40; ++i) {
    disk.open("/a")->write(0, "gone..");
    disk.cut();
    disk.restart();
    if (disk.open("/a")->now == "synced") ++kept;
    disk.open("/a")->write(0, "synced");
    disk.open("/a")->sync();
  }
  EXPECT_GT(kept, 5);
  EXPECT_LT(kept, 40);
}

}  // namespace
}  // namespace tandem::simulate
