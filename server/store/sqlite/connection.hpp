// SPDX-License-Identifier: Apache-2.0
#pragma once
// One SQLite connection with its prepared statements. Used by one thread at a time.
//
// A statement is prepared once for each connection and place in the source; errors come out of
// next() and run() as a Failure, so a chain of binds needs no checks in between.
//
//   auto find = connection.prepare("SELECT version FROM orders WHERE shop = ?1 AND order_no = ?2");
//   find.bind(shop, order_no);
//   auto row = find.next();                       // Stored<bool>
//   if (row && *row) version = find.integer();    // columns from left to right

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/failure.hpp"
#include "store/rows.hpp"

namespace tandem::store::sqlite {

/// Bytes bound or read as BLOB; a plain string_view is TEXT. Must outlive the statement's run.
struct Blob {
  std::string_view bytes;
};

/// What SQLite's extended result code means.
[[nodiscard]] Failure failure_of(sqlite3* db, int code);

class Statement {
 public:
  Statement(sqlite3* db, sqlite3_stmt* statement, int prepared)
      : db_(db), statement_(statement), code_(prepared) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() {
    if (statement_ != nullptr) sqlite3_reset(statement_);
  }

  /// Binds ?1, ?2, … and makes the statement ready to run (again).
  template <class... Values>
  void bind(const Values&... values) {
    begin();
    add(values...);
  }

  /// The same in parts: begin(), then the values of one row after the other.
  void begin() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    bound_ = 0;
  }
  template <class... Values>
  void add(const Values&... values) {
    if (statement_ == nullptr) return;
    (note(bind_one(++bound_, values)), ...);
  }

  /// Steps to the next row; false when there is none.
  [[nodiscard]] Stored<bool> next();
  /// Runs a statement that answers no rows; answers how many rows it changed.
  [[nodiscard]] Stored<std::int64_t> run();
  /// The rows that the connection's last statement changed, also one that failed.
  [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(db_); }

  [[nodiscard]] std::int64_t integer() { return sqlite3_column_int64(statement_, column_++); }
  [[nodiscard]] std::string text();  // TEXT or BLOB; NULL is empty
  [[nodiscard]] Digest digest();
  [[nodiscard]] Salt salt();
  [[nodiscard]] std::optional<std::int64_t> optional_integer();
  [[nodiscard]] std::optional<Digest> optional_digest();

 private:
  int bind_one(int index, std::int64_t value) {
    return sqlite3_bind_int64(statement_, index, value);
  }
  int bind_one(int index, bool value) { return sqlite3_bind_int(statement_, index, value ? 1 : 0); }
  int bind_one(int index, const char* text) = delete;  // would become a bool
  int bind_one(int index, LedgerKind value) {
    return sqlite3_bind_int(statement_, index, static_cast<int>(value));
  }
  int bind_one(int index, std::string_view text);
  int bind_one(int index, Blob blob);
  int bind_one(int index, const Digest& digest) {
    return sqlite3_bind_blob64(statement_, index, digest.data(), digest.size(), SQLITE_STATIC);
  }
  int bind_one(int index, const Salt& salt) {
    return sqlite3_bind_blob64(statement_, index, salt.data(), salt.size(), SQLITE_STATIC);
  }
  int bind_one(int index, std::nullptr_t) { return sqlite3_bind_null(statement_, index); }
  template <class Value>
  int bind_one(int index, const std::optional<Value>& value) {
    return value ? bind_one(index, *value) : bind_one(index, nullptr);
  }
  void note(int code) {
    if (code_ == SQLITE_OK) code_ = code;
  }

  sqlite3* db_;
  sqlite3_stmt* statement_;
  int code_;  // the first error of preparing or binding
  int bound_ = 0;
  int column_ = 0;
};

struct ConnectionOptions {
  bool read_only = false;
  std::int64_t busy_timeout_ms = 5'000;
  int cache_kib = 2'048;
};

class Connection {
 public:
  [[nodiscard]] static Stored<std::unique_ptr<Connection>> open(const std::string& path,
                                                                const ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// `sql` must be a literal: its address is the cache's key. One user at a time per statement.
  [[nodiscard]] Statement prepare(const char* sql);
  /// Runs statements that are not worth keeping.
  [[nodiscard]] Stored<void> execute(const std::string& sql);
  [[nodiscard]] sqlite3* handle() { return db_; }

 private:
  explicit Connection(sqlite3* db) : db_(db) {}

  sqlite3* db_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

}  // namespace tandem::store::sqlite
