// SPDX-License-Identifier: Apache-2.0
#pragma once
// Why the store could not do something, as a value. Nothing in the store throws.
//
// A failed guard, a broken constraint, a stale version and a misuse are faults of one caller's
// writes: the committer runs such a batch again one by one and only the culprit fails. All other
// faults are of the database itself and fail the whole batch; after `conflict` and `unreachable`
// nothing of it is there, so it may be run again.
//
//   auto batch = store.begin_batch();
//   if (!batch) return log(batch.error());

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "tandem/base/result.hpp"

namespace tandem::store {

enum class Fault : std::uint8_t {
  guard,         // a counter would have gone beyond what it guards
  constraint,    // a unique key, a CHECK or a foreign key
  stale,         // an order or a counter has moved on since it was loaded
  conflict,      // another writer was in the way: the same batch may pass when run again
  busy,          // another writer held the database for longer than the timeout
  full,          // the disk, or the database's own size limit
  read_only,     // the file or the file system does not take writes
  io,            // reading or writing failed
  corrupt,       // the file is not a database, or a damaged one
  schema_newer,  // written by a newer program
  schema_older,  // has to be migrated first
  misuse,        // a call that the interface does not allow
  unsafe,        // the database may forget what it has acknowledged
  unreachable,   // the connection was lost or refused; of an open batch nothing is there
  unknown_outcome,  // the connection was lost during the commit: see Batch::was_committed
};

/// What failed: `table` and `key` name the row where one is to blame, else they are empty.
struct Failure {
  Fault fault{};
  std::string table{};
  std::string key{};
  std::string message{};
};

template <class T>
using Stored = std::expected<T, Failure>;

/// The failure, naming the row.
[[nodiscard]] Failure about(Failure failure, std::string_view table, std::string key);

[[nodiscard]] inline std::unexpected<Failure> fail(Failure failure) {
  return std::unexpected(std::move(failure));
}

/// The fault's name, for logs.
[[nodiscard]] std::string_view name(Fault fault);

/// True for a fault that one caller's writes are to blame for.
[[nodiscard]] bool is_callers(Fault fault);

/// True when nothing was written and the same batch may well pass when it is run again.
[[nodiscard]] bool may_pass_again(Fault fault);

/// What a client is told: `overloaded` when trying again may help, else `internal`.
[[nodiscard]] Rejection rejection_of(const Failure& failure);

}  // namespace tandem::store
