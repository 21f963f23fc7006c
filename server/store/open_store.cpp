// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

namespace tandem::store {

bool is_url(std::string_view database) {
  return database.starts_with("postgresql://") || database.starts_with("postgres://");
}

Stored<std::unique_ptr<Store>> open_store(const OpenOptions& options) {
  if (is_url(options.database)) {
    return open_postgres({.url = options.database,
                          .migrate = options.migrate,
                          .unsafe = options.unsafe,
                          .one_moment = options.one_moment});
  }
  return open_sqlite(
      {.path = options.database, .migrate = options.migrate, .one_moment = options.one_moment});
}

}  // namespace tandem::store
