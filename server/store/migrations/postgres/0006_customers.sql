-- SPDX-License-Identifier: Apache-2.0
-- Accounts of customers: whom the embedding site calls by which name, whose address is proven, what
-- they are signed in with, and their address books. Tokens are kept as digests.
ALTER TABLE customers ADD COLUMN subject text COLLATE "C";
ALTER TABLE customers ADD COLUMN name text COLLATE "C";
ALTER TABLE customers ADD COLUMN email_proven boolean NOT NULL DEFAULT false;
ALTER TABLE customers ADD COLUMN created_ms bigint NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX customers_by_subject ON customers (shop, subject) WHERE subject IS NOT NULL;
-- A proven address belongs to one account.
CREATE UNIQUE INDEX customers_proven ON customers (shop, contact_hash) WHERE email_proven;

CREATE TABLE customer_sessions (
  shop bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  customer_id text COLLATE "C" NOT NULL,
  created_ms bigint NOT NULL,
  seen_ms bigint NOT NULL,
  PRIMARY KEY (shop, hash),
  FOREIGN KEY (shop, customer_id) REFERENCES customers (shop, id) ON DELETE CASCADE
);
CREATE INDEX customer_sessions_by_customer ON customer_sessions (shop, customer_id);

-- A row is deleted when its link is used or over: each works once.
CREATE TABLE customer_links (
  shop bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  email text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  expires_ms bigint NOT NULL,
  PRIMARY KEY (shop, hash)
);
CREATE INDEX customer_links_by_end ON customer_links (shop, expires_ms);

CREATE TABLE customer_addresses (
  shop bigint NOT NULL,
  customer_id text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  updated_ms bigint NOT NULL,
  PRIMARY KEY (shop, customer_id, id),
  FOREIGN KEY (shop, customer_id) REFERENCES customers (shop, id) ON DELETE CASCADE
);
