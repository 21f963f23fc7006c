-- SPDX-License-Identifier: Apache-2.0
-- Who works in the shop, and what they are signed in with: passwords as argon2id hashes, the tokens
-- of sessions as digests.
CREATE TABLE staff_users (
  shop INTEGER NOT NULL,
  id TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  generation INTEGER NOT NULL CHECK (generation > 0),
  created_ms INTEGER NOT NULL,
  disabled_ms INTEGER,
  PRIMARY KEY (shop, id),
  UNIQUE (shop, email)
) STRICT;

CREATE TABLE staff_sessions (
  shop INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  user_id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (shop, hash),
  FOREIGN KEY (shop, user_id) REFERENCES staff_users (shop, id)
) STRICT;
CREATE INDEX staff_sessions_by_user ON staff_sessions (shop, user_id);
