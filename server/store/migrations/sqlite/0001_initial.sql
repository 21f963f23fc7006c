-- SPDX-License-Identifier: Apache-2.0
-- Every key starts with the shop, so that one shop's rows lie together and can be moved together.
-- Wide rows live in tables with a rowid (appended at the end, a narrow index finds them); narrow
-- ones are WITHOUT ROWID, which stores them once. What is checked at each insert is spelled with OR
-- or BETWEEN: for a list after IN, SQLite fills a table in memory every time.

CREATE TABLE schema_migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_ms INTEGER NOT NULL
) STRICT;

-- The last number given: order, adjustment, outbox, rules.
CREATE TABLE serials (
  shop INTEGER NOT NULL,
  name TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (shop, name)
) STRICT, WITHOUT ROWID;

-- Orders -----------------------------------------------------------------------------------------

CREATE TABLE orders (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
  version INTEGER NOT NULL CHECK (version >= 0),
  head BLOB NOT NULL CHECK (length(head) = 32),
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, order_no)
) STRICT, WITHOUT ROWID;
-- The one place where a client's random id is a key.
CREATE UNIQUE INDEX orders_by_id ON orders (shop, order_id);

CREATE TABLE events (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 1),
  command_id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (shop, order_no, n)
) STRICT;

-- Sealed data with its salt. Deleting a row erases it; the event keeps only a digest.
CREATE TABLE parts (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  bytes BLOB NOT NULL,
  PRIMARY KEY (shop, order_no, n, name)
) STRICT;

-- One row for each answered command: the key makes a second answer impossible.
CREATE TABLE commands (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  first_n INTEGER NOT NULL,
  last_n INTEGER NOT NULL,
  answer BLOB NOT NULL,
  PRIMARY KEY (shop, order_no, command_id)
) STRICT;

CREATE TABLE order_rows (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  version INTEGER NOT NULL,
  order_state TEXT NOT NULL,
  payment_state TEXT NOT NULL,
  delivery_state TEXT NOT NULL,
  invoice_state TEXT NOT NULL,
  return_state TEXT NOT NULL,
  needs_person INTEGER NOT NULL,
  placed_ms INTEGER,
  confirmed_ms INTEGER,
  next_due_ms INTEGER,
  idle_since_ms INTEGER,
  bought_ms INTEGER,
  reminded_ms INTEGER,
  active_ms INTEGER NOT NULL,
  unsubscribed INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL,
  total_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  customer TEXT,
  contact_hash BLOB,
  view BLOB NOT NULL,
  staff_view BLOB,
  PRIMARY KEY (shop, order_no)
) STRICT;
CREATE INDEX order_rows_by_state ON order_rows (shop, order_state, order_no);
CREATE INDEX order_rows_due ON order_rows (shop, next_due_ms) WHERE next_due_ms IS NOT NULL;
-- Carts of which a customer may be reminded.
CREATE INDEX order_rows_idle ON order_rows (shop, idle_since_ms) WHERE idle_since_ms IS NOT NULL;
-- Orders that still have goods reserved or wait for them.
CREATE INDEX order_rows_to_deliver ON order_rows (shop, order_no)
  WHERE delivery_state = 'waiting' OR delivery_state = 'ready' OR delivery_state = 'started'
    OR delivery_state = 'partially_delivered';
CREATE INDEX order_rows_by_customer ON order_rows (shop, customer, order_no)
  WHERE customer IS NOT NULL;
CREATE INDEX order_rows_by_contact ON order_rows (shop, contact_hash, order_no)
  WHERE contact_hash IS NOT NULL;
CREATE INDEX order_rows_for_people ON order_rows (shop, order_no) WHERE needs_person = 1;

-- Transfers that goods are missing for, by product.
CREATE TABLE waiting (
  shop INTEGER NOT NULL,
  sku TEXT NOT NULL,
  confirmed_ms INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  transfer INTEGER NOT NULL,
  PRIMARY KEY (shop, sku, confirmed_ms, order_no, transfer)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_by_order ON waiting (shop, order_no);

-- What is known of an account beside its orders. The address is found by its keyed hash.
CREATE TABLE customers (
  shop INTEGER NOT NULL,
  id TEXT NOT NULL,
  email TEXT,
  contact_hash BLOB,
  customer_group TEXT,
  salesperson TEXT,
  reminders INTEGER NOT NULL,
  PRIMARY KEY (shop, id)
) STRICT;
CREATE INDEX customers_by_contact ON customers (shop, contact_hash, id)
  WHERE contact_hash IS NOT NULL;

-- Content-addressed: offer snapshots, quotes, provider answers.
CREATE TABLE facts (
  shop INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  bytes BLOB NOT NULL,
  PRIMARY KEY (shop, digest)
) STRICT;

-- Ledgers ----------------------------------------------------------------------------------------

-- `shortfall` is how far facts (a physical count, a higher safety stock, goods that left) went
-- beyond what may be sold; no sale can raise it, so without such a fact nothing is ever oversold.
CREATE TABLE stock (
  shop INTEGER NOT NULL,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  backordered INTEGER NOT NULL DEFAULT 0 CHECK (backordered >= 0),
  safety_stock INTEGER NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),
  backorder_max INTEGER NOT NULL DEFAULT 0 CHECK (backorder_max >= 0),
  shortfall INTEGER NOT NULL DEFAULT 0 CHECK (shortfall >= 0),
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, sku, location),
  CHECK (reserved + held + backordered + safety_stock <= on_hand + backorder_max + shortfall)
) STRICT, WITHOUT ROWID;

-- Promotions, their uses by one customer, coupon codes, invoice series (kinds 2, 3, 4, 6).
CREATE TABLE uses (
  shop INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind = 2 OR kind = 3 OR kind = 4 OR kind = 6),
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, kind, key, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE gift_cards (
  shop INTEGER NOT NULL,
  key TEXT NOT NULL,
  expires_ms INTEGER,
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  version INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, key),
  CHECK (held <= balance)
) STRICT, WITHOUT ROWID;

-- Every number of an invoice series once, with the event that took it.
CREATE TABLE invoice_numbers (
  shop INTEGER NOT NULL,
  series TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  order_no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (shop, series, number)
) STRICT, WITHOUT ROWID;

-- Append-only. The key is the cause, so no cause counts twice; adjustments are order_no 0 with a
-- number of their own.
CREATE TABLE ledger_entries (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  movement TEXT NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  held INTEGER NOT NULL,
  backordered INTEGER NOT NULL,
  used INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT,
  reason TEXT,
  PRIMARY KEY (shop, order_no, n, kind, key, part, movement),
  CHECK (order_no > 0 OR (actor IS NOT NULL AND reason IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  part TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  expires_ms INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (shop, order_no, kind, key, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_by_end ON holds (shop, kind, key, part, expires_ms);

-- Effects and requests ---------------------------------------------------------------------------

-- state: 0 pending, 1 done, 2 dead. The number is the rowid, so that a row is stored once.
CREATE TABLE outbox (
  outbox_no INTEGER PRIMARY KEY AUTOINCREMENT,
  shop INTEGER NOT NULL,
  kind TEXT NOT NULL,
  order_no INTEGER NOT NULL,
  payload BLOB NOT NULL,
  due_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  dedupe_key TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
  last_error TEXT,
  UNIQUE (shop, dedupe_key)
) STRICT;
CREATE INDEX outbox_due ON outbox (shop, due_ms) WHERE state = 0;
CREATE INDEX outbox_commands ON outbox (shop, outbox_no) WHERE state = 0 AND kind = 'command';
CREATE INDEX outbox_dead ON outbox (shop) WHERE state = 2;
CREATE INDEX outbox_by_order ON outbox (shop, order_no);

CREATE TABLE idempotency (
  shop INTEGER NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL CHECK (length(request) = 32),
  status INTEGER NOT NULL,
  response BLOB NOT NULL,
  created_ms INTEGER NOT NULL,
  lease_until_ms INTEGER NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (shop, scope, key)
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (shop, created_ms);

CREATE TABLE provider_references (
  shop INTEGER NOT NULL,
  provider TEXT NOT NULL,
  reference TEXT NOT NULL,
  order_no INTEGER NOT NULL,
  PRIMARY KEY (shop, provider, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhooks (
  shop INTEGER NOT NULL,
  provider TEXT NOT NULL,
  reference TEXT NOT NULL,
  event_id TEXT NOT NULL,
  payload BLOB NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, provider, reference, event_id)
) STRICT;

-- Catalog ----------------------------------------------------------------------------------------

CREATE TABLE products (
  shop INTEGER NOT NULL,
  handle TEXT NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  search TEXT NOT NULL,
  PRIMARY KEY (shop, handle)
) STRICT;
CREATE INDEX products_in_order ON products (shop, position, handle);

CREATE TABLE offers (
  shop INTEGER NOT NULL,
  sku TEXT NOT NULL,
  handle TEXT NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (shop, sku),
  FOREIGN KEY (shop, handle) REFERENCES products (shop, handle) ON DELETE CASCADE
) STRICT;
CREATE INDEX offers_by_product ON offers (shop, handle, position, sku);

-- The row with the highest `published_no` is current.
CREATE TABLE rules (
  shop INTEGER NOT NULL,
  id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  published_ms INTEGER NOT NULL,
  published_no INTEGER NOT NULL,
  PRIMARY KEY (shop, id),
  UNIQUE (shop, published_no)
) STRICT;

CREATE TABLE settings (
  shop INTEGER NOT NULL,
  version INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  published_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, version)
) STRICT;

CREATE TABLE coupons (
  shop INTEGER NOT NULL,
  code TEXT NOT NULL,
  promotion TEXT NOT NULL,
  PRIMARY KEY (shop, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE images (
  shop INTEGER NOT NULL,
  path TEXT NOT NULL,
  content_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (shop, path)
) STRICT;

CREATE TABLE api_keys (
  shop INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  revoked_ms INTEGER,
  PRIMARY KEY (shop, hash)
) STRICT;
