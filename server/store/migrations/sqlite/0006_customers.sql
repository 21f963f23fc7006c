-- SPDX-License-Identifier: Apache-2.0
-- Accounts of customers: whom the embedding site calls by which name, whose address is proven, what
-- they are signed in with, and their address books. Tokens are kept as digests.
ALTER TABLE customers ADD COLUMN subject TEXT;
ALTER TABLE customers ADD COLUMN name TEXT;
ALTER TABLE customers ADD COLUMN email_proven INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN created_ms INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX customers_by_subject ON customers (shop, subject) WHERE subject IS NOT NULL;
-- A proven address belongs to one account.
CREATE UNIQUE INDEX customers_proven ON customers (shop, contact_hash) WHERE email_proven = 1;

CREATE TABLE customer_sessions (
  shop INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  customer_id TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, hash),
  FOREIGN KEY (shop, customer_id) REFERENCES customers (shop, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX customer_sessions_by_customer ON customer_sessions (shop, customer_id);

-- A row is deleted when its link is used or over: each works once.
CREATE TABLE customer_links (
  shop INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  email TEXT NOT NULL,
  language TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, hash)
) STRICT;
CREATE INDEX customer_links_by_end ON customer_links (shop, expires_ms);

CREATE TABLE customer_addresses (
  shop INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  id TEXT NOT NULL,
  bytes BLOB NOT NULL,
  updated_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, customer_id, id),
  FOREIGN KEY (shop, customer_id) REFERENCES customers (shop, id) ON DELETE CASCADE
) STRICT;
