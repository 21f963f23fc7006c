// SPDX-License-Identifier: Apache-2.0
#pragma once
// Copies a PostgreSQL database into a file by PostgreSQL's own pg_dump; pg_restore reads it.

#include <string>

#include "store/failure.hpp"

namespace tandem::store::postgres {

/// Faults: io when pg_dump is missing or fails; it says why on standard error.
[[nodiscard]] Stored<void> dump(const std::string& url, const std::string& path);

}  // namespace tandem::store::postgres
