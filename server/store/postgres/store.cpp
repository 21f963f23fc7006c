// SPDX-License-Identifier: Apache-2.0
// The store on PostgreSQL: one writer's connection and a pool of readers'. A connection that was
// lost is replaced before the next batch or read.
#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <utility>

#include "store/postgres/backup.hpp"
#include "store/postgres/batch.hpp"
#include "store/postgres/feed_base.hpp"
#include "store/postgres/migrate.hpp"
#include "store/postgres/reads.hpp"

namespace tandem::store {
namespace postgres {
namespace {

// A node that hangs in the middle of a batch must not keep its locks for ever.
constexpr std::int64_t kIdleInBatchMaxMs = 60'000;
// Rows of stores that have not written for so long are of no use to anybody.
constexpr std::int64_t kWritersKeptMs = 7LL * 24 * 3'600 * 1'000;

#define TANDEM_NOW "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
#define TANDEM_SETTINGS \
  "current_setting('fsync'), current_setting('full_page_writes')," \
  " current_setting('synchronous_commit')"

/// Reads TANDEM_SETTINGS. A replica of any sort makes up for nothing here: what is switched off is
/// what makes an acknowledged commit durable.
Stored<void> check_settings(Rows& row, bool unsafe) {
  for (const char* name : {"fsync", "full_page_writes", "synchronous_commit"}) {
    if (row.text() != "off" || unsafe) continue;
    return fail({Fault::unsafe,
                 {},
                 name,
                 "the database may lose acknowledged orders: " + std::string(name) +
                     " is off; turn it on, or accept that with --unsafe"});
  }
  return {};
}

#define TANDEM_LIMITS \
  "SELECT set_config('lock_timeout', $1, true)," \
  " set_config('idle_in_transaction_session_timeout', $2, true)," \
  " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)," \
  " set_config('enable_material', 'off', true), set_config('enable_seqscan', 'off', true)," \
  " set_config('plan_cache_mode', 'force_generic_plan', true)"

/// What a transaction sets for itself. A batch touches rows by their keys, each found by the index:
/// no statement of it reads a table, however small it is when the plan is made. Where the server
/// has LZ4, long values are compressed by it: what PostgreSQL does else takes an eighth of its
/// whole time for an order.
Query limits(std::int64_t busy_timeout_ms, bool has_lz4) {
  return Query(has_lz4 ? TANDEM_LIMITS ", set_config('default_toast_compression', 'lz4', true)"
                       : TANDEM_LIMITS,
               std::to_string(busy_timeout_ms), std::to_string(kIdleInBatchMaxMs));
}

Stored<bool> find_lz4(Connection& connection) {
  auto found =
      connection.run(Query("SELECT 'lz4' = ANY (enumvals) FROM pg_settings"
                           " WHERE name = 'default_toast_compression'"));
  if (!found) return fail(std::move(found.error()));
  return found->next() && found->integer() != 0;
}

std::string random_name() {
  std::random_device device;
  std::string name;
  for (int i = 0; i < 4; ++i) name += std::to_string(device()) + (i < 3 ? "-" : "");
  return name;
}

class PostgresStore final : public Store {
 public:
  PostgresStore(PostgresOptions options, std::unique_ptr<Connection> writer, bool has_lz4)
      : options_(std::move(options)),
        name_(random_name()),
        has_lz4_(has_lz4),
        writer_(std::move(writer)),
        reads_(options_) {}

  [[nodiscard]] Stored<std::unique_ptr<Batch>> begin_batch() override {
    std::unique_lock turn(turn_);
    const bool was_usable = writer_->idle();
    if (auto ready = make_ready(); !ready) return fail(std::move(ready.error()));
    auto begun = begin();
    // It may have been lost long ago, which shows only when it is used.
    if (!begun && begun.error().fault == Fault::unreachable && was_usable) {
      if (auto ready = make_ready(); !ready) return fail(std::move(ready.error()));
      begun = begin();
    }
    if (!begun) {
      if (writer_->usable() && !writer_->idle()) (void)writer_->run(Query("ROLLBACK"));
      return fail(std::move(begun.error()));
    }
    const std::int64_t number = begun->number;
    return std::make_unique<PostgresBatch>(
        std::move(*begun), std::move(turn), [this, number](End how) { ended(number, how); },
        [this](std::int64_t asked) { return was_committed(asked); });
  }

  [[nodiscard]] bool is_shared() const override { return true; }
  [[nodiscard]] Reads& reads() override { return reads_; }
  [[nodiscard]] Stored<void> backup(const std::string& path) override {
    return dump(options_.url, path);
  }
  [[nodiscard]] StoreCounts counts() const override { return {commits_, rollbacks_, 0}; }

 private:
  /// A writer's connection that can begin, with nothing of the past left open.
  [[nodiscard]] Stored<void> make_ready() {
    if (!writer_->idle()) {
      auto connection = Connection::open(options_.url, Plans::kept);
      if (!connection) return fail(std::move(connection.error()));
      writer_ = std::move(*connection);
    }
    // A later batch would overwrite what tells how the last one ended.
    return unknown_ ? look() : Stored<void>();
  }

  [[nodiscard]] Stored<BatchPlace> begin() {
    const std::array queries{
        Query("BEGIN"), limits(options_.busy_timeout_ms, has_lz4_),
        Query("SELECT pg_advisory_xact_lock_shared($1)", catalog_lock(options_.shop)),
        Query("SELECT " TANDEM_NOW ", coalesce((SELECT version FROM catalog_versions"
              " WHERE shop = $1), 0), " TANDEM_SETTINGS,
              options_.shop)};
    auto answers = writer_->run(queries);
    if (!answers) return fail(std::move(answers.error()));
    Rows& row = answers->back();
    if (!row.next()) return fail({Fault::io, {}, {}, "the database has no clock"});
    const std::int64_t now = row.integer();
    const std::int64_t version = row.integer();
    if (auto safe = check_settings(row, options_.unsafe); !safe) {
      return fail(std::move(safe.error()));
    }
    return BatchPlace{writer_.get(), options_.shop, options_.now_ms ? options_.now_ms() : now,
                      version,       name_,         ++last_number_};
  }

  void ended(std::int64_t number, End how) {
    ++(how == End::committed ? commits_ : rollbacks_);
    if (how == End::unknown) unknown_ = number;
  }

  /// Learns how the batch of unknown outcome ended. Its old session may still be at work: the row
  /// is locked, so this waits for its end.
  [[nodiscard]] Stored<void> look() {
    const std::array queries{
        Query("BEGIN"), limits(options_.busy_timeout_ms, has_lz4_),
        Query("INSERT INTO writers (shop, writer, batch, seen_ms) VALUES ($1, $2, 0, " TANDEM_NOW
              ") ON CONFLICT (shop, writer) DO NOTHING",
              options_.shop, name_),
        Query("SELECT batch FROM writers WHERE shop = $1 AND writer = $2 FOR UPDATE", options_.shop,
              name_),
        Query("COMMIT")};
    auto answers = writer_->run(queries);
    if (!answers) {
      if (writer_->usable() && !writer_->idle()) (void)writer_->run(Query("ROLLBACK"));
      return fail(std::move(answers.error()));
    }
    Rows& row = (*answers)[3];
    const bool committed = row.next() && row.integer() == *unknown_;
    if (committed) {
      ++commits_;
      --rollbacks_;
    }
    learned_[*unknown_] = committed;
    unknown_.reset();
    return {};
  }

  [[nodiscard]] Stored<bool> was_committed(std::int64_t number) {
    const std::lock_guard turn(turn_);
    if (unknown_ == number) {
      if (auto ready = make_ready(); !ready) return fail(std::move(ready.error()));
    }
    const auto learned = learned_.find(number);
    if (learned == learned_.end()) {
      return fail({Fault::misuse, {}, {}, "the outcome is known"});
    }
    return learned->second;
  }

  const PostgresOptions options_;
  const std::string name_;  // in `writers`
  const bool has_lz4_;
  std::mutex turn_;  // guards what follows, up to the readers
  std::unique_ptr<Connection> writer_;
  std::int64_t last_number_ = 0;
  std::optional<std::int64_t> unknown_;  // the batch whose outcome is unknown
  std::map<std::int64_t, bool> learned_;
  PostgresReads reads_;
  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> rollbacks_ = 0;
};

/// Refuses a database that forgets, before anything is written to it.
Stored<void> check_durable(Connection& connection, bool unsafe) {
  auto settings = connection.run(Query("SELECT " TANDEM_SETTINGS));
  if (!settings) return fail(std::move(settings.error()));
  if (!settings->next()) return fail({Fault::io, {}, {}, "the database has no settings"});
  return check_settings(*settings, unsafe);
}

}  // namespace

Stored<std::int64_t> clock_of(Connection& connection, const PostgresOptions& options) {
  if (options.now_ms) return options.now_ms();
  auto now = connection.run(Query("SELECT " TANDEM_NOW));
  if (!now) return fail(std::move(now.error()));
  return now->next() ? now->integer() : 0;
}

Stored<void> ReaderPool::begin(Connection& connection) const {
  if (!options_.one_moment || !connection.idle()) return {};
  auto begun = connection.run(snapshot());
  if (!begun) return fail(std::move(begun.error()));
  return {};
}

Stored<std::unique_ptr<Connection>> ReaderPool::take(bool new_one) {
  const auto timeout = std::chrono::milliseconds(options_.busy_timeout_ms);
  {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(
        lock, timeout, [&] { return !idle_.empty() || lent_ < options_.readers_max; });
    if (!free) return fail({Fault::busy, {}, {}, "all connections for reading are in use"});
    ++lent_;
    if (new_one) idle_.clear();  // they were lost with the one before
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  auto connection = Connection::open(options_.url);
  if (!connection) give_back(nullptr);
  return connection;
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    const bool usable =
        connection != nullptr && (options_.one_moment ? connection->usable() : connection->idle());
    if (usable) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

Stored<std::int64_t> PostgresReads::schema_version() {
  return pool_.run([](const Place& place) { return postgres::schema_version(place.connection); });
}

Stored<std::int64_t> PostgresReads::now_ms() {
  return pool_.run([this](const Place& place) { return clock_of(place.connection, options_); });
}

}  // namespace postgres

Stored<std::unique_ptr<Store>> open_postgres(PostgresOptions options) {
  using namespace postgres;
  auto writer = Connection::open(options.url, Plans::kept);
  if (!writer) return fail(std::move(writer.error()));
  Connection& connection = **writer;
  if (auto durable = check_durable(connection, options.unsafe); !durable) {
    return fail(std::move(durable.error()));
  }
  auto migrated = migrate(connection, postgres_migrations(), options.migrate, options.shop);
  if (!migrated) return fail(std::move(migrated.error()));
  if (auto raised = raise_feed_base(connection, options.shop); !raised) {
    return fail(std::move(raised.error()));
  }
  const auto has_lz4 = find_lz4(connection);
  if (!has_lz4) return fail(has_lz4.error());
  auto swept =
      connection.run(Query("DELETE FROM writers WHERE shop = $1"
                           " AND seen_ms < " TANDEM_NOW " - $2",
                           options.shop, kWritersKeptMs));
  if (!swept) return fail(std::move(swept.error()));
  return std::make_unique<PostgresStore>(std::move(options), std::move(*writer), *has_lz4);
}

}  // namespace tandem::store
