-- SPDX-License-Identifier: Apache-2.0
-- Who changed what the shop publishes, and when: one row for each product, code or document, with
-- the digests of its bytes before and after; none where it was not there. Rows are only added. Who
-- adds some holds the shop's lock for it until the commit, so that no row appears before one that
-- was read.
CREATE TABLE audit (
  shop bigint NOT NULL,
  n bigint GENERATED ALWAYS AS IDENTITY,
  at_ms bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  what text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  digest_before bytea CHECK (length(digest_before) = 32),
  digest_after bytea CHECK (length(digest_after) = 32),
  PRIMARY KEY (shop, n)
);
