-- SPDX-License-Identifier: Apache-2.0
-- The feed: one row for each commit of an order, in the order of the commits: there is one writer.
CREATE TABLE feed (
  n INTEGER PRIMARY KEY,
  shop INTEGER NOT NULL,
  order_no INTEGER NOT NULL,
  from_version INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > from_version),
  batch INTEGER NOT NULL DEFAULT 0  -- of use only where commits overtake each other
) STRICT;

INSERT INTO feed (shop, order_no, from_version, version)
  SELECT shop, order_no, 0, version FROM orders WHERE version > 0 ORDER BY shop, order_no;
