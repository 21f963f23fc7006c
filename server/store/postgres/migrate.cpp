// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/migrate.hpp"

#include <string>

#include "store/postgres/queries.hpp"

namespace tandem::store::postgres {
namespace {

constexpr std::int64_t kMigrationLock = 0x54414e44'4d494752;  // "TANDMIGR"

Stored<void> apply(Connection& connection, const Migration& migration) {
  if (auto done = connection.execute(std::string(migration.sql)); !done) {
    return fail(about(std::move(done.error()), "schema_migrations", std::string(migration.name)));
  }
  auto noted = connection.run(
      Query("INSERT INTO schema_migrations (version, name, applied_ms)"
            " VALUES ($1, $2, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)",
            migration.version, migration.name));
  if (!noted) return fail(std::move(noted.error()));
  return {};
}

Stored<bool> has_sequence(Connection& connection, std::int64_t shop) {
  auto found = connection.run(
      Query("SELECT to_regclass($1) IS NOT NULL", std::string_view(order_sequence(shop))));
  if (!found) return fail(std::move(found.error()));
  return found->next() && found->integer() != 0;
}

/// The steps, in a transaction that this process has to itself.
Stored<void> migrate_alone(Connection& connection, std::span<const Migration> migrations,
                           std::int64_t shop) {
  auto locked = connection.run(Query("SELECT pg_advisory_xact_lock($1)", kMigrationLock));
  if (!locked) return fail(std::move(locked.error()));
  // Another process may have been first while this one waited for the lock.
  auto found = schema_version(connection);
  if (!found) return fail(std::move(found.error()));
  if (auto checked = check_schema(*found, migrations.size(), true); !checked) return checked;
  for (const Migration& migration : migrations) {
    if (migration.version <= *found) continue;
    if (auto applied = apply(connection, migration); !applied) return applied;
  }
  return connection.execute("CREATE SEQUENCE IF NOT EXISTS " + order_sequence(shop));
}

}  // namespace

Stored<std::int64_t> schema_version(Connection& connection) {
  auto tables = connection.run(
      Query("SELECT count(*), coalesce(bool_or(relname = 'schema_migrations'), false)"
            " FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm', 'f')"));
  if (!tables) return fail(std::move(tables.error()));
  if (!tables->next() || tables->integer() == 0) return 0;
  if (tables->integer() == 0) {
    return fail({Fault::corrupt, "schema_migrations", {}, "the database is of something else"});
  }
  auto newest = connection.run(Query("SELECT coalesce(max(version), 0) FROM schema_migrations"));
  if (!newest) return fail(std::move(newest.error()));
  return newest->next() ? newest->integer() : 0;
}

Stored<void> migrate(Connection& connection, std::span<const Migration> migrations,
                     bool may_migrate, std::int64_t shop) {
  auto found = schema_version(connection);
  if (!found) return fail(std::move(found.error()));
  if (auto checked = check_schema(*found, migrations.size(), may_migrate); !checked) return checked;
  if (*found == static_cast<std::int64_t>(migrations.size())) {
    auto sequence = has_sequence(connection, shop);
    if (!sequence) return fail(std::move(sequence.error()));
    if (*sequence) return {};
  }
  if (auto begun = connection.execute("BEGIN"); !begun) return begun;
  auto done = migrate_alone(connection, migrations, shop);
  if (done) done = connection.execute("COMMIT");
  if (!done && connection.usable()) (void)connection.execute("ROLLBACK");
  return done;
}

}  // namespace tandem::store::postgres
