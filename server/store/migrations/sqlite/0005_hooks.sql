-- SPDX-License-Identifier: Apache-2.0
-- Where operators want to be told of orders, and what is to be told. A message stands in the outbox
-- from the commit on that it tells of; `ordering` counts an order's messages to an endpoint.
CREATE TABLE hook_endpoints (
  shop INTEGER NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  secret_before TEXT NOT NULL,
  before_until_ms INTEGER NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  why TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (shop, id)
) STRICT;
CREATE TABLE hook_outbox (
  hook_no INTEGER PRIMARY KEY AUTOINCREMENT,
  shop INTEGER NOT NULL,
  endpoint TEXT NOT NULL,
  order_no INTEGER NOT NULL,
  version INTEGER NOT NULL,
  ordering INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  payload TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
  last_error TEXT NOT NULL DEFAULT '',
  UNIQUE (shop, endpoint, order_no, version),
  UNIQUE (shop, endpoint, order_no, ordering),
  FOREIGN KEY (shop, endpoint) REFERENCES hook_endpoints (shop, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX hook_outbox_due ON hook_outbox (shop, due_ms) WHERE state = 0;
CREATE INDEX hook_outbox_dead ON hook_outbox (shop, endpoint, hook_no) WHERE state = 2;
CREATE INDEX hook_outbox_at ON hook_outbox (shop, at_ms);
