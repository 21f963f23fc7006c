// SPDX-License-Identifier: Apache-2.0
#pragma once
// The store of a test's shop: a SQLite file, or a database of its own on PostgreSQL when
// TANDEM_TEST_ENGINE says so. Neither is about durability.

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "server/store/postgres_server.hpp"
#include "store/store.hpp"

namespace tandem::app::test {

/// The same store for the same folder.
inline store::Stored<std::unique_ptr<store::Store>> open_shop_store(
    const std::string& folder, std::function<std::int64_t()> now_ms) {
  const char* engine = std::getenv("TANDEM_TEST_ENGINE");
  if (engine == nullptr || std::string_view(engine) != "postgres") {
    return store::open_sqlite({.path = folder + "/shop.db", .now_ms = std::move(now_ms)});
  }
  const std::string name = std::filesystem::path(folder).filename();
  const std::string url = store::PostgresServer::shared().new_database(name);
  return store::open_postgres({.url = url, .unsafe = true, .now_ms = std::move(now_ms)});
}

}  // namespace tandem::app::test
