-- SPDX-License-Identifier: Apache-2.0
-- Who works in the shop, and what they are signed in with: passwords as argon2id hashes, the tokens
-- of sessions as digests.
CREATE TABLE staff_users (
  shop bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  email text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  password_hash text COLLATE "C" NOT NULL,
  generation bigint NOT NULL CHECK (generation > 0),
  created_ms bigint NOT NULL,
  disabled_ms bigint,
  PRIMARY KEY (shop, id),
  UNIQUE (shop, email)
);

CREATE TABLE staff_sessions (
  shop bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  user_id text COLLATE "C" NOT NULL,
  generation bigint NOT NULL,
  created_ms bigint NOT NULL,
  seen_ms bigint NOT NULL,
  PRIMARY KEY (shop, hash),
  FOREIGN KEY (shop, user_id) REFERENCES staff_users (shop, id)
);
CREATE INDEX staff_sessions_by_user ON staff_sessions (shop, user_id);
