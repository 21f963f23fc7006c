// SPDX-License-Identifier: Apache-2.0
#pragma once
// The feed orders commits by their transactions. Their ids are a cluster's own: where a copy of a
// database is restored elsewhere they begin low again, and a base is added to them.

#include <cstdint>

#include "store/postgres/connection.hpp"

namespace tandem::store::postgres {

// What shop $1 adds.
#define TANDEM_FEED_BASE "coalesce((SELECT base FROM feed_bases WHERE shop = $1), 0)"

/// Puts what will be committed behind everything that is in the feed. Changes nothing but in a
/// restored database; before the first batch.
[[nodiscard]] Stored<void> raise_feed_base(Connection& connection, std::int64_t shop);

}  // namespace tandem::store::postgres
