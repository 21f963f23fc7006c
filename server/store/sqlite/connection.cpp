// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tandem::store::sqlite {
namespace {

Fault fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return Fault::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::busy;
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Fault::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::corrupt;
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_ERROR:
      return Fault::misuse;
    default:
      return Fault::io;
  }
}

/// SQLite calls only the first of them a full disk; a quota and a limit of files are no worse.
bool has_no_room(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }

std::string_view blob_at(sqlite3_stmt* statement, int column) {
  const void* data = sqlite3_column_blob(statement, column);
  const int size = sqlite3_column_bytes(statement, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

template <class Array>
Array array_at(sqlite3_stmt* statement, int column) {
  Array array{};
  const std::string_view bytes = blob_at(statement, column);
  std::memcpy(array.data(), bytes.data(), std::min(bytes.size(), array.size()));
  return array;
}

}  // namespace

Failure failure_of(sqlite3* db, int code) {
  std::string message = sqlite3_errstr(code);
  if (db != nullptr) (message += ": ") += sqlite3_errmsg(db);
  Fault fault = fault_of(code);
  if (fault == Fault::io && db != nullptr && has_no_room(sqlite3_system_errno(db))) {
    fault = Fault::full;
  }
  return {fault, {}, {}, std::move(message)};
}

Stored<bool> Statement::next() {
  if (code_ != SQLITE_OK) return std::unexpected(failure_of(db_, code_));
  column_ = 0;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return std::unexpected(failure_of(db_, code));
}

Stored<std::int64_t> Statement::run() {
  for (;;) {
    auto row = next();
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return sqlite3_changes64(db_);
  }
}

std::string Statement::text() { return std::string(blob_at(statement_, column_++)); }

Digest Statement::digest() { return array_at<Digest>(statement_, column_++); }

Salt Statement::salt() { return array_at<Salt>(statement_, column_++); }

std::optional<std::int64_t> Statement::optional_integer() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return integer();
  ++column_;
  return std::nullopt;
}

std::optional<Digest> Statement::optional_digest() {
  if (sqlite3_column_type(statement_, column_) != SQLITE_NULL) return digest();
  ++column_;
  return std::nullopt;
}

int Statement::bind_one(int index, std::string_view text) {
  // A null pointer would be bound as NULL.
  const char* data = text.data() == nullptr ? "" : text.data();
  return sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int Statement::bind_one(int index, Blob blob) {
  const char* data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  return sqlite3_bind_blob64(statement_, index, data, blob.bytes.size(), SQLITE_STATIC);
}

Stored<std::unique_ptr<Connection>> Connection::open(const std::string& path,
                                                     const ConnectionOptions& options) {
  // Nobody asks how much memory is in use: without counting it, SQLite takes no lock to allocate.
  // Only what comes first in the process is heard.
  static const int kUncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)kUncounted;
  sqlite3* db = nullptr;
  const int access =
      options.read_only ? SQLITE_OPEN_READONLY : (SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const int code = sqlite3_open_v2(path.c_str(), &db, access | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    Failure failure = failure_of(db, code);
    sqlite3_close(db);
    return std::unexpected(about(std::move(failure), {}, path));
  }
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, static_cast<int>(options.busy_timeout_ms));
  std::unique_ptr<Connection> connection(new Connection(db));
  // Checkpoints have a connection of their own; a commit returns only once the log is on disk.
  auto set = connection->execute(
      "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON;"
      "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
      "PRAGMA cache_size = -" +
      std::to_string(options.cache_kib) + ";");
  if (!set) return std::unexpected(about(std::move(set.error()), {}, path));
  return connection;
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

Statement Connection::prepare(const char* sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return {db_, known->second, SQLITE_OK};
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code == SQLITE_OK) statements_.emplace(sql, statement);
  return {db_, statement, code};
}

Stored<void> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  return std::unexpected(failure_of(db_, sqlite3_extended_errcode(db_)));
}

}  // namespace tandem::store::sqlite
