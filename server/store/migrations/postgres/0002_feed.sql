-- SPDX-License-Identifier: Apache-2.0
-- The feed: one row for each commit of an order, in an order in which nothing ever appears before
-- what was read. Serial numbers are given before transactions end, and those do not end in the
-- order of their numbers; so rows are ordered by their transaction first, and read only up to the
-- oldest transaction that is still under way.
CREATE TABLE feed (
  shop bigint NOT NULL,
  batch bigint NOT NULL,  -- its transaction's id, plus the shop's base
  n bigint GENERATED ALWAYS AS IDENTITY,
  order_no bigint NOT NULL,
  from_version bigint NOT NULL,
  version bigint NOT NULL CHECK (version > from_version),
  PRIMARY KEY (shop, batch, n)
);

-- Ids of transactions begin anew where a copy of the database is restored into another cluster.
-- What is added to them there keeps new rows behind old ones; no row: nothing.
CREATE TABLE feed_bases (
  shop bigint PRIMARY KEY,
  base bigint NOT NULL
);

INSERT INTO feed (shop, batch, order_no, from_version, version)
  SELECT shop, pg_current_xact_id()::text::bigint, order_no, 0, version FROM orders
  WHERE version > 0 ORDER BY shop, order_no;
