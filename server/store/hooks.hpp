// SPDX-License-Identifier: Apache-2.0
#pragma once
// Endpoints of operators that are told of orders, and what they are told: rows that are written in
// the commit that they tell of, and sent by whoever claims them.

#include <cstdint>
#include <string>

#include "store/rows.hpp"

namespace tandem::store {

/// Secrets are kept as they are given out: whoever signs needs them.
struct HookEndpoint {
  std::string id{};
  std::string url{};
  std::string events{};  // names of events with spaces between them; empty: all
  std::string secret{};
  std::string secret_before{};  // signs too, until then; empty: none
  std::int64_t before_until_ms = 0;
  bool enabled = true;
  std::string why{};  // why it was disabled by itself
  std::int64_t created_ms = 0;
  std::int64_t version = 1;  // grows with each change

  friend bool operator==(const HookEndpoint&, const HookEndpoint&) = default;
};

/// One message to one endpoint about one commit of an order. The store gives `hook_no`, and as
/// `ordering` the number of the message among the order's messages to this endpoint, from 1.
struct HookMessage {
  std::int64_t hook_no = 0;
  std::string endpoint{};
  std::int64_t order_no = 0;
  std::int64_t version = 0;
  std::int64_t ordering = 0;
  std::int64_t at_ms = 0;
  Bytes payload{};
  std::int64_t due_ms = 0;
  std::int64_t attempts = 0;
  OutboxState state = OutboxState::pending;
  std::string last_error{};
};

/// Takes a pending message for sending: the attempt counts, and nobody else takes it before then.
/// One that was taken meanwhile is stale.
struct HookClaim {
  std::int64_t hook_no = 0;
  std::int64_t attempts = 0;  // as it was read
  std::int64_t due_ms = 0;
};

/// How an attempt ended; `pending`: tried again at `due_ms`.
struct HookOutcome {
  std::int64_t hook_no = 0;
  OutboxState state = OutboxState::done;
  std::int64_t due_ms = 0;
  std::string error{};
};

/// Messages to an endpoint from `from_ms` up to `to_ms` that have ended are sent once more.
struct HookReplay {
  std::string endpoint{};
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::int64_t due_ms = 0;
};

#define TANDEM_HOOK_ENDPOINT_COLUMNS \
  "id, url, events, secret, secret_before, before_until_ms, enabled, why, created_ms, version"
template <class Row>
HookEndpoint read_hook_endpoint(Row& row) {
  return {row.text(),    row.text(),         row.text(), row.text(),    row.text(),
          row.integer(), row.integer() != 0, row.text(), row.integer(), row.integer()};
}

#define TANDEM_HOOK_MESSAGE_COLUMNS \
  "hook_no, endpoint, order_no, version, ordering, at_ms, payload, due_ms, attempts, state," \
  " last_error"
template <class Row>
HookMessage read_hook_message(Row& row) {
  return {row.integer(), row.text(),
          row.integer(), row.integer(),
          row.integer(), row.integer(),
          row.text(),    row.integer(),
          row.integer(), static_cast<OutboxState>(row.integer()),
          row.text()};
}

}  // namespace tandem::store
