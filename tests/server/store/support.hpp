// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the store's tests share: a folder that goes away, the engines that the suite runs against,
// and short ways to write rows.
//
// A suite derives from StoreTest and is instantiated for every engine with TANDEM_FOR_EACH_ENGINE.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/store/postgres_server.hpp"
#include "store/store.hpp"

namespace tandem::store {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tandem-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string name() const { return path_.filename().string(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// The value, or a test failure that says what went wrong.
template <class T>
T ok(Stored<T> stored) {
  if (!stored) {
    ADD_FAILURE() << name(stored.error().fault) << " " << stored.error().table << " "
                  << stored.error().key << ": " << stored.error().message;
    if constexpr (!std::is_void_v<T>) return T{};
  }
  if constexpr (!std::is_void_v<T>) return std::move(*stored);
}

template <class T>
std::optional<Fault> fault(const Stored<T>& stored) {
  if (stored) return std::nullopt;
  return stored.error().fault;
}

// Tests are about what is done, not about how busy the machine is.
inline constexpr std::int64_t kTestTimeoutMs = 60'000;

struct Engine {
  const char* name;
  std::unique_ptr<Store> (*open)(const TempFolder& folder, std::function<std::int64_t()> now_ms,
                                 std::int64_t shop);
};

inline std::unique_ptr<Store> open_test_sqlite(const TempFolder& folder,
                                               std::function<std::int64_t()> now_ms,
                                               std::int64_t shop) {
  SqliteOptions options;
  options.path = folder.file("shop.db");
  options.shop = shop;
  options.now_ms = std::move(now_ms);
  options.busy_timeout_ms = kTestTimeoutMs;
  return ok(open_sqlite(std::move(options)));
}

inline std::unique_ptr<Store> open_test_url(const std::string& url,
                                            std::function<std::int64_t()> now_ms,
                                            std::int64_t shop) {
  PostgresOptions options;
  options.url = url;
  options.shop = shop;
  options.unsafe = true;
  options.now_ms = std::move(now_ms);
  options.busy_timeout_ms = kTestTimeoutMs;
  return ok(open_postgres(std::move(options)));
}

inline std::unique_ptr<Store> open_test_postgres(const TempFolder& folder,
                                                 std::function<std::int64_t()> now_ms,
                                                 std::int64_t shop) {
  const std::string url = PostgresServer::shared().new_database(folder.name());
  return open_test_url(url, std::move(now_ms), shop);
}

inline std::unique_ptr<Store> open_test_pooled(const TempFolder& folder,
                                               std::function<std::int64_t()> now_ms,
                                               std::int64_t shop) {
  PostgresServer& server = PostgresServer::shared();
  server.new_database(folder.name());
  return open_test_url(server.pooled_url(folder.name()), std::move(now_ms), shop);
}

inline constexpr Engine kSqlite{"sqlite", &open_test_sqlite};
inline constexpr Engine kPostgres{"postgres", &open_test_postgres};
inline constexpr Engine kPooled{"pgbouncer", &open_test_pooled};  // PostgreSQL behind PgBouncer

class StoreTest : public ::testing::TestWithParam<Engine> {
 protected:
  static constexpr std::int64_t kNow = 1'767'225'600'000;

  StoreTest() { reopen(); }
  void reopen() {
    store_.reset();
    store_ = GetParam().open(folder_, [this] { return now_ms_; }, 1);
  }
  /// Commits these writes in a batch of their own.
  Stored<void> commit(const Writes& writes) {
    auto batch = store_->begin_batch();
    if (!batch) return std::unexpected(batch.error());
    if (auto written = (*batch)->write(writes); !written) return written;
    return (*batch)->commit();
  }
  /// A new order with `count` events, committed.
  std::int64_t add_order(const std::string& order_id, std::int64_t count = 1) {
    auto batch = ok(store_->begin_batch());
    const std::int64_t order_no = ok(batch->reserve_order_nos(1));
    Writes writes;
    writes.orders.push_back({order_no, order_id, Digest{7}, now_ms_});
    append(writes, order_no, 0, count);
    ok(batch->write(writes));
    ok(batch->commit());
    return order_no;
  }
  static void append(Writes& writes, std::int64_t order_no, std::int64_t version,
                     std::int64_t count) {
    for (std::int64_t n = version + 1; n <= version + count; ++n) {
      writes.events.push_back({order_no, {n, "event " + std::to_string(n), "c1"}});
    }
    writes.heads.push_back({order_no, version, version + count, Digest{9}});
  }
  LedgerRow ledger(const LedgerKey& key) { return ok(reads().ledger(std::vector{key})).at(0); }
  Reads& reads() { return store_->reads(); }

  TempFolder folder_;
  std::int64_t now_ms_ = kNow;
  std::unique_ptr<Store> store_;
};

#define TANDEM_FOR_EACH_ENGINE(Suite) \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite, \
                           ::testing::Values(::tandem::store::kSqlite, ::tandem::store::kPostgres, \
                                             ::tandem::store::kPooled), \
                           [](const auto& tested) { return std::string(tested.param.name); })

inline const LedgerKey kTea{LedgerKind::stock, "TEA-100", "main"};

}  // namespace tandem::store
