// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/connection.hpp"

#include <algorithm>
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

Stored<std::unique_ptr<Connection>> Connection::open(const std::string& url, Plans plans) {
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
  connection->keeps_plans_ = plans == Plans::kept && connection->is_direct();
  return connection;
}

/// A pooler tells process numbers of its own, since it may be asked to cancel for its client.
bool Connection::is_direct() {
  auto asked = run(Query("SELECT pg_backend_pid()::bigint"));
  return asked && asked->next() && asked->integer() == PQbackendPID(db_);
}

/// Null where statements have no names.
Connection::Named* Connection::named(const char* sql) {
  if (!keeps_plans_) return nullptr;
  const auto [place, is_new] = statements_.try_emplace(sql);
  if (is_new) place->second.name = "tandem_" + std::to_string(statements_.size());
  return &place->second;
}

/// `told` are those that the list tells the database, each beside the first statement that has it:
/// an answer of its own comes before that statement's.
bool Connection::send(std::span<const Query> queries, std::vector<Named*>& told) {
  if (PQenterPipelineMode(db_) != 1) return false;
  for (const Query& query : queries) {
    const Params::Wire wire = query.params.wire();
    const int count = static_cast<int>(wire.values.size());
    Named* named = this->named(query.sql);
    const bool tells =
        named != nullptr && !named->is_known && std::ranges::find(told, named) == told.end();
    told.push_back(tells ? named : nullptr);
    if (tells &&
        PQsendPrepare(db_, named->name.c_str(), query.sql, count, wire.types.data()) != 1) {
      return false;
    }
    const int sent =
        named != nullptr
            ? PQsendQueryPrepared(db_, named->name.c_str(), count, wire.values.data(),
                                  wire.sizes.data(), wire.formats.data(), 1)
            : PQsendQueryParams(db_, query.sql, count, wire.types.data(), wire.values.data(),
                                wire.sizes.data(), wire.formats.data(), 1);
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

/// The next answer of a pipeline, and in `failure` what it failed with, if it is the first that
/// did. Empty when the connection was lost.
std::optional<Rows> Connection::next_answer(std::optional<Failure>& failure) {
  PGresult* result = PQgetResult(db_);
  if (result == nullptr) return std::nullopt;
  Rows answer(result);
  const ExecStatusType status = PQresultStatus(result);
  const bool done = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
  if (!done && status != PGRES_PIPELINE_ABORTED && !failure) failure = failure_of(result);
  if (PQstatus(db_) != CONNECTION_OK) return std::nullopt;
  if (PGresult* end = PQgetResult(db_)) {  // a NULL stands behind each answer
    PQclear(end);
    return std::nullopt;
  }
  return answer;
}

Stored<std::vector<Rows>> Connection::run(std::span<const Query> queries, std::size_t* failed) {
  const std::lock_guard running(running_);
  std::vector<Named*> told;
  if (!usable() || !send(queries, told)) return fail(lost());
  std::vector<Rows> answers;
  answers.reserve(queries.size());
  std::optional<Failure> failure;
  const auto next = [&](std::size_t i) {
    const bool had_failed = failure.has_value();
    auto answer = next_answer(failure);
    if (failure && !had_failed && failed != nullptr) *failed = i;
    return answer;
  };
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (told[i] != nullptr) {
      const auto heard = next(i);
      if (!heard) return fail(lost(failure ? &*failure : nullptr));
      told[i]->is_known = !failure;
    }
    auto answer = next(i);
    if (!answer) return fail(lost(failure ? &*failure : nullptr));
    answers.push_back(*std::move(answer));
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
