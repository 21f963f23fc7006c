// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/connection.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace tandem::store::postgres {
namespace {

std::string_view or_empty(const char* text) { return text == nullptr ? "" : text; }

/// What an SQLSTATE means; the more special ones come first.
Fault fault_of(std::string_view state) {
  struct Meaning {
    std::string_view prefix;
    Fault fault;
  };
  static constexpr Meaning kMeanings[] = {
      {"23", Fault::constraint},    // unique key, CHECK, foreign key
      {"40003", Fault::unreachable},
      {"40", Fault::conflict},      // deadlock, serialization
      {"55P03", Fault::busy},       // lock_timeout
      {"57014", Fault::busy},       // statement_timeout
      {"57", Fault::unreachable},   // the server shuts down or starts
      {"25P03", Fault::unreachable},  // idle for too long in a transaction
      {"25006", Fault::read_only},  // a standby
      {"08", Fault::unreachable},
      {"53300", Fault::busy},       // too many connections
      {"53100", Fault::full},
      {"53", Fault::busy},
      {"42501", Fault::read_only},  // no rights
      {"28", Fault::read_only},     // no such user, wrong password
      {"58", Fault::io},
      {"XX001", Fault::corrupt},
      {"XX002", Fault::corrupt},
      {"XX", Fault::io},
  };
  for (const Meaning& meaning : kMeanings) {
    if (state.starts_with(meaning.prefix)) return meaning.fault;
  }
  return state.empty() ? Fault::unreachable : Fault::misuse;
}

/// "same" of `Key (shop, order_id)=(1, same) already exists.`
std::string key_of(std::string_view detail) {
  const std::size_t begin = detail.find(")=(");
  const std::size_t end = detail.rfind(')');
  if (begin == std::string_view::npos || end <= begin + 3) return {};
  const std::string_view values = detail.substr(begin + 3, end - begin - 3);
  const std::size_t comma = values.find(", ");  // behind the shop
  return std::string(comma == std::string_view::npos ? values : values.substr(comma + 2));
}

/// The detail of a broken CHECK would show the whole row, and with it who knows whose data.
Failure failure_of(const PGresult* result) {
  const std::string_view state = or_empty(PQresultErrorField(result, PG_DIAG_SQLSTATE));
  Failure failure{fault_of(state), {}, {}, {}};
  failure.table = or_empty(PQresultErrorField(result, PG_DIAG_TABLE_NAME));
  if (state == "23505" || state == "23503") {
    failure.key = key_of(or_empty(PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL)));
  }
  failure.message = or_empty(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
  if (failure.message.empty()) failure.message = or_empty(PQresultErrorMessage(result));
  if (!state.empty()) ((failure.message += " (") += state) += ')';
  return failure;
}

std::string without_newlines(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string line(text);
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return line;
}

}  // namespace

Stored<std::unique_ptr<Connection>> Connection::open(const std::string& url) {
  char* wrong = nullptr;
  PQconninfoOption* parts = PQconninfoParse(url.c_str(), &wrong);
  if (parts == nullptr) {
    const std::string message = without_newlines(or_empty(wrong));
    PQfreemem(wrong);
    return fail({Fault::misuse, {}, {}, message});
  }
  PQconninfoFree(parts);
  // What stands before `dbname` may be changed by the URL, what stands behind it may not. A peer
  // that is gone without a word is noticed within half a minute.
  static constexpr std::array kNames{"connect_timeout",
                                     "application_name",
                                     "keepalives_idle",
                                     "keepalives_interval",
                                     "keepalives_count",
                                     "tcp_user_timeout",
                                     "dbname",
                                     "client_encoding",
                                     static_cast<const char*>(nullptr)};
  const std::array values{"5",         "tandem", "10",
                          "5",         "3",      "30000",
                          url.c_str(), "UTF8",   static_cast<const char*>(nullptr)};
  PGconn* db = PQconnectdbParams(kNames.data(), values.data(), 1);
  if (db == nullptr) return fail({Fault::io, {}, {}, "no memory for a connection"});
  std::unique_ptr<Connection> connection(new Connection(db));
  if (PQstatus(db) != CONNECTION_OK) {
    const std::string message = without_newlines(PQerrorMessage(db));
    const bool refused = message.find("authentication failed") != std::string::npos ||
                         message.find("does not exist") != std::string::npos;
    return fail({refused ? Fault::read_only : Fault::unreachable, {}, {}, message});
  }
  PQsetNoticeProcessor(db, [](void*, const char*) {}, nullptr);
  return connection;
}

bool Connection::send(std::span<const Query> queries) {
  if (PQenterPipelineMode(db_) != 1) return false;
  for (const Query& query : queries) {
    const Params::Wire wire = query.params.wire();
    const int sent =
        PQsendQueryParams(db_, query.sql, static_cast<int>(wire.values.size()), wire.types.data(),
                          wire.values.data(), wire.sizes.data(), wire.formats.data(), 1);
    if (sent != 1) return false;
  }
  return PQpipelineSync(db_) == 1;
}

Failure Connection::lost(const Failure* reason) {
  lost_ = true;
  Failure failure{Fault::unreachable, {}, {}, {}};
  failure.message = reason != nullptr ? reason->message : without_newlines(PQerrorMessage(db_));
  if (failure.message.empty()) failure.message = "the connection was lost";
  return failure;
}

Stored<std::vector<Rows>> Connection::run(std::span<const Query> queries, std::size_t* failed) {
  if (!usable() || !send(queries)) return fail(lost());
  std::vector<Rows> answers;
  answers.reserve(queries.size());
  std::optional<Failure> failure;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    PGresult* result = PQgetResult(db_);
    if (result == nullptr) return fail(lost(failure ? &*failure : nullptr));
    answers.emplace_back(result);
    const ExecStatusType status = PQresultStatus(result);
    const bool done = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    if (!done && status != PGRES_PIPELINE_ABORTED && !failure) {
      failure = failure_of(result);
      if (failed != nullptr) *failed = i;
    }
    if (PQstatus(db_) != CONNECTION_OK) return fail(lost(failure ? &*failure : nullptr));
    if (PGresult* end = PQgetResult(db_)) {  // a NULL stands behind each answer
      PQclear(end);
      return fail(lost(failure ? &*failure : nullptr));
    }
  }
  PGresult* sync = PQgetResult(db_);
  const bool in_step = PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
  PQclear(sync);
  if (!in_step || PQexitPipelineMode(db_) != 1) return fail(lost(failure ? &*failure : nullptr));
  if (failure) {
    if (failure->fault == Fault::unreachable) lost_ = true;
    return fail(std::move(*failure));
  }
  return answers;
}

Stored<Rows> Connection::run(const Query& query) {
  auto answers = run(std::span(&query, 1));
  if (!answers) return fail(std::move(answers.error()));
  return std::move(answers->front());
}

Stored<void> Connection::execute(const std::string& script) {
  if (!usable()) return fail(lost());
  PGresult* result = PQexec(db_, script.c_str());
  const Rows answer(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
  if (PQstatus(db_) != CONNECTION_OK) return fail(lost());
  return fail(failure_of(result));
}

}  // namespace tandem::store::postgres
