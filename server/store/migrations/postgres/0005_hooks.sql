-- SPDX-License-Identifier: Apache-2.0
-- Where operators want to be told of orders, and what is to be told. A message stands in the outbox
-- from the commit on that it tells of; `ordering` counts an order's messages to an endpoint. The
-- order is locked by who adds one, so that each number is given once and in their order.
CREATE TABLE hook_endpoints (
  shop bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  url text COLLATE "C" NOT NULL,
  events text COLLATE "C" NOT NULL,
  secret text COLLATE "C" NOT NULL,
  secret_before text COLLATE "C" NOT NULL,
  before_until_ms bigint NOT NULL,
  enabled bigint NOT NULL CHECK (enabled IN (0, 1)),
  why text COLLATE "C" NOT NULL,
  created_ms bigint NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (shop, id)
);
CREATE TABLE hook_outbox (
  shop bigint NOT NULL,
  hook_no bigint GENERATED ALWAYS AS IDENTITY,
  endpoint text COLLATE "C" NOT NULL,
  order_no bigint NOT NULL,
  version bigint NOT NULL,
  ordering bigint NOT NULL,
  at_ms bigint NOT NULL,
  payload text COLLATE "C" NOT NULL,
  due_ms bigint NOT NULL,
  attempts bigint NOT NULL DEFAULT 0,
  state bigint NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
  last_error text COLLATE "C" NOT NULL DEFAULT '',
  PRIMARY KEY (shop, hook_no),
  UNIQUE (shop, endpoint, order_no, version),
  UNIQUE (shop, endpoint, order_no, ordering),
  FOREIGN KEY (shop, endpoint) REFERENCES hook_endpoints (shop, id) ON DELETE CASCADE
);
CREATE INDEX hook_outbox_due ON hook_outbox (shop, due_ms) WHERE state = 0;
CREATE INDEX hook_outbox_dead ON hook_outbox (shop, endpoint, hook_no) WHERE state = 2;
CREATE INDEX hook_outbox_at ON hook_outbox (shop, at_ms);
