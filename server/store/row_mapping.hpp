// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the columns of a row become a value: the one list for every engine. A list of columns stands
// beside the function that reads them from left to right; `Row` is an engine's cursor, with
// integer(), text(), digest(), salt() and their optional_… forms.
//
//   prepare("SELECT " TANDEM_HEAD_COLUMNS " FROM orders WHERE …")    // then read_head(row)

#include <cstdint>
#include <utility>

#include "store/catalog.hpp"
#include "store/customer_rows.hpp"
#include "store/ledger.hpp"
#include "store/reads.hpp"
#include "store/rows.hpp"

namespace tandem::store {

#define TANDEM_HEAD_COLUMNS "order_no, order_id, secret_hash, version, head, created_ms"
template <class Row>
OrderHead read_head(Row& row) {
  return {row.integer(), row.text(), row.digest(), row.integer(), row.digest(), row.integer()};
}

#define TANDEM_EVENT_COLUMNS "n, bytes, command_id"
template <class Row>
Event read_event(Row& row) {
  return {row.integer(), row.text(), row.text()};
}

#define TANDEM_PART_COLUMNS "n, name, salt, bytes"
template <class Row>
Part read_part(Row& row) {
  return {row.integer(), row.text(), row.salt(), row.text()};
}

#define TANDEM_COMMAND_COLUMNS "command_id, digest, first_n, last_n, answer"
template <class Row>
CommandRecord read_command(Row& row) {
  return {row.text(), row.digest(), row.integer(), row.integer(), row.text()};
}

#define TANDEM_ROW_COLUMNS \
  "order_no, version, order_state, payment_state, delivery_state, invoice_state," \
  " return_state, needs_person, placed_ms, confirmed_ms, idle_since_ms, bought_ms," \
  " reminded_ms, active_ms, unsubscribed, next_due_ms, updated_ms, total_minor, currency," \
  " customer, contact_hash"
template <class Row>
OrderRow read_order_row(Row& row) {
  OrderRow order;
  order.order_no = row.integer();
  order.version = row.integer();
  order.order_state = row.text();
  order.payment_state = row.text();
  order.delivery_state = row.text();
  order.invoice_state = row.text();
  order.return_state = row.text();
  order.needs_person = row.integer() != 0;
  order.placed_ms = row.optional_integer();
  order.confirmed_ms = row.optional_integer();
  order.idle_since_ms = row.optional_integer();
  order.bought_ms = row.optional_integer();
  order.reminded_ms = row.optional_integer();
  order.active_ms = row.integer();
  order.unsubscribed = row.integer() != 0;
  order.next_due_ms = row.optional_integer();
  order.updated_ms = row.integer();
  order.total_minor = row.integer();
  order.currency = row.text();
  order.customer = row.text();
  order.contact_hash = row.optional_digest();
  return order;
}

#define TANDEM_WAITING_COLUMNS "sku, confirmed_ms, order_no, transfer"
template <class Row>
WaitingRow read_waiting(Row& row) {
  return {row.text(), row.integer(), row.integer(), row.integer()};
}

/// Kind, key and part.
template <class Row>
LedgerKey read_key(Row& row) {
  const auto kind = static_cast<LedgerKind>(row.integer());
  return {kind, row.text(), row.text()};
}

template <class Row>
Figures read_figures(Row& row) {
  return {row.integer(), row.integer(), row.integer(), row.integer(), row.integer(), row.integer()};
}

#define TANDEM_STOCK_COLUMNS \
  "on_hand, reserved, held, backordered, safety_stock, backorder_max, shortfall, version"
template <class Row>
void read_stock(Row& row, LedgerRow& stock) {
  stock.figures.on_hand = row.integer();
  stock.figures.reserved = row.integer();
  stock.figures.held = row.integer();
  stock.figures.backordered = row.integer();
  stock.safety_stock = row.integer();
  stock.backorder_max = row.integer();
  stock.shortfall = row.integer();
  stock.version = row.integer();
  stock.exists = true;
}

#define TANDEM_GIFT_CARD_COLUMNS "balance, held, version, expires_ms"
template <class Row>
void read_gift_card(Row& row, LedgerRow& card) {
  card.figures.balance = row.integer();
  card.figures.held = row.integer();
  card.version = row.integer();
  card.expires_ms = row.optional_integer();
  card.exists = true;
}

#define TANDEM_USES_COLUMNS "used, held, version"
template <class Row>
void read_uses(Row& row, LedgerRow& uses) {
  uses.figures.used = row.integer();
  uses.figures.held = row.integer();
  uses.version = row.integer();
  uses.exists = true;
}

#define TANDEM_ENTRY_COLUMNS \
  "order_no, n, kind, key, part, movement, on_hand, reserved, held, backordered, used, balance," \
  " at_ms, actor, reason"
template <class Row>
LedgerEntry read_entry(Row& row) {
  LedgerEntry entry;
  entry.cause.order_no = row.integer();
  entry.cause.n = row.integer();
  entry.key = read_key(row);
  entry.movement = row.text();
  entry.change = read_figures(row);
  entry.at_ms = row.integer();
  entry.cause.actor = row.text();
  entry.cause.reason = row.text();
  return entry;
}

#define TANDEM_HOLD_COLUMNS "order_no, kind, key, part, quantity, expires_ms, n"
template <class Row>
Hold read_hold(Row& row) {
  const std::int64_t order_no = row.integer();
  return {read_key(row), order_no, row.integer(), row.integer(), row.integer()};
}

#define TANDEM_OUTBOX_COLUMNS \
  "outbox_no, kind, order_no, payload, due_ms, attempts, dedupe_key, state, last_error"
template <class Row>
OutboxRow read_outbox(Row& row) {
  return {row.integer(), row.text(),    row.integer(), row.text(),
          row.integer(), row.integer(), row.text(),    static_cast<OutboxState>(row.integer()),
          row.text()};
}

#define TANDEM_IDEMPOTENCY_COLUMNS "request, status, response, created_ms, lease_until_ms, owner"
template <class Row>
IdempotencyRow read_idempotency(Row& row, IdempotencyKey id) {
  return {std::move(id), row.digest(),  row.integer(), row.text(),
          row.integer(), row.integer(), row.text()};
}

#define TANDEM_FEED_COLUMNS "batch, n, order_no, from_version, version"
template <class Row>
FeedRow read_feed(Row& row) {
  return {{row.integer(), row.integer()}, row.integer(), row.integer(), row.integer()};
}

#define TANDEM_PRODUCT_COLUMNS "handle, position, bytes, search"
template <class Row>
Product read_product(Row& row) {
  return {row.text(), row.integer(), row.text(), row.text()};
}

#define TANDEM_OFFER_COLUMNS "sku, handle, position, bytes"
template <class Row>
Offer read_offer(Row& row) {
  return {row.text(), row.text(), row.integer(), row.text()};
}

#define TANDEM_API_KEY_COLUMNS "hash, name, role, created_ms, revoked_ms"
template <class Row>
ApiKey read_api_key(Row& row) {
  return {row.digest(), row.text(), row.text(), row.integer(), row.optional_integer()};
}

#define TANDEM_AUDIT_COLUMNS "n, at_ms, actor, what, subject, digest_before, digest_after"
template <class Row>
AuditRow read_audit(Row& row) {
  return {row.integer(), row.integer(),         row.text(),           row.text(),
          row.text(),    row.optional_digest(), row.optional_digest()};
}

}  // namespace tandem::store
