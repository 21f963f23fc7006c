// SPDX-License-Identifier: Apache-2.0
#pragma once
// Brings a PostgreSQL database to this program's schema, all steps in one transaction, and makes
// what a shop needs beside its rows.

#include <cstdint>
#include <span>

#include "store/migrations/migrations.hpp"
#include "store/postgres/connection.hpp"

namespace tandem::store::postgres {

/// The schema's number; 0 when the database is empty. Faults: corrupt when it holds other tables.
[[nodiscard]] Stored<std::int64_t> schema_version(Connection& connection);

/// Checks the schema and applies what is missing, if `may_migrate` or if the database is empty;
/// makes the shop's sequence of order numbers. Faults: schema_newer, schema_older, corrupt.
[[nodiscard]] Stored<void> migrate(Connection& connection, std::span<const Migration> migrations,
                                   bool may_migrate, std::int64_t shop);

}  // namespace tandem::store::postgres
