// SPDX-License-Identifier: Apache-2.0
#pragma once
// The store of a test's shop: a SQLite file, or a database of its own on PostgreSQL when
// TANDEM_TEST_ENGINE says so. Neither is about durability.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "server/store/postgres_server.hpp"
#include "store/store.hpp"

namespace tandem::app::test {

inline bool shops_are_on_postgres() {
  const char* engine = std::getenv("TANDEM_TEST_ENGINE");
  return engine != nullptr && std::string_view(engine) == "postgres";
}

inline std::string shop_database_name(const std::string& folder) {
  return std::filesystem::path(folder).filename();
}

/// The same store for the same folder.
inline store::Stored<std::unique_ptr<store::Store>> open_shop_store(
    const std::string& folder, std::function<std::int64_t()> now_ms, bool one_moment = false) {
  if (!shops_are_on_postgres()) {
    return store::open_sqlite(
        {.path = folder + "/shop.db", .one_moment = one_moment, .now_ms = std::move(now_ms)});
  }
  const std::string url = store::PostgresServer::shared().new_database(shop_database_name(folder));
  return store::open_postgres(
      {.url = url, .unsafe = true, .one_moment = one_moment, .now_ms = std::move(now_ms)});
}

/// Runs a statement on the same database, past the store.
inline void run_shop_sql(const std::string& folder, const std::string& sql) {
  if (shops_are_on_postgres()) {
    store::PostgresServer::shared().run(shop_database_name(folder), sql);
    return;
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder + "/shop.db").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

}  // namespace tandem::app::test
