// SPDX-License-Identifier: Apache-2.0
#include "store/migrations/migrations.hpp"

namespace tandem::store {

Stored<void> check_schema(std::int64_t found, std::size_t count, bool may_migrate) {
  const auto known = static_cast<std::int64_t>(count);
  const bool newer = found > known;
  const bool older = found > 0 && found < known && !may_migrate;
  if (!newer && !older) return {};
  std::string message = "the database has schema " + std::to_string(found) +
                        ", this program knows " + std::to_string(known);
  message += newer ? ": use a newer program" : ": migrate it first";
  return fail({newer ? Fault::schema_newer : Fault::schema_older, "schema_migrations",
               std::to_string(found), std::move(message)});
}

}  // namespace tandem::store
