// SPDX-License-Identifier: Apache-2.0
// The store on SQLite: one writer's connection, a few readers', and one for checkpoints.
#include <atomic>
#include <condition_variable>
#include <thread>
#include <utility>

#include "store/sqlite/batch.hpp"
#include "store/sqlite/migrate.hpp"
#include "store/sqlite/reads.hpp"

namespace tandem::store {
namespace sqlite {
namespace {

constexpr int kWriterCacheKib = 16'384;
// Of files made from here on; others keep theirs. Most rows of an order, with its view, fit into a
// page of this size, and a commit moves half as many pages of twice the size.
constexpr std::string_view kPageSize = "PRAGMA page_size = 8192";
// A log this many times over the threshold is emptied before the next batch begins: the background
// cannot finish while the writer never pauses, and without an end the log would grow for ever.
constexpr std::int64_t kLogTimesMax = 4;

/// Copies the log back into the database in the background, whenever it has grown enough.
class Checkpointer {
 public:
  Checkpointer(std::unique_ptr<Connection> connection, const SqliteOptions& options)
      : connection_(std::move(connection)), pages_(options.checkpoint_pages) {
    if (options.checkpoint_thread) thread_ = std::thread([this] { work(); });
  }
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void log_has(std::int64_t pages) {
    if (pages < pages_) return;
    {
      const std::lock_guard lock(mutex_);
      wanted_ = true;
    }
    wake_.notify_one();
  }
  /// Copies on the calling thread what was written so far.
  void copy() {
    const std::lock_guard lock(copying_);
    sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
    ++count_;
  }
  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [this] { return wanted_ || stopping_; });
      if (stopping_) return;
      wanted_ = false;
      lock.unlock();
      copy();
      lock.lock();
    }
  }

  std::unique_ptr<Connection> connection_;
  std::mutex copying_;  // guards the connection: two cannot copy at once, the second waits
  const std::int64_t pages_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool wanted_ = false;
  bool stopping_ = false;
  std::atomic<std::int64_t> count_ = 0;
  std::thread thread_;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(SqliteOptions options, std::unique_ptr<Connection> writer,
              std::unique_ptr<Connection> checkpoints)
      : options_(std::move(options)),
        writer_(std::move(writer)),
        reads_(options_),
        checkpointer_(std::move(checkpoints), options_) {
    sqlite3_wal_hook(
        writer_->handle(),
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<SqliteStore*>(self)->log_pages_ = pages;
          return SQLITE_OK;
        },
        this);
  }

  [[nodiscard]] Stored<std::unique_ptr<Batch>> begin_batch() override {
    std::unique_lock turn(turn_);
    const std::int64_t times_max = options_.checkpoint_thread ? kLogTimesMax : 1;
    if (log_pages_ > times_max * options_.checkpoint_pages) {
      checkpointer_.copy();
      log_pages_ = 0;
    }
    if (auto begun = run(writer_->prepare("BEGIN IMMEDIATE")); !begun) {
      return fail(std::move(begun.error()));
    }
    auto now = clock_of(*writer_, options_);
    if (!now) {
      (void)run(writer_->prepare("ROLLBACK"));
      return fail(std::move(now.error()));
    }
    return std::make_unique<SqliteBatch>(Place{*writer_, options_.shop, *now}, std::move(turn),
                                         [this](bool committed) { ended(committed); });
  }

  [[nodiscard]] Reads& reads() override { return reads_; }
  [[nodiscard]] Stored<void> backup(const std::string& path) override {
    return reads_.backup(path);
  }
  [[nodiscard]] StoreCounts counts() const override {
    return {commits_, rollbacks_, checkpointer_.count()};
  }

 private:
  static Stored<std::int64_t> run(Statement&& statement) {
    statement.bind();
    return statement.run();
  }
  void ended(bool committed) {
    ++(committed ? commits_ : rollbacks_);
    if (committed) checkpointer_.log_has(log_pages_);
  }

  const SqliteOptions options_;
  std::mutex turn_;
  std::unique_ptr<Connection> writer_;
  SqliteReads reads_;
  std::atomic<std::int64_t> log_pages_ = 0;
  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> rollbacks_ = 0;
  Checkpointer checkpointer_;
};

}  // namespace

Stored<std::int64_t> clock_of(Connection& connection, const SqliteOptions& options) {
  if (options.now_ms) return options.now_ms();
  auto clock = connection.prepare(
      "SELECT CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)");
  clock.bind();
  auto now = one_row(clock, [](Statement& row) { return row.integer(); });
  if (!now) return fail(std::move(now.error()));
  return now->value_or(0);
}

Stored<void> ReaderPool::begin(Connection& connection) const {
  const bool goes_on = sqlite3_get_autocommit(connection.handle()) == 0;
  if (goes_on) return {};  // since the first read of one moment
  return connection.execute("BEGIN");
}

Stored<std::unique_ptr<Connection>> ReaderPool::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return Connection::open(options_.path,
                          {.read_only = true, .busy_timeout_ms = options_.busy_timeout_ms});
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < options_.readers_max) idle_.push_back(std::move(connection));
}

Stored<std::int64_t> SqliteReads::schema_version() {
  return pool_.run([](const Place& place) { return sqlite::schema_version(place.connection); });
}

Stored<std::int64_t> SqliteReads::now_ms() {
  return pool_.run([this](const Place& place) { return clock_of(place.connection, options_); });
}

Stored<void> SqliteReads::backup(const std::string& path) {
  // Not in the pool's transaction: VACUUM INTO begins its own.
  auto connection = Connection::open(options_.path, {.read_only = true});
  if (!connection) return fail(std::move(connection.error()));
  auto copy = (*connection)->prepare("VACUUM INTO ?1");
  copy.bind(std::string_view(path));
  auto done = copy.run();
  if (!done) return fail(about(std::move(done.error()), {}, path));
  return {};
}

}  // namespace sqlite

std::int64_t schema_version_known() {
  return static_cast<std::int64_t>(sqlite_migrations().size());
}

Stored<std::unique_ptr<Store>> open_sqlite(SqliteOptions options) {
  using sqlite::Connection;
  auto writer = Connection::open(options.path, {.busy_timeout_ms = options.busy_timeout_ms,
                                                .cache_kib = sqlite::kWriterCacheKib});
  if (!writer) return std::unexpected(std::move(writer.error()));
  // The schema is looked at first, so that a file of something else is left as it is.
  auto found = sqlite::schema_version(**writer);
  if (!found) return std::unexpected(std::move(found.error()));
  const std::string mode = std::string(sqlite::kPageSize) + "; PRAGMA journal_mode = WAL";
  if (auto set = (*writer)->execute(mode); !set) {
    return std::unexpected(std::move(set.error()));
  }
  auto migrated = sqlite::migrate(**writer, sqlite_migrations(), options.migrate);
  if (!migrated) return std::unexpected(std::move(migrated.error()));
  if (options.pages_max > 0) {
    const std::string pages = std::to_string(options.pages_max);
    auto limited = (*writer)->execute("PRAGMA max_page_count = " + pages);
    if (!limited) return std::unexpected(std::move(limited.error()));
  }
  auto checkpoints = Connection::open(options.path, {});
  if (!checkpoints) return std::unexpected(std::move(checkpoints.error()));
  return std::make_unique<sqlite::SqliteStore>(std::move(options), std::move(*writer),
                                               std::move(*checkpoints));
}

}  // namespace tandem::store
