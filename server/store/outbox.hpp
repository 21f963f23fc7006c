// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the store keeps of effects that have to be carried out: mails, calls of providers, commands
// to other orders.
//
//   OutboxRow{.kind = "mail_invoice", .order_no = 7, .dedupe_key = "mail_invoice/7/1/12"}

#include <cstdint>
#include <string>

#include "store/webhook_rows.hpp"

namespace tandem::store {

enum class OutboxState : std::uint8_t { pending = 0, done = 1, dead = 2 };

/// An effect to be carried out at least once. `outbox_no` is given by the store.
struct OutboxRow {
  std::int64_t outbox_no = 0;
  std::string kind{};
  std::int64_t order_no = 0;
  Bytes payload{};
  std::int64_t due_ms = 0;
  std::int64_t attempts = 0;
  std::string dedupe_key{};  // unique in the shop; a second row with the same key is dropped
  OutboxState state = OutboxState::pending;
  std::string last_error{};
};

/// After an attempt: `done`, `dead`, or `pending` again at `due_ms`. The row is named by its number
/// or, when that is 0, by its dedupe key.
struct OutboxOutcome {
  std::int64_t outbox_no = 0;
  OutboxState state = OutboxState::done;
  std::int64_t due_ms = 0;
  std::string error{};
  std::string dedupe_key{};
};

}  // namespace tandem::store
