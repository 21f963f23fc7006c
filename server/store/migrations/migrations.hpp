// SPDX-License-Identifier: Apache-2.0
#pragma once
// The numbered steps that bring an empty database to the schema this program knows. They are the
// SQL files beside this header, embedded when the program is built; numbers have no gaps, and a
// file that was released never changes.

#include <cstdint>
#include <span>
#include <string_view>

namespace tandem::store {

struct Migration {
  std::int64_t version;
  std::string_view name;
  std::string_view sql;
};

[[nodiscard]] std::span<const Migration> sqlite_migrations();

}  // namespace tandem::store
