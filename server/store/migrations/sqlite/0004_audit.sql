-- SPDX-License-Identifier: Apache-2.0
-- Who changed what the shop publishes, and when: one row for each product, code or document, with
-- the digests of its bytes before and after; none where it was not there. Rows are only added.
CREATE TABLE audit (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  shop INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  digest_before BLOB CHECK (length(digest_before) = 32),
  digest_after BLOB CHECK (length(digest_after) = 32)
) STRICT;
CREATE INDEX audit_of_shop ON audit (shop, n);
