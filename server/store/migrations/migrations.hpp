// SPDX-License-Identifier: Apache-2.0
#pragma once
// The numbered steps that bring an empty database to the schema this program knows. They are the
// SQL files beside this header, embedded when the program is built; numbers have no gaps, and a
// file that was released never changes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "store/failure.hpp"

namespace tandem::store {

struct Migration {
  std::int64_t version;
  std::string_view name;
  std::string_view sql;
};

// The same numbers mean the same step in every engine.
[[nodiscard]] std::span<const Migration> sqlite_migrations();
[[nodiscard]] std::span<const Migration> postgres_migrations();

/// Whether a database of schema `found` (0: empty) may be used by a program that knows `count`
/// migrations. Faults: schema_newer; schema_older unless it may be migrated.
[[nodiscard]] Stored<void> check_schema(std::int64_t found, std::size_t count, bool may_migrate);

}  // namespace tandem::store
