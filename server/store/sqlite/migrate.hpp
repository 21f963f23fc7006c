// SPDX-License-Identifier: Apache-2.0
#pragma once
// Brings a SQLite file to this program's schema, all steps in one transaction.

#include <cstdint>
#include <span>

#include "store/migrations/migrations.hpp"
#include "store/sqlite/connection.hpp"

namespace tandem::store::sqlite {

/// The schema's number; 0 when the file is empty. Faults: corrupt when it holds other tables.
[[nodiscard]] Stored<std::int64_t> schema_version(Connection& connection);

/// Checks the schema and applies what is missing, if `may_migrate` or if the file is empty.
/// Faults: schema_newer, schema_older, corrupt.
[[nodiscard]] Stored<void> migrate(Connection& connection, std::span<const Migration> migrations,
                                   bool may_migrate);

}  // namespace tandem::store::sqlite
