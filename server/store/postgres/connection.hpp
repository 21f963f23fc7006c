// SPDX-License-Identifier: Apache-2.0
#pragma once
// One connection to PostgreSQL. Used by one thread at a time.
//
// Statements go out in pipelines: all of a list in one round trip. The first one that fails ends
// the list. A connection that was lost says so by Fault::unreachable and by usable(); it never
// comes back, a new one takes its place.
//
//   Query find{"SELECT version FROM orders WHERE shop = $1 AND order_no = $2", shop, order_no};
//   auto rows = connection.run(find);                        // Stored<Rows>
//   if (rows && rows->next()) version = rows->integer();

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/failure.hpp"
#include "store/postgres/values.hpp"

namespace tandem::store::postgres {

/// A statement with its values. `sql` must be a literal: its address is the key of a kept plan.
struct Query {
  template <class... Values>
  explicit Query(const char* text, const Values&... values) : sql(text) {
    (params.add(values), ...);
  }
  const char* sql;
  Params params{};
};

/// Whether the database plans a statement each time, with the values at hand, or once: then it is
/// named, read and planned when it comes first, and only its values are sent from then on.
enum class Plans : std::uint8_t { each_time, kept };

class Connection {
 public:
  /// `url` is a connection string as libpq reads it. Plans are kept only where no pooler stands in
  /// between: behind one, a name may be asked of a session that never heard of it. Faults: misuse
  /// (it cannot be read), read_only (no such database, no rights), unreachable.
  [[nodiscard]] static Stored<std::unique_ptr<Connection>> open(const std::string& url,
                                                                Plans plans = Plans::each_time);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { PQfinish(db_); }

  /// The answers in the queries' order; after a failure `failed` is the number of the culprit.
  [[nodiscard]] Stored<std::vector<Rows>> run(std::span<const Query> queries,
                                              std::size_t* failed = nullptr);
  [[nodiscard]] Stored<Rows> run(const Query& query);

  /// Runs a script of several statements without values.
  [[nodiscard]] Stored<void> execute(const std::string& script);

  /// False once it was lost.
  [[nodiscard]] bool usable() const { return PQstatus(db_) == CONNECTION_OK && !lost_; }
  /// Usable, and in no transaction.
  [[nodiscard]] bool idle() const { return usable() && PQtransactionStatus(db_) == PQTRANS_IDLE; }

 private:
  struct Named {
    std::string name;
    bool is_known = false;  // to the database
  };

  explicit Connection(PGconn* db) : db_(db) {}
  [[nodiscard]] bool is_direct();
  [[nodiscard]] Named* named(const char* sql);
  [[nodiscard]] bool send(std::span<const Query> queries, std::vector<Named*>& told);
  [[nodiscard]] std::optional<Rows> next_answer(std::optional<Failure>& failure);
  [[nodiscard]] Failure lost(const Failure* reason = nullptr);

  std::mutex running_;
  PGconn* db_;
  bool lost_ = false;
  bool keeps_plans_ = false;
  std::unordered_map<const char*, Named> statements_;  // by the address of their literal
};

}  // namespace tandem::store::postgres
