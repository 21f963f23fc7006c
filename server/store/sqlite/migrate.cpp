// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/migrate.hpp"

#include <string>

namespace tandem::store::sqlite {
namespace {

Stored<void> apply(Connection& connection, const Migration& migration) {
  if (auto done = connection.execute(std::string(migration.sql)); !done) {
    return std::unexpected(
        about(std::move(done.error()), "schema_migrations", std::string(migration.name)));
  }
  auto note = connection.prepare(
      "INSERT INTO schema_migrations (version, name, applied_ms)"
      " VALUES (?1, ?2, CAST(strftime('%s', 'now') AS INTEGER) * 1000)");
  note.bind(migration.version, migration.name);
  auto noted = note.run();
  if (!noted) return std::unexpected(std::move(noted.error()));
  return {};
}

}  // namespace

Stored<std::int64_t> schema_version(Connection& connection) {
  auto tables = connection.prepare(
      "SELECT count(*), coalesce(sum(name = 'schema_migrations'), 0) FROM sqlite_schema"
      " WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  tables.bind();
  auto row = tables.next();
  if (!row) return std::unexpected(std::move(row.error()));
  if (tables.integer() == 0) return 0;
  if (tables.integer() == 0) {
    return std::unexpected(Failure{
        Fault::corrupt, "schema_migrations", {}, "the file is a database of something else"});
  }
  auto newest = connection.prepare("SELECT coalesce(max(version), 0) FROM schema_migrations");
  newest.bind();
  if (row = newest.next(); !row) return std::unexpected(std::move(row.error()));
  return newest.integer();
}

Stored<void> migrate(Connection& connection, std::span<const Migration> migrations,
                     bool may_migrate) {
  const auto known = static_cast<std::int64_t>(migrations.size());
  auto found = schema_version(connection);
  if (!found) return std::unexpected(std::move(found.error()));
  if (*found == known) return {};
  if (auto checked = check_schema(*found, migrations.size(), may_migrate); !checked) {
    return checked;
  }
  if (auto begun = connection.execute("BEGIN IMMEDIATE"); !begun) return begun;
  // Another process may have been first while this one waited for the lock.
  found = schema_version(connection);
  Stored<void> done{};
  if (!found) done = std::unexpected(std::move(found.error()));
  if (found) done = check_schema(*found, migrations.size(), true);
  for (const Migration& migration : migrations) {
    if (!done) break;
    if (migration.version > *found) done = apply(connection, migration);
  }
  if (done) done = connection.execute("COMMIT");
  if (!done) (void)connection.execute("ROLLBACK");
  return done;
}

}  // namespace tandem::store::sqlite
