// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the store keeps of orders, as plain values: bytes, numbers and digests, no rules.
//
// An order is a row with a serial `order_no` (every other table's key) and the id its client made.
// Its events are numbered from 1 without gaps; `version` is the number of the last one and `head`
// the digest of the chain up to it. Event bytes come back exactly as they were written.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "store/ledger.hpp"
#include "store/outbox.hpp"
#include "store/webhook_rows.hpp"

namespace tandem::store {

using Digest = std::array<std::uint8_t, 32>;
using Salt = std::array<std::uint8_t, 16>;

struct OrderHead {
  std::int64_t order_no = 0;
  std::string order_id{};
  Digest secret_hash{};
  std::int64_t version = 0;
  Digest head{};
  std::int64_t created_ms = 0;

  friend bool operator==(const OrderHead&, const OrderHead&) = default;
};

struct Event {
  std::int64_t n = 0;
  Bytes bytes{};
  std::string command_id{};  // empty when no client command caused it
};

/// Sealed data of an event: personal or staff-only, erasable.
struct Part {
  std::int64_t n = 0;
  std::string name{};
  Salt salt{};
  Bytes bytes{};
};

/// A command that was answered. Same id and digest again: the same answer; other digest: refused.
struct CommandRecord {
  std::string command_id{};
  Digest digest{};
  std::int64_t first_n = 0;  // its events, 0 and 0 when it made none
  std::int64_t last_n = 0;
  Bytes answer{};

  friend bool operator==(const CommandRecord&, const CommandRecord&) = default;
};

/// The order's current state, for lists and reads that must not fold.
struct OrderRow {
  std::int64_t order_no = 0;
  std::int64_t version = 0;
  std::string order_state{}, payment_state{}, delivery_state{}, invoice_state{};
  std::string return_state{};
  bool needs_person = false;
  std::optional<std::int64_t> placed_ms{};
  std::optional<std::int64_t> confirmed_ms{};
  std::optional<std::int64_t> idle_since_ms{};  // a cart that its customer may be reminded of
  std::optional<std::int64_t> bought_ms{};      // while it is placed
  std::optional<std::int64_t> reminded_ms{};    // when a reminder was sent
  std::int64_t active_ms = 0;                   // of the customer's last command
  bool unsubscribed = false;
  std::optional<std::int64_t> next_due_ms{};  // the earliest deadline the scheduler must act on
  std::int64_t updated_ms = 0;
  std::int64_t total_minor = 0;
  std::string currency{};
  std::string customer{};                // customer id, empty for guests
  std::optional<Digest> contact_hash{};  // finds the orders of an email address without storing it
  Bytes view{};  // the customer's view
  Bytes staff_view{};  // may be empty
};

/// All that is kept of one order. Of a sound one that has events nothing is missing.
struct WholeOrder {
  std::int64_t order_no = 0;
  std::optional<OrderHead> head{};
  std::optional<OrderRow> row{};
  std::vector<Event> events{};
  std::vector<Part> parts{};
};

/// A transfer that goods of a product are missing for.
struct WaitingRow {
  std::string sku{};
  std::int64_t confirmed_ms = 0;
  std::int64_t order_no = 0;
  std::int64_t transfer = 0;

  friend auto operator<=>(const WaitingRow&, const WaitingRow&) = default;
};

/// What an order has reserved of a product.
struct ReservedRow {
  std::int64_t confirmed_ms = 0;
  std::int64_t order_no = 0;
  std::int64_t quantity = 0;
};

/// A number that was taken of an invoice series.
struct InvoiceNumber {
  std::string series{};
  std::int64_t number = 0;
  std::int64_t order_no = 0;
  std::int64_t n = 0;
};

/// Who a customer is beside the order at hand: by account and by addresses.
struct CustomerKey {
  std::optional<std::string> customer{};
  std::optional<Digest> contact_hash{};  // of the order
  std::optional<Digest> account_hash{};  // of the account
};

/// What the orders of a customer say, all but one.
struct HistoryRow {
  std::optional<std::int64_t> bought_ms{};
  std::optional<std::int64_t> reminded_ms{};
  std::optional<std::int64_t> active_ms{};
  bool unsubscribed = false;
};

/// A quotation that somebody began and nobody is known to want.
struct LeftOrder {
  std::int64_t order_no = 0;
  std::int64_t version = 0;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
};

/// Names an order by its number or by its client's id.
using OrderRef = std::variant<std::int64_t, std::string>;

struct OrderRequest {
  OrderRef ref{};
  std::vector<std::string> command_ids{};  // whose records to load
  bool with_parts = false;
  std::int64_t after_n = 0;  // load only later events and parts: the earlier ones are known
  bool may_be_new = false;  // a hint: who asks would create it, and has not seen it before
};

/// An order locked for change: everything needed to decide.
struct LoadedOrder {
  OrderHead head{};
  std::vector<Event> events{};  // those asked for, by n
  std::vector<Part> parts{};  // when asked for, by n and name
  std::vector<CommandRecord> commands{};  // those asked for that exist
  std::vector<Hold> holds{};  // everything this order holds, expired or not
};

struct IdempotencyKey {
  std::string scope{};  // principal and route
  std::string key{};
  friend auto operator<=>(const IdempotencyKey&, const IdempotencyKey&) = default;
};

/// status 0: taken by `owner` until `lease_until_ms`, not yet answered.
struct IdempotencyRow {
  IdempotencyKey id{};
  Digest request{};
  std::int64_t status = 0;
  Bytes response{};
  std::int64_t created_ms = 0;
  std::int64_t lease_until_ms = 0;
  std::string owner{};
};

}  // namespace tandem::store
