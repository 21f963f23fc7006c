// SPDX-License-Identifier: Apache-2.0
#pragma once
// The store: one shop's durable state behind an interface that SQLite and PostgreSQL implement.
//
// All writes go through a Batch, which is one transaction: all of it is durable when commit()
// returns, or nothing of it is there. Loads in a batch lock what they return (by ascending key),
// so figures stay true until the commit. Reads outside are short and never block writers.
//
//   auto batch = store.begin_batch();
//   auto orders = (*batch)->load_orders(requests);
//   (*batch)->write(writes);
//   (*batch)->commit();

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/failure.hpp"
#include "store/reads.hpp"
#include "store/writes.hpp"

namespace tandem::store {

/// One write transaction. Used by one thread, but for write(); destroyed without commit it leaves
/// nothing behind.
class Batch {
 public:
  Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  virtual ~Batch() = default;

  /// The database's time, read once when the batch began.
  [[nodiscard]] virtual std::int64_t now_ms() const = 0;

  /// As Reads::catalog_version; in a batch it stays true until the commit.
  [[nodiscard]] virtual Stored<std::int64_t> catalog_version() = 0;

  /// Locks and loads orders; the answer stands in the requests' order, empty where unknown.
  [[nodiscard]] virtual Stored<std::vector<std::optional<LoadedOrder>>> load_orders(
      std::span<const OrderRequest> requests) = 0;

  /// Gives `count` order numbers in a row and answers the first. Unused ones are lost.
  [[nodiscard]] virtual Stored<std::int64_t> reserve_order_nos(std::int64_t count) = 0;

  /// Locks and loads counter rows, in the keys' order; unknown rows come back as zero.
  [[nodiscard]] virtual Stored<std::vector<LedgerRow>> load_ledger(
      std::span<const LedgerKey> keys) = 0;

  /// The holds on these ledgers that ended at or before `now_ms()`.
  [[nodiscard]] virtual Stored<std::vector<Hold>> load_expired_holds(
      std::span<const LedgerKey> keys) = 0;

  /// Locks and loads idempotency rows, in the keys' order, empty where unknown.
  [[nodiscard]] virtual Stored<std::vector<std::optional<IdempotencyRow>>> load_idempotency(
      std::span<const IdempotencyKey> keys) = 0;

  /// The webhooks that waited for these references (their order_no is not looked at).
  [[nodiscard]] virtual Stored<std::vector<UnmatchedWebhook>> load_webhooks(
      std::span<const ProviderReference> references) = 0;

  /// The transfers that wait for any of these products.
  [[nodiscard]] virtual Stored<std::vector<WaitingRow>> load_waiting(
      std::span<const std::string> skus) = 0;

  /// The orders that have some of a product reserved at a place.
  [[nodiscard]] virtual Stored<std::vector<ReservedRow>> load_reserved(const LedgerKey& stock) = 0;

  /// Takes due effects for this worker: their attempts grow by one and they are due again only
  /// after `lease_ms`, so that no other worker takes them meanwhile.
  [[nodiscard]] virtual Stored<std::vector<OutboxRow>> take_outbox(std::int64_t count_max,
                                                                   std::int64_t lease_ms) = 0;

  /// Of these holds of locked orders, those that are still there now that their ledgers are locked:
  /// on a shared database another node may have released an expired one in between.
  [[nodiscard]] virtual Stored<std::vector<Hold>> still_held(std::vector<Hold> known) {
    return known;
  }

  /// Writes the lists. Faults `guard`, `constraint` and `stale` name the row. A batch may be
  /// written in parts, and on a thread beside the one that loads.
  [[nodiscard]] virtual Stored<void> write(const Writes& writes) = 0;

  /// Makes everything durable (one fsync). After `unknown_outcome` ask was_committed().
  [[nodiscard]] virtual Stored<void> commit() = 0;

  /// After a commit of unknown outcome: whether it took place. Waits for the database to say so;
  /// a failure leaves it unknown, ask again.
  [[nodiscard]] virtual Stored<bool> was_committed() {
    return fail({Fault::misuse, {}, {}, "the outcome is known"});
  }

  /// Leaves nothing behind.
  virtual void rollback() = 0;
};

/// What has happened since the store was opened.
struct StoreCounts {
  std::int64_t commits = 0;
  std::int64_t rollbacks = 0;
  std::int64_t checkpoints = 0;
};

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// Begins the next batch; waits (up to the busy timeout) for other writers.
  [[nodiscard]] virtual Stored<std::unique_ptr<Batch>> begin_batch() = 0;

  /// True when other nodes may write between this store's batches and beside them: what a batch
  /// could not lock (because it was not there) may then turn out stale when it is written.
  [[nodiscard]] virtual bool is_shared() const { return false; }

  /// Reads outside batches, from any thread.
  [[nodiscard]] virtual Reads& reads() = 0;

  /// Copies the whole database, consistent at one moment, into a new file.
  [[nodiscard]] virtual Stored<void> backup(const std::string& path) = 0;

  [[nodiscard]] virtual StoreCounts counts() const = 0;
};

/// The number of the newest migration this program knows.
[[nodiscard]] std::int64_t schema_version_known();

struct SqliteOptions {
  std::string path;
  std::int64_t shop = 1;
  bool migrate = false;  // bring an older schema up to date; an empty file always is
  std::int64_t busy_timeout_ms = 5'000;
  std::int64_t checkpoint_pages = 4'000;  // a passive checkpoint runs after so many pages
  std::size_t readers_max = 8;  // read connections that are kept open
  std::int64_t pages_max = 0;  // the file's largest size, 0: the disk's
  bool one_moment = false;  // reads, by one thread alone, all see what the first one saw
  bool checkpoint_thread = true;  // without one the writer empties the log itself between batches
  std::function<std::int64_t()> now_ms;  // instead of the database's clock, for tests
};

/// Opens or creates a SQLite file. Faults: schema_newer, schema_older (unless `migrate`), corrupt,
/// read_only, io.
[[nodiscard]] Stored<std::unique_ptr<Store>> open_sqlite(SqliteOptions options);

struct PostgresOptions {
  std::string url;  // as libpq reads it: postgresql://…
  std::int64_t shop = 1;
  bool migrate = false;  // bring an older schema up to date; an empty database always is
  bool unsafe = false;  // take a database that may forget what it acknowledged (fsync off, …)
  std::int64_t busy_timeout_ms = 5'000;  // for a lock or a connection of the pool
  std::size_t readers_max = 8;
  bool one_moment = false;  // reads, by one thread alone, all see what the first one saw
  std::function<std::int64_t()> now_ms;  // instead of the database's clock, for tests
};

/// Opens or sets up a PostgreSQL database; any number of nodes may have it open. Faults: unsafe,
/// schema_newer, schema_older (unless `migrate`), corrupt, read_only, unreachable.
[[nodiscard]] Stored<std::unique_ptr<Store>> open_postgres(PostgresOptions options);

struct OpenOptions {
  std::string database;  // a path, or postgresql://…
  bool migrate = false;
  bool unsafe = false;
  bool one_moment = false;
};

/// Whether a database is named by a URL and not by a path.
[[nodiscard]] bool is_url(std::string_view database);

/// Opens what the name says: a SQLite file or a PostgreSQL database.
[[nodiscard]] Stored<std::unique_ptr<Store>> open_store(const OpenOptions& options);

}  // namespace tandem::store
