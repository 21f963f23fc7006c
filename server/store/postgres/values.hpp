// SPDX-License-Identifier: Apache-2.0
#pragma once
// Values on their way to PostgreSQL and back, in its binary format: nothing is quoted, and bytes
// and numbers arrive as they are.
//
//   Params params;
//   params.add(shop);                                   // $1
//   params.column(rows, &NewOrder::order_id);           // $2, an array of text
//   while (answer.next()) order_no = answer.integer();  // columns from left to right

#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/failure.hpp"
#include "store/rows.hpp"

namespace tandem::store::postgres {

/// Bytes sent as bytea; a plain string_view is text.
struct Blob {
  std::string_view bytes;
};

/// The values of one statement, $1, $2, …; a nullopt is NULL.
class Params {
 public:
  void add(std::int64_t value) { add_one(value); }
  void add(bool value) { add_one(value); }
  void add(LedgerKind value) { add_one(value); }
  void add(std::string_view text) { add_one(text); }
  void add(const char* text) = delete;  // would become a bool
  void add(const std::string& text) { add_one(std::string_view(text)); }
  void add(Blob blob) { add_one(blob); }
  void add(const Digest& digest) { add_one(digest); }
  template <class Value>
  void add(const std::optional<Value>& value) {
    if (value) return add(*value);
    begin(type_of(Value{}));
    values_.back().size = -1;
  }

  /// One array with what `get` answers of each row.
  template <class Rows, class Get>
  void column(const Rows& rows, Get get) {
    bool first = true;
    for (const auto& row : rows) {
      decltype(auto) value = std::invoke(get, deref(row));
      if (first) begin_array(type_of(value), rows.size());
      first = false;
      element(value);
    }
    if (first) {
      using Element = std::invoke_result_t<Get, decltype(deref(*rows.begin()))>;
      begin_array(type_of(std::remove_cvref_t<Element>{}), 0);
    }
    end();
  }
  /// The numbers 0, 1, … `count` - 1, by which an answer names its row.
  void ordinals(std::size_t count);

  /// For libpq; valid until the next change.
  struct Wire {
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> sizes;
    std::vector<int> formats;
  };
  [[nodiscard]] Wire wire() const;

 private:
  enum class Type : std::uint8_t { integer, boolean, text, bytes };
  struct Value {
    Oid type;
    std::size_t at;
    std::int64_t size;
  };

  template <class Row>
  static const Row& deref(const Row* row) {
    return *row;
  }
  template <class Row>
  static const Row& deref(const Row& row) {
    return row;
  }
  static Type type_of(std::int64_t) { return Type::integer; }
  static Type type_of(LedgerKind) { return Type::integer; }
  static Type type_of(bool) { return Type::boolean; }
  static Type type_of(std::string_view) { return Type::text; }
  static Type type_of(const std::string&) { return Type::text; }
  static Type type_of(Blob) { return Type::bytes; }
  static Type type_of(const Digest&) { return Type::bytes; }
  static Type type_of(const Salt&) { return Type::bytes; }
  template <class Value>
  static Type type_of(const std::optional<Value>&) {
    return type_of(Value{});
  }

  template <class Value>
  void add_one(const Value& value) {
    begin(type_of(value));
    put(value);
    end();
  }
  template <class Value>
  void element(const Value& value) {
    const std::size_t at = buffer_.size();
    number(0, 4);
    put(value);
    set_size(at, buffer_.size() - at - 4);
  }
  template <class Value>
  void element(const std::optional<Value>& value) {
    if (value) return element(*value);
    number(-1, 4);
  }

  void begin(Type type);
  void begin_array(Type type, std::size_t count);
  void end() {
    values_.back().size = static_cast<std::int64_t>(buffer_.size() - values_.back().at);
  }
  void number(std::int64_t value, int bytes);
  void set_size(std::size_t at, std::size_t size);
  void put(std::int64_t value) { number(value, 8); }
  void put(LedgerKind value) { number(static_cast<std::int64_t>(value), 8); }
  void put(bool value) { buffer_ += value ? '\1' : '\0'; }
  void put(std::string_view text) { buffer_ += text; }
  void put(Blob blob) { buffer_ += blob.bytes; }
  template <std::size_t N>
  void put(const std::array<std::uint8_t, N>& bytes) {
    buffer_.append(bytes.begin(), bytes.end());
  }

  std::string buffer_;
  std::vector<Value> values_;
};

/// What one statement answered. Before the first next() it stands before the first row.
class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}

  [[nodiscard]] bool next() {
    column_ = 0;
    return ++row_ < PQntuples(result_.get());
  }
  /// How many rows the statement changed or answered.
  [[nodiscard]] std::int64_t count() const;
  /// The statement's word: "COMMIT", "ROLLBACK", …
  [[nodiscard]] std::string_view tag() const { return PQcmdStatus(result_.get()); }

  [[nodiscard]] std::int64_t integer();  // of any size, and boolean
  [[nodiscard]] std::string text();      // text or bytea; NULL is empty
  [[nodiscard]] Digest digest();
  [[nodiscard]] Salt salt();
  [[nodiscard]] std::optional<std::int64_t> optional_integer();
  [[nodiscard]] std::optional<Digest> optional_digest();

 private:
  [[nodiscard]] std::string_view field();
  [[nodiscard]] bool skip_null();

  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
  int row_ = -1;
  int column_ = 0;
};

/// All rows, each made by `read`.
template <class Read>
[[nodiscard]] auto all_rows(Rows&& rows, Read read) {
  std::vector<decltype(read(rows))> all;
  while (rows.next()) all.push_back(read(rows));
  return all;
}

/// The first row, if any.
template <class Read>
[[nodiscard]] auto one_row(Rows&& rows, Read read) -> std::optional<decltype(read(rows))> {
  if (!rows.next()) return std::nullopt;
  return read(rows);
}

}  // namespace tandem::store::postgres
