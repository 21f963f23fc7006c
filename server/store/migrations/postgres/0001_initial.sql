-- SPDX-License-Identifier: Apache-2.0
-- Every key starts with the shop, so that one shop's rows lie together and can be moved together.
-- Texts are compared by bytes (collation "C"), as the program compares them: it is the order in
-- which rows are locked and lists are paged. Rows that change often leave room on their page, so
-- that a change of no indexed column touches no index.

CREATE TABLE schema_migrations (
  version bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  applied_ms bigint NOT NULL
);

-- One row for each open store: the last batch it made durable. It is how a store that lost its
-- connection during a commit learns whether that commit took place.
CREATE TABLE writers (
  shop bigint NOT NULL,
  writer text COLLATE "C" NOT NULL,
  batch bigint NOT NULL,
  seen_ms bigint NOT NULL,
  PRIMARY KEY (shop, writer)
) WITH (fillfactor = 50);

-- Grows with every change of offers, rules, settings or coupons.
CREATE TABLE catalog_versions (
  shop bigint PRIMARY KEY,
  version bigint NOT NULL
);

-- Numbers that need no order without gaps; orders have a sequence for each shop beside them.
CREATE SEQUENCE adjustment_no;
CREATE SEQUENCE published_no;

-- Orders -----------------------------------------------------------------------------------------

CREATE TABLE orders (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  order_id text COLLATE "C" NOT NULL,
  secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
  version bigint NOT NULL CHECK (version >= 0),
  head bytea NOT NULL CHECK (length(head) = 32),
  created_ms bigint NOT NULL,
  PRIMARY KEY (shop, order_no)
) WITH (fillfactor = 80);
-- The one place where a client's random id is a key.
CREATE UNIQUE INDEX orders_by_id ON orders (shop, order_id);

CREATE TABLE events (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  n bigint NOT NULL CHECK (n >= 1),
  command_id text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (shop, order_no, n)
);

-- Sealed data with its salt. Deleting a row erases it; the event keeps only a digest.
CREATE TABLE parts (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  n bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  salt bytea NOT NULL CHECK (length(salt) = 16),
  bytes bytea NOT NULL,
  PRIMARY KEY (shop, order_no, n, name)
);

-- One row for each answered command: the key makes a second answer impossible.
CREATE TABLE commands (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  first_n bigint NOT NULL,
  last_n bigint NOT NULL,
  answer bytea NOT NULL,
  PRIMARY KEY (shop, order_no, command_id)
);

CREATE TABLE order_rows (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  version bigint NOT NULL,
  order_state text COLLATE "C" NOT NULL,
  payment_state text COLLATE "C" NOT NULL,
  delivery_state text COLLATE "C" NOT NULL,
  invoice_state text COLLATE "C" NOT NULL,
  return_state text COLLATE "C" NOT NULL,
  needs_person boolean NOT NULL,
  placed_ms bigint,
  confirmed_ms bigint,
  next_due_ms bigint,
  idle_since_ms bigint,
  bought_ms bigint,
  reminded_ms bigint,
  active_ms bigint NOT NULL,
  unsubscribed boolean NOT NULL,
  updated_ms bigint NOT NULL,
  total_minor bigint NOT NULL,
  currency text COLLATE "C" NOT NULL,
  customer text COLLATE "C",
  contact_hash bytea,
  view bytea NOT NULL,
  staff_view bytea,
  PRIMARY KEY (shop, order_no)
) WITH (fillfactor = 80);
CREATE INDEX order_rows_by_state ON order_rows (shop, order_state, order_no);
CREATE INDEX order_rows_due ON order_rows (shop, next_due_ms) WHERE next_due_ms IS NOT NULL;
-- Carts of which a customer may be reminded.
CREATE INDEX order_rows_idle ON order_rows (shop, idle_since_ms) WHERE idle_since_ms IS NOT NULL;
-- Orders that still have goods reserved or wait for them.
CREATE INDEX order_rows_to_deliver ON order_rows (shop, order_no)
  WHERE delivery_state IN ('waiting', 'ready', 'started', 'partially_delivered');
CREATE INDEX order_rows_by_customer ON order_rows (shop, customer, order_no)
  WHERE customer IS NOT NULL;
CREATE INDEX order_rows_by_contact ON order_rows (shop, contact_hash, order_no)
  WHERE contact_hash IS NOT NULL;
CREATE INDEX order_rows_for_people ON order_rows (shop, order_no) WHERE needs_person;

-- Transfers that goods are missing for, by product.
CREATE TABLE waiting (
  shop bigint NOT NULL,
  sku text COLLATE "C" NOT NULL,
  confirmed_ms bigint NOT NULL,
  order_no bigint NOT NULL,
  transfer bigint NOT NULL,
  PRIMARY KEY (shop, sku, confirmed_ms, order_no, transfer)
);
CREATE INDEX waiting_by_order ON waiting (shop, order_no);

-- What is known of an account beside its orders. The address is found by its keyed hash.
CREATE TABLE customers (
  shop bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  email text COLLATE "C",
  contact_hash bytea,
  customer_group text COLLATE "C",
  salesperson text COLLATE "C",
  reminders boolean NOT NULL,
  PRIMARY KEY (shop, id)
);
CREATE INDEX customers_by_contact ON customers (shop, contact_hash, id)
  WHERE contact_hash IS NOT NULL;

-- Content-addressed: offer snapshots, quotes, provider answers.
CREATE TABLE facts (
  shop bigint NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  bytes bytea NOT NULL,
  PRIMARY KEY (shop, digest)
);

-- Ledgers ----------------------------------------------------------------------------------------

-- `shortfall` is how far facts (a physical count, a higher safety stock, goods that left) went
-- beyond what may be sold; no sale can raise it, so without such a fact nothing is ever oversold.
CREATE TABLE stock (
  shop bigint NOT NULL,
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  on_hand bigint NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
  reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  backordered bigint NOT NULL DEFAULT 0 CHECK (backordered >= 0),
  safety_stock bigint NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),
  backorder_max bigint NOT NULL DEFAULT 0 CHECK (backorder_max >= 0),
  shortfall bigint NOT NULL DEFAULT 0 CHECK (shortfall >= 0),
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, sku, location),
  CHECK (reserved + held + backordered + safety_stock <= on_hand + backorder_max + shortfall)
) WITH (fillfactor = 50);

-- Promotions, their uses by one customer, coupon codes, invoice series (kinds 2, 3, 4, 6).
CREATE TABLE uses (
  shop bigint NOT NULL,
  kind smallint NOT NULL CHECK (kind IN (2, 3, 4, 6)),
  key text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  used bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, kind, key, part)
) WITH (fillfactor = 50);

CREATE TABLE gift_cards (
  shop bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  expires_ms bigint,
  balance bigint NOT NULL DEFAULT 0 CHECK (balance >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, key),
  CHECK (held <= balance)
) WITH (fillfactor = 80);

-- Every number of an invoice series once, with the event that took it.
CREATE TABLE invoice_numbers (
  shop bigint NOT NULL,
  series text COLLATE "C" NOT NULL,
  number bigint NOT NULL CHECK (number >= 1),
  order_no bigint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (shop, series, number)
);

-- Append-only. The key is the cause, so no cause counts twice; adjustments are order_no 0 with a
-- number of their own.
CREATE TABLE ledger_entries (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  n bigint NOT NULL,
  kind smallint NOT NULL,
  key text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  movement text COLLATE "C" NOT NULL,
  on_hand bigint NOT NULL,
  reserved bigint NOT NULL,
  held bigint NOT NULL,
  backordered bigint NOT NULL,
  used bigint NOT NULL,
  balance bigint NOT NULL,
  at_ms bigint NOT NULL,
  actor text COLLATE "C",
  reason text COLLATE "C",
  PRIMARY KEY (shop, order_no, n, kind, key, part, movement),
  CHECK (order_no > 0 OR (actor IS NOT NULL AND reason IS NOT NULL))
);

CREATE TABLE holds (
  shop bigint NOT NULL,
  order_no bigint NOT NULL,
  kind smallint NOT NULL,
  key text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  expires_ms bigint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (shop, order_no, kind, key, part)
);
CREATE INDEX holds_by_end ON holds (shop, kind, key, part, expires_ms);

-- Effects and requests ---------------------------------------------------------------------------

-- state: 0 pending, 1 done, 2 dead.
CREATE TABLE outbox (
  shop bigint NOT NULL,
  outbox_no bigint GENERATED ALWAYS AS IDENTITY,
  kind text COLLATE "C" NOT NULL,
  order_no bigint NOT NULL,
  payload bytea NOT NULL,
  due_ms bigint NOT NULL,
  attempts bigint NOT NULL DEFAULT 0,
  dedupe_key text COLLATE "C" NOT NULL,
  state smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
  last_error bytea, -- as it came: errors need not be text
  PRIMARY KEY (shop, outbox_no),
  UNIQUE (shop, dedupe_key)
) WITH (fillfactor = 80);
CREATE INDEX outbox_due ON outbox (shop, due_ms) WHERE state = 0;
CREATE INDEX outbox_commands ON outbox (shop, outbox_no) WHERE state = 0 AND kind = 'command';
CREATE INDEX outbox_dead ON outbox (shop, outbox_no) WHERE state = 2;
CREATE INDEX outbox_by_order ON outbox (shop, order_no, outbox_no);

CREATE TABLE idempotency (
  shop bigint NOT NULL,
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  request bytea NOT NULL CHECK (length(request) = 32),
  status bigint NOT NULL,
  response bytea NOT NULL,
  created_ms bigint NOT NULL,
  lease_until_ms bigint NOT NULL,
  owner text COLLATE "C" NOT NULL,
  PRIMARY KEY (shop, scope, key)
);
CREATE INDEX idempotency_by_age ON idempotency (shop, created_ms);

CREATE TABLE provider_references (
  shop bigint NOT NULL,
  provider text COLLATE "C" NOT NULL,
  reference text COLLATE "C" NOT NULL,
  order_no bigint NOT NULL,
  PRIMARY KEY (shop, provider, reference)
);

CREATE TABLE webhooks (
  shop bigint NOT NULL,
  provider text COLLATE "C" NOT NULL,
  reference text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  payload bytea NOT NULL,
  received_ms bigint NOT NULL,
  PRIMARY KEY (shop, provider, reference, event_id)
);

-- Catalog ----------------------------------------------------------------------------------------

CREATE TABLE products (
  shop bigint NOT NULL,
  handle text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  bytes bytea NOT NULL,
  search text COLLATE "C" NOT NULL,
  PRIMARY KEY (shop, handle)
);
CREATE INDEX products_in_order ON products (shop, position, handle);

CREATE TABLE offers (
  shop bigint NOT NULL,
  sku text COLLATE "C" NOT NULL,
  handle text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (shop, sku),
  FOREIGN KEY (shop, handle) REFERENCES products (shop, handle) ON DELETE CASCADE
);
CREATE INDEX offers_by_product ON offers (shop, handle, position, sku);

-- The row with the highest `published_no` is current.
CREATE TABLE rules (
  shop bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  published_ms bigint NOT NULL,
  published_no bigint NOT NULL,
  PRIMARY KEY (shop, id),
  UNIQUE (shop, published_no)
);

CREATE TABLE settings (
  shop bigint NOT NULL,
  version bigint NOT NULL,
  bytes bytea NOT NULL,
  published_ms bigint NOT NULL,
  PRIMARY KEY (shop, version)
);

CREATE TABLE coupons (
  shop bigint NOT NULL,
  code text COLLATE "C" NOT NULL,
  promotion text COLLATE "C" NOT NULL,
  PRIMARY KEY (shop, code)
);

CREATE TABLE images (
  shop bigint NOT NULL,
  path text COLLATE "C" NOT NULL,
  content_type text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (shop, path)
);

CREATE TABLE api_keys (
  shop bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  name text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  created_ms bigint NOT NULL,
  revoked_ms bigint,
  PRIMARY KEY (shop, hash)
);
